import Batches
import Glibc
import Linux
import Testing

@testable import Folders

@Suite struct StoreTests {
    private let june = ArchiveMonth(year: 2025, month: 6)

    private func claim(_ text: String, in playground: Playground, _ root: Root) throws -> ClaimedFile {
        try playground.drop(text, at: "boxnox/inbox/a.csv")
        return try #require(try Claim(root: root).take(Place(.reseller("boxnox"), "a.csv")).file)
    }

    @Test func `an original goes to the archive of its month, and asking twice is harmless`() async throws {
        try await Playground.with { playground, root in
            let batch = try claim("content", in: playground, root).batch
            let june = try #require(june)
            for _ in 0..<2 { try root.archive.put(batch, receivedIn: june) }
            #expect(playground.text(at: ".archive/2025/06/\(batch)/a.csv") == "content")
            #expect(playground.names(in: ".spool") == [])
            let found = try #require(try root.file(of: batch))
            #expect(found.isArchived && found.inbox == .reseller("boxnox") && found.name == "a.csv")
        }
    }

    @Test func `a batch is brought back for another try with its origin, and can be archived again`() async throws {
        try await Playground.with { playground, root in
            let batch = try claim("content", in: playground, root).batch
            let june = try #require(june)
            try root.archive.put(batch, receivedIn: june)
            for _ in 0..<2 { try root.archive.bringBack(batch) }
            let back = try #require(try root.file(of: batch))
            #expect(!back.isArchived && back.inbox == .reseller("boxnox"))
            try root.archive.put(batch, receivedIn: june)
            #expect(playground.text(at: ".archive/2025/06/\(batch)/a.csv") == "content")
        }
    }

    @Test func `a batch that is nowhere cannot be archived or brought back`() async throws {
        try await Playground.with { _, root in
            let june = try #require(june)
            #expect(throws: SystemFault.self) { try root.archive.put(BatchID(), receivedIn: june) }
            #expect(throws: SystemFault.self) { try root.archive.bringBack(BatchID()) }
            let found = try root.file(of: BatchID())
            #expect(found == nil)
        }
    }

    @Test func `what crashes left before a rename is tidied away, and nothing else`() async throws {
        try await Playground.with { playground, root in
            let kept = try claim("content", in: playground, root).batch
            let (bare, noted) = (BatchID(), BatchID())
            for batch in [bare, noted] { try playground.makeFolder(".spool/\(batch)") }
            try playground.linkSymbolically(".spool/\(noted)/.origin", to: "boxnox/inbox")
            let inHand = try SpoolCrate(BatchID(), for: Place(.reseller("boxnox"), "b.csv"), in: root.spool)
            #expect(try root.spool.tidy() == 2)
            #expect(try root.spool.files().map(\.batch) == [kept])
            #expect(playground.names(in: ".spool").count == 2)
            inHand.discard()
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

    @Test func `a digest is that of the content, however long`() async throws {
        try await Playground.with { playground, root in
            let short = try #require(try root.spool.file(of: claim("abc", in: playground, root).batch))
            let digest = try ContentDigest(of: short.open(), path: short.path)
            #expect(digest.hexadecimal == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
            let long = try #require(try root.spool.file(of: claim(String(repeating: "a", count: 1_000_000), in: playground, root).batch))
            let ofLong = try ContentDigest(of: long.open(), path: long.path)
            #expect(ofLong.hexadecimal == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
            #expect(ofLong.fingerprint.size == 1_000_000)
        }
    }

    @Test func `a file that somebody still writes to has no digest`() async throws {
        try await Playground.with { playground, root in
            let file = try #require(try root.spool.file(of: claim("abc", in: playground, root).batch))
            do {
                let writer = try Descriptor(opening: file.path, flags: O_WRONLY)
                #expect(throws: FileInMotion(path: file.path)) { try ContentDigest(of: file.open(), path: file.path) }
                try writer.write("d".utf8)
            }
            #expect(throws: Never.self) { try ContentDigest(of: file.open(), path: file.path) }
        }
    }

    @Test(arguments: [(0, "1970/1"), (951_868_800, "2000/3"), (1_735_689_599, "2024/12"), (-1, "1969/12")])
    func `a time falls into its month in UTC`(seconds: Int64, month: String) throws {
        let found = try #require(ArchiveMonth(of: Timestamp(seconds: seconds)))
        #expect("\(found.year)/\(found.month)" == month)
    }

    @Test func `months that are none and times beyond the calendar are refused`() {
        #expect(ArchiveMonth(year: 2025, month: 13) == nil && ArchiveMonth(year: 0, month: 1) == nil)
        #expect(ArchiveMonth(of: Timestamp(seconds: .max)) == nil && ArchiveMonth(of: Timestamp(seconds: .min)) == nil)
    }
}
