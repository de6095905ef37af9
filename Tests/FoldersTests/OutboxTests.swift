import Batches
import Glibc
import Linux
import Testing

@testable import Folders

@Suite struct OutboxTests {
    @Test func `an answer appears whole, may be published again, and leaves no draft`() async throws {
        try await Playground.with { playground, root in
            let outbox = Outbox(root: root)
            for text in ["first", "first", "second"] {
                try outbox.publish([Outbox.Answer("a.json", Array(text.utf8))], for: .reseller("boxnox"))
            }
            try outbox.publish([Outbox.Answer("b.json", Array("ref".utf8))], for: .reference)
            #expect(playground.text(at: "boxnox/outbox/a.json") == "second")
            #expect(playground.names(in: "boxnox/outbox") == ["a.json"])
            #expect(playground.text(at: "reference/outbox/b.json") == "ref")
        }
    }

    @Test func `an answer is readable for its owner and group alone, whatever the umask`() async throws {
        try await Playground.with { playground, root in
            try Outbox(root: root).publish([Outbox.Answer("a.json", Array("x".utf8))], for: .reseller("boxnox"))
            var found = stat()
            try #require(unsafe stat(playground.path("boxnox/outbox/a.json"), &found) == 0)
            #expect(found.st_mode & 0o7777 == 0o640)
        }
    }

    @Test func `answers that go together appear together, and none of them where one has no room`() async throws {
        try await Playground.with { playground, root in
            let outbox = Outbox(root: root)
            let answers = (0..<5).map { number in
                Outbox.Answer(FileName.report(on: "\(number).csv", of: BatchID(), ending: .json), Array("\(number)".utf8))
            }
            try outbox.publish(answers, for: .reseller("boxnox"))
            #expect(playground.names(in: "boxnox/outbox").count == 5)
            try playground.makeFolder("boxnox/outbox/z.json")
            #expect(throws: SystemFault.self) {
                try outbox.publish([Outbox.Answer("a.json", [1]), Outbox.Answer("z.json", [1])], for: .reseller("boxnox"))
            }
            #expect(!playground.names(in: "boxnox/outbox").contains { $0.hasPrefix(".") })
        }
    }

    @Test func `a name of 255 bytes can be published`() async throws {
        try await Playground.with { playground, root in
            let name = try #require(FileName(String(repeating: "n", count: 255)))
            try Outbox(root: root).publish([Outbox.Answer(name, Array("x".utf8))], for: .reseller("boxnox"))
            #expect(playground.names(in: "boxnox/outbox") == [name.printable])
        }
    }

    @Test func `a vanished outbox is a fault, and so is a link in its place`() async throws {
        try await Playground.with { playground, root in
            try playground.removeFolder("boxnox/outbox")
            let publish = { () throws in
                try Outbox(root: root).publish([Outbox.Answer("a.json", Array("x".utf8))], for: .reseller("boxnox"))
            }
            #expect(throws: SystemFault("open", path: playground.path("boxnox/outbox"), errno: ENOENT)) { try publish() }
            try playground.makeFolder("elsewhere")
            try playground.linkSymbolically("boxnox/outbox", to: "elsewhere")
            #expect(throws: SystemFault.self) { try publish() }
            #expect(playground.names(in: "elsewhere") == [])
        }
    }

    @Test func `a folder of its own is made, gets its new name where it had another, and is never a link`() async throws {
        try await Playground.with { playground, root in
            func publish(_ folder: FileName, _ text: String) throws {
                try Outbox(root: root).publish(
                    [Outbox.Answer("fit.html", Array(text.utf8))], for: .reseller("boxnox"), inFolder: folder, ending: "-7")
            }
            try playground.makeFolder("boxnox/outbox/other-17")
            try publish("costa-7", "first")
            try publish("costa-7", "second")
            #expect(playground.text(at: "boxnox/outbox/costa-7/fit.html") == "second")
            try publish("nova-7", "third")
            #expect(playground.names(in: "boxnox/outbox") == ["nova-7", "other-17"])
            #expect(playground.names(in: "boxnox/outbox/nova-7") == ["fit.html"])
            #expect(playground.text(at: "boxnox/outbox/nova-7/fit.html") == "third")
            try playground.makeFolder("elsewhere")
            try playground.linkSymbolically("boxnox/outbox/link-7", to: "elsewhere")
            #expect(throws: SystemFault.self) { try publish("link-7", "no") }
            #expect(playground.names(in: "elsewhere").isEmpty)
            #expect(!playground.names(in: "boxnox/outbox").contains { $0.hasPrefix(".") })
        }
    }

    @Test func `drafts of daemons that died are tidied away, everything else stays`() async throws {
        try await Playground.with { playground, root in
            let outbox = Outbox(root: root)
            try outbox.publish([Outbox.Answer("a.json", Array("x".utf8))], for: .reseller("boxnox"))
            try playground.drop("half", at: "boxnox/outbox/.sellout-draft.0123.4567")
            try playground.drop("half", at: "reference/outbox/.sellout-draft.0123.89ab")
            try playground.drop("theirs", at: "boxnox/outbox/.other")
            #expect(try outbox.tidy() == 2)
            #expect(playground.names(in: "boxnox/outbox") == [".other", "a.json"])
        }
    }
}
