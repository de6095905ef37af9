/// What a file is by its first bytes.
enum FileKind: Hashable {
    /// A ZIP container: perhaps a workbook, perhaps not.
    case archive
    /// A compound file: an old workbook, a locked new one, or another of Microsoft's documents.
    case compound
    /// An old workbook's records without the compound file around them.
    case bareRecords
    case text
    case empty
    /// A spreadsheet in a format that is not read here, named with its article.
    case otherSpreadsheet(String)
    /// Something else, named with its article: "a PDF document".
    case other(String)

    private static let signatures: [(bytes: [UInt8], what: String)] = [
        (Array("%PDF".utf8), "a PDF document"),
        (Array("{\\rtf".utf8), "a rich text (RTF) document"),
        ([0x89, 0x50, 0x4E, 0x47], "a PNG picture"),
        ([0xFF, 0xD8, 0xFF], "a JPEG picture"),
        (Array("GIF8".utf8), "a GIF picture"),
        ([0x1F, 0x8B], "a gzip archive"),
        (Array("Rar!".utf8), "a RAR archive"),
        ([0x37, 0x7A, 0xBC, 0xAF], "a 7z archive"),
        (Array("BZh".utf8), "a bzip2 archive"),
        (Array("SQLite format 3".utf8), "a SQLite database"),
        (Array("PAR1".utf8), "a Parquet file"),
        (Array("MZ".utf8) + [0x90], "a Windows program"),
        ([0x7F, 0x45, 0x4C, 0x46], "a Linux program"),
    ]

    init(head: [UInt8]) {
        if head.isEmpty {
            self = .empty
        } else if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
            self = .archive
        } else if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
            self = .compound
        } else if let known = FileKind.signatures.first(where: { head.starts(with: $0.bytes) }) {
            self = .other(known.what)
        } else if FileKind.isOldStream(head) {
            self = .otherSpreadsheet("an Excel workbook from before 1993")
        } else if head.starts(with: [0x09, 0x08]), head.count > 5, head[4] == 0, head[5] == 0x05 || head[5] == 0x06 {
            self = .bareRecords
        } else if FileKind.letters(head).hasPrefix("<"), FileKind.letters(head).contains("urn:schemas-microsoft-com:office:spreadsheet") {
            self = .otherSpreadsheet("an XML spreadsheet of 2003")
        } else {
            self = FileKind.markup(head).map(FileKind.other) ?? .text
        }
    }

    /// BIFF 2 to 4 begin with their first record and have no container.
    private static func isOldStream(_ head: [UInt8]) -> Bool {
        head.count > 4 && head[0] == 0x09 && [0x00, 0x02, 0x04].contains(head[1]) && (4...8).contains(head[2]) && head[3] == 0
    }

    /// The first letters in lower case. Without zero bytes, UTF-16 reads like the letters it stands for.
    private static func letters(_ head: [UInt8]) -> Substring {
        let letters = head.prefix(4096).filter { $0 != 0 && $0 < 0x80 }
        return String(decoding: letters, as: UTF8.self).lowercased().drop { $0.isWhitespace }
    }

    /// Web pages and XML that go under a spreadsheet's name; nil for plain text.
    private static func markup(_ head: [UInt8]) -> String? {
        let text = letters(head)
        if text.hasPrefix("mime-version:") { return "a web archive (MHTML)" }
        if text.hasPrefix("{\"") || text.hasPrefix("[{\"") { return "JSON data" }
        guard text.hasPrefix("<") else { return nil }
        if ["<html", "<!doctype html", "<table", "<head", "<body", "<meta", "<style", "<div"].contains(where: { text.contains($0) }) {
            return "a web page (HTML)"
        }
        return text.hasPrefix("<?xml") || text.hasPrefix("<!--") ? "an XML file" : nil
    }
}
