import Cells

/// A file of sheets, whatever its format: opened once, then read sheet by sheet as rows. Memory does not grow with a sheet.
package final class Workbook {
    package let format: Format
    package let sheets: [Sheet]
    private let content: any WorkbookContent

    /// Opens the file behind a descriptor, which is borrowed: the caller closes it, after this workbook is gone. All reading goes through
    /// that descriptor and nothing else is opened, so it works where nothing can be.
    /// - Parameter name: the file's name, for a CSV's sheet and for sentences; it never decides what the file is.
    package init(descriptor: Int32, name: String, limits: Limits = Limits()) throws {
        let file = try FileBytes(descriptor: descriptor)
        content = try Workbook.open(file, name: name, limits: limits)
        format = content.format
        sheets = content.sheets
    }

    /// What was decided while reading; complete after the last row.
    package var notes: [Note] { content.notes }

    /// Hands over the sheet's rows that have cells, one after the other. The row is filled anew each time: keep what you need of it.
    /// - Parameter take: returns false when it has seen enough.
    package func read(sheet index: Int, _ take: (Row) throws -> Bool) throws {
        try content.read(sheet: index, take)
    }

    /// The sheet's merged cells; reads past all its rows to find them.
    package func mergedCells(sheet index: Int) throws -> [CellRange] {
        try content.mergedCells(sheet: index)
    }

    private static func open(_ file: FileBytes, name: String, limits: Limits) throws(SpreadsheetFault) -> any WorkbookContent {
        switch FileKind(head: try file.bytes(at: 0, count: 4096)) {
        case .text: return try CSVContent(file, name: name, limits: limits)
        case .archive:
            let archive = try ZipArchive(file, limits: limits)
            return try XLSXContent(archive, try PackageKind(archive, limits: limits), limits: limits)
        case .bareRecords:
            return try LegacyWorkbook(CompoundStream(file, extents: [0..<file.size], size: file.size), limits: limits)
        case .compound: return try LegacyWorkbook(file, limits: limits)
        case .empty: throw SpreadsheetFault(.damaged, "The file is empty.")
        case .otherSpreadsheet(let what):
            throw SpreadsheetFault(.unsupported, "The file is \(what), which is not read here. Save it as xlsx and send it again.")
        case .other(let what):
            throw SpreadsheetFault(.notASpreadsheet, "The file is \(what), not a spreadsheet. Save it as xlsx and send it again.")
        }
    }
}

@available(*, unavailable)
extension Workbook: Sendable {}
