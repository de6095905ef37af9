import Sellout

/// `editions`: rows of one batch that were made together. Each reading of its file is one, and each rebooking. What the names in its
/// rows meant is the edition's own, so that a later one never changes what an earlier one said.
struct EditionTable {
    static let table: StaticString = "editions"
    static let id = Column<Int64>(table, "id")
    static let batch = Column<Int64>(table, "batch")
    /// The line of the audit log that made its valid rows sales; nil before that.
    static let booked = Column<Int64?>(table, "booked")
    /// Nil where it is the batch's.
    static let currency = Column<String?>(table, "currency")
    /// The number of the first row that is not in `sale_keys` yet; nil where all are that are sales.
    static let nextUnindexed = Column<Int64?>(table, "next_unindexed")

    let connection: Connection

    /// A new one, without rows.
    func open(_ batch: Int64) throws(LedgerFault) -> Int64 {
        try connection.insert(Self.batch(batch))
        return connection.lastID
    }

    func book(_ edition: Int64, by entry: Int64, currency: String) throws(LedgerFault) {
        try connection.update(Self.booked(entry), Self.currency(currency), where: "id = ?", edition)
    }

    /// With its names. Its rows go separately; none of them was ever a sale.
    func drop(_ edition: Int64) throws(LedgerFault) {
        try WrittenNames(connection: connection).forget(edition)
        try connection.run("DELETE FROM editions WHERE id = ?", edition)
    }
}
