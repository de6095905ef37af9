import Audience
import Batches

/// Audience batches.
extension SQLiteLedger {
    package func enter(_ batch: NewAudienceBatch) throws(LedgerFault) -> AudienceBatch {
        try write { connection throws(LedgerFault) in
            let table = AudienceTable(connection: connection)
            try table.insert(batch)
            guard let entered = try table.get(batch.uploadID) else {
                throw LedgerFault.damaged("an audience batch that was entered is not there")
            }
            return entered
        }
    }

    package func audienceBatches(_ filter: AudienceFilter) throws(LedgerFault) -> [AudienceBatch] {
        try read { connection throws(LedgerFault) in try AudienceTable(connection: connection).list(filter) }
    }

    package func audienceBatch(_ uploadID: String) throws(LedgerFault) -> AudienceBatch? {
        try read { connection throws(LedgerFault) in try AudienceTable(connection: connection).get(uploadID) }
    }

    package func audienceBlock(of batch: AudienceBatch, after number: Int) throws(LedgerFault) -> NumberedBlock? {
        try read { connection throws(LedgerFault) in try AudienceTable(connection: connection).block(of: batch.id, after: number) }
    }

    package func delete(audienceBatch uploadID: String, by deed: Deed) throws(LedgerFault) -> Bool {
        let isDeleted = try write { connection throws(LedgerFault) in
            let table = AudienceTable(connection: connection)
            guard let batch = try table.get(uploadID) else { return false }
            try connection.overwriting { () throws(LedgerFault) in try table.delete(batch) }
            try AuditLog(connection: connection).enter(deed.telling(batch), "delete audience batch")
            return true
        }
        if isDeleted { writer.emptyLog() }
        return isDeleted
    }

    package func deleteAudienceBatches(before: Timestamp, most: Int, by deed: Deed) throws(LedgerFault) -> [String] {
        // Most days there is none, and nobody who writes is to wait for that.
        let isAny = try read { connection throws(LedgerFault) in
            try !AudienceTable(connection: connection).list(before: before, most: 1).isEmpty
        }
        guard isAny else { return [] }
        let deleted = try write { connection throws(LedgerFault) in
            let table = AudienceTable(connection: connection)
            let old = try table.list(before: before, most: most)
            try connection.overwriting { () throws(LedgerFault) in for batch in old { try table.delete(batch) } }
            for batch in old { try AuditLog(connection: connection).enter(deed.telling(batch), "delete audience batch") }
            return old.map(\.uploadID)
        }
        if !deleted.isEmpty { writer.emptyLog() }
        return deleted
    }

    package func forget(_ address: ForgottenAddress, by deed: Deed) throws(LedgerFault) -> Forgotten {
        let forgotten = try write { connection throws(LedgerFault) in
            let table = AudienceTable(connection: connection)
            var forgotten = Forgotten()
            try connection.overwriting { () throws(LedgerFault) in
                for batch in try table.list(AudienceFilter()) {
                    let records = try table.forget(address, in: batch)
                    forgotten.records += records
                    forgotten.batches += records > 0 ? 1 : 0
                }
                forgotten.segments = try SegmentTable(connection: connection).forget(address)
            }
            let segments = forgotten.segments > 0 ? ", \(forgotten.segments) segments" : ""
            try AuditLog(connection: connection).enter(
                deed.telling("\(forgotten.records) records in \(forgotten.batches) batches\(segments)"), "forget a person")
            return forgotten
        }
        // Also where nothing was found: what was deleted a moment ago may lie in the log still.
        writer.emptyLog(waiting: .seconds(5))
        return forgotten
    }
}

/// Segments of them.
extension SQLiteLedger {
    package func save(_ segment: NewAudienceSegment, by deed: Deed) throws(LedgerFault) -> AudienceSegment? {
        let saved: AudienceSegment? = try write { connection throws(LedgerFault) in
            guard let batch = try AudienceTable(connection: connection).get(segment.uploadID) else { return nil }
            let table = SegmentTable(connection: connection)
            // What it replaces may hold an address too.
            let id = try connection.overwriting { () throws(LedgerFault) in try table.put(segment, of: batch, by: deed) }
            try AuditLog(connection: connection).enter(deed.telling("segment \(id) of \(batch.uploadID)"), "save audience segment")
            return try table.get(id)
        }
        if saved != nil { writer.emptyLog() }
        return saved
    }

    package func audienceSegments(_ filter: AudienceSegmentFilter) throws(LedgerFault) -> [AudienceSegment] {
        try read { connection throws(LedgerFault) in try SegmentTable(connection: connection).list(filter) }
    }

    package func audienceSegment(_ id: Int64) throws(LedgerFault) -> AudienceSegment? {
        try read { connection throws(LedgerFault) in try SegmentTable(connection: connection).get(id) }
    }

    package func delete(audienceSegment id: Int64, by deed: Deed) throws(LedgerFault) -> Bool {
        let isDeleted = try write { connection throws(LedgerFault) in
            let table = SegmentTable(connection: connection)
            guard let segment = try table.get(id) else { return false }
            try connection.overwriting { () throws(LedgerFault) in try table.delete(id) }
            try AuditLog(connection: connection).enter(deed.telling("segment \(id) of \(segment.uploadID)"), "delete audience segment")
            return true
        }
        if isDeleted { writer.emptyLog() }
        return isDeleted
    }
}

extension Deed {
    /// The same deed, its line in the audit log telling what was done too.
    fileprivate func telling(_ what: String) -> Deed {
        Deed(actor: actor, reason: reason.isEmpty ? what : "\(reason) (\(what))", at: at)
    }
    fileprivate func telling(_ batch: AudienceBatch) -> Deed { telling("\(batch.uploadID), \(batch.rows) records") }
}
