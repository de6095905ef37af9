import Cells

/// A text file of records as a workbook of one sheet. Its content shows its encoding and its delimiter.
final class CSVContent: WorkbookContent {
    let sheets: [Sheet]
    var notes: [Note] { decoded + ending }
    var format: Format { .csv }
    private let file: FileBytes
    private let limits: Limits
    private let encoding: TextEncoding
    private let delimiter: UInt8
    /// Bytes before the first record: the byte order mark.
    private let mark: Int
    /// UTF-8 bytes before the first record: a line that states the delimiter.
    private let preamble: Int
    /// What was decided on opening.
    private let decoded: [Note]
    /// What the last reading to the end found there.
    private var ending: [Note] = []

    init(_ file: FileBytes, name: String, limits: Limits) throws(SpreadsheetFault) {
        self.file = file
        self.limits = limits
        sheets = [Sheet(name: CSVContent.sheetName(name), isHidden: false, position: 0)]
        if let marked = TextEncoding.marked(try file.bytes(at: 0, count: 3)) {
            (encoding, mark) = marked
        } else {
            mark = 0
            encoding = try CSVContent.isUTF8(file) ? .utf8 : .windows1252
        }
        decoded =
            encoding == .windows1252
            ? [Note(code: .readAsWindows1252, message: "The text is not UTF-8 and was read as Windows-1252 (Western European).", count: 1)]
            : []
        let window = CSVContent.window(file, from: mark, encoding, limits)
        try window.slide(dropping: 0)
        var head = unsafe Array(UnsafeBufferPointer(start: window.base, count: window.count))
        if let stated = Delimiter.stated(head) {
            (delimiter, preamble) = stated
        } else {
            if head.count > 64 << 10 { head.removeLast(head.count - 64 << 10) }
            (delimiter, preamble) = (Delimiter.likeliest(in: head), 0)
        }
    }

    func read(sheet index: Int, _ take: (Row) throws -> Bool) throws {
        let window = CSVContent.window(file, from: mark, encoding, limits)
        try window.slide(dropping: 0)
        var scanner = CSVRecordScanner(delimiter: delimiter, limits: limits)
        var row = Row()
        var end = CSVEnd()
        var number = 1
        var at = preamble
        while at < window.count || !window.isLast {
            row.reset(number: number)
            switch try scanner.scan(window, from: at, into: &row) {
            case .record(let next):
                // The window's end need not be the file's.
                if next == at, !window.isLast {
                    try window.slide(dropping: at)
                    at = 0
                    continue
                }
                guard number <= limits.textRows else { throw SpreadsheetFault.limit("it has more than \(limits.textRows) rows", .split) }
                end.take(window, at..<next, fields: scanner.fieldCount, number: number)
                if !row.cells.isEmpty, try !take(row) { return }
                number += 1
                at = next
            case .incomplete:
                do throws(SpreadsheetFault) { try window.slide(dropping: at) } catch { throw error.at(row: number) }
                at = 0
            case .unclosedQuote:
                throw SpreadsheetFault.damaged(
                    "it ends inside a quoted text that begins in row \(number), so its end is missing or a quotation mark is one too many")
            }
        }
        ending = end.notes
    }

    func mergedCells(sheet index: Int) throws -> [CellRange] { [] }

    private static func window(_ file: FileBytes, from offset: Int, _ encoding: TextEncoding, _ limits: Limits) -> ByteWindow {
        let bytes = FileSource(file, from: offset)
        let source: any ByteSource = encoding == .utf8 ? bytes : Transcoding(bytes, from: encoding)
        return ByteWindow(source, largest: limits.rowBytes, fault: .limit("a row is longer than \(limits.rowBytes) bytes", .split))
    }

    /// Reads the whole file once: a single wrong byte, however late, says that the file is not UTF-8.
    private static func isUTF8(_ file: FileBytes) throws(SpreadsheetFault) -> Bool {
        var check = UTF8Check()
        var offset = 0
        while offset < file.size, check.isValid {
            let block = try file.bytes(at: offset, count: 256 << 10)
            if block.isEmpty { break }
            check.take(block.span)
            offset += block.count
        }
        return check.isValid && check.isComplete
    }

    /// The file's name without its extension.
    private static func sheetName(_ name: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return Normalization.nfc(name: name) }
        return Normalization.nfc(name: String(name[..<dot]))
    }
}

/// Watches how a CSV ends, since an upload that was cut off looks like a shorter file. Blank lines do not count.
private struct CSVEnd {
    private struct Record {
        var number = 0
        var fields = 0
        var hasLineEnd = true
        /// Of carriage return and line feed.
        var endsInTwo = false
    }

    /// Among how many records the header is looked for.
    private static let early = 50

    private var seen = 0
    private var headerFields = 0
    private var beforeLast = Record()
    private var last = Record()

    /// - Parameter range: the record with its line end, in the window.
    mutating func take(_ window: ByteWindow, _ range: Range<Int>, fields: Int, number: Int) {
        guard let first = range.first, !CSVEnd.isLineEnd(window, first) else { return }
        seen += 1
        if seen <= CSVEnd.early { headerFields = max(headerFields, fields) }
        beforeLast = last
        let endsInTwo =
            unsafe range.count > 1 && window.base[range.upperBound - 1] == UInt8(ascii: "\n")
            && window.base[range.upperBound - 2] == UInt8(ascii: "\r")
        // Half of a line end is none.
        let isWhole = CSVEnd.isLineEnd(window, range.upperBound - 1) && (endsInTwo || !beforeLast.endsInTwo)
        last = Record(number: number, fields: fields, hasLineEnd: isWhole, endsInTwo: endsInTwo)
    }

    var notes: [Note] {
        var notes: [Note] = []
        if !last.hasLineEnd {
            notes.append(
                Note(
                    code: .lastLineOpen,
                    message: "Row \(last.number) is the last one and has no line end behind it: the file may have been cut off in it.",
                    count: 1))
        }
        if last.fields < headerFields, last.fields < beforeLast.fields {
            notes.append(
                Note(
                    code: .lastLineShort,
                    message:
                        "Row \(last.number) is the last one and has \(last.fields) \(last.fields == 1 ? "field" : "fields"), where row "
                        + "\(beforeLast.number) has \(beforeLast.fields): the file may have been cut off in it.",
                    count: 1))
        }
        return notes
    }

    private static func isLineEnd(_ window: ByteWindow, _ offset: Int) -> Bool {
        let byte = unsafe window.base[offset]
        return byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }
}
