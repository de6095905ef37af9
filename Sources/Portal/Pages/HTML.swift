import Texts

/// Every page is made of it, and so are reports.
package typealias HTML = Texts.HTML

/// A path of ours, from segments and a query that strangers may have named.
struct Link: Hashable, Sendable {
    private(set) var text: String

    init(_ segments: String..., query: [(name: String, value: String?)] = []) {
        self.init(text: "/" + segments.map(Link.escaped).joined(separator: "/"), query)
    }

    /// One that has no query yet, with this one.
    func with(_ query: [(name: String, value: String?)]) -> Link { Link(text: text, query) }

    private init(text: String, _ query: [(name: String, value: String?)]) {
        self.text = text
        let given = query.compactMap { pair in pair.value.map { "\(pair.name)=\(Link.escaped($0))" } }
        if !given.isEmpty { self.text += "?" + given.joined(separator: "&") }
    }

    static func escaped(_ segment: String) -> String {
        var text = ""
        for byte in segment.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "~"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default: text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return text
    }
}

extension HTML.Interpolation {
    mutating func appendInterpolation(_ link: Link) { appendInterpolation(link.text) }
}
