import Batches
import Sellout

/// What is asked of batches beside each other, and of what is wrong with them.
extension SQLiteLedger {
    package func differences(between first: BatchID, and second: BatchID) throws(LedgerFault) -> SaleDifferences {
        try read { connection throws(LedgerFault) in
            let batches = BatchTable(connection: connection)
            return try DifferenceQuestion(connection: connection).ask(try batches.get(first), try batches.get(second))
        }
    }

    package func errorGroups(of id: BatchID, by trait: ErrorTrait) throws(LedgerFault) -> [ErrorGroup] {
        try read { connection throws(LedgerFault) in
            let batch = try BatchTable(connection: connection).get(id)
            return try ErrorAnalysis(connection: connection).groups(of: batch.rows, by: trait)
        }
    }

    package func headers(before id: BatchID, layout: Int) throws(LedgerFault) -> EarlierHeaders? {
        try read { connection throws(LedgerFault) in
            let batches = BatchTable(connection: connection)
            return try batches.earlier(than: try batches.get(id), layout: layout)
        }
    }
}
