import Batches
import Sellout

/// Rows that failed, one by one.
extension SQLiteLedger {
    package func row(_ place: RowPlace, of id: BatchID) throws(LedgerFault) -> RowStory {
        try read { connection throws(LedgerFault) in
            let batch = try BatchTable(connection: connection).get(id)
            let rows = try RowsOfPlace(place, of: batch, connection)
            let sales = try rows.chosen(place).map { sale in
                RowStory.Sale(standing: sale.standing, parts: sale.parts, columns: sale.malformed?.columns ?? [])
            }
            let settled = try SettledTable(connection: connection).list(batch.edition, sheet: rows.sheet, row: rows.row)
            return RowStory(sheet: rows.sheet, row: rows.row, sales: sales, errors: rows.errors, settled: settled)
        }
    }

    /// The batch is compared and decided anew then.
    package func settle(
        _ place: RowPlace, of id: BatchID, _ word: RowWord, terms: Terms, by deed: Deed
    ) throws(LedgerFault) -> RowSettlement {
        try write { connection throws(LedgerFault) in
            var batch = try BatchTable(connection: connection).get(id)
            try batch.mayHaveRowsSettled()
            let rows = try RowsOfPlace(place, of: batch, connection)
            let open = try rows.open(place)
            let settling = SettlingRows(connection: connection, terms: terms, deed: deed)
            var waiting = 0
            switch word {
            case .dismiss: try settling.dismiss(open, of: rows, &batch)
            case .set(let correction, let isSure):
                waiting = try Correcting(settling: settling, correction: correction, isSure: isSure, rows: rows).carryOut(open, &batch)
            }
            batch.skip(try SettledTable(connection: connection).dismissed(batch.edition))
            try Settlement(connection: connection, terms: terms, deed: deed).resettle(&batch)
            return RowSettlement(batch: batch.record, sheet: rows.sheet, sales: open.count, waiting: waiting)
        }
    }
}

extension BatchRow {
    fileprivate func mayHaveRowsSettled() throws(LedgerFault) {
        guard !record.state.may(become: .approved) else { return }
        let advice = record.state.mayBeUndone ? ": its rows are booked. Undo it, or correct the reference data and rebook" : ""
        throw LedgerFault.refused("The batch is \(record.state.rawValue), and no row of it can be settled\(advice).")
    }
}
