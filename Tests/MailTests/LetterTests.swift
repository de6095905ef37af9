import Accounts
import Batches
import Foundation
import Testing

@testable import Mail

@Suite struct LetterTests {
    private static let moment = Timestamp(milliseconds: 1_744_633_800_000)
    private let link = "https://sellout.example/reset?token=" + String(repeating: "aB3_-", count: 8) + "xyz"

    private func address(_ text: String) throws -> EmailAddress { try #require(EmailAddress(text)) }

    private func message(_ letter: Letter) throws -> String {
        String(decoding: letter.message(from: try address("sellout@house.example"), at: Self.moment), as: UTF8.self)
    }

    @Test func `a letter has each line of its head once, and its link as it is on a line of its own`() throws {
        let message = try message(.reset(to: try address("Ines@Costa.example"), link: link))
        let halves = message.components(separatedBy: "\r\n\r\n")
        let head = halves[0].components(separatedBy: "\r\n")
        #expect(head[0] == "From: Sellout <sellout@house.example>" && head[1] == "To: ines@costa.example")
        #expect(head[2] == "Subject: A new password for Sellout" && head[3] == "Date: Mon, 14 Apr 2025 12:30:00 +0000")
        #expect(head.count == 9 && Set(head.map { $0.prefix { $0 != ":" } }).count == 9)
        #expect(head.contains("Content-Transfer-Encoding: 7bit") && message.contains("\r\n\(link)\r\n"))
    }

    @Test func `every line ends with CRLF, and none with one of them alone`() throws {
        let bytes = Array(try message(.invitation(to: try address("rui@costa.example"), by: try address("a@b"), link: link)).utf8)
        for (place, byte) in bytes.enumerated() {
            if byte == 0x0A { #expect(place > 0 && bytes[place - 1] == 0x0D) }
            if byte == 0x0D { #expect(bytes[place + 1] == 0x0A) }
        }
    }

    /// What would begin a line of the head of its own, or name a second receiver.
    @Test(arguments: [
        "ines@costa.example\r\nBcc: all@costa.example", "ines@costa.example\nBcc: x@y", "ines@costa.example, x@y", "ines@costa.example;x@y",
        "ines@costa.example\0", "ines@costa.example x@y", "<ines@costa.example>", "ines@costa.example\u{2028}Bcc: x@y",
    ])
    func `no address can bring a second line or a second receiver into the head`(written: String) {
        #expect(EmailAddress(written) == nil)
    }

    @Test func `texts beyond ASCII are quoted, short lines only, and come back as they were`() throws {
        let text = "Grüße = 100 %\n" + String(repeating: "ü ", count: 100) + "\nend with blanks" + String(repeating: " ", count: 80) + "x\n"
        let quoted = QuotedPrintable.bytes(of: text)
        let lines = quoted.split(separator: 0x0A, omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { $0.count <= 77 } && quoted.allSatisfy { $0 < 0x7F })
        #expect(lines.dropLast().allSatisfy { $0.last == 0x0D && $0.dropLast().last != 0x20 })
        #expect(String(decoding: Self.unquoted(quoted), as: UTF8.self) == text.replacingOccurrences(of: "\n", with: "\r\n"))
        let letter = Letter(to: try address("a@b"), subject: "S", text: text)
        #expect(try message(letter).contains("Content-Transfer-Encoding: quoted-printable"))
    }

    /// RFC 2045, 6.7, read back by other means.
    private static func unquoted(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "=") else {
                text.append(byte)
                continue
            }
            let two = String(decoding: rest.prefix(2), as: UTF8.self)
            rest = rest.dropFirst(2)
            if two != "\r\n" { text.append(UInt8(two, radix: 16) ?? 0) }
        }
        return text
    }

    @Test(
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 +0000"), (951_782_399_999, "Mon, 28 Feb 2000 23:59:59 +0000"),
            (1_709_164_800_000, "Thu, 29 Feb 2024 00:00:00 +0000"), (-1000, "Wed, 31 Dec 1969 23:59:59 +0000"),
        ] as [(Int64, String)])
    func `dates are written as mails have them`(milliseconds: Int64, text: String) {
        #expect(MailDate.text(of: Timestamp(milliseconds: milliseconds)) == text)
    }
}
