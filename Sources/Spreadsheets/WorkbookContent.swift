import Cells

/// What each format's reader offers to the workbook.
protocol WorkbookContent {
    var format: Format { get }
    var sheets: [Sheet] { get }
    var notes: [Note] { get }
    func read(sheet index: Int, _ take: (Row) throws -> Bool) throws
    func mergedCells(sheet index: Int) throws -> [CellRange]
}
