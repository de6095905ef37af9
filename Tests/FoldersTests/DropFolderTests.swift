import Batches
import Foundation
import Glibc
import Linux
import Testing

@testable import Folders

/// The side that receives uploads and hands them over.
@Suite struct DropFolderTests {
    private static let user = "0b2f4a7e-95d1-4c5a-8f0e-3a1f6f3e7c11"

    static func slip(
        _ sender: Sender = .reseller("boxnox"), _ mode: UploadMode = .append, at milliseconds: Int64 = 1_744_633_800_250
    ) -> Slip {
        Slip(batch: BatchID(), sender: sender, mode: mode, uploader: user, receivedAt: Timestamp(milliseconds: milliseconds))
    }

    @Test func `what came in pieces is handed over whole, with its digest and its slip`() async throws {
        try await Playground.with { playground, _ in
            let folder = try DropFolder(root: playground.path)
            let slip = Self.slip(.reseller("boxnox"), .replace)
            let drop = try folder.begin(slip, named: "sales.csv")
            try drop.write("abc")
            try drop.write("def")
            #expect(drop.size == 6)
            #expect(try folder.waiting().isEmpty)
            let (size, sha256) = try drop.sealed()
            #expect(size == 6)
            #expect(sha256 == "bef57ec7f53a6d40beb640a780a639c83bc29ac8a9816f1fc6c5c6dcd93c4721")
            try drop.handOver()
            #expect(try folder.waiting() == [WaitingDrop(slip: slip, name: "sales.csv", size: 6)])
            #expect(try folder.waiting(slip.batch)?.slip == slip)
            #expect(try folder.waiting(BatchID()) == nil)
            #expect(playground.names(in: ".uploads/coming").isEmpty)
            #expect(playground.text(at: ".uploads/handed/\(slip.batch).replace.boxnox/sales.csv") == "abcdef")
        }
    }

    @Test func `what a form says of the file behind it counts, and a handed upload can be taken back once`() async throws {
        try await Playground.with { playground, _ in
            let folder = try DropFolder(root: playground.path)
            let slip = Self.slip(.operations)
            let drop = try folder.begin(slip, named: "sales.csv")
            try drop.write("abc")
            let other = Slip(
                batch: slip.batch, sender: .reseller("galilu"), mode: .replace, uploader: slip.uploader, receivedAt: slip.receivedAt)
            try drop.handOver(as: other)
            #expect(try folder.waiting() == [WaitingDrop(slip: other, name: "sales.csv", size: 3)])
            #expect(try folder.withdraw(slip.batch))
            #expect(try !folder.withdraw(slip.batch))
            #expect(try folder.waiting().isEmpty)
            #expect(playground.names(in: ".uploads/coming").isEmpty)
        }
    }

    @Test func `what is let go before it was handed over leaves nothing behind`() async throws {
        try await Playground.with { playground, _ in
            let folder = try DropFolder(root: playground.path)
            for step in 0..<3 {
                let drop = try folder.begin(Self.slip(), named: "a.csv")
                if step > 0 { try drop.write("abc") }
                if step > 1 { try drop.sealed() }
            }
            #expect(playground.names(in: ".uploads/coming").isEmpty)
            let kept = try folder.begin(Self.slip(), named: "a.csv")
            try kept.handOver()
            kept.discard()
            #expect(try folder.waiting().count == 1)
            #expect(throws: SystemFault.self) { try kept.write("more") }
            #expect(throws: SystemFault.self) { try kept.handOver() }
        }
    }

    @Test(arguments: [".hidden.csv", "a.csv.part", "~$book.xlsx", "ümlaut\n.csv", ".origin", ".uploader", "back\\slash.csv"])
    func `whatever the file is called, it is kept under a name of its own`(name: String) async throws {
        try await Playground.with { playground, _ in
            let folder = try DropFolder(root: playground.path)
            let drop = try folder.begin(Self.slip(), named: try #require(FileName(name)))
            try drop.write("abc")
            try drop.handOver()
            let waiting = try #require(try folder.waiting().first)
            #expect(waiting.size == 3)
            #expect(waiting.name == ([".origin", ".uploader"].contains(name) ? "upload" : FileName(name)))
        }
    }

    @Test func `a client's name for its file loses its path and what is too long, never its ending`() {
        #expect(FileName(uploadedAs: "C:\\books\\april.xlsx".utf8) == "april.xlsx")
        #expect(FileName(uploadedAs: "../../etc/passwd".utf8) == "passwd")
        #expect(FileName(uploadedAs: "..".utf8) == "upload")
        #expect(FileName(uploadedAs: "".utf8) == "upload")
        #expect(FileName(uploadedAs: "a/".utf8) == "upload")
        #expect(FileName(uploadedAs: "a\0b.csv".utf8) == "ab.csv")
        let long = FileName(uploadedAs: (String(repeating: "é", count: 200) + ".xlsx").utf8)
        #expect(long.bytes.count <= 255 && long.bytes.count >= 254)
        #expect(String(validating: long.bytes, as: UTF8.self)?.hasSuffix("é.xlsx") == true)
        #expect(FileName(uploadedAs: String(repeating: "\u{80}", count: 400).utf8).bytes.count <= 255)
        #expect(FileName(uploadedAs: [UInt8](repeating: 0x80, count: 400)) == "upload")
    }

    @Test(arguments: [Sender.reference, .reseller(".spool"), .reseller(""), .reseller("a/b"), .reseller("line\nbreak")])
    func `nobody uploads for the reference data or for a sender that can have no folder`(sender: Sender) async throws {
        try await Playground.with { playground, _ in
            let folder = try DropFolder(root: playground.path)
            #expect(throws: SystemFault.self) { try folder.begin(Self.slip(sender), named: "a.csv") }
            #expect(playground.names(in: ".uploads/coming").isEmpty)
        }
    }

    @Test func `one batch is uploaded once`() async throws {
        try await Playground.with { playground, _ in
            let folder = try DropFolder(root: playground.path)
            let slip = Self.slip()
            let first = try folder.begin(slip, named: "a.csv")
            #expect(throws: SystemFault.self) { try folder.begin(slip, named: "b.csv") }
            try first.handOver()
            let second = try folder.begin(slip, named: "b.csv")
            #expect(throws: SystemFault.self) { try second.handOver() }
            #expect(try folder.waiting().map(\.name) == ["a.csv"])
            #expect(playground.names(in: ".uploads/coming").isEmpty)
        }
    }

    @Test func `what a program that died left half received is tidied away, and what still comes is not`() async throws {
        try await Playground.with { playground, _ in
            let folder = try DropFolder(root: playground.path)
            let coming = try folder.begin(Self.slip(), named: "a.csv")
            try playground.makeFolder(".uploads/coming/\(BatchID()).append.boxnox")
            #expect(try folder.tidy(olderThan: .seconds(60)) == 0)
            try await Task.sleep(for: .milliseconds(300))
            try coming.write("abc")
            #expect(try folder.tidy(olderThan: .milliseconds(200)) == 1)
            try coming.handOver()
            #expect(try folder.waiting().count == 1)
        }
    }

    @Test func `both folders are their group's too, and what is in them`() async throws {
        try await Playground.with { playground, _ in
            let folder = try DropFolder(root: playground.path)
            let drop = try folder.begin(Self.slip(), named: "a.csv")
            try drop.handOver()
            let crate = ".uploads/handed/\(playground.names(in: ".uploads/handed").first ?? "")"
            for inside in [".uploads", ".uploads/coming", ".uploads/handed", crate] {
                #expect(try playground.mode(of: inside) == 0o2770, "\(inside)")
            }
            #expect(try playground.mode(of: crate + "/a.csv") == 0o640)
        }
    }

    @Test func `the oldest waits in front, and a stranger's folder waits for nobody`() async throws {
        try await Playground.with { playground, _ in
            let folder = try DropFolder(root: playground.path)
            for milliseconds in [3000, 1000, 2000] as [Int64] {
                try folder.begin(Self.slip(at: milliseconds), named: "a.csv").handOver()
            }
            try playground.makeFolder(".uploads/handed/stranger")
            try playground.makeFolder(".uploads/handed/\(BatchID()).append.boxnox")
            #expect(try folder.waiting().map(\.slip.receivedAt.milliseconds) == [1000, 2000, 3000])
        }
    }
}

extension Drop {
    func write(_ text: String) throws(SystemFault) {
        let bytes = Array(text.utf8)
        try unsafe write(bytes.span.bytes)
    }
}

extension Playground {
    func mode(of inside: String) throws -> mode_t {
        var found = stat()
        guard unsafe stat(path(inside), &found) == 0 else { throw SystemFault("stat", path: inside) }
        return found.st_mode & 0o7777
    }
}
