import Foundation
import Glibc
import Synchronization
import Testing

/// A root in a temporary folder, and what resellers and operators do there. When a test is over, every file in it is gone.
package final class Playground: Sendable {
    /// Everything lies in here; the root is one folder of it.
    package let folder: String
    package var root: String { folder + "/root" }
    /// A copy of the samples', so that a test may change it.
    package var profiles: String { folder + "/profiles" }
    package let stage: Stage
    /// What must be ended before the files go, the last one first.
    private let endings = Mutex<[@Sendable () async -> Void]>([])
    /// What the house has said, for messages.
    private let journal = Mutex<@Sendable () -> String>({ "" })

    private init(_ stage: Stage) {
        self.stage = stage
        folder = FileManager.default.temporaryDirectory.path + "/whole-" + UUID().uuidString.prefix(13).lowercased()
    }

    /// Runs a test in a root that has the samples' resellers and two products.
    package static func with(_ stage: Stage, _ body: (Playground) async throws -> Void) async throws {
        let playground = Playground(stage)
        do {
            try await playground.lay()
            try await body(playground)
        } catch {
            await playground.clear()
            throw error
        }
        await playground.clear()
    }

    package func beforeTheEnd(_ body: @escaping @Sendable () async -> Void) { endings.withLock { $0.append(body) } }

    package func journal(is text: @escaping @Sendable () -> String) { journal.withLock { $0 = text } }

    /// What the last house has written.
    package var lastJournal: String { journal.withLock { $0 }() }

    package static let products = "ean,functional_name,description\n7350154320008,BBSC100,Soap Club\n7350154320060,BBBOJ100,Boy of June\n"

    /// What a root has from the start, made where it is missing.
    package func lay() async throws {
        for reseller in ["boxnox", "online", "skins_sa"] { try layReseller(reseller) }
        for name in ["inbox", "outbox"] { try makeFolder("reference/" + name) }
        if !FileManager.default.fileExists(atPath: profiles) {
            try FileManager.default.copyItem(atPath: Samples.profiles, toPath: profiles)
        }
        try await ctl("import", "products", write(Playground.products, beside: "products.csv"))
    }

    package func layReseller(_ name: String) throws {
        try makeFolder(name + "/inbox/replace")
        try makeFolder(name + "/outbox")
    }

    private func clear() async {
        let all = endings.withLock { endings in
            defer { endings = [] }
            return endings
        }
        for end in all.reversed() { await end() }
        try? FileManager.default.removeItem(atPath: folder)
        #expect(!FileManager.default.fileExists(atPath: folder), "something is left in \(folder)")
    }

    /// A path outside of the root, on the same file system.
    package func beside(_ name: String) -> String { folder + "/" + name }
    package func path(_ inside: String) -> String { root + "/" + inside }
    package func makeFolder(_ inside: String) throws {
        try FileManager.default.createDirectory(atPath: path(inside), withIntermediateDirectories: true)
    }

    package func write(_ text: String, beside name: String) throws -> String {
        try Data(text.utf8).write(to: URL(fileURLWithPath: beside(name)))
        return beside(name)
    }

    /// Drops a file as a whole: written elsewhere, renamed in.
    package func drop(_ text: String, at inside: String) throws {
        let draft = try write(text, beside: "draft-" + UUID().uuidString)
        guard unsafe rename(draft, path(inside)) == 0 else { throw POSIXError(.EIO) }
    }

    /// Writes a file under a working name in the inbox itself, for roots that lie on a file system of their own.
    package func dropInside(_ text: String, at name: String, in inbox: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path(inbox + "/" + name)))
    }

    package func names(in inside: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path(inside))) ?? []).sorted()
    }

    package func exists(_ inside: String) -> Bool {
        var found = stat()
        return unsafe lstat(path(inside), &found) == 0
    }

    /// Something takes files from now on.
    @discardableResult
    package func open(settle: Double = 0.1) async throws -> any House { try await stage.open(self, settle) }
}
