/// Turns an XML part into UTF-8 without a byte order mark, so that whoever reads XML here meets one encoding only.
enum MarkupEncoding {
    static func utf8(_ source: any ByteSource) throws(SpreadsheetFault) -> any ByteSource {
        var head = try firstBytes(of: source)
        if let (encoding, length) = TextEncoding.marked(head) {
            head.removeFirst(length)
            let whole = Rejoined(head: head, rest: source)
            return encoding == .utf8 ? whole : Transcoding(whole, from: encoding)
        }
        let whole = Rejoined(head: head, rest: source)
        if head.starts(with: [0x3C, 0x00]) { return Transcoding(whole, from: .utf16LittleEndian) }
        if head.starts(with: [0x00, 0x3C]) { return Transcoding(whole, from: .utf16BigEndian) }
        switch stated(head) {
        case nil, "utf-8", "utf8", "us-ascii", "ascii": return whole
        case "iso-8859-1", "windows-1252", "latin1": return Transcoding(whole, from: .windows1252)
        case .some(let name):
            throw SpreadsheetFault(.unsupported, "The file's XML is written in the encoding \(name). Save it as xlsx again.")
        }
    }

    private static func firstBytes(of source: any ByteSource) throws(SpreadsheetFault) -> [UInt8] {
        var head = [UInt8](repeating: 0, count: 4096)
        var count = 0
        // The declaration is within the first bytes, but a source may give a few at a time.
        while count < 256 {
            let got = unsafe try head.withUnsafeMutableBufferPointer { all throws(SpreadsheetFault) in
                unsafe try source.read(into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(all)[count...]))
            }
            if got == 0 { break }
            count += got
        }
        head.removeLast(head.count - count)
        return head
    }

    /// The name in `<?xml … encoding="…"?>`, in lower case.
    private static func stated(_ head: [UInt8]) -> String? {
        guard head.starts(with: "<?xml".utf8) else { return nil }
        let declaration = String(decoding: head.prefix { $0 != UInt8(ascii: ">") }, as: UTF8.self)
        let words = declaration.split { $0.isWhitespace || $0 == "=" || $0 == "\"" || $0 == "'" || $0 == "?" }
        guard let at = words.firstIndex(of: "encoding"), at + 1 < words.count else { return nil }
        return words[at + 1].lowercased()
    }
}

/// Bytes that were already taken, then the rest of their source.
private final class Rejoined: ByteSource {
    private var head: ArraySlice<UInt8>
    private let rest: any ByteSource

    init(head: [UInt8], rest: any ByteSource) {
        self.head = head[...]
        self.rest = rest
    }

    @unsafe func read(into buffer: UnsafeMutableRawBufferPointer) throws(SpreadsheetFault) -> Int {
        if head.isEmpty { return unsafe try rest.read(into: buffer) }
        let part = head.prefix(buffer.count)
        unsafe buffer.copyBytes(from: part)
        head = head.dropFirst(part.count)
        return part.count
    }
}
