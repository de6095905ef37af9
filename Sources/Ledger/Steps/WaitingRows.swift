import Sellout

/// What a batch waits for.
package struct WaitingRows: Sendable {
    package var sheets: [String] = []
    package var products: [StagedProduct] = []
    package var stores: [StagedStore] = []
    /// With the number each has in staging.
    package var rows: [(number: Int64, draft: Draft)] = []

    package init() {}
}

/// The same rows after another look at the reference data.
package struct ResolvedRows: Sendable {
    /// The whole tables again, in the order they came.
    package var products: [StagedProduct] = []
    package var stores: [StagedStore] = []
    package var rates: [ExchangeRate] = []
    package var rows: [(number: Int64, row: StagedRow)] = []
    /// Those of rows that still wait.
    package var errors: [RowError] = []
    package var referenceVersion: Int

    package init(referenceVersion: Int) { self.referenceVersion = referenceVersion }
}

/// Puts what waiting rows have become into staging.
struct Resolving {
    let connection: Connection
    let batch: BatchRow

    enum Effect {
        case none
        /// The rows still wait, for other reasons.
        case otherReasons
        case rowsAreValid
    }

    func take(_ chunk: ResolvedRows) throws(LedgerFault) -> Effect {
        let namings = NamingTables(connection: connection)
        let (products, stores) = try namings.complete(batch.edition, products: chunk.products, stores: chunk.stores)
        let rates = try namings.merge(batch.edition, rates: chunk.rates)
        let staging = SaleTable(connection: connection)
        var isValid = false
        for (number, row) in chunk.rows where !row.isWaiting {
            let (product, store) = (Int(row.draft.product), Int(row.draft.store))
            guard number > 0, number <= RowRange.most, let place = row.rate, rates.indices.contains(Int(place)),
                products.indices.contains(product), stores.indices.contains(store)
            else {
                throw LedgerFault.broken("Row \(number) of batch \(batch.record.id) was resolved without a rate, a product or a store.")
            }
            var row = row
            (row.draft.product, row.draft.store) = (products[product], stores[store])
            if try staging.resolve(batch.rows.first + number, as: row, rate: rates[Int(place)], booked: batch.isBooked) { isValid = true }
        }
        let errors = ErrorTable(connection: connection)
        if !isValid, try errors.waitingErrors(batch.rows, are: chunk.errors) { return .none }
        try errors.drop(batch.rows, .waiting)
        try errors.append(chunk.errors.map { ($0, .waiting) }, to: batch.rows)
        try errors.sort(batch)
        return isValid ? .rowsAreValid : .otherReasons
    }
}
