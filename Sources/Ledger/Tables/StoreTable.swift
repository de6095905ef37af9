import Sellout

/// `stores`, found by code or name however it is written.
struct StoreTable {
    let connection: Connection

    static let columns = "reseller, store_code, store, store_type, city, country"

    static func store(_ row: Statement, from column: Int32) -> Store {
        Store(
            reseller: row.text(column), code: row.text(column + 1), name: row.text(column + 2), isOnline: row.text(column + 3) == "online",
            city: row.text(column + 4), country: row.text(column + 5))
    }

    static func type(_ store: Store) -> String { store.isOnline ? "online" : "physical" }

    private func find(_ text: String, of reseller: String) throws(LedgerFault) -> Int64? {
        let folded = Folded.text(text)
        return try connection.first(
            """
            SELECT id FROM stores WHERE reseller = ?1 AND (folded_code = ?2 OR folded_name = ?2) ORDER BY folded_code = ?2 DESC, id LIMIT 1
            """, reseller, folded
        ) { row throws(LedgerFault) in row.int64(0) }
    }

    /// The number of a store that a catalogue named, entered again should it have gone.
    func number(of store: Store) throws(LedgerFault) -> Int64 {
        try enter(store).id
    }

    func enter(_ store: Store) throws(LedgerFault) -> (id: Int64, isNew: Bool) {
        if let id = try find(store.code, of: store.reseller) { return (id, false) }
        try connection.run(
            """
            INSERT INTO stores (reseller, store_code, store, store_type, city, country, folded_code, folded_name)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """, store.reseller, store.code, store.name, StoreTable.type(store), store.city, store.country, Folded.text(store.code),
            Folded.text(store.name))
        return (connection.lastID, true)
    }

    func all(of reseller: String) throws(LedgerFault) -> [Store] {
        try connection.all("SELECT \(StoreTable.columns) FROM stores WHERE reseller = ? ORDER BY id", reseller) { row throws(LedgerFault) in
            StoreTable.store(row, from: 0)
        }
    }
}
