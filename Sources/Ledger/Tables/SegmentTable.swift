import Audience
import Batches
import Texts

extension StudioQuestion: KeptAsJSON {
    init?(json: JSONValue) {
        guard let question = try? StudioQuestion(pairs: json) else { return nil }
        self = question
    }
}

/// `audience_segments`.
struct SegmentTable {
    static let table: StaticString = "audience_segments"
    static let id = Column<Int64>(table, "id")
    static let batch = Column<Int64>(table, "batch")
    static let uploadID = Column<String>(table, "upload_id")
    static let owner = Column<Int64?>(table, "owner")
    static let name = Column<String>(table, "name")
    static let question = Column<StudioQuestion>(table, "question")
    static let savedAt = Column<Timestamp>(table, "saved_at")
    static let savedBy = Column<String>(table, "saved_by")
    static let all = ColumnList(id, uploadID, owner, name, question, savedAt, savedBy)

    let connection: Connection

    private static func read(_ row: Statement) throws(LedgerFault) -> AudienceSegment {
        AudienceSegment(
            id: try row[id], name: try row[name], owner: try row[owner], uploadID: try row[uploadID], question: try row[question],
            savedAt: try row[savedAt], savedBy: try row[savedBy])
    }

    /// In the place of the owner's of that name.
    func put(_ segment: NewAudienceSegment, of batch: AudienceBatch, by deed: Deed) throws(LedgerFault) -> Int64 {
        try connection.run(
            "DELETE FROM audience_segments WHERE batch = ? AND owner IS ? AND name = ?", batch.id, segment.owner, segment.name)
        try connection.insert(
            Self.batch(batch.id), Self.uploadID(batch.uploadID), Self.owner(segment.owner), Self.name(segment.name),
            Self.question(segment.question), Self.savedAt(deed.at), Self.savedBy(deed.actor))
        return connection.lastID
    }

    func get(_ id: Int64) throws(LedgerFault) -> AudienceSegment? {
        try connection.first(Self.all, from: "audience_segments WHERE id = ?", id, read: Self.read)
    }

    func list(_ filter: AudienceSegmentFilter) throws(LedgerFault) -> [AudienceSegment] {
        var conditions = Conditions()
        conditions.add("owner = ?", filter.owner)
        conditions.add("upload_id = ?", filter.uploadID)
        return try connection.all(
            Self.all, from: "audience_segments\(conditions.sql) ORDER BY batch DESC, name, id LIMIT ? OFFSET ?", conditions, filter.limit,
            filter.offset, read: Self.read)
    }

    func delete(_ id: Int64) throws(LedgerFault) { try connection.run("DELETE FROM audience_segments WHERE id = ?", id) }

    func delete(of batch: AudienceBatch) throws(LedgerFault) {
        try connection.run("DELETE FROM audience_segments WHERE batch = ?", batch.id)
    }

    /// How many spoke of them.
    func forget(_ address: ForgottenAddress) throws(LedgerFault) -> Int {
        let told = try list(AudienceSegmentFilter()).filter { segment in
            ([segment.name] + segment.question.texts).contains(where: address.isWithin)
        }
        for segment in told { try delete(segment.id) }
        return told.count
    }
}
