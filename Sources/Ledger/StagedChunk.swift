import Cells
import Sellout

/// A draft with what resolving it gave. Product, store, sheet and rate are numbers into the tables that chunks carry.
package struct StagedRow: Hashable, Sendable {
    package var draft: Draft
    /// Amounts and rate are nil while the row waits.
    package var local: Money?
    package var euros: Money?
    package var rate: Int32?

    package init(draft: Draft, local: Money?, euros: Money?, rate: Int32?) {
        self.draft = draft
        self.local = local
        self.euros = euros
        self.rate = rate
    }

    /// A row that waits for its product, its store, a price or a rate.
    package var isWaiting: Bool { euros == nil }
}

/// A product as the file names it, and the EAN it stands for where that is known.
package struct StagedProduct: Hashable, Sendable {
    package var naming: ProductNaming
    package var ean: EAN?
    /// From this day on the name means nothing any more, and its rows wait.
    package var endedFrom: CivilDay?

    package init(naming: ProductNaming, ean: EAN?, endedFrom: CivilDay? = nil) {
        self.naming = naming
        self.ean = ean
        self.endedFrom = endedFrom
    }
}

/// A store as the file names it; `store` is what operators know of it. An unknown one is entered on first sight where the
/// reseller's stores are open, and is nil and makes its rows wait where they are closed.
package struct StagedStore: Hashable, Sendable {
    package var naming: StoreNaming
    package var store: Store?

    package init(naming: StoreNaming, store: Store?) {
        self.naming = naming
        self.store = store
    }
}

/// Rows on their way into staging, and what they are the first to name. Tables are numbered through a batch: the first
/// product of the second chunk bears the number that follows the last of the first.
package struct StagedChunk: Sendable {
    package var sheets: [String] = []
    package var products: [StagedProduct] = []
    package var stores: [StagedStore] = []
    package var rates: [ExchangeRate] = []
    package var rows: [StagedRow] = []
    /// Errors of waiting rows and of rows whose form was wrong.
    package var errors: [RowError] = []
    /// Rows whose form was wrong: they are in `errors` and not in `rows`.
    package var malformedRows = 0
    /// What could be read of them.
    package var malformed: [MalformedRow] = []
    /// The catalogue's version that these rows were resolved with.
    package var referenceVersion: Int

    package init(referenceVersion: Int) { self.referenceVersion = referenceVersion }

    package var isEmpty: Bool {
        rows.isEmpty && errors.isEmpty && products.isEmpty && stores.isEmpty && sheets.isEmpty && rates.isEmpty && malformedRows == 0
    }
}

extension StagedChunk {
    /// Its errors told apart: those of waiting rows go when the rows are resolved, the others stay.
    var errorsByCause: [(RowError, ErrorTable.Cause)] {
        guard !errors.isEmpty else { return [] }
        var waiting: Set<Int> = []
        for row in rows where row.isWaiting { waiting.insert(Int(row.draft.row)) }
        return errors.map { ($0, waiting.contains($0.row) && $0.type.isOfWaiting ? .waiting : .form) }
    }
}

extension RowErrorType {
    /// One row of a grid holds many sales, of which some may wait and others be wrong.
    fileprivate var isOfWaiting: Bool {
        switch self {
        case .productNotMapped, .storeNotFound, .invalidPrice, .missingRequiredField: true
        case .invalidDateFormat, .invalidQuantity, .invalidEAN, .duplicateTransaction, .formulaNotCalculated: false
        }
    }
}
