import Batches
import Sellout
import Texts

/// Listings by filter. A page must cost the same however many batches there are: it is read from the end of an index that holds them in
/// the order of their arrival.
extension BatchTable {
    private static let counted = Column<Int>(computed: "coalesce(sum(batches), 0)")
    private static let count = Column<Int>(computed: "count(*)")
    private static let newestFirst = "ORDER BY received_at DESC, id DESC"

    /// Newest first.
    func list(_ filter: BatchFilter) throws(LedgerFault) -> [BatchRow] {
        let (sql, values) = page(of: filter)
        return try connection.all(Self.all, from: sql, values, read: Self.read)
    }

    func count(_ filter: BatchFilter) throws(LedgerFault) -> Int {
        if filter.uploader == nil, filter.search == nil, filter.since == nil {
            var conditions = Conditions()
            conditions.add(sets: filter)
            return try connection.all(Self.counted, from: "batch_counts\(conditions.sql)", conditions).first ?? 0
        }
        let (sql, values) = matching(filter)
        return try connection.all(Self.count, from: sql, values).first ?? 0
    }

    /// What follows FROM, and its values.
    func page(of filter: BatchFilter) -> (sql: String, values: Several) {
        let hasSets = (filter.resellers?.count ?? 1) > 1 || (filter.states?.count ?? 1) > 1
        if hasSets, filter.uploader == nil { return newestOfEach(filter) }
        let (sql, values) = matching(filter)
        return ("\(sql) \(Self.newestFirst) LIMIT ? OFFSET ?", Several([values, filter.limit, filter.offset]))
    }

    private func matching(_ filter: BatchFilter) -> (sql: String, values: Several) {
        var conditions = Conditions()
        conditions.add("deleted_at IS NULL")
        conditions.add("uploader = ?", filter.uploader)
        conditions.add(sets: filter)
        conditions.add(others: filter)
        return ("upload_batches\(conditions.sql)", Several([conditions]))
    }

    /// Of several resellers or states, no index holds all in the order of arrival. So the newest of each are found, and of those the newest.
    private func newestOfEach(_ filter: BatchFilter) -> (sql: String, values: Several) {
        var sources: [String] = []
        var sets: [any Bindable] = []
        var conditions = Conditions()
        if let resellers = filter.resellers {
            sources.append("json_each(?) AS owner")
            sets.append(JSONList(resellers))
            conditions.add("reseller = owner.value")
        }
        if let states = filter.states {
            sources.append("json_each(?) AS state")
            sets.append(JSONList(states.map(\.rawValue)))
            conditions.add("status = state.value")
        }
        conditions.add("deleted_at IS NULL")
        conditions.add(others: filter)
        let (most, overflows) = filter.limit.addingReportingOverflow(filter.offset)
        let sql = """
            upload_batches WHERE id IN (
                SELECT one.id FROM \(sources.joined(separator: " CROSS JOIN ")) CROSS JOIN upload_batches AS one WHERE one.id IN (
                    SELECT id FROM upload_batches\(conditions.sql) \(Self.newestFirst) LIMIT ?)
                ORDER BY one.received_at DESC, one.id DESC LIMIT ? OFFSET ?)
            """
        let values = sets + [conditions, overflows ? Int.max : most, filter.limit, filter.offset]
        return ("\(sql) \(Self.newestFirst)", Several(values))
    }
}

extension Conditions {
    fileprivate mutating func add(sets filter: BatchFilter) {
        add("reseller", among: filter.resellers)
        add("status", among: filter.states.map { Set($0.map(\.rawValue)) })
    }

    /// Of one value SQLite sees that an index has the order that is asked for.
    private mutating func add(_ column: StaticString, among values: Set<String>?) {
        if values?.count == 1 {
            add("\(column) = ?", values?.first)
        } else {
            add("\(column) IN (SELECT value FROM json_each(?))", values.map { JSONList($0) })
        }
    }

    fileprivate mutating func add(others filter: BatchFilter) {
        add("received_at >= ?", filter.since)
        // No pattern that a stranger's text could have a meaning in.
        add("(instr(lower(filename), lower(?)) > 0 OR instr(batch_id, lower(?)) = 1)", filter.search.map { Several([$0, $0]) })
    }
}

/// Texts for `json_each`, so that a set of any size is one value.
private struct JSONList: Bindable {
    private let text: String

    init(_ texts: some Sequence<String>) {
        text = String(decoding: JSONText.bytes(of: .array(texts.sorted().map(JSONValue.text))), as: UTF8.self)
    }

    func bind(to statement: Statement, at place: inout Int32) throws(LedgerFault) { try statement.bind(text, at: &place) }
}
