import Accounts
import Batches
import Cells

/// A mail to one person. No stranger's text is in its head: the address is an `EmailAddress`, the subject stands in our source.
package struct Letter: Sendable {
    package let to: EmailAddress
    let subject: StaticString
    /// Lines of plain text, ended by `\n`.
    package let text: String

    package init(to: EmailAddress, subject: StaticString, text: String) {
        self.to = to
        self.subject = subject
        self.text = text
    }

    /// As RFC 5322 has it, lines ended by CRLF.
    package func message(from sender: EmailAddress, at moment: Timestamp) -> [UInt8] {
        let isPlain = PlainBody.fits(text)
        let head = [
            "From: Sellout <\(sender)>", "To: \(to)", "Subject: \(subject)", "Date: \(MailDate.text(of: moment))",
            "Message-ID: <\(BatchID())@\(sender.text.split(separator: "@").last ?? "localhost")>",
            // RFC 3834: no holiday notice is to answer it.
            "Auto-Submitted: auto-generated", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: \(isPlain ? "7bit" : "quoted-printable")",
        ]
        let body = isPlain ? PlainBody.bytes(of: text) : QuotedPrintable.bytes(of: text)
        return Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
    }
}

/// The letters that there are. None holds a word that a stranger chose: whoever signs up could otherwise have us write to anybody.
extension Letter {
    package static func reset(to: EmailAddress, link: String) -> Letter {
        Letter(
            to: to, subject: "A new password for Sellout",
            text: """
                Somebody has asked for a new password for this address.

                Set one within the hour; the link works once:

                \(link)

                If it was not you, do nothing: your password stays as it is.

                """)
    }

    package static func invitation(to: EmailAddress, by inviter: EmailAddress, link: String) -> Letter {
        Letter(
            to: to, subject: "You are invited to Sellout",
            text: """
                \(inviter) has invited you to Sellout.

                Set a password within seven days, and you are in; the link works once:

                \(link)

                If you do not know them, do nothing: no account is opened.

                """)
    }
}

/// A body that goes as it is.
enum PlainBody {
    /// RFC 5322, 2.1.1: a line has 998 characters at most.
    private static let longestLine = 998

    static func fits(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 == 0x0A || (0x20..<0x7F).contains($0) }
            && text.utf8.split(separator: 0x0A).allSatisfy { $0.count <= longestLine }
    }

    static func bytes(of text: String) -> [UInt8] { text.utf8.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] } }
}

/// RFC 2045, 6.7.
enum QuotedPrintable {
    /// With the `=` of a soft break.
    private static let longestLine = 76
    private static let digits = Array("0123456789ABCDEF".utf8)

    static func bytes(of text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var column = 0
        let all = Array(text.utf8)
        for (place, byte) in all.enumerated() {
            guard byte != 0x0A else {
                bytes += [0x0D, 0x0A]
                column = 0
                continue
            }
            // "Any TAB or SPACE character on the end of a line is to be deleted", so a blank there is written otherwise.
            let endsLine = place + 1 == all.count || all[place + 1] == 0x0A
            let isPlain = (0x21..<0x7F).contains(byte) && byte != UInt8(ascii: "=") || byte == 0x20 && !endsLine
            let piece = isPlain ? [byte] : [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            if column + piece.count >= longestLine {
                bytes += [UInt8(ascii: "="), 0x0D, 0x0A]
                column = 0
            }
            bytes += piece
            column += piece.count
        }
        return bytes
    }
}

/// RFC 5322, 3.3: `Mon, 14 Apr 2025 12:30:00 +0000`
enum MailDate {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    static func text(of moment: Timestamp) -> String {
        let day = moment.day
        let (year, month, dayOfMonth) = day.components
        let seconds = moment.milliseconds / 1000 - Int64(day.number) * 86_400
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let time = [seconds / 3600, seconds / 60 % 60, seconds % 60].map(two).joined(separator: ":")
        // Day 0, the first of January 1970, was a Thursday.
        let weekday = days[Int((day.number % 7 + 7) % 7)]
        return "\(weekday), \(two(Int64(dayOfMonth))) \(months[month - 1]) \(year) \(time) +0000"
    }
}
