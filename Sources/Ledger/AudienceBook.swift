import Audience
import Batches

/// Audience batches: records of people and companies, which somebody has sent or dropped. Of a record nothing stands anywhere else in
/// the ledger: not in the audit log, and in no fault.
package protocol AudienceBook: Sendable {
    /// With all its records, in one transaction. The batch itself says who sent it and when: the audit log has no line for it.
    func enter(_ batch: NewAudienceBatch) throws(LedgerFault) -> AudienceBatch
    /// Newest first. No record is touched.
    func audienceBatches(_ filter: AudienceFilter) throws(LedgerFault) -> [AudienceBatch]
    func audienceBatch(_ uploadID: String) throws(LedgerFault) -> AudienceBatch?
    /// In pieces, so that a batch of any length needs no memory of its length: the block behind that number, nil behind the last one. The
    /// first number is 1.
    func audienceBlock(of batch: AudienceBatch, after number: Int) throws(LedgerFault) -> NumberedBlock?

    /// The batch and its records go for good: what they were is overwritten in the ledger's file, and its log is emptied. False where
    /// there is no such batch any more.
    func delete(audienceBatch uploadID: String, by: Deed) throws(LedgerFault) -> Bool
    /// Their records go for good from all batches, as a deleted batch's do. The audit log learns how many, and not whose.
    func forget(_ address: ForgottenAddress, by: Deed) throws(LedgerFault) -> Forgotten
    /// Deletes up to `most` batches that came before that moment, the oldest first, as if each were deleted by itself.
    func deleteAudienceBatches(before: Timestamp, most: Int, by: Deed) throws(LedgerFault) -> [String]

    /// In the place of the one of that name, where the owner has saved one of the same batch. Nil where the batch is gone. The audit log
    /// learns neither the name nor the question: both may hold what belongs to a record.
    func save(_ segment: NewAudienceSegment, by: Deed) throws(LedgerFault) -> AudienceSegment?
    /// By name within their batches, the newest batch first.
    func audienceSegments(_ filter: AudienceSegmentFilter) throws(LedgerFault) -> [AudienceSegment]
    func audienceSegment(_ id: Int64) throws(LedgerFault) -> AudienceSegment?
    /// False where there is none any more.
    func delete(audienceSegment id: Int64, by: Deed) throws(LedgerFault) -> Bool
}

/// A batch that is to be entered.
package struct NewAudienceBatch: Sendable {
    package let uploadID: String
    /// The user's number; nil for a file that operators dropped.
    package let owner: Int64?
    package let name: String
    /// Where it came from: `http`, or a file's name.
    package let source: String
    package let content: ReceivedBatch
    package let at: Timestamp

    package init(uploadID: String, owner: Int64?, name: String, source: String, content: ReceivedBatch, at: Timestamp) {
        self.uploadID = uploadID
        self.owner = owner
        self.name = name
        self.source = source
        self.content = content
        self.at = at
    }
}

/// A batch as listings show it.
package struct AudienceBatch: Hashable, Sendable {
    package let id: Int64
    package let uploadID: String
    package let owner: Int64?
    package let name: String
    package let fields: [String]
    /// That are there still.
    package let rows: Int
    package let createdAt: Timestamp
    package let source: String
}

package struct AudienceFilter: Hashable, Sendable {
    package var owner: Int64?
    package var limit = Int.max
    package var offset = 0

    package init(owner: Int64? = nil, limit: Int = .max, offset: Int = 0) {
        self.owner = owner
        self.limit = limit
        self.offset = offset
    }
}

package struct NumberedBlock: Hashable, Sendable {
    package let number: Int
    package let block: RecordBlock
}

/// What forgetting somebody has taken away.
package struct Forgotten: Hashable, Sendable {
    package var records = 0
    package var batches = 0
    /// Whose name or question held the address.
    package var segments = 0

    package init(records: Int = 0, batches: Int = 0, segments: Int = 0) {
        self.records = records
        self.batches = batches
        self.segments = segments
    }
}
