import Cells

/// One sheet of a container, read from its part.
struct SheetPart {
    let archive: ZipArchive
    let entry: ZipEntry
    let sheet: Sheet
    let limits: Limits

    func read(styles: Styles, dates: DateSystem, shared: SharedTexts, _ take: (Row) throws -> Bool) throws {
        let window = try window()
        var scanner = SheetScanner(limits: limits, styles: styles, dates: dates, shared: shared)
        var row = Row(shared: shared)
        var at = 0
        try window.slide(dropping: 0)
        while true {
            var cursor = MarkupCursor(window, at: at, prefix: scanner.prefix)
            scanning: while true {
                switch scanner.next(&cursor, into: &row) {
                case .row:
                    at = cursor.at
                    if !row.cells.isEmpty, try !take(row) { return }
                case .passed:
                    at = cursor.at
                    // The root has set the prefix.
                    cursor = MarkupCursor(window, at: at, prefix: scanner.prefix)
                case .end: return try window.drain()
                case .incomplete: break scanning
                case .fault(let fault): throw fault
                }
            }
            guard !window.isLast else { throw endsTooEarly }
            try window.slide(dropping: at)
            at = 0
        }
    }

    func mergedCells() throws(SpreadsheetFault) -> [CellRange] {
        var scan = MergedCellsScan(limits: limits)
        try scan.run(over: try window(), endsTooEarly: endsTooEarly)
        return scan.ranges
    }

    private var endsTooEarly: SpreadsheetFault { .damaged("the sheet \(sheet.name) ends too early") }

    private func window() throws(SpreadsheetFault) -> ByteWindow {
        let source = try MarkupEncoding.utf8(try archive.open(entry))
        return ByteWindow(
            source, largest: limits.rowBytes, fault: .limit("a row of the sheet \(sheet.name) is longer than \(limits.rowBytes) bytes"))
    }
}
