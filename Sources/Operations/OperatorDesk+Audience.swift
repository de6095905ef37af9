import Audience
import Ledger
import Texts

/// What an audience batch may come to.
package enum AudienceLimits {
    package static let records = 50_000
    /// Bytes of a body.
    package static let body = 5 << 20
}

/// Audience batches. Nothing of a record stands in a sentence, a refusal or the audit log.
extension OperatorDesk {
    package func enter(
        audience content: ReceivedBatch, _ id: String? = nil, owner: Int64?, name: String, source: String
    ) throws(Refused) -> AudienceBatch {
        let now = clock()
        let batch = NewAudienceBatch(
            uploadID: id ?? AudienceID.upload(at: now), owner: owner, name: name, source: source, content: content, at: now)
        return try ask { () throws(LedgerFault) in try ledger.enter(batch) }
    }

    package func audienceBatches(_ filter: AudienceFilter) throws(Refused) -> [AudienceBatch] {
        try ask { () throws(LedgerFault) in try ledger.audienceBatches(filter) }
    }

    package func audienceBatch(_ uploadID: String) throws(Refused) -> AudienceBatch {
        guard let batch = try audienceBatch(known: uploadID) else { throw Refused(.unknown, "There is no audience batch \(uploadID).") }
        return batch
    }

    /// Nil where there is none, or the id is malformed.
    package func audienceBatch(known uploadID: String) throws(Refused) -> AudienceBatch? {
        guard AudienceID.isUpload(uploadID) else { return nil }
        return try ask { () throws(LedgerFault) in try ledger.audienceBatch(uploadID) }
    }

    /// Block by block.
    package func records(of batch: AudienceBatch, _ body: (RecordBlock) throws -> Void) throws {
        var number = 0
        while let found = try ask({ () throws(LedgerFault) in try ledger.audienceBlock(of: batch, after: number) }) {
            number = found.number
            try body(found.block)
        }
    }

    package func delete(audienceBatch uploadID: String) throws(Refused) {
        let deed = deed()
        guard AudienceID.isUpload(uploadID), try ask({ () throws(LedgerFault) in try ledger.delete(audienceBatch: uploadID, by: deed) })
        else { throw Refused(.unknown, "There is no audience batch \(uploadID).") }
    }

    /// Every record in which a field is that address goes for good, from all batches.
    package func forget(audience address: String) throws(Refused) -> ForgottenAnswer {
        guard let wanted = ForgottenAddress(address) else { throw Refused(.wrong, "Who is to be forgotten must be said.") }
        let deed = deed()
        return ForgottenAnswer(forgotten: try ask { () throws(LedgerFault) in try ledger.forget(wanted, by: deed) })
    }

    /// Whose it is, as people know them.
    package func owner(id: Int64) throws(Refused) -> String? {
        try ask { () throws(LedgerFault) in try ledger.user(id: id)?.email }
    }
}

/// What forgetting somebody has done.
package struct ForgottenAnswer: Hashable, Sendable {
    package let forgotten: Forgotten

    package var sentence: String {
        let segments = forgotten.segments == 1 ? "1 segment that spoke of them is" : "\(forgotten.segments) segments that spoke of them are"
        let more = forgotten.segments > 0 ? " \(segments) deleted." : ""
        guard forgotten.records > 0 else { return "No record holds that.\(more)" }
        let records = forgotten.records == 1 ? "1 record is" : "\(forgotten.records) records are"
        return "\(records) gone for good, from \(forgotten.batches == 1 ? "1 batch" : "\(forgotten.batches) batches").\(more)"
    }

    package var json: JSONValue {
        [
            "records_removed": .number(forgotten.records), "batches_changed": .number(forgotten.batches),
            "segments_deleted": .number(forgotten.segments),
        ]
    }
}

extension AudienceBatch {
    package func json(owner: String?) -> JSONValue {
        [
            "upload_id": .text(uploadID), "upload_name": .text(name), "created_at": .text(createdAt.description),
            "rows_received": .number(rows), "fields": .array(fields.map(JSONValue.text)), "owner": .optional(owner),
            "source": .text(source),
        ]
    }
}
