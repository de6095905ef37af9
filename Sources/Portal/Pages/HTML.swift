/// A piece of a page. Only what stands in our source becomes markup; every text that is put in is escaped, for content and for
/// quoted attributes alike, so what a stranger wrote can never become a tag.
///
///     let row: HTML = "<td class=\"file\">\(batch.filename)</td>"
package struct HTML: Hashable, Sendable {
    package private(set) var text: String

    package static let nothing = HTML(markup: "")

    private init(markup: String) { text = markup }

    package static func + (one: HTML, other: HTML) -> HTML { HTML(markup: one.text + other.text) }

    package static func += (one: inout HTML, other: HTML) { one.text += other.text }

    package var isEmpty: Bool { text.isEmpty }
}

extension HTML: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    package init(stringLiteral value: StaticString) { text = value.description }

    package init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity + interpolationCount * 16) }

        package mutating func appendLiteral(_ literal: StaticString) { text += literal.description }

        package mutating func appendInterpolation(_ text: String) { HTML.escape(text, into: &self.text) }
        package mutating func appendInterpolation(_ text: String?) { if let text { HTML.escape(text, into: &self.text) } }
        package mutating func appendInterpolation(_ number: Int) { text += String(number) }
        package mutating func appendInterpolation(_ html: HTML) { text += html.text }
        package mutating func appendInterpolation(_ html: HTML?) { if let html { text += html.text } }
        package mutating func appendInterpolation(_ all: [HTML]) { for html in all { text += html.text } }
    }
}

extension HTML {
    fileprivate static func escape(_ text: String, into markup: inout String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": markup += "&amp;"
            case "<": markup += "&lt;"
            case ">": markup += "&gt;"
            case "\"": markup += "&quot;"
            case "'": markup += "&#39;"
            case "\n", "\t": markup.unicodeScalars.append(scalar)
            // HTML knows no other control characters, and a parser may take them as it likes.
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": markup += "\u{FFFD}"
            // What turns the direction of writing would turn our own words too.
            case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": markup += "\u{FFFD}"
            default: markup.unicodeScalars.append(scalar)
            }
        }
    }
}

extension Sequence {
    /// One piece for each element.
    func html(_ piece: (Element) throws -> HTML) rethrows -> HTML {
        try reduce(into: HTML.nothing) { all, element in all += try piece(element) }
    }
}

extension Sequence<HTML> {
    func joined(_ separator: HTML) -> HTML {
        var all = HTML.nothing
        for (place, piece) in enumerated() { all += place == 0 ? piece : separator + piece }
        return all
    }
}

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
