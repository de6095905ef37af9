import Foundation
import Glibc
import Testing

/// A root in a temporary folder, the programs that run over it, and what resellers and operators do there. When a test is over,
/// every process has ended and every file is gone.
final class Playground: Sendable {
    /// Everything lies in here; the root is one folder of it.
    private let folder: String
    var root: String { folder + "/root" }
    /// A copy of the samples', so that a test may change it.
    var profiles: String { folder + "/profiles" }
    private let daemons = Kept<Daemon>()

    private init() { folder = FileManager.default.temporaryDirectory.path + "/whole-" + UUID().uuidString.prefix(13).lowercased() }

    /// Runs a test with a seat of its own, in a root that has the samples' resellers and two products.
    static func with(_ body: (Playground) async throws -> Void) async throws {
        await Seats.shared.take()
        let playground = Playground()
        do {
            try await playground.lay()
            try await body(playground)
        } catch {
            await playground.clear()
            await Seats.shared.leave()
            throw error
        }
        await playground.clear()
        await Seats.shared.leave()
    }

    static let products = "ean,functional_name,description\n7350154320008,BBSC100,Soap Club\n7350154320060,BBBOJ100,Boy of June\n"

    /// What a root has from the start, made where it is missing.
    func lay() async throws {
        for reseller in ["boxnox", "online", "skins_sa"] { try layReseller(reseller) }
        for name in ["inbox", "outbox"] { try makeFolder("reference/" + name) }
        if !FileManager.default.fileExists(atPath: profiles) {
            try FileManager.default.copyItem(atPath: Programs.profiles, toPath: profiles)
        }
        try await ctl("import", "products", write(Playground.products, beside: "products.csv"))
    }

    func layReseller(_ name: String) throws {
        try makeFolder(name + "/inbox/replace")
        try makeFolder(name + "/outbox")
    }

    private func clear() async {
        for daemon in daemons.all {
            let readers = daemon.readers
            daemon.program.send(SIGKILL)
            _ = try? await daemon.program.end()
            for reader in readers where Processes.parent(of: reader) == daemon.program.pid { Glibc.kill(reader, SIGKILL) }
        }
        try? FileManager.default.removeItem(atPath: folder)
        #expect(!FileManager.default.fileExists(atPath: folder), "something is left in \(folder)")
    }

    /// A path outside of the root, on the same file system.
    func beside(_ name: String) -> String { folder + "/" + name }
    func path(_ inside: String) -> String { root + "/" + inside }
    func makeFolder(_ inside: String) throws {
        try FileManager.default.createDirectory(atPath: path(inside), withIntermediateDirectories: true)
    }

    func write(_ text: String, beside name: String) throws -> String {
        try Data(text.utf8).write(to: URL(fileURLWithPath: beside(name)))
        return beside(name)
    }

    /// Drops a file as a whole: written elsewhere, renamed in.
    func drop(_ text: String, at inside: String) throws {
        let draft = try write(text, beside: "draft-" + UUID().uuidString)
        guard unsafe rename(draft, path(inside)) == 0 else { throw POSIXError(.EIO) }
    }

    /// Writes a file under a working name in the inbox itself, for roots that lie on a file system of their own.
    func dropInside(_ text: String, at name: String, in inbox: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path(inbox + "/" + name)))
    }

    func names(in inside: String) -> [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path(inside))) ?? []).sorted() }

    func exists(_ inside: String) -> Bool {
        var found = stat()
        return unsafe lstat(path(inside), &found) == 0
    }

    /// What the last daemon has written.
    var lastJournal: String { daemons.all.last?.program.said ?? "" }

    /// A daemon that is ready.
    @discardableResult
    func daemon(settle: Double = 0.1, config: String? = nil, at location: SourceLocation = #_sourceLocation) async throws -> Daemon {
        let daemon = try start(settle: settle, config: config)
        try await daemon.ready(at: location)
        return daemon
    }

    /// A daemon that nobody waits for.
    func start(settle: Double = 0.1, environment: [String: String] = [:], config: String? = nil) throws -> Daemon {
        let daemon = try Daemon(over: self, settle: settle, environment: environment, config: config)
        daemons.keep(daemon)
        return daemon
    }
}
