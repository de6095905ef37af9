import Cells

/// A CSV as a workbook of one sheet.
struct CSVContent: WorkbookContent {
    private let reader: CSVReader
    let sheets: [Sheet]
    var format: Format { .csv }
    var notes: [Note] { reader.notes }

    init(_ file: FileBytes, name: String, limits: Limits) throws(SpreadsheetFault) {
        reader = try CSVReader(file, limits: limits)
        sheets = [Sheet(name: CSVContent.sheetName(name), isHidden: false, position: 0)]
    }

    func read(sheet index: Int, _ take: (Row) throws -> Bool) throws { try reader.read(take) }

    func mergedCells(sheet index: Int) throws -> [CellRange] { [] }

    /// The file's name without its extension.
    private static func sheetName(_ name: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return Normalization.nfc(name: name) }
        return Normalization.nfc(name: String(name[..<dot]))
    }
}
