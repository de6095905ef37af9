import Batches
import Sellout

/// What is asked of batches, on the reading connection.
extension SQLiteLedger {
    package func batch(_ id: BatchID) throws(LedgerFault) -> BatchRecord? {
        try read { connection throws(LedgerFault) in try BatchTable(connection: connection).find(id)?.record }
    }

    package func batches(_ filter: BatchFilter) throws(LedgerFault) -> [BatchRecord] {
        try list { batches throws(LedgerFault) in try batches.list(filter) }
    }

    package func batches(idPrefix: String) throws(LedgerFault) -> [BatchRecord] {
        try list { batches throws(LedgerFault) in try batches.list(idPrefix: idPrefix) }
    }

    package func pending() throws(LedgerFault) -> [BatchRecord] {
        try list { batches throws(LedgerFault) in try batches.list(in: .pending) }
    }

    package func owingReports() throws(LedgerFault) -> [BatchRecord] {
        try list { batches throws(LedgerFault) in try batches.owingReports() }
    }

    package func unarchived() throws(LedgerFault) -> [BatchRecord] {
        try list { batches throws(LedgerFault) in try batches.unarchived() }
    }

    private func list(_ ask: (BatchTable) throws(LedgerFault) -> [BatchRow]) throws(LedgerFault) -> [BatchRecord] {
        try read { connection throws(LedgerFault) in try ask(BatchTable(connection: connection)).map(\.record) }
    }

    package func errors(of id: BatchID, after: Int, limit: Int) throws(LedgerFault) -> [RowError] {
        try about(id) { batch, connection throws(LedgerFault) in
            try ErrorTable(connection: connection).list(batch.rows, after: after, limit: limit)
        }
    }

    package func errorCounts(of id: BatchID) throws(LedgerFault) -> [(type: String, count: Int)] {
        try about(id) { batch, connection throws(LedgerFault) in try ErrorTable(connection: connection).counts(batch.rows) }
    }

    package func restatements(of id: BatchID) throws(LedgerFault) -> [Restatement] {
        try about(id) { batch, connection throws(LedgerFault) in try RestatedTable(connection: connection).list(batch) }
    }

    package func rates(of id: BatchID) throws(LedgerFault) -> [ExchangeRate] {
        try about(id) { batch, connection throws(LedgerFault) in try NamingTables(connection: connection).rates(of: batch.number) }
    }

    private func about<Result>(
        _ id: BatchID, _ ask: (BatchRow, Connection) throws(LedgerFault) -> Result
    ) throws(LedgerFault) -> Result {
        try read { connection throws(LedgerFault) in try ask(BatchTable(connection: connection).get(id), connection) }
    }

    package func audit(_ filter: AuditFilter) throws(LedgerFault) -> [AuditEntry] {
        try read { connection throws(LedgerFault) in try AuditTable(connection: connection).lines(filter) }
    }

    package func sales(_ filter: SalesFilter, _ body: (SaleLine) throws -> Bool) throws {
        let own = try Connection(path: path)
        try own.execute(SQLiteLedger.readerSettings)
        try FinalTable(connection: own).each(filter, body)
    }
}
