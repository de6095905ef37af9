import Foundation
import Glibc
import Testing

@testable import Ledger

/// The daemon and the HTTP side are two users where `.ledger` says so.
@Suite final class SharedLedgerTests {
    private let folder: String
    private var path: String { folder + "/ledger.db" }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("shared-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func modes() throws -> [String: Int] {
        var found: [String: Int] = [:]
        for name in ["ledger.db", "ledger.db-wal", "ledger.db-shm"] {
            found[name] = try FileManager.default.attributesOfItem(atPath: folder + "/" + name)[.posixPermissions] as? Int
        }
        return found
    }

    private static let shared = ["ledger.db": 0o660, "ledger.db-wal": 0o660, "ledger.db-shm": 0o660]

    @Test func `in a shared folder the ledger and the files beside it are the group's to write`() throws {
        #expect(unsafe chmod(folder, 0o2770) == 0)
        let ledger = try SQLiteLedger(path: path)
        #expect(try modes() == Self.shared)
        ledger.close()
    }

    @Test func `a ledger from before its folder was shared is opened to the group, and its log too`() throws {
        #expect(unsafe chmod(folder, 0o700) == 0)
        let first = try SQLiteLedger(path: path)
        for name in ["", "-wal", "-shm"] { #expect(unsafe chmod(path + name, 0o600) == 0) }
        #expect(unsafe chmod(folder, 0o2770) == 0)
        let second = try SQLiteLedger(path: path)
        #expect(try modes() == Self.shared)
        second.close()
        first.close()
    }

    @Test(arguments: [0o700, 0o750, 0o770] as [mode_t])
    func `in any other folder nothing is opened to anybody`(mode: mode_t) throws {
        #expect(unsafe chmod(folder, mode) == 0)
        let ledger = try SQLiteLedger(path: path)
        for (name, mode) in try modes() { #expect(mode & 0o020 == 0, "\(name)") }
        ledger.close()
    }

    @Test func `a link that somebody has put in place of the log changes no other file`() throws {
        #expect(unsafe chmod(folder, 0o2770) == 0)
        let other = folder + "/other"
        try Data("x".utf8).write(to: URL(fileURLWithPath: other))
        #expect(unsafe chmod(other, 0o600) == 0)
        try FileManager.default.createSymbolicLink(atPath: path + "-shm", withDestinationPath: other)
        try? LedgerFile.share(path)
        #expect(try FileManager.default.attributesOfItem(atPath: other)[.posixPermissions] as? Int == 0o600)
    }
}
