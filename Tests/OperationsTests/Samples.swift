import Batches
import Cells
import Frames
import Ledger
import Operations
import Reports
import Sellout
import Testing

/// Values that the tests of this room share.
enum Samples {
    static let moment = Timestamp(milliseconds: 1_744_633_800_000)
    static let terms = [
        Terms(reseller: "boxnox", vendorName: "BOXNOX", country: "ES", currency: "EUR", isLivingDocument: true),
        Terms(reseller: "liberty", vendorName: "Liberty", country: "GB", currency: "GBP", storesAreOpen: false, approval: .manual),
    ]

    /// An id that begins with these eight digits.
    static func batch(_ digits: String, _ state: BatchState, reseller: String = "boxnox", filename: String = "march.csv") throws
        -> Batch
    {
        let id = try #require(BatchID("\(digits)-0000-4000-8000-000000000000"))
        return Batch(
            id: id, reseller: reseller, filename: filename, mode: .append, state: state, sizeBytes: 10, host: "h", receivedAt: moment)
    }

    static func products() throws -> [Product] {
        [
            Product(ean: try #require(EAN("7350154320008")), functionalName: "BBSC100", description: ""),
            Product(ean: try #require(EAN("7350154320060")), functionalName: "BBBOJ100", description: ""),
        ]
    }

    static func sale(_ name: String, quantity: Int64, day: Int) throws -> SaleLine {
        SaleLine(
            batch: "0badcafe-0000-4000-8000-000000000000", sheet: "S", row: 2, reseller: "boxnox", store: "Abanuc", storeIsOnline: false,
            ean: "7350154320008", productName: name, date: try #require(CivilDay(year: 2025, month: 4, day: day)), quantity: quantity,
            local: Money(units: quantity * 2_024_800), currency: "EUR", euros: Money(units: quantity * 2_024_800))
    }

    static func desk(_ ledger: MemoryLedger) -> OperatorDesk {
        OperatorDesk(ledger: ledger, terms: terms, actor: "anna", clock: { moment })
    }
}

/// A file of lines, as the confined reader would hand them over.
struct LinesReading: FileViewing {
    var name = "lines.csv"
    var sheets: [(name: String, lines: [[String]])]

    func outlines() -> [SheetSummary] {
        sheets.map { SheetSummary(name: $0.name, rows: $0.lines.count, columns: $0.lines.map(\.count).max() ?? 0, isHidden: false) }
    }

    func rows(_ body: (String, Row) throws -> Bool) throws {
        for (name, lines) in sheets {
            for (index, line) in lines.enumerated() {
                var row = Row()
                row.reset(number: index + 1)
                for (column, field) in line.enumerated() where !field.isEmpty { row.append(text: field.utf8, column: column) }
                guard try body(name, row) else { return }
            }
        }
    }
}
