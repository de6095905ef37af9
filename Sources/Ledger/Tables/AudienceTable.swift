import Audience
import Batches
import Texts

/// `audience_batches` and `audience_blocks`.
struct AudienceTable {
    static let table: StaticString = "audience_batches"
    static let id = Column<Int64>(table, "id")
    static let uploadID = Column<String>(table, "upload_id")
    static let owner = Column<Int64?>(table, "owner")
    static let name = Column<String>(table, "name")
    static let fields = Column<FieldNames>(table, "fields")
    static let rows = Column<Int>(table, "record_count")
    static let createdAt = Column<Timestamp>(table, "created_at")
    static let source = Column<String>(table, "source")
    static let all = ColumnList(id, uploadID, owner, name, fields, rows, createdAt, source)

    static let blocks: StaticString = "audience_blocks"
    static let key = Column<Int64>(blocks, "id")
    static let blockRows = Column<Int>(blocks, "record_count")
    static let records = Column<Blob>(blocks, "records")
    static let allOfBlock = ColumnList(key, blockRows, records)

    let connection: Connection

    private static func read(_ row: Statement) throws(LedgerFault) -> AudienceBatch {
        AudienceBatch(
            id: try row[id], uploadID: try row[uploadID], owner: try row[owner], name: try row[name], fields: try row[fields].names,
            rows: try row[rows], createdAt: try row[createdAt], source: try row[source])
    }

    func insert(_ batch: NewAudienceBatch) throws(LedgerFault) {
        try connection.insert(
            Self.uploadID(batch.uploadID), Self.owner(batch.owner), Self.name(batch.name), Self.fields(FieldNames(batch.content.fields)),
            Self.rows(batch.content.rows), Self.createdAt(batch.at), Self.source(batch.source))
        let first = connection.lastID << 32
        let insertion = try connection.insertion(of: Self.allOfBlock)
        for (place, block) in batch.content.blocks.enumerated() {
            try insertion.bind(first + Int64(place) + 1, to: Self.key)
            try insertion.bind(block.rows, to: Self.blockRows)
            try insertion.bind(Blob(block.lines), to: Self.records)
            try insertion.run()
        }
    }

    func get(_ uploadID: String) throws(LedgerFault) -> AudienceBatch? {
        try connection.first(Self.all, from: "audience_batches WHERE upload_id = ?", uploadID, read: Self.read)
    }

    func list(_ filter: AudienceFilter) throws(LedgerFault) -> [AudienceBatch] {
        var conditions = Conditions()
        conditions.add("owner = ?", filter.owner)
        return try connection.all(
            Self.all, from: "audience_batches\(conditions.sql) ORDER BY id DESC LIMIT ? OFFSET ?", conditions, filter.limit, filter.offset,
            read: Self.read)
    }

    func block(of batch: Int64, after number: Int) throws(LedgerFault) -> NumberedBlock? {
        let first = batch << 32
        guard let before = UInt32(exactly: number) else { return nil }
        return try connection.first(
            Self.allOfBlock, from: "audience_blocks WHERE id > ? AND id <= ? ORDER BY id LIMIT 1", first + Int64(before),
            first + Int64(UInt32.max), read: Self.readBlock)
    }

    private static func readBlock(_ row: Statement) throws(LedgerFault) -> NumberedBlock {
        NumberedBlock(
            number: Int(try row[key] & Int64(UInt32.max)), block: RecordBlock(rows: try row[blockRows], lines: try row[records].bytes))
    }

    /// The oldest first.
    func list(before: Timestamp, most: Int) throws(LedgerFault) -> [AudienceBatch] {
        try connection.all(
            Self.all, from: "audience_batches WHERE created_at < ? ORDER BY created_at LIMIT ?", before, most, read: Self.read)
    }

    /// With the segments that ask about it.
    func delete(_ batch: AudienceBatch) throws(LedgerFault) {
        let first = batch.id << 32
        try SegmentTable(connection: connection).delete(of: batch)
        try connection.run("DELETE FROM audience_blocks WHERE id > ? AND id <= ?", first, first + Int64(UInt32.max))
        try connection.run("DELETE FROM audience_batches WHERE id = ?", batch.id)
    }

    /// How many records of the batch were theirs.
    func forget(_ address: ForgottenAddress, in batch: AudienceBatch) throws(LedgerFault) -> Int {
        var records = 0
        var number = 0
        while let found = try block(of: batch.id, after: number) {
            number = found.number
            guard let (left, removed) = address.removed(from: found.block) else { continue }
            records += removed
            let key = batch.id << 32 + Int64(number)
            if left.rows == 0 {
                try connection.run("DELETE FROM audience_blocks WHERE id = ?", key)
            } else {
                try connection.update(Self.blockRows(left.rows), Self.records(Blob(left.lines)), where: "id = ?", key)
            }
        }
        let fields = batch.fields.filter { !address.isSame($0) }
        if records > 0 || fields != batch.fields {
            try connection.update(
                Self.rows(max(0, batch.rows - records)), Self.fields(FieldNames(fields)), where: "id = ?", batch.id)
        }
        return records
    }
}

/// Names of fields in their order.
struct FieldNames: StoredAs {
    let names: [String]

    init(_ names: [String]) { self.names = names }

    var kept: String { String(decoding: JSONText.bytes(of: .array(names.map(JSONValue.text))), as: UTF8.self) }

    init?(kept: String) {
        guard let items = try? JSONValue(reading: kept.utf8).items else { return nil }
        names = items.compactMap(\.text)
    }
}
