import Batches
import Sellout

/// Steps that only uploads need: to be recognised, and to be given up where nobody has taken them on.
extension SQLiteLedger {
    package func assign(_ id: BatchID, to reseller: String, at: Timestamp) throws(LedgerFault) -> Batch {
        try write { connection throws(LedgerFault) in
            let batches = BatchTable(connection: connection)
            var batch = try batches.get(id)
            guard batch.record.reseller != reseller else { return batch.record }
            guard batch.record.reseller == Batch.unrecognised else {
                throw LedgerFault.refused("The batch is a file of \(batch.record.reseller) already.")
            }
            guard batch.record.state == .pending else {
                throw LedgerFault.refused("The batch is \(batch.record.state.rawValue), and no longer to be recognised.")
            }
            try ResellerTable(connection: connection).enter(reseller, at: at)
            try connection.update(BatchTable.reseller(reseller), where: "id = ?", batch.number)
            batch.record.reseller = reseller
            try AuditLog(connection: connection).enter(.daemon("as a file of \(reseller)", at: at), "recognised", batch: id)
            return batch.record
        }
    }

    package func failStuck(pendingSince moment: Timestamp, resellers: Set<String>?, by deed: Deed) throws(LedgerFault) -> [Batch] {
        try write { connection throws(LedgerFault) in
            let batches = BatchTable(connection: connection)
            var failed: [Batch] = []
            for var batch in try batches.stuck(since: moment, resellers) {
                try batches.move(&batch, to: .failed, "clean up", by: deed)
                try batches.dropRows(of: &batch)
                batch.forgetFindings()
                let sentence = "Processing timeout - marked as failed during cleanup"
                batch.record.refusal = FileRefusal(
                    .timeout, sentence, suggestion: "The file is kept. Please ask operations, who can have it read after all.")
                try batches.end(&batch, sentence, at: deed.at)
                failed.append(batch.record)
            }
            return failed
        }
    }
}
