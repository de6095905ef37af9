import Cells

/// A file of sheets, whatever its format: opened once, then read sheet by sheet as rows. Memory does not grow with a sheet.
package final class Workbook {
    package let format: Format
    package let sheets: [Sheet]
    private let content: any WorkbookContent
    private let file: FileBytes
    private let limits: Limits
    /// Bytes of long shared texts in all the rows handed over.
    private var repeatedTextBytes = 0
    /// Shorter texts cost about as much as the cells that show them.
    private static let longText = 1024

    /// Opens the file behind a descriptor. The descriptor is borrowed: the caller closes it, after this workbook is gone. All reading
    /// goes through it and nothing else is opened, so this works in a process that may open nothing.
    /// - Parameter name: the file's name, for a CSV's sheet; it never decides what the file is.
    package init(descriptor: Int32, name: String, limits: Limits = Limits()) throws {
        self.limits = limits
        file = try FileBytes(descriptor: descriptor)
        content = try Workbook.open(file, name: name, limits: limits)
        format = content.format
        sheets = content.sheets
    }

    /// How far into the file the last reading came, in percent. A container's sheets lie in it one behind the other, so it mostly rises.
    package var percentRead: Int { file.size > 0 ? min(99, file.lastRead / max(1, file.size / 100)) : 0 }

    /// What was decided while reading; complete after the last row.
    package var notes: [Note] { content.notes }

    /// Hands over the sheet's rows that have cells, one after the other. The row is filled anew each time: keep what you need of it.
    /// - Parameter take: returns false when it has seen enough.
    package func read(sheet index: Int, _ take: (Row) throws -> Bool) throws {
        try content.read(sheet: index) { row in
            try count(row, of: index)
            return try take(row)
        }
    }

    private func count(_ row: Row, of sheet: Int) throws(SpreadsheetFault) {
        repeatedTextBytes += row.sharedTextBytes(longerThan: Workbook.longText)
        guard repeatedTextBytes <= limits.repeatedTextBytes else {
            let fault = SpreadsheetFault.limit("long texts repeat until they come to \(limits.repeatedTextBytes) bytes", .shorten)
            throw fault.at(row: row.number, sheet: sheets[sheet].name)
        }
    }

    /// The sheet's merged cells; reads past all its rows to find them.
    package func mergedCells(sheet index: Int) throws -> [CellRange] {
        try content.mergedCells(sheet: index)
    }

    private static func open(_ file: FileBytes, name: String, limits: Limits) throws(SpreadsheetFault) -> any WorkbookContent {
        switch FileKind(head: try file.bytes(at: 0, count: 4096)) {
        case .text: return try CSVContent(file, name: name, limits: limits)
        case .archive: return try XLSXContent(try ZipArchive(file, limits: limits), limits: limits)
        case .compound: return try LegacyWorkbook(file, limits: limits)
        case .bareRecords: return try LegacyWorkbook(bareRecords: file, limits: limits)
        case .empty: throw SpreadsheetFault(.damaged, "The file is empty.")
        case .otherSpreadsheet(let what): throw .unsupported(what)
        case .other(let what): throw .notASpreadsheet(what, "Save it as xlsx and send it again.")
        }
    }
}

@available(*, unavailable)
extension Workbook: Sendable {}

/// What a file is by its first bytes.
private enum FileKind {
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
        } else if FileKind.isBeforeBIFF5(head) {
            self = .otherSpreadsheet("an Excel workbook from before 1993")
        } else if head.starts(with: [0x09, 0x08]), head.count > 5, head[4] == 0, head[5] == 0x05 || head[5] == 0x06 {
            self = .bareRecords
        } else {
            self = FileKind(letters: FileKind.letters(head))
        }
    }

    /// Tells web pages, XML and JSON that bear a spreadsheet's name from plain text.
    private init(letters text: Substring) {
        let isMarkup = text.hasPrefix("<")
        if isMarkup, text.contains("urn:schemas-microsoft-com:office:spreadsheet") {
            self = .otherSpreadsheet("an XML spreadsheet of 2003")
        } else if text.hasPrefix("mime-version:") {
            self = .other("a web archive (MHTML)")
        } else if text.hasPrefix("{\"") || text.hasPrefix("[{\"") {
            self = .other("JSON data")
        } else if isMarkup, FileKind.webTags.contains(where: { text.contains($0) }) {
            self = .other("a web page (HTML)")
        } else if text.hasPrefix("<?xml") || text.hasPrefix("<!--") {
            self = .other("an XML file")
        } else {
            self = .text
        }
    }

    private static let webTags = ["<html", "<!doctype html", "<table", "<head", "<body", "<meta", "<style", "<div"]

    /// BIFF 2 to 4 begin with their first record and have no container.
    private static func isBeforeBIFF5(_ head: [UInt8]) -> Bool {
        head.count > 4 && head[0] == 0x09 && [0x00, 0x02, 0x04].contains(head[1]) && (4...8).contains(head[2]) && head[3] == 0
    }

    /// The ASCII letters in lower case, from the first that is not blank. Without its zero bytes UTF-16 reads the same.
    private static func letters(_ head: [UInt8]) -> Substring {
        let letters = head.filter { $0 != 0 && $0 < 0x80 }
        return String(decoding: letters, as: UTF8.self).lowercased().drop { $0.isWhitespace }
    }
}
