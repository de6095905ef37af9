import Cells

/// A text file of records as a workbook of one sheet. Its content shows its encoding and its delimiter.
struct CSVContent: WorkbookContent {
    let sheets: [Sheet]
    let notes: [Note]
    var format: Format { .csv }
    private let file: FileBytes
    private let limits: Limits
    private let encoding: TextEncoding
    private let delimiter: UInt8
    /// Bytes before the first record: the byte order mark.
    private let mark: Int
    /// UTF-8 bytes before the first record: a line that states the delimiter.
    private let preamble: Int

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
        notes =
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
                guard number <= limits.textRows else { throw SpreadsheetFault.limit("it has more than \(limits.textRows) rows") }
                if !row.cells.isEmpty, try !take(row) { return }
                number += 1
                at = next
            case .incomplete:
                try window.slide(dropping: at)
                at = 0
            case .unclosedQuote:
                throw SpreadsheetFault.damaged(
                    "it ends inside a quoted text that begins in row \(number), so its end is missing or a quotation mark is one too many")
            }
        }
    }

    func mergedCells(sheet index: Int) throws -> [CellRange] { [] }

    private static func window(_ file: FileBytes, from offset: Int, _ encoding: TextEncoding, _ limits: Limits) -> ByteWindow {
        let bytes = FileSource(file, from: offset)
        let source: any ByteSource = encoding == .utf8 ? bytes : Transcoding(bytes, from: encoding)
        return ByteWindow(source, largest: limits.rowBytes, fault: .limit("a row is longer than \(limits.rowBytes) bytes"))
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
