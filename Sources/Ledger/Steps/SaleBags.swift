import Cells
import Sellout

/// What makes two figures those of the same sale.
struct SaleKey: Comparable {
    let store: Int64
    let ean: Int64
    let day: Int32
    let order: String?

    static func < (one: SaleKey, other: SaleKey) -> Bool {
        if (one.store, one.ean, one.day) != (other.store, other.ean, other.day) {
            return (one.store, one.ean, one.day) < (other.store, other.ean, other.day)
        }
        // SQLite orders NULL first and text by its bytes; Swift's `<` on strings would order them otherwise.
        switch (one.order, other.order) {
        case (nil, nil), (_?, nil): return false
        case (nil, _?): return true
        case (let one?, let other?): return one.utf8.lexicographicallyPrecedes(other.utf8)
        }
    }

    static func == (one: SaleKey, other: SaleKey) -> Bool { !(one < other) && !(other < one) }
}

/// All sales of one key, from a file or from the ledger.
struct SaleBag {
    let key: SaleKey
    var figures: [SaleFigures] = []
    var ids: [Int64] = []
    /// What was thought of each before.
    var outcomes: [Int64] = []
}

/// Bags from rows that come ordered by key: only one bag is held at a time, whatever the number of rows.
struct SaleBags {
    private let rows: Statement
    private var hasRow: Bool

    /// Columns: store, EAN, day, order, quantity, amount, id, outcome.
    init(_ rows: Statement) throws(LedgerFault) {
        self.rows = rows
        hasRow = try rows.step()
    }

    mutating func next() throws(LedgerFault) -> SaleBag? {
        guard hasRow else { return nil }
        var bag = SaleBag(key: key)
        repeat {
            bag.figures.append(SaleFigures(quantity: rows.int64(4), amount: Money(units: rows.int64(5))))
            bag.ids.append(rows.int64(6))
            bag.outcomes.append(rows.int64(7))
            hasRow = try rows.step()
        } while hasRow && key == bag.key
        return bag
    }

    private var key: SaleKey {
        SaleKey(store: rows.int64(0), ean: rows.int64(1), day: Int32(clamping: rows.int64(2)), order: rows.optionalText(3))
    }

    func close() { rows.reset() }
}
