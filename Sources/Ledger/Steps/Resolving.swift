import Sellout

/// Puts what waiting rows have become into staging.
struct Resolving {
    let connection: Connection
    let batch: BatchRow

    /// Whether the report reads differently for it.
    func take(_ chunk: ResolvedRows) throws(LedgerFault) -> Bool {
        let namings = NamingTables(connection: connection)
        try namings.complete(batch.number, products: chunk.products, stores: chunk.stores)
        let rates = try namings.merge(batch.number, rates: chunk.rates)
        let staging = StagingTable(connection: connection)
        var changed = false
        for (number, row) in chunk.rows where !row.isWaiting {
            guard number > 0, number <= RowRange.most, let place = row.rate, rates.indices.contains(Int(place)) else {
                throw LedgerFault.broken("Row \(number) of batch \(batch.record.id) was resolved without a rate.")
            }
            if try staging.resolve(batch.rows.first + number, as: row, rate: rates[Int(place)]) { changed = true }
        }
        let errors = ErrorTable(connection: connection)
        if !changed { changed = try !errors.waitingErrors(batch.rows, are: chunk.errors) }
        guard changed else { return false }
        try errors.drop(batch.rows, .waiting)
        try errors.append(chunk.errors.map { ($0, .waiting) }, to: batch.rows)
        try errors.sort(batch)
        return true
    }
}

/// Tells the errors of a chunk apart: those of waiting rows go when the rows are resolved, the others stay.
enum WaitingErrors {
    static func told(apart chunk: StagedChunk) -> [(RowError, ErrorTable.Cause)] {
        guard !chunk.errors.isEmpty else { return [] }
        var waiting: Set<Int> = []
        for row in chunk.rows where row.isWaiting { waiting.insert(Int(row.draft.row)) }
        return chunk.errors.map { ($0, waiting.contains($0.row) && isOfWaiting($0.type) ? .waiting : .form) }
    }

    /// One row of a grid holds many sales, of which some may wait and others be wrong.
    private static func isOfWaiting(_ type: RowErrorType) -> Bool {
        switch type {
        case .productNotMapped, .storeNotFound, .invalidPrice, .missingRequiredField: true
        case .invalidDateFormat, .invalidQuantity, .invalidEAN, .duplicateTransaction: false
        }
    }
}
