import Batches
import Foundation
import Glibc
import Linux
import Testing

@testable import Folders

@Suite struct StoreTests {
    private let inbox = Inbox.reseller("boxnox")
    private let june = Timestamp(seconds: 1_750_000_000)

    private func claim(_ text: String, in playground: Playground, _ root: Root) throws -> StoredFile {
        try playground.drop(text, at: "boxnox/inbox/a.csv")
        let file = try #require(try root.claim(Place(inbox, "a.csv")).file)
        root.spool.letGo([file.batch])
        return file
    }

    private func move(_ batch: BatchID) throws -> Archive.Move { try #require(Archive.Move(batch, from: inbox, receivedAt: june)) }

    @Test func `an original goes to the archive of its month, and asking twice is harmless`() async throws {
        try await Playground.with { playground, root in
            let batch = try claim("content", in: playground, root).batch
            for _ in 0..<2 { #expect(try root.archive.put([move(batch)]).isEmpty) }
            #expect(playground.text(at: ".archive/2025/06/\(batch)/a.csv") == "content")
            #expect(playground.names(in: ".spool") == [])
            let found = try #require(try root.archive.file(of: batch, from: inbox, receivedAt: june))
            #expect(found.name == "a.csv" && found.batch == batch)
            #expect(try root.spool.file(of: batch, from: inbox) == nil)
        }
    }

    @Test func `a batch that is nowhere is named, and the others go`() async throws {
        try await Playground.with { playground, root in
            let (there, nowhere) = (try claim("content", in: playground, root).batch, BatchID())
            let faults = try root.archive.put([move(nowhere), move(there)])
            #expect(faults.mapValues(\.errno) == [nowhere: ENOENT])
            #expect(playground.text(at: ".archive/2025/06/\(there)/a.csv") == "content")
            #expect(try root.archive.file(of: nowhere, from: inbox, receivedAt: june) == nil)
        }
    }

    @Test(arguments: [Inbox.reseller("boxnox"), .reseller("a b c", .replace), .reference])
    func `the archive says whose a file was, how it was meant and when it came`(inbox: Inbox) async throws {
        try await Playground.with { playground, root in
            let batch = BatchID()
            let crate = ".spool/" + FileName(of: batch, from: inbox).printable
            try playground.makeFolder(crate)
            try Data("content".utf8).write(to: URL(fileURLWithPath: playground.path(crate + "/a.csv")))
            #expect(try root.archive.put([#require(Archive.Move(batch, from: inbox, receivedAt: june))]).isEmpty)
            let contents = ArchiveContents(of: root)
            let shelf = try #require(try contents.shelves().first)
            #expect(try contents.batches(on: shelf) == [batch])
            let found = try #require(try contents.original(of: batch, on: shelf))
            #expect(found.inbox == inbox && found.receivedAt == june && found.name == "a.csv" && found.size == 7)
            #expect(try contents.original(of: BatchID(), on: shelf) == nil)
        }
    }

    @Test func `a crate from before crates said it has the month of its shelf, and no sender`() async throws {
        try await Playground.with { playground, root in
            let batch = BatchID()
            for name in ["2019/02/\(batch)", "2019/02/not a batch", "2019/13/\(BatchID())", "elsewhere/02/\(BatchID())"] {
                try FileManager.default.createDirectory(
                    atPath: playground.path(".archive/" + name), withIntermediateDirectories: true)
            }
            try Data("content".utf8).write(to: URL(fileURLWithPath: playground.path(".archive/2019/02/\(batch)/a.csv")))
            let contents = ArchiveContents(of: root)
            let shelves = try contents.shelves()
            #expect(shelves.map { "\($0.yearName)/\($0.monthName)" } == ["2019/02"])
            #expect(try contents.batches(on: shelves[0]) == [batch])
            let found = try #require(try contents.original(of: batch, on: shelves[0]))
            #expect(found.inbox == nil && found.receivedAt.description == "2019-02-01T00:00:00Z")
            #expect(try root.archive.file(of: batch, from: inbox, receivedAt: found.receivedAt) != nil)
        }
    }

    @Test(arguments: [
        "", "append", "append 1 ", "append x boxnox", "lend 1 boxnox", "replace 1 reference", "append 99999999999999999999 a",
    ])
    func `a note that is none of ours says nothing`(text: String) { #expect(Origin(text: text) == nil) }

    @Test func `what crashes left before a rename is tidied away, and nothing else`() async throws {
        try await Playground.with { playground, root in
            let kept = try claim("content", in: playground, root).batch
            let crates = [FileName(of: BatchID(), from: inbox), FileName(of: BatchID(), from: .reference)]
            for crate in crates { try playground.makeFolder(".spool/\(crate)") }
            _ = try root.spool.makeCrate(for: BatchID(), from: inbox)
            try playground.makeFolder(".spool/somebody's")
            #expect(try root.spool.tidy() == 2)
            #expect(try root.spool.files().map(\.batch) == [kept])
            #expect(playground.names(in: ".spool").count == 3)
            #expect(try root.spool.strangers() == [playground.path(".spool/somebody's")])
        }
    }

    @Test func `batches in the spool are listed in the order in which they came`() async throws {
        try await Playground.with { playground, root in
            var batches: [BatchID] = []
            for number in 0..<20 { batches.append(try claim("\(number)", in: playground, root).batch) }
            let listed = try root.spool.files()
            #expect(listed.map(\.receivedAt) == listed.map(\.receivedAt).sorted())
            #expect(Set(listed.map(\.batch)) == Set(batches))
        }
    }

    @Test func `however many files wait in the spool, none is held open`() async throws {
        try await Playground.with { playground, root in
            for number in 0..<40 { _ = try claim("\(number)", in: playground, root) }
            let crates = try root.spool.files()
            let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap {
                try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
            }
            #expect(crates.count == 40 && !open.contains { $0.hasPrefix(playground.path(".spool/")) }, "\(open)")
        }
    }

    @Test func `a digest is that of the content, however long`() async throws {
        try await Playground.with { playground, root in
            let short = try claim("abc", in: playground, root)
            let digest = try ContentDigest(of: short.open(), path: short.path)
            #expect(digest.hexadecimal == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
            let long = try claim(String(repeating: "a", count: 1_000_000), in: playground, root)
            let ofLong = try ContentDigest(of: long.open(), path: long.path)
            #expect(ofLong.hexadecimal == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
            #expect(ofLong.fingerprint.size == 1_000_000)
        }
    }

    @Test func `a file that somebody still writes to has no digest`() async throws {
        try await Playground.with { playground, root in
            let file = try claim("abc", in: playground, root)
            do {
                let writer = try Descriptor(opening: file.path, flags: O_WRONLY)
                #expect(throws: FileInMotion(path: file.path)) { try ContentDigest(of: file.open(), path: file.path) }
                try writer.write("d".utf8)
            }
            #expect(throws: Never.self) { try ContentDigest(of: file.open(), path: file.path) }
        }
    }

    @Test(arguments: [(0, "1970/01"), (951_868_800, "2000/03"), (1_735_689_599, "2024/12"), (-1, "1969/12")])
    func `a time falls into its month in UTC`(seconds: Int64, month: String) throws {
        let found = try #require(Archive.Shelf(of: Timestamp(seconds: seconds)))
        #expect("\(found.yearName)/\(found.monthName)" == month)
    }

    @Test func `times beyond the calendar have no month`() {
        for seconds in [Int64.max, .min] { #expect(Archive.Move(BatchID(), from: inbox, receivedAt: Timestamp(seconds: seconds)) == nil) }
    }
}
