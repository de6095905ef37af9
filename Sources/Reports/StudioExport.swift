import Audience
import Batches
import Texts
import Workbooks

/// The records of a batch that answer a question, with the columns that it shows, as a file. What a record holds stays a text: no spreadsheet
/// program takes it for a formula.
package struct StudioExport: Sendable {
    package let rowCount: Int
    private let table: StudioTable
    private let rows: [Int32]
    private let columns: [Int]
    private let about: [(String, String)]

    /// `segment` is the name of a saved one.
    package init(
        _ table: StudioTable, _ question: StudioQuestion, upload: (id: String, name: String), segment: String? = nil, at: Timestamp
    ) throws(StudioFault) {
        self.table = table
        rows = try table.rows(for: question)
        columns = try table.columns(for: question)
        rowCount = rows.count
        about = [
            ("Batch", upload.name), ("Upload", upload.id), ("Segment", segment ?? "not saved as one"), ("Question", question.words),
            ("Records", "\(rows.count) of \(table.rowCount)"), ("Written", at.description),
        ]
    }

    /// Cells that are written into memory: records with very many different fields come to a table that is nearly empty and very large.
    private static let mostCells = 20_000_000

    /// Nil where the file can be made in memory.
    package var refusal: String? {
        let cells = rows.count.multipliedReportingOverflow(by: max(1, columns.count))
        guard cells.overflow || cells.partialValue > Self.mostCells else { return nil }
        return "\(rows.count) records with \(columns.count) columns are too large a table. Choose fewer columns or fewer records."
    }

    private func row(_ row: Int32) -> [String?] { table.texts(Int(row), columns) }

    private var names: [String] { columns.map { table.columns[$0].name } }
}

extension StudioExport {
    /// Line by line, so that a table of any size needs no memory of its size.
    package func csv(_ take: (ArraySlice<UInt8>) throws -> Void) rethrows {
        var text = CSVText()
        text.line(names.map(JSONValue.text))
        for number in rows {
            if text.bytes.count > 1 << 16 {
                try take(text.bytes[...])
                text.removeAll()
            }
            text.line(row(number).map(JSONValue.optional))
        }
        try take(text.bytes[...])
    }

    package var csvBytes: [UInt8] {
        var bytes: [UInt8] = []
        csv { bytes += $0 }
        return bytes
    }

    package func workbookBytes() throws(WorkbookFault) -> [UInt8] {
        try WorkbookFile.bytes { workbook throws(WorkbookFault) in
            // A sheet has one column at least, and a batch of which everybody was forgotten has none.
            let titles = columns.isEmpty ? ["no records"] : names
            try workbook.begin(sheet: "Records", titles.map { SheetColumn($0, width: min(max($0.count + 2, 14), 40)) })
            for number in rows where !columns.isEmpty { try workbook.row(row(number).map(SheetCell.optional)) }
            try workbook.begin(sheet: "About", [SheetColumn("What", width: 28), SheetColumn("Is", width: 100)])
            for (what, value) in about { try workbook.row([.text(what), .text(value)]) }
            for column in columns {
                guard let origin = table.columns[column].origin else { continue }
                try workbook.row([.text("Column \(table.columns[column].name)"), .text(origin)])
            }
            if let compared = table.compared { try workbook.row([.text("Other batches"), .text(compared)]) }
        }
    }
}
