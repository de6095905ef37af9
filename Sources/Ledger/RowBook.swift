import Batches
import Sellout

/// Rows of files that failed, and what operators say of them.
package protocol RowBook: Sendable {
    /// All that is known of one row. Refused where the file has no such row that sells anything or failed.
    func row(_ place: RowPlace, of id: BatchID) throws(LedgerFault) -> RowStory

    /// Settles the failed sales of one row, compares and decides anew. A row that was settled before may be settled again until it is
    /// booked. Refused, with nothing changed, where the row cannot be settled so.
    func settle(_ place: RowPlace, of id: BatchID, _ word: RowWord, terms: Terms, by: Deed) throws(LedgerFault) -> RowSettlement
}

/// Which row of a batch is meant, and which of its sales.
package struct RowPlace: Hashable, Sendable {
    /// Nil where the file has one sheet.
    package var sheet: String?
    package var row: Int
    /// A row of a grid holds many sales: only those of these.
    package var column: String?
    package var store: String?
    package var product: String?

    package init(sheet: String? = nil, row: Int, column: String? = nil, store: String? = nil, product: String? = nil) {
        self.sheet = sheet
        self.row = row
        self.column = column
        self.store = store
        self.product = product
    }

    var names: String { sheet.map { "\($0):\(row)" } ?? "\(row)" }
}

/// What an operator says of a row.
package enum RowWord: Sendable {
    case dismiss
    /// `isSure`: also where the values look as if they could not be true.
    case set(RowCorrection, isSure: Bool)
}

/// What came of it.
package struct RowSettlement: Hashable, Sendable {
    package let batch: Batch
    package let sheet: String
    /// How many sales of the row were settled, and how many of these wait all the same.
    package let sales: Int
    package let waiting: Int

    package init(batch: Batch, sheet: String, sales: Int, waiting: Int) {
        self.batch = batch
        self.sheet = sheet
        self.sales = sales
        self.waiting = waiting
    }
}

/// All that is known of one row.
package struct RowStory: Sendable {
    /// Where a sale of the row stands.
    package enum Standing: String, Sendable {
        case malformed, waiting, repeated, unchanged, dismissed
        /// It will be a sale when the batch is approved.
        case valid
        case booked

        var hasFailed: Bool { self == .malformed || self == .waiting || self == .repeated }
    }

    package struct Sale: Sendable {
        package let standing: Standing
        package let parts: SaleParts
        /// Those that are wrong; empty for a row that could be read.
        package let columns: [String]
    }

    package struct Settled: Sendable {
        package let row: SettledRow
        package let by: Deed
    }

    package let sheet: String
    package let row: Int
    package let sales: [Sale]
    package let errors: [RowError]
    package let settled: [Settled]
}
