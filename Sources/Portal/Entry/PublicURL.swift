import Accounts

/// Where people reach this program: links in mails begin with it.
package struct PublicURL: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package static let standard = PublicURL(known: "http://127.0.0.1:8788")

    private init(known text: String) { description = text }

    /// `https://sellout.example`, perhaps with a path behind it. Nil for what is none.
    package init?(_ text: String) {
        guard let scheme = ["https://", "http://"].first(where: text.hasPrefix), (1...500).contains(text.utf8.count - scheme.utf8.count),
            text.utf8.allSatisfy({ (0x21..<0x7F).contains($0) && !"?#<>\"\\".utf8.contains($0) })
        else { return nil }
        let bare = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard bare.utf8.count > scheme.utf8.count else { return nil }
        description = bare
    }

    /// The page on which a password is set.
    func link(to token: LinkToken) -> String { "\(description)/reset?token=\(token.text)" }
}
