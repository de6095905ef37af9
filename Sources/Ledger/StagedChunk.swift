import Cells
import Sellout

/// A draft with what resolving it gave. Product, store, sheet and rate are numbers into the tables that chunks carry.
public struct StagedRow: Hashable, Sendable {
    public var draft: Draft
    /// Amounts and rate are nil while the row waits.
    public var local: Money?
    public var euros: Money?
    public var rate: Int32?

    public init(draft: Draft, local: Money?, euros: Money?, rate: Int32?) {
        self.draft = draft
        self.local = local
        self.euros = euros
        self.rate = rate
    }

    /// A row that waits for its product, its store, a price or a rate.
    public var isWaiting: Bool { euros == nil }
}

/// A product as the file names it, and the EAN it stands for where that is known.
public struct StagedProduct: Hashable, Sendable {
    public var naming: ProductNaming
    public var ean: EAN?

    public init(naming: ProductNaming, ean: EAN?) {
        self.naming = naming
        self.ean = ean
    }
}

/// A store as the file names it; `store` is what operators know of it. An unknown one is entered on first sight where the
/// reseller's stores are open, and is nil and makes its rows wait where they are closed.
public struct StagedStore: Hashable, Sendable {
    public var naming: StoreNaming
    public var store: Store?

    public init(naming: StoreNaming, store: Store?) {
        self.naming = naming
        self.store = store
    }
}

/// Rows on their way into staging, and what they are the first to name. Tables are numbered through a batch: the first
/// product of the second chunk bears the number that follows the last of the first.
public struct StagedChunk: Sendable {
    public var sheets: [String] = []
    public var products: [StagedProduct] = []
    public var stores: [StagedStore] = []
    public var rates: [ExchangeRate] = []
    public var rows: [StagedRow] = []
    /// Errors of waiting rows and of rows whose form was wrong.
    public var errors: [RowError] = []
    /// Rows whose form was wrong: they are in `errors` and not in `rows`.
    public var malformedRows = 0
    /// The catalogue's version that these rows were resolved with.
    public var referenceVersion: Int

    public init(referenceVersion: Int) { self.referenceVersion = referenceVersion }

    public var isEmpty: Bool { rows.isEmpty && errors.isEmpty && products.isEmpty && stores.isEmpty && sheets.isEmpty && rates.isEmpty }
}

/// What a batch waits for.
public struct WaitingRows: Sendable {
    public var sheets: [String] = []
    public var products: [StagedProduct] = []
    public var stores: [StagedStore] = []
    /// With the number each has in staging.
    public var rows: [(number: Int64, draft: Draft)] = []

    public init() {}
}

/// The same rows after another look at the reference data.
public struct ResolvedRows: Sendable {
    /// The whole tables again, in the order they came.
    public var products: [StagedProduct] = []
    public var stores: [StagedStore] = []
    public var rates: [ExchangeRate] = []
    public var rows: [(number: Int64, row: StagedRow)] = []
    /// Those of rows that still wait.
    public var errors: [RowError] = []
    public var referenceVersion: Int

    public init(referenceVersion: Int) { self.referenceVersion = referenceVersion }
}
