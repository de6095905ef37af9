import Cells

/// Cuts one record of a CSV into cells. The record's bytes go into the row as they are, and the cells point into them. Only a
/// field with quotes inside, or one that is not NFC, is written again behind them.
struct CSVRecordScanner {
    enum Outcome {
        /// Where the next record begins.
        case record(next: Int)
        /// The window ends before the record does.
        case incomplete
        /// The file ends inside quotes.
        case unclosedQuote
    }

    private struct Field {
        var start: Int
        var end: Int
        /// Whether quotes stand inside: doubled ones, or a closing one with text behind it.
        var hasQuotes = false
    }

    let delimiter: UInt8
    let limits: Limits
    /// How many fields the last record has, the empty ones among them.
    private(set) var fieldCount = 0
    private var fields: [(column: Int32, field: Field)] = []

    init(delimiter: UInt8, limits: Limits) {
        self.delimiter = delimiter
        self.limits = limits
    }

    /// Reads the record that begins at `start` into the row.
    mutating func scan(_ window: ByteWindow, from start: Int, into row: inout Row) throws(SpreadsheetFault) -> Outcome {
        fields.removeAll(keepingCapacity: true)
        var at = start
        var column: Int32 = 0
        var anyHigh: UInt8 = 0
        while true {
            var field = Field(start: at, end: at)
            let outcome = try end(of: &field, in: window, from: at, highest: &anyHigh, number: row.number)
            guard case .record(let end) = outcome else { return outcome }
            if field.end > field.start { fields.append((column, field)) }
            let byte = unsafe window.base[end]
            if byte == delimiter {
                at = end + 1
                column += 1
                guard column < limits.columns else { throw .limit("row \(row.number) has more than \(limits.columns) columns", .split) }
                continue
            }
            fieldCount = Int(column) + 1
            try fill(&row, from: window, start: start, end: end, mayNeedNFC: anyHigh >= Normalization.firstLeadByte)
            guard byte == UInt8(ascii: "\r") else { return .record(next: min(end + 1, window.count)) }
            if end + 1 == window.count, !window.isLast { return .incomplete }
            return .record(next: unsafe window.base[end + 1] == UInt8(ascii: "\n") ? end + 2 : end + 1)
        }
    }

    /// Finds where the field ends: at a delimiter, a line end or the file's end. The outcome's offset is that place.
    private func end(
        of field: inout Field, in window: ByteWindow, from start: Int, highest: inout UInt8, number: Int
    ) throws(SpreadsheetFault) -> Outcome {
        let base = unsafe window.base
        var at = start
        if unsafe base[at] == UInt8(ascii: "\"") {
            field.start += 1
            at += 1
            while true {
                let byte = unsafe base[at]
                highest = max(highest, byte)
                if byte == UInt8(ascii: "\"") {
                    guard at + 1 < window.count || window.isLast else { return .incomplete }
                    if unsafe base[at + 1] != UInt8(ascii: "\"") { break }
                    field.hasQuotes = true
                    at += 1
                } else if byte == 0 {
                    if at < window.count { throw nulByte(number) }
                    return window.isLast ? .unclosedQuote : .incomplete
                }
                at += 1
                if at - start > limits.textBytes + 2 { throw tooLong(number, quoted: true) }
            }
            field.end = at
            at += 1
        }
        let closing = at
        while true {
            let byte = unsafe base[at]
            if byte == delimiter || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
            if byte == 0 {
                if at < window.count { throw nulByte(number) }
                guard window.isLast else { return .incomplete }
                break
            }
            highest = max(highest, byte)
            at += 1
        }
        if at - start > limits.textBytes { throw tooLong(number, quoted: false) }
        if closing == start {
            field.end = at
        } else if at > closing {
            // Text behind a closing quote is kept, as spreadsheet programs do, but not where the quotes have swallowed rows.
            if hasSwallowedRows(window, from: field, closing: closing, end: at) { throw swallowed(number) }
            (field.end, field.hasQuotes) = (at, true)
        }
        return .record(next: at)
    }

    /// Whether a quoted text of several lines goes on behind its closing quote. Then its first quote is one too many, and the quote
    /// that closes it was meant to open a text in a later row.
    private func hasSwallowedRows(_ window: ByteWindow, from field: Field, closing: Int, end: Int) -> Bool {
        func holds(_ range: Range<Int>, _ isWanted: (UInt8) -> Bool) -> Bool {
            for at in range where isWanted(unsafe window.base[at]) { return true }
            return false
        }
        return holds(field.start..<field.end) { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
            && holds(closing..<end) { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
    }

    private func fill(_ row: inout Row, from window: ByteWindow, start: Int, end: Int, mayNeedNFC: Bool) throws(SpreadsheetFault) {
        guard !fields.isEmpty else { return }
        unsafe row.bytes.append(contentsOf: UnsafeBufferPointer(start: window.base + start, count: end - start))
        for (column, field) in fields {
            var range = field.start - start..<field.end - start
            if field.hasQuotes { range = withoutQuotes(range, in: &row) }
            if mayNeedNFC, let text = Normalization.changed(row.bytes.span.extracting(range)) {
                range = row.bytes.count..<row.bytes.count + text.count
                row.bytes.append(contentsOf: text)
            }
            guard let offset = Int32(exactly: range.lowerBound), let count = Int32(exactly: range.count) else {
                throw .limit("row \(row.number) is too long", .split)
            }
            if count > 0 { row.cells.append(.text(offset: offset, count: count, column: column)) }
        }
    }

    /// Writes a field's text without its quotes behind the row's bytes, and says where.
    private func withoutQuotes(_ range: Range<Int>, in row: inout Row) -> Range<Int> {
        let start = row.bytes.count
        let quote = UInt8(ascii: "\"")
        var isQuoted = true
        var at = range.lowerBound
        while at < range.upperBound {
            let byte = row.bytes[at]
            at += 1
            if isQuoted, byte == quote {
                if at < range.upperBound, row.bytes[at] == quote {
                    at += 1
                } else {
                    isQuoted = false
                    continue
                }
            }
            row.bytes.append(byte)
        }
        return start..<row.bytes.count
    }

    private func nulByte(_ number: Int) -> SpreadsheetFault {
        SpreadsheetFault(
            .notASpreadsheet, "This is not a text file: row \(number) holds NUL bytes. Save it again as CSV (UTF-8) or as xlsx.")
    }

    private func swallowed(_ number: Int) -> SpreadsheetFault {
        .damaged(
            "a quoted text that begins in row \(number) runs over several lines and goes on behind its closing quotation mark, so one "
                + "of the two marks is one too many and hides the rows between them")
    }

    private func tooLong(_ number: Int, quoted: Bool) -> SpreadsheetFault {
        let hint = quoted ? "; perhaps a quotation mark in that row is never closed" : ""
        return .limit("a text in row \(number) is longer than \(limits.textBytes) bytes\(hint)", .shorten)
    }
}
