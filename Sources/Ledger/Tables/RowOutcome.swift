/// What became of a staged row. The numbers stand in `staging_sales.outcome`.
enum RowOutcome: Int64 {
    /// A sale the ledger does not have yet.
    case new = 0
    /// One of the rows that take the place of figures received before.
    case restated = 1
    /// The ledger has it already, and the layout repeats earlier periods.
    case unchanged = 2
    /// The ledger has it already, and should not have got it again.
    case repeated = 3
    /// Its product, store, price or rate is not known yet.
    case waiting = 4
    /// New and final, in a batch of which other rows still wait.
    case finalNew = 5
    /// Restated and final, in such a batch.
    case finalRestated = 6

    /// What approving adds to `new` and `restated` to make them final.
    static let finalStep: Int64 = 5
}

/// The numbers that a batch's rows bear: batch × 2^32 + 1 and up.
struct RowRange {
    let first: Int64
    let last: Int64

    init(batch: Int64) {
        first = batch << 32
        last = first | 0xFFFF_FFFF
    }

    /// More rows than these in one batch would run into the next batch's numbers.
    static let most: Int64 = 0xFFFF_FFFF

    static func batch(of id: Int64) -> Int64 { id >> 32 }
}
