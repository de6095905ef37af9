/// Writes lines of CSV as RFC 4180 quotes them; lines end with a line feed, as programs on this system expect.
package struct CSVText: Sendable {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    package mutating func line(_ fields: [JSONValue]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            switch field {
            case .text(let text): append(text)
            case .null: break
            case .bool, .number, .decimal, .array, .object: append(String(decoding: JSONText.bytes(of: field), as: UTF8.self))
            }
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func append(_ text: String) {
        // "Fields containing line breaks (CRLF), double quotes, and commas should be enclosed in double-quotes."
        guard text.utf8.contains(where: { $0 == 10 || $0 == 13 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: ",") }) else {
            return bytes.append(contentsOf: text.utf8)
        }
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
