/// Writes JSON values as UTF-8. Texts are Swift strings, so what is written is valid UTF-8 whatever a file was named.
package struct JSONText: Sendable {
    package enum Layout: Sendable {
        /// For people: each member on a line of its own, objects without deeper parts on one line.
        case indented
        /// One line.
        case compact
    }

    package private(set) var bytes: [UInt8] = []
    private let layout: Layout

    package init(_ layout: Layout = .compact) { self.layout = layout }

    package static func bytes(of value: JSONValue, _ layout: Layout = .compact) -> [UInt8] {
        var text = JSONText(layout)
        text.bytes.reserveCapacity(4096)
        text.write(value)
        return text.bytes
    }

    package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    package mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }

    package mutating func write(_ value: JSONValue) { write(value, depth: 0, broken: layout == .indented && !JSONText.isFlat(value)) }

    private mutating func write(_ value: JSONValue, depth: Int, broken: Bool) {
        switch value {
        case .null: append("null")
        case .bool(let value): append(value ? "true" : "false")
        case .number(let value): append(String(value))
        case .decimal(let value): append(value.description)
        case .text(let text): quote(text)
        case .array(let items):
            enclose("[", "]", count: items.count, depth: depth, broken: broken) { writer, index in
                writer.write(items[index], depth: depth + 1, broken: broken && !JSONText.isFlat(items[index]))
            }
        case .object(let members):
            enclose("{", "}", count: members.count, depth: depth, broken: broken) { writer, index in
                writer.quote(members[index].name)
                writer.bytes.append(UInt8(ascii: ":"))
                if writer.layout == .indented { writer.bytes.append(UInt8(ascii: " ")) }
                writer.write(members[index].value, depth: depth + 1, broken: broken && !JSONText.isFlat(members[index].value))
            }
        }
    }

    private mutating func enclose(
        _ open: Unicode.Scalar, _ close: Unicode.Scalar, count: Int, depth: Int, broken: Bool, _ part: (inout JSONText, Int) -> Void
    ) {
        bytes.append(UInt8(ascii: open))
        for index in 0..<count {
            if index > 0 {
                bytes.append(UInt8(ascii: ","))
                if !broken, layout == .indented { bytes.append(UInt8(ascii: " ")) }
            }
            if broken { newLine(depth: depth + 1) }
            part(&self, index)
        }
        if broken, count > 0 { newLine(depth: depth) }
        bytes.append(UInt8(ascii: close))
    }

    private mutating func newLine(depth: Int) {
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        // Most texts are written as they are, in one piece.
        if JSONText.isPlain(text) { append(text) } else { escape(text) }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func isPlain(_ text: String) -> Bool {
        let span = text.utf8.span
        for index in span.indices where mustBeEscaped(span[index]) { return false }
        return true
    }

    // RFC 8259, 7: "the control characters (U+0000 through U+001F)" must be escaped; DEL is, for terminals' sake.
    private static func mustBeEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F
    }

    private mutating func escape(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case _ where !JSONText.mustBeEscaped(byte): bytes.append(byte)
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case UInt8(ascii: "\n"): append("\\n")
            case UInt8(ascii: "\r"): append("\\r")
            case UInt8(ascii: "\t"): append("\\t")
            default: append("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16))
            }
        }
    }

    /// Nothing in it has parts of its own.
    private static func isFlat(_ value: JSONValue) -> Bool {
        switch value {
        case .array(let items): items.allSatisfy { !$0.hasParts }
        case .object(let members): members.allSatisfy { !$0.value.hasParts }
        case .null, .bool, .number, .decimal, .text: true
        }
    }
}

extension JSONValue {
    var hasParts: Bool {
        switch self {
        case .array(let items): !items.isEmpty
        case .object(let members): !members.isEmpty
        case .null, .bool, .number, .decimal, .text: false
        }
    }
}
