import Cells

/// A workbook in a ZIP container: xlsx or xlsm, of either edition of the standard.
final class XLSXContent: WorkbookContent {
    let format: Format
    let sheets: [Sheet]
    let notes: [Note] = []
    private let archive: ZipArchive
    private let workbook: WorkbookPart
    private let limits: Limits
    private let styles: Styles
    /// Nil until the first sheet is read.
    private var shared: SharedTexts?

    init(_ archive: ZipArchive, limits: Limits) throws(SpreadsheetFault) {
        let package = try PackageKind(archive, limits: limits)
        self.archive = archive
        self.limits = limits
        format = package.hasMacros ? .xlsm : .xlsx
        workbook = try WorkbookPart(package.workbook, in: archive, limits: limits)
        sheets = workbook.sheets.map(\.sheet)
        if let name = workbook.styles, let entry = archive.entry(name) {
            styles = try Styles(try archive.contents(entry), named: name, limits: limits)
        } else {
            styles = Styles()
        }
    }

    func read(sheet index: Int, _ take: (Row) throws -> Bool) throws {
        let texts = try shared ?? readShared()
        shared = texts
        try part(index).read(styles: styles, dates: workbook.dates, shared: texts, take)
    }

    func mergedCells(sheet index: Int) throws -> [CellRange] { try part(index).mergedCells() }

    private func readShared() throws(SpreadsheetFault) -> SharedTexts {
        guard let name = workbook.sharedTexts else { return SharedTexts() }
        return try SharedTextsPart.read(archive, name, limits: limits)
    }

    private func part(_ index: Int) throws(SpreadsheetFault) -> SheetPart {
        guard workbook.sheets.indices.contains(index) else { throw .damaged("it has no sheet number \(index + 1)") }
        let found = workbook.sheets[index]
        guard let entry = archive.entry(found.part) else { throw .damaged("the sheet \(found.sheet.name) is missing") }
        return SheetPart(archive: archive, entry: entry, sheet: found.sheet, limits: limits)
    }
}

/// One sheet of a container, read from its part.
private struct SheetPart {
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
                    // The root sets the prefix.
                    cursor = MarkupCursor(window, at: at, prefix: scanner.prefix)
                case .end: return try window.drain()
                case .incomplete: break scanning
                case .fault(let fault): throw fault.at(sheet: sheet.name)
                }
            }
            guard !window.isLast else { throw endsTooEarly }
            try window.slide(dropping: at)
            at = 0
        }
    }

    func mergedCells() throws(SpreadsheetFault) -> [CellRange] {
        var scan = MergedCellsScan(limits: limits)
        do throws(SpreadsheetFault) {
            try scan.run(over: try window(), endsTooEarly: endsTooEarly)
        } catch {
            throw error.at(sheet: sheet.name)
        }
        return scan.ranges
    }

    private var endsTooEarly: SpreadsheetFault { .damaged("it ends too early").at(sheet: sheet.name) }

    private func window() throws(SpreadsheetFault) -> ByteWindow {
        let source = try MarkupEncoding.utf8(try archive.open(entry))
        return ByteWindow(
            source, largest: limits.rowBytes, fault: .limit("a row is longer than \(limits.rowBytes) bytes", .split).at(sheet: sheet.name))
    }
}
