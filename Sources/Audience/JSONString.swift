import Texts

enum Hexadecimal {
    static func value(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}

/// What a JSON text means that stands between these quotation marks; the reader has seen that it is one.
enum JSONString {
    static func decoded(_ raw: some RandomAccessCollection<UInt8>) -> [UInt8] {
        guard raw.contains(UInt8(ascii: "\\")) else { return Array(raw) }
        var decoded: [UInt8] = []
        var rest = raw.makeIterator()
        /// The first half of a surrogate pair.
        var half: UInt32?
        while let byte = rest.next() {
            guard byte == UInt8(ascii: "\\"), let letter = rest.next() else {
                decoded.append(byte)
                continue
            }
            switch letter {
            case UInt8(ascii: "b"): decoded.append(0x08)
            case UInt8(ascii: "f"): decoded.append(0x0C)
            case UInt8(ascii: "n"): decoded.append(0x0A)
            case UInt8(ascii: "r"): decoded.append(0x0D)
            case UInt8(ascii: "t"): decoded.append(0x09)
            case UInt8(ascii: "u"):
                let unit = (0..<4).reduce(UInt32(0)) { unit, _ in unit << 4 | (rest.next().flatMap(Hexadecimal.value) ?? 0) }
                if (0xD800..<0xDC00).contains(unit) {
                    half = unit
                } else if let first = half {
                    half = nil
                    append(0x10000 + (first - 0xD800) << 10 + (unit &- 0xDC00) & 0x3FF, to: &decoded)
                } else {
                    append(unit, to: &decoded)
                }
            default: decoded.append(letter)
            }
        }
        return decoded
    }

    private static func append(_ value: UInt32, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8)
    }

    static func text(_ raw: some RandomAccessCollection<UInt8>) -> String {
        raw.contains(UInt8(ascii: "\\")) ? String(decoding: decoded(raw), as: UTF8.self) : String(decoding: raw, as: UTF8.self)
    }
}

extension JSONString {
    /// As JSON writes it, between quotation marks.
    static func quoted(_ text: String) -> [UInt8] { JSONText.bytes(of: .text(text)) }
}
