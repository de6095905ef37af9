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
    /// Read when the first sheet is.
    private var shared: SharedTexts?

    init(_ archive: ZipArchive, _ package: PackageKind, limits: Limits) throws(SpreadsheetFault) {
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
