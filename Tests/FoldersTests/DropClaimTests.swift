import Batches
import Foundation
import Glibc
import Linux
import Testing

@testable import Folders

/// The daemon's side: what was handed over is taken, and what is no upload is left alone.
@Suite struct DropClaimTests {
    private static let user = "0b2f4a7e-95d1-4c5a-8f0e-3a1f6f3e7c11"

    /// An upload as another program might write it.
    private func put(
        _ playground: Playground, batch: BatchID = BatchID(), as kind: String = "append.boxnox", origin: String? = nil,
        uploader: String? = user, files: [String] = ["a.csv"]
    ) throws -> String {
        let crate = ".uploads/coming/\(batch).\(kind)"
        try playground.makeFolder(crate)
        for file in files { try playground.drop("content of \(file)", at: "\(crate)/\(file)") }
        let now = Timestamp.now().milliseconds
        try playground.note(origin ?? "append \(now - 5000) boxnox", at: crate + "/.origin")
        if let uploader { try playground.note(uploader, at: crate + "/.uploader") }
        try playground.move(crate, to: ".uploads/handed/\(batch).\(kind)")
        return ".uploads/handed/\(batch).\(kind)"
    }

    private func take(_ root: Root, known: Set<BatchID> = []) throws -> [ClaimOutcome] {
        let claim = DropClaim(root: root)
        let outcomes = claim.take(try claim.handed(), known: known)
        root.spool.letGo(outcomes.compactMap { $0.file?.batch })
        return outcomes
    }

    @Test func `an upload is taken with its id, the time at which it came and who sent it`() async throws {
        try await Playground.with { playground, root in
            let slip = DropFolderTests.slip(.reseller("boxnox"), .replace, at: Timestamp.now().milliseconds - 90_000)
            let drop = try DropFolder(root: playground.path).begin(slip, named: ".book.xlsx.part")
            try drop.write("abc")
            try drop.handOver()
            let file = try #require(try take(root).first?.file)
            #expect(file.batch == slip.batch && file.inbox == .reseller("boxnox", .replace))
            #expect(file.name == ".book.xlsx.part" && file.size == 3 && file.receivedAt == slip.receivedAt)
            #expect(file.upload?.uploader == slip.uploader)
            // The same is known when a daemon finds it after a crash.
            let found = try #require(try Root(path: playground.path).spool.files().first)
            #expect(found.receivedAt == slip.receivedAt && found.upload == file.upload && found.name == file.name)
            #expect(playground.names(in: ".uploads/handed").isEmpty)
            #expect(try take(root).isEmpty)
            // And from the archive, whatever the ledger has forgotten.
            #expect(try root.archive.put([try #require(Archive.Move(found))]).isEmpty)
            let contents = ArchiveContents(of: root)
            let shelf = try #require(try contents.shelves().first)
            let original = try #require(try contents.original(of: slip.batch, on: shelf))
            #expect(original.receivedAt == slip.receivedAt && original.uploader == slip.uploader)
            #expect(original.inbox == .reseller("boxnox", .replace))
        }
    }

    @Test func `what somebody still writes to is left until he has ended`() async throws {
        try await Playground.with { playground, root in
            let crate = try put(playground)
            let writer = try playground.uploader(at: crate + "/a.csv")
            #expect(try take(root).first?.isBusy == true)
            try writer.write("more".utf8)
            #expect(playground.text(at: crate + "/a.csv") == "moreent of a.csv")
            #expect(playground.names(in: ".spool").isEmpty)
        }
    }

    @Test func `links, pipes, folders and several files are left alone`() async throws {
        try await Playground.with { playground, root in
            func expectRefused(_ refusal: Refusal, _ make: (String) throws -> Void) throws {
                let crate = try put(playground, files: [])
                try make(crate)
                #expect(try take(root).map(\.refusal) == [refusal], "\(refusal)")
                #expect(playground.names(in: ".spool").isEmpty)
                try FileManager.default.removeItem(atPath: playground.path(crate))
            }
            try playground.drop("secret", at: "secret")
            try expectRefused(.symbolicLink) { try playground.linkSymbolically($0 + "/a.csv", to: "secret") }
            try expectRefused(.hardLink) { try playground.linkHard($0 + "/a.csv", to: "secret") }
            try expectRefused(.special) { try playground.makePipe($0 + "/a.csv") }
            try expectRefused(.folder) { try playground.makeFolder($0 + "/a.csv") }
            try expectRefused(.severalFiles) { crate in
                for name in ["a.csv", "b.csv"] { try playground.drop("x", at: "\(crate)/\(name)") }
            }
            try expectRefused(.severalFiles) { crate in
                try playground.drop("x", at: "\(crate)/a.csv")
                try playground.makeFolder(crate + "/b")
            }
            #expect(playground.text(at: "secret") == "secret")
        }
    }

    @Test(arguments: ["append.reference", "append..spool", "append.", "append", "steal.boxnox", "append.a\u{202E}b", "append.x.part"])
    func `a crate whose name names nobody is left alone`(kind: String) async throws {
        try await Playground.with { playground, root in
            _ = try put(playground, as: kind)
            #expect(try DropClaim(root: root).handed().map(\.sender) == [nil])
            #expect(try take(root).map(\.refusal) == [.stranger])
            #expect(playground.names(in: ".spool").isEmpty && playground.names(in: ".uploads/handed").count == 1)
        }
    }

    @Test func `what is no folder at all is left alone`() async throws {
        try await Playground.with { playground, root in
            let name = "\(BatchID()).append.boxnox"
            try playground.drop("x", at: ".uploads/handed/\(name)")
            try playground.drop("x", at: ".uploads/handed/somebody's")
            try playground.linkSymbolically(".uploads/handed/\(BatchID()).append.boxnox", to: "boxnox")
            #expect(try take(root).map(\.refusal) == [.stranger, .stranger, .stranger])
        }
    }

    @Test(arguments: ["append 99999999999999 boxnox", "append 5 boxnox", "append -9223372036854775808 boxnox", "nonsense", "append x y"])
    func `a time that cannot be becomes the time of the taking`(origin: String) async throws {
        try await Playground.with { playground, root in
            let before = Timestamp.now().milliseconds
            _ = try put(playground, origin: origin)
            let file = try #require(try take(root).first?.file)
            #expect((before...Timestamp.now().milliseconds).contains(file.receivedAt.milliseconds))
            #expect(file.upload?.uploader == Self.user)
        }
    }

    @Test(arguments: ["", "root", "0B2F4A7E-95D1-4C5A-8F0E-3A1F6F3E7C11", "../../etc", "0b2f4a7e-95d1-4c5a-8f0e-3a1f6f3e7c1\n"])
    func `a slip that says nothing of who sent it is no reason to lose the file`(uploader: String) async throws {
        try await Playground.with { playground, root in
            _ = try put(playground, uploader: uploader.isEmpty ? nil : uploader)
            let file = try #require(try take(root).first?.file)
            #expect(file.upload != nil && file.upload?.uploader == nil)
            #expect(try root.spool.files().first?.upload == file.upload)
        }
    }

    @Test func `an id that was taken before is not taken again`() async throws {
        try await Playground.with { playground, root in
            let batch = BatchID()
            _ = try put(playground, batch: batch)
            #expect(try take(root, known: [batch]).map(\.refusal) == [.knownBatch])
            #expect(try take(root).count { $0.file != nil } == 1)
            // The same again, while the first lies in the spool; and under another sender's name beside it.
            _ = try put(playground, batch: batch, files: ["b.csv"])
            #expect(try take(root).map(\.refusal) == [.knownBatch])
            let twice = BatchID()
            _ = try put(playground, batch: twice)
            _ = try put(playground, batch: twice, as: "replace.boxnox")
            let outcomes = try take(root, known: [batch])
            #expect(outcomes.count { $0.file != nil } == 1 && outcomes.count { $0.refusal == .knownBatch } == 2)
            #expect(playground.names(in: ".spool").count == 2)
        }
    }

    @Test func `what is left of an upload that was taken is cleared away`() async throws {
        try await Playground.with { playground, root in
            _ = try put(playground, files: [])
            #expect(try take(root).map(\.isGone) == [true])
            #expect(playground.names(in: ".uploads/handed").isEmpty)
            // And what a crash left in the spool before the file got there.
            let crate = ".spool/\(BatchID()).append.boxnox"
            try playground.makeFolder(crate)
            try playground.note("append 5 boxnox", at: crate + "/.origin")
            #expect(try root.spool.tidy() == 1)
        }
    }

    @Test func `where the folder is gone it is made anew, and where it is shut that is told`() async throws {
        try await Playground.with { playground, root in
            try FileManager.default.removeItem(atPath: playground.path(".uploads"))
            #expect(try DropClaim(root: root).handed().isEmpty)
            try FileManager.default.removeItem(atPath: playground.path(".uploads"))
            try playground.drop("x", at: ".uploads")
            #expect(throws: SystemFault.self) { try DropClaim(root: root).handed() }
        }
    }
}

extension Playground {
    func note(_ text: String, at inside: String) throws {
        guard unsafe symlink(text, path(inside)) == 0 else { throw SystemFault("symlink", path: inside) }
    }
}
