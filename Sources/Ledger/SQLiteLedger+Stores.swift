import Sellout

/// Two stores that are one.
extension SQLiteLedger {
    package func merge(store one: String, into other: String, of reseller: String, by deed: Deed) throws(LedgerFault) -> StoreMerge {
        try write { connection throws(LedgerFault) in
            let stores = StoreTable(connection: connection)
            let recorded = ReferenceDeed(connection, "merge stores", by: deed)
            func number(_ name: String) throws(LedgerFault) -> Int64 {
                if let known = try stores.ownNumber(of: name, reseller) { return known }
                let store = Store(reseller: reseller, code: name, name: name, isOnline: false)
                try recorded.change(.store(reseller, name)) { () throws(LedgerFault) in try stores.insert(store) }
                guard let entered = try stores.ownNumber(of: name, reseller) else {
                    throw .damaged("a store that was entered is not there")
                }
                return entered
            }
            let (from, into) = (try number(one), try number(other))
            guard try !stores.isMerged(into, into: from) else {
                throw LedgerFault.refused(
                    "\(other) is \(one) already, or the two are the same store: a store cannot be merged into itself.")
            }
            try stores.merge(from, into: into, of: reseller, recorded)
            let merge = StoreMerge(
                reseller: reseller, store: try stores.name(of: from), into: try stores.name(of: into), line: recorded.line)
            try recorded.end("\(reseller): \(merge.store) is \(merge.into)")
            return merge
        }
    }
}

extension StoreTable {
    /// Of the store itself, whatever it was merged into.
    fileprivate func ownNumber(of text: String, _ reseller: String) throws(LedgerFault) -> Int64? {
        try connection.all(
            Self.id,
            from: "stores WHERE reseller = ?1 AND (folded_code = ?2 OR folded_name = ?2) ORDER BY folded_code = ?2 DESC, id LIMIT 1",
            reseller, Folded.text(text)
        ).first
    }

    /// Whatever was merged into it before goes along, as long as the one stays merged into the other.
    fileprivate func merge(_ store: Int64, into other: Int64, of reseller: String, _ recorded: ReferenceDeed) throws(LedgerFault) {
        let both = try connection.all(ColumnList(Self.id, Self.code), from: "stores WHERE id IN (?, ?)", store, other) {
            row throws(LedgerFault) in
            (id: try row[Self.id], code: try row[Self.code])
        }
        for one in both {
            try recorded.change(.store(reseller, one.code)) { () throws(LedgerFault) in
                if one.id == store { try connection.update(Self.mergedInto(other), where: "id = ?", store) }
                try connection.update(Self.isFromFile(false), where: "id = ?", one.id)
            }
        }
    }

    fileprivate func name(of store: Int64) throws(LedgerFault) -> String {
        try connection.all(Self.ownName, from: "stores WHERE id = ?", store).first ?? ""
    }

    private static let ownName = Column<String>(table, "store")
}
