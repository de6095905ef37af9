import Accounts
import Batches
import Dispatch
import Folders
import Foundation
import Synchronization
import Testing

@testable import Mail

/// What went into the log.
private final class Said: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func add(_ line: String) { lines.withLock { $0.append(line) } }
}

/// A root of its own, with or without a place for letters, and programs that stand for `sendmail`.
@Suite final class PostmanTests {
    private let root = FileManager.default.temporaryDirectory.path + "/mail-\(BatchID().short)"
    private let said = Said()

    init() throws { try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    private func program(_ script: String) throws -> String {
        let path = root + "/sendmail-\(BatchID().short)"
        try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return path
    }

    private func makeOutbox() throws {
        try FileManager.default.createDirectory(atPath: root + "/operations/outbox", withIntermediateDirectories: true)
    }

    private func carry(sendmail: String?, _ letter: Letter) {
        let postman = Postman(.init(sendmail: sendmail), box: LetterBox(root: root)) { [said] in said.add($0) }
        postman.carry { letter }
        postman.finish(within: .seconds(20))
    }

    private func letter() throws -> Letter {
        .reset(to: try #require(EmailAddress("ines@costa.example")), link: "http://127.0.0.1:8788/reset?token=secret")
    }

    private var log: [String] { said.all }

    private func kept(_ folder: String) throws -> [String] {
        let path = root + "/" + folder
        return try FileManager.default.contentsOfDirectory(atPath: path).map { path + "/" + $0 }
    }

    @Test func `sendmail gets the letter on its standard input, two fixed words, and nothing of ours beside them`() throws {
        let path = try program(
            "printf '%s|' \"$@\" > '\(root)/words'; cat > '\(root)/letter'; env > '\(root)/env'; ls /proc/self/fd > '\(root)/open'")
        carry(sendmail: path, try letter())
        func content(_ name: String) throws -> String { try String(contentsOfFile: root + "/" + name, encoding: .utf8) }
        #expect(try content("words") == "-i|-t|")
        #expect(try content("letter").hasPrefix("From: ") && content("letter").hasSuffix("as it is.\r\n"))
        #expect(try !content("env").contains("HOME="))
        // Standard input, output and error, and the folder that `ls` itself looks into.
        #expect(try content("open").split(separator: "\n").count <= 4)
        #expect(log.isEmpty)
    }

    @Test func `without sendmail a letter is kept whole where operators look, for its group to read, and one line says where`() throws {
        try makeOutbox()
        carry(sendmail: nil, try letter())
        let letters = try kept("operations/outbox/mail")
        #expect(letters.count == 1 && letters[0].hasSuffix(".eml"))
        #expect(try String(contentsOfFile: letters[0], encoding: .utf8).contains("token=secret"))
        let mode = try FileManager.default.attributesOfItem(atPath: letters[0])[.posixPermissions] as? Int
        #expect(mode == 0o640)
        #expect(log == ["A letter is kept in \(letters[0]): this machine has no sendmail"])
    }

    @Test func `where that folder is closed or missing it is kept among the uploads`() throws {
        carry(sendmail: root + "/there-is-none", try letter())
        #expect(try kept(".uploads/mail").count == 1)
        #expect(log.count == 1 && !log[0].contains("secret") && !log[0].contains("ines@"))
    }

    @Test func `a letter that sendmail refuses is kept, and its complaint is told on one line`() throws {
        try makeOutbox()
        carry(sendmail: try program("cat >/dev/null; printf 'no route\\033[31m\\nmore' >&2; exit 75"), try letter())
        #expect(try kept("operations/outbox/mail").count == 1)
        #expect(log.count == 1 && log[0].hasSuffix("ended with exit status 75: no route\\u{001B}[31m."))
    }

    @Test func `a sendmail that hangs is ended with all that it started, and the letter is kept`() throws {
        try makeOutbox()
        let path = try program("sleep 600 & echo $! > '\(root)/child'; wait")
        let fault = #expect(throws: MailFault.self) { try Sendmail(path: path, patience: .seconds(1)).send([0x61]) }
        #expect(fault?.description.contains("within 1 seconds") == true)
        let child = try String(contentsOfFile: root + "/child", encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        // Ended for sure, but a busy machine takes its time to do so.
        var tries = 0
        while tries < 500, let state = try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8),
            !state.contains(" Z "), !state.contains(" X ")
        {
            tries += 1
            usleep(20_000)
        }
        #expect(tries < 500, "still running after ten seconds")
    }

    @Test func `letters are carried one after the other, and one that cannot be written stops none`() throws {
        struct Away: Error {}
        try makeOutbox()
        let postman = Postman(.init(sendmail: nil), box: LetterBox(root: root)) { [said] in said.add($0) }
        let letter = try letter()
        for number in 0..<20 {
            postman.carry {
                if number == 7 { throw Away() }
                return number == 8 ? nil : letter
            }
        }
        postman.finish(within: .seconds(20))
        #expect(try kept("operations/outbox/mail").count == 18)
        #expect(log.count == 19 && log[7].hasPrefix("A letter was not written."))
    }
}
