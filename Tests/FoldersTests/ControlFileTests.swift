import Batches
import Glibc
import Linux
import Testing

@testable import Folders

@Suite struct ControlFileTests {
    private let place = Place(.reseller("boxnox"), "a.csv")
    private static let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    private func word(_ text: String) -> Assurance.Word { Assurance.Word(sha256sum: Array(text.utf8)) }

    private func agreement(_ root: Root, by control: ControlFile = .ok) throws -> Agreement? {
        try InboxScan(root: root).look(at: [place], agreed: control)[0]?.agreement
    }

    @Test(arguments: ["", "\n", "\r\n", "  a.csv\n", " *C:\\a.csv\r\n", "\ta.csv", "\nmore lines\n"])
    func `a digest is read with whatever follows it`(rest: String) {
        #expect(word(Self.abc + rest) == .sha256(Self.abc))
        #expect(word("\\" + Self.abc.uppercased() + rest) == .sha256(Self.abc))
        #expect(word("\u{FEFF}" + Self.abc + rest) == .sha256(Self.abc))
    }

    @Test(arguments: ["", "a.csv", abc.dropLast() + "g", abc.dropLast() + "", abc + "0", abc + "a.csv", "SHA256 (a.csv) = " + abc])
    func `what is not 64 hexadecimal digits is no digest`(text: String) { #expect(word(text) == .unreadable) }

    @Test func `a file is confirmed by the control file of its own name and of the agreed kind`() async throws {
        try await Playground.with { playground, root in
            try playground.drop("abc", at: "boxnox/inbox/a.csv")
            try playground.drop("", at: "boxnox/inbox/b.csv.ok")
            #expect(try InboxScan(root: root).look(at: [place])[0]?.agreement == .nothing)
            #expect(try agreement(root) == .missing(.ok))
            try playground.drop("", at: "boxnox/inbox/a.csv.sha256")
            #expect(try agreement(root) == .missing(.ok))
            guard case .given(.sha256, _, isEmpty: true) = try agreement(root, by: .sha256) else {
                Issue.record("An empty control file may still get its digest.")
                return
            }
            let control = Place(place.inbox, "b.csv.ok")
            #expect(try InboxScan(root: root).look(at: [control], agreed: .ok)[0]?.agreement == .isControlFile(of: "b.csv"))
        }
    }

    @Test func `a link, a folder or a pipe confirms nothing and goes nowhere`() async throws {
        try await Playground.with { playground, root in
            try playground.drop("abc", at: "boxnox/inbox/a.csv")
            try playground.drop("", at: "elsewhere")
            let hostile: [(String) throws -> Void] = [
                { try playground.linkSymbolically($0, to: "elsewhere") }, { try playground.linkHard($0, to: "elsewhere") },
                { try playground.makeFolder($0) }, { try playground.makePipe($0) },
            ]
            for (number, make) in hostile.enumerated() {
                try make("boxnox/inbox/a.csv.ok")
                #expect(try agreement(root) == .missing(.ok))
                let links = try InboxScan(root: root).look(at: [Place(place.inbox, "a.csv.ok")], agreed: .ok)[0]
                #expect(links == nil || links?.agreement == .nothing)
                try playground.move("boxnox/inbox/a.csv.ok", to: "used\(number)")
            }
        }
    }

    @Test func `a claimed file takes its control file along, once`() async throws {
        try await Playground.with { playground, root in
            try playground.drop("abc", at: "boxnox/inbox/a.csv")
            try playground.drop(Self.abc + "  a.csv\n", at: "boxnox/inbox/a.csv.sha256")
            let file = try #require(try root.claim(place).file)
            #expect(try file.assurance(by: .sha256).word == .none)
            for _ in 0..<2 {
                #expect(ControlFileRemoval(root: root).move(.sha256, of: [file]).isEmpty)
                #expect(playground.names(in: "boxnox/inbox") == ["replace"])
                #expect(try file.assurance(by: .sha256).word == .sha256(Self.abc))
            }
            // The next file's.
            try playground.drop("other", at: "boxnox/inbox/a.csv.sha256")
            #expect(ControlFileRemoval(root: root).move(.sha256, of: [file]).isEmpty)
            #expect(playground.text(at: "boxnox/inbox/a.csv.sha256") == "other")
            #expect(try file.assurance(by: .ok).word == .none)
            #expect(try root.storedFile(of: file.batch) == nil)
            root.spool.letGo([file.batch])
            #expect(try root.storedFile(of: file.batch)?.name == "a.csv")
        }
    }

    @Test func `of a huge control file only the beginning is read, and one that is being written is left until it is not`() async throws {
        try await Playground.with { playground, root in
            try playground.drop("abc", at: "boxnox/inbox/a.csv")
            let writer = try playground.uploader(at: "boxnox/inbox/a.csv.sha256")
            let file = try #require(try root.claim(place).file)
            _ = ControlFileRemoval(root: root).move(.sha256, of: [file])
            #expect(throws: FileInMotion.self) { try file.assurance(by: .sha256) }
            try writer.write(Array((Self.abc + "\n").utf8))
            #expect(ftruncate(writer.number, 4 << 30) == 0)
            withExtendedLifetime(writer) {}
        }
        try await Playground.with { playground, root in
            try playground.drop("abc", at: "boxnox/inbox/a.csv")
            var writer: Descriptor? = try playground.uploader(at: "boxnox/inbox/a.csv.sha256")
            try writer?.write(Array((Self.abc + "\n").utf8))
            #expect(ftruncate(writer?.number ?? -1, 4 << 30) == 0)
            writer = nil
            let file = try #require(try root.claim(place).file)
            _ = ControlFileRemoval(root: root).move(.sha256, of: [file])
            let began = ContinuousClock.now
            #expect(try file.assurance(by: .sha256).word == .sha256(Self.abc))
            #expect(began.duration(to: .now) < .seconds(1))
        }
    }
}
