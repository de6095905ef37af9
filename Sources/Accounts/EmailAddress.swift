/// An e-mail address as the ledger keeps it: in lower case, so that one person cannot be there twice.
///
/// ASCII only (a domain of other letters is written in its `xn--` form): letters that look alike would make two people look like one.
package struct EmailAddress: Hashable, Sendable {
    package let text: String

    /// RFC 5321, 4.5.3.1.3: a path of 256 octets, of which two are the angle brackets.
    package static let longest = 254

    /// In whose name mails go out where nobody has said another.
    package static let standardSender = EmailAddress(known: "sellout@localhost")

    private init(known text: String) { self.text = text }

    /// Nil for what cannot be an address.
    package init?(_ written: String) {
        guard (3...EmailAddress.longest).contains(written.utf8.count),
            written.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !EmailAddress.forbidden.contains($0) })
        else { return nil }
        let parts = written.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, EmailAddress.isDotted(parts[0]), EmailAddress.isDotted(parts[1]) else { return nil }
        text = written.lowercased()
    }

    /// What needs quotes in an address; nobody's address has it.
    private static let forbidden = Set("\"(),:;<>[\\]".utf8)

    private static func isDotted(_ part: Substring) -> Bool {
        part.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty }
    }
}

extension EmailAddress: CustomStringConvertible {
    package var description: String { text }
}
