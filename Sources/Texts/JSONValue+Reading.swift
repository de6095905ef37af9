import Cells

/// What is wrong with a text that should be JSON, and where.
package struct NotJSON: Error, Hashable, Sendable, CustomStringConvertible {
    package let what: String
    /// In bytes, from 0.
    package let place: Int

    package var description: String { "This is not JSON: \(what) at byte \(place)." }
}

extension JSONValue {
    /// Reads one value as RFC 8259 has it.
    package init(reading bytes: some Sequence<UInt8>) throws(NotJSON) {
        var reader = JSONReader(bytes: Array(bytes))
        self = try reader.value(depth: 0)
        guard reader.isAtEnd else { throw reader.fault("more text behind the value") }
    }

    /// The member of an object, the first where it has several of that name; nil for any other value.
    package subscript(_ name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    package var text: String? { if case .text(let text) = self { text } else { nil } }

    package var whole: Int64? {
        switch self {
        case .number(let number): number
        case .decimal(let number): number.whole
        case .null, .bool, .text, .array, .object: nil
        }
    }

    package var items: [JSONValue]? { if case .array(let items) = self { items } else { nil } }
}

private struct JSONReader {
    let bytes: [UInt8]
    private(set) var place = 0

    /// Values nested deeper than this are refused, so that no text can exhaust the stack.
    private static let deepest = 64

    init(bytes: [UInt8]) { self.bytes = bytes }

    func fault(_ what: String) -> NotJSON { NotJSON(what: what, place: place) }

    var isAtEnd: Bool {
        mutating get {
            skipBlanks()
            return place == bytes.count
        }
    }

    private mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { place += 1 }
    }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func takes(_ letter: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard next == UInt8(ascii: letter) else { return false }
        place += 1
        return true
    }

    mutating func value(depth: Int) throws(NotJSON) -> JSONValue {
        guard depth < JSONReader.deepest else { throw fault("a value nested too deep") }
        skipBlanks()
        switch next {
        case UInt8(ascii: "{")?: return try object(depth: depth)
        case UInt8(ascii: "[")?: return try array(depth: depth)
        case UInt8(ascii: "\"")?: return .text(try text())
        case UInt8(ascii: "t")?: return try word("true", .bool(true))
        case UInt8(ascii: "f")?: return try word("false", .bool(false))
        case UInt8(ascii: "n")?: return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(NotJSON) -> JSONValue {
        guard bytes[place...].starts(with: word.utf8) else { throw fault("an unknown word") }
        place += word.utf8.count
        return value
    }

    private mutating func object(depth: Int) throws(NotJSON) -> JSONValue {
        place += 1
        var members: [JSONValue.Member] = []
        if takes("}") { return .object(members) }
        repeat {
            skipBlanks()
            guard next == UInt8(ascii: "\"") else { throw fault("no name of a member") }
            let name = try text()
            guard takes(":") else { throw fault("no colon") }
            members.append(JSONValue.Member(name, try value(depth: depth + 1)))
        } while takes(",")
        guard takes("}") else { throw fault("an object without its end") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(NotJSON) -> JSONValue {
        place += 1
        var items: [JSONValue] = []
        if takes("]") { return .array(items) }
        repeat { items.append(try value(depth: depth + 1)) } while takes(",")
        guard takes("]") else { throw fault("a list without its end") }
        return .array(items)
    }

    /// RFC 8259, 6: no plus, no leading zero, digits on both sides of the point.
    private mutating func number() throws(NotJSON) -> JSONValue {
        let start = place
        var isWhole = true
        if next == UInt8(ascii: "-") { place += 1 }
        let first = next
        let count = digits()
        guard count > 0 else { throw fault("no value") }
        guard count == 1 || first != UInt8(ascii: "0") else { throw fault("a number with a leading zero") }
        if next == UInt8(ascii: ".") {
            place += 1
            isWhole = false
            guard digits() > 0 else { throw fault("a number without digits behind its point") }
        }
        if let mark = next, mark | 0x20 == UInt8(ascii: "e") {
            place += 1
            isWhole = false
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { place += 1 }
            guard digits() > 0 else { throw fault("an exponent without digits") }
        }
        let written = bytes[start..<place]
        if isWhole, let number = Int64(String(decoding: written, as: UTF8.self)) { return .number(number) }
        guard let number = DecimalNumber(text: written) else { throw fault("a number larger than any") }
        return .decimal(number)
    }

    private mutating func digits() -> Int {
        let start = place
        while let digit = next, digit &- 48 < 10 { place += 1 }
        return place - start
    }

    private mutating func text() throws(NotJSON) -> String {
        place += 1
        var text: [UInt8] = []
        while let byte = next {
            place += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let whole = String(validating: text, as: UTF8.self) else { throw fault("a text that is not UTF-8") }
                return whole
            case UInt8(ascii: "\\"): text += Array(String(try escaped()).utf8)
            case 0..<0x20: throw fault("a control character in a text")
            default: text.append(byte)
            }
        }
        throw fault("a text without its end")
    }

    private mutating func escaped() throws(NotJSON) -> Unicode.Scalar {
        guard let letter = next else { throw fault("a text without its end") }
        place += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try scalar()
        default: throw fault("an unknown escape")
        }
    }

    /// RFC 8259, 7: characters beyond the first plane come as a pair of surrogates.
    private mutating func scalar() throws(NotJSON) -> Unicode.Scalar {
        let unit = try unit()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard (0xD800..<0xDC00).contains(unit), bytes[place...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) else {
            throw fault("half a surrogate pair")
        }
        place += 2
        let low = try self.unit()
        guard (0xDC00..<0xE000).contains(low), let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) else {
            throw fault("half a surrogate pair")
        }
        return scalar
    }

    private mutating func unit() throws(NotJSON) -> UInt32 {
        guard bytes.count - place >= 4, let unit = UInt32(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16),
            bytes[place] != UInt8(ascii: "+"), bytes[place] != UInt8(ascii: "-")
        else { throw fault("an escape without its four digits") }
        place += 4
        return unit
    }
}
