/// How a text file writes its characters.
enum TextEncoding {
    case utf8, utf16LittleEndian, utf16BigEndian, windows1252

    /// The encoding that the first bytes state, and the length of the mark that states it.
    static func marked(_ head: some Collection<UInt8>) -> (encoding: TextEncoding, length: Int)? {
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if head.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if head.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        return nil
    }

    /// Windows-1252 leaves five bytes from 0x80 to 0x9F free. As in browsers, they are the control characters of the same number.
    private static let windows1252High: [UInt16] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
        0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ]

    static func windows1252(_ byte: UInt8) -> Unicode.Scalar {
        guard byte & 0xE0 == 0x80 else { return Unicode.Scalar(byte) }
        return Unicode.Scalar(windows1252High[Int(byte & 0x1F)]) ?? Unicode.Scalar(byte)
    }
}

/// Checks UTF-8 that comes in pieces.
struct UTF8Check {
    private var pending = 0
    private var lowest: UInt8 = 0x80
    private var highest: UInt8 = 0xBF
    private(set) var isValid = true

    /// Whether the last character is whole.
    var isComplete: Bool { pending == 0 }

    mutating func take(_ bytes: Span<UInt8>) {
        var index = 0
        while index < bytes.count, isValid {
            let byte = bytes[index]
            index += 1
            if pending > 0 {
                isValid = byte >= lowest && byte <= highest
                (lowest, highest) = (0x80, 0xBF)
                pending -= 1
            } else if byte >= 0x80 {
                begin(byte)
            }
        }
    }

    /// Table 3-7 of the Unicode standard: overlong forms, surrogates and what lies past U+10FFFF have no lead byte range.
    private mutating func begin(_ byte: UInt8) {
        switch byte {
        case 0xC2...0xDF: pending = 1
        case 0xE0...0xEF:
            pending = 2
            if byte == 0xE0 { lowest = 0xA0 } else if byte == 0xED { highest = 0x9F }
        case 0xF0...0xF4:
            pending = 3
            if byte == 0xF0 { lowest = 0x90 } else if byte == 0xF4 { highest = 0x8F }
        default: isValid = false
        }
    }
}

/// Turns another encoding's bytes into UTF-8 while they are read. What stands for no character becomes U+FFFD.
final class Transcoding: ByteSource {
    private let source: any ByteSource
    private let encoding: TextEncoding
    private var raw = [UInt8](repeating: 0, count: 64 << 10)
    private var ready: [UInt8] = []
    private var given = 0
    private var oddByte: UInt8?
    private var highSurrogate: UInt16?
    private var isOver = false

    init(_ source: any ByteSource, from encoding: TextEncoding) {
        self.source = source
        self.encoding = encoding
        ready.reserveCapacity(200 << 10)
    }

    @unsafe func read(into buffer: UnsafeMutableRawBufferPointer) throws(SpreadsheetFault) -> Int {
        while given == ready.count, !isOver { try decodeMore() }
        let count = min(buffer.count, ready.count - given)
        unsafe buffer.copyBytes(from: ready[given..<given + count])
        given += count
        return count
    }

    private func decodeMore() throws(SpreadsheetFault) {
        ready.removeAll(keepingCapacity: true)
        given = 0
        let got = unsafe try raw.withUnsafeMutableBufferPointer { target throws(SpreadsheetFault) in
            unsafe try source.read(into: UnsafeMutableRawBufferPointer(target))
        }
        if got == 0 { return finish() }
        switch encoding {
        case .utf8: ready.append(contentsOf: raw[..<got])
        case .windows1252: for byte in raw[..<got] { append(TextEncoding.windows1252(byte)) }
        case .utf16LittleEndian, .utf16BigEndian: decodeUTF16(got)
        }
    }

    private func finish() {
        isOver = true
        if highSurrogate != nil || oddByte != nil { append("\u{FFFD}") }
    }

    private func decodeUTF16(_ count: Int) {
        for byte in raw[..<count] {
            guard let first = oddByte else {
                oddByte = byte
                continue
            }
            oddByte = nil
            let isLittle = encoding == .utf16LittleEndian
            take(UInt16(isLittle ? byte : first) << 8 | UInt16(isLittle ? first : byte))
        }
    }

    private func take(_ unit: UInt16) {
        if let high = highSurrogate {
            highSurrogate = nil
            if unit & 0xFC00 == 0xDC00 {
                let value = 0x10000 + (UInt32(high & 0x3FF) << 10 | UInt32(unit & 0x3FF))
                return append(Unicode.Scalar(value) ?? "\u{FFFD}")
            }
            append("\u{FFFD}")
        }
        if unit & 0xFC00 == 0xD800 { highSurrogate = unit } else { append(Unicode.Scalar(unit) ?? "\u{FFFD}") }
    }

    private func append(_ scalar: Unicode.Scalar) {
        if scalar.isASCII {
            ready.append(UInt8(truncatingIfNeeded: scalar.value))
        } else {
            ready.append(contentsOf: UTF8.encode(scalar) ?? .init())
        }
    }
}
