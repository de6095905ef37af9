import Calling
import Foundation
import Ledger
import Testing

@testable import selloutctl

/// Where the command looks for root and profiles.
@Suite struct WhereaboutsTests {
    private let shape = ProgramShape("selloutctl", options: [OptionShape("root", "DIR", ""), OptionShape("profiles", "DIR", "")])

    private func whereabouts(
        _ words: [String] = [], _ environment: [String: String] = [:], remembered: DaemonsFolders? = nil
    ) throws -> Whereabouts {
        Whereabouts(try Arguments(words, of: shape), environment: environment) { _ in remembered }
    }

    @Test func `options come before the environment, and that before what the ledger remembers`() throws {
        let remembered = DaemonsFolders(root: "/srv/sellout", profiles: "/where/the/daemon/had/them")
        let environment = ["SELLOUT_ROOT": "/r", "SELLOUT_PROFILES": "/p"]
        let asked = try whereabouts(["--root", "/a", "--profiles", "/b"], environment, remembered: remembered)
        #expect(asked.root == "/a" && asked.profiles == "/b")
        let told = try whereabouts([], environment, remembered: remembered)
        #expect(told.root == "/r" && told.profiles == "/p")
        #expect(try whereabouts([], ["SELLOUT_PROFILES": ""], remembered: remembered).profiles == "/where/the/daemon/had/them")
        let plain = try whereabouts()
        #expect(plain.root == "/srv/sellout" && plain.profiles == "/etc/selloutd/resellers")
    }

    @Test func `it is the ledger of the root asked for that is asked`() throws {
        _ = Whereabouts(try Arguments(["--root", "/data/drop"], of: shape), environment: [:]) { path in
            #expect(path == "/data/drop/.ledger/ledger.db")
            return nil
        }
    }

    @Test func `of a root that was moved, what stood beside it or in it is found where it is now, if it came along`() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/moved-" + UUID().uuidString
        for name in ["drop/profiles", "resellers"] {
            try FileManager.default.createDirectory(atPath: folder + "/" + name, withIntermediateDirectories: true)
        }
        defer { try? FileManager.default.removeItem(atPath: folder) }
        func profiles(_ path: String) throws -> String {
            try whereabouts(["--root", folder + "/drop"], remembered: DaemonsFolders(root: "/old/place/root", profiles: path)).profiles
        }
        #expect(try profiles("/old/place/resellers") == folder + "/resellers")
        #expect(try profiles("/old/place/root/profiles") == folder + "/drop/profiles")
        #expect(try profiles("/old/place/others") == "/old/place/others")
        #expect(try profiles("/etc/selloutd/resellers") == "/etc/selloutd/resellers")
    }

    @Test func `the profiles that the daemon used are those that resellers lists`() throws {
        let terminal = try Terminal()
        terminal.wiring.remembered = { path in
            path.hasSuffix("/.ledger/ledger.db") ? DaemonsFolders(root: "/x", profiles: "/the/daemons") : nil
        }
        terminal.wiring.profiles = { folder in (folder == "/the/daemons" ? Samples.terms : [], []) }
        #expect(try terminal.run("resellers").output.contains("boxnox"))
        #expect(try terminal.run("resellers", "--profiles", "/none").output == "No profiles in /none.\n")
    }
}
