/// Turns another encoding's bytes into UTF-8 on the way.
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
        var failure: SpreadsheetFault?
        let got = unsafe raw.withUnsafeMutableBytes { target in
            do throws(SpreadsheetFault) { return unsafe try source.read(into: target) } catch {
                failure = error
                return 0
            }
        }
        if let failure { throw failure }
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
