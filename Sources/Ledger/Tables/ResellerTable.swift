import Batches
import Cells
import Sellout

/// `resellers`: what the profiles said last, and beside it what operators have said. A reseller whose profile nobody has noted yet has its
/// name alone.
struct ResellerTable {
    static let table: StaticString = "resellers"
    static let reseller = Column<String>(table, "reseller")
    static let vendorName = Column<String>(table, "vendor_name")
    static let country = Column<String>(table, "country")
    static let currency = Column<String>(table, "currency")
    static let vatIncluded = Column<Bool>(table, "vat_included")
    static let isLivingDocument = Column<Bool>(table, "is_living_document")
    static let storesAreOpen = Column<Bool>(table, "stores_are_open")
    static let approval = Column<ApprovalPolicy>(table, "approval")
    static let meaningVersion = Column<Int>(table, "meaning_version")
    static let all = ColumnList(reseller, vendorName, country, currency, vatIncluded, isLivingDocument, storesAreOpen, approval)

    let connection: Connection

    /// One that is there stays as it is, with its UUID.
    func enter(_ reseller: String, at: Timestamp) throws(LedgerFault) {
        guard try connection.count("SELECT EXISTS (SELECT 1 FROM resellers WHERE reseller = ?)", reseller) == 0 else { return }
        try connection.insert(Self.reseller(reseller), Self.uuid(BatchID().text), Self.createdAt(at))
    }

    /// `mayUpload`: what holds where nobody has decided yet.
    func note(_ terms: Terms, mayUpload: Bool, at: Timestamp) throws(LedgerFault) {
        try enter(terms.reseller, at: at)
        try connection.update(Self.mayUpload(mayUpload), where: "reseller = ? AND can_bulk_upload IS NULL", terms.reseller)
        try connection.update(
            Self.vendorName(terms.vendorName), Self.country(terms.country), Self.currency(terms.currency),
            Self.vatIncluded(terms.vatIncluded), Self.isLivingDocument(terms.isLivingDocument), Self.storesAreOpen(terms.storesAreOpen),
            Self.approval(terms.approval), where: "reseller = ?", terms.reseller)
    }

    /// The version of the reference data by which its names were looked up last.
    func meaningVersion(of reseller: String) throws(LedgerFault) -> Int {
        try connection.all(Self.meaningVersion, from: "resellers WHERE reseller = ?", reseller).first ?? 0
    }

    func note(meaningVersion: Int, of reseller: String) throws(LedgerFault) {
        try connection.update(Self.meaningVersion(meaningVersion), where: "reseller = ?", reseller)
    }

    func noted() throws(LedgerFault) -> [Terms] {
        try connection.all(Self.all, from: "resellers WHERE currency <> '' ORDER BY reseller") { row throws(LedgerFault) in
            Terms(
                reseller: try row[Self.reseller], vendorName: try row[Self.vendorName], country: try row[Self.country],
                currency: try row[Self.currency], vatIncluded: try row[Self.vatIncluded],
                isLivingDocument: try row[Self.isLivingDocument], storesAreOpen: try row[Self.storesAreOpen],
                approval: try row[Self.approval])
        }
    }
}

/// `stores`, found by code or name however it is written.
struct StoreTable {
    enum StoreType: String, StoredAs { case physical, online }

    static let table: StaticString = "stores"
    static let id = Column<Int64>(table, "id")
    static let reseller = Column<String>(table, "reseller")
    static let code = Column<String>(table, "store_code")
    static let name = Column<String>(table, "store")
    static let type = Column<StoreType>(table, "store_type")
    static let city = Column<String>(table, "city")
    static let country = Column<String>(table, "country")
    static let foldedCode = Column<String>(table, "folded_code")
    static let foldedName = Column<String>(table, "folded_name")
    /// Whether a file brought it, and no operator has said anything of it.
    static let isFromFile = Column<Bool>(table, "from_file")
    /// The store that it is, by an operator's word.
    static let mergedInto = Column<Int64?>(table, "merged_into")
    static let endedFrom = Column<CivilDay?>(table, "ended_from")
    static let told = ColumnList(reseller, code, name, type, city, country, endedFrom)

    let connection: Connection

    static func read(_ row: Statement) throws(LedgerFault) -> Store {
        Store(
            reseller: try row[reseller], code: try row[code], name: try row[name], isOnline: try row[type] == .online, city: try row[city],
            country: try row[country], endedFrom: try row[endedFrom])
    }

    /// Where it was merged into another one, that one.
    private func find(_ text: String, of reseller: String) throws(LedgerFault) -> Int64? {
        let found = try connection.first(
            ColumnList(Self.id, Self.mergedInto),
            from: "stores WHERE reseller = ?1 AND (folded_code = ?2 OR folded_name = ?2) ORDER BY folded_code = ?2 DESC, id LIMIT 1",
            reseller, Folded.text(text)
        ) { row throws(LedgerFault) in (id: try row[Self.id], mergedInto: try row[Self.mergedInto]) }
        return try found.map { store throws(LedgerFault) in store.mergedInto == nil ? store.id : try root(of: store.id) }
    }

    /// The store itself, and those that it was merged into, one after the other.
    private static let chain = """
        (WITH RECURSIVE chain (id) AS (
            SELECT ? UNION SELECT merged_into FROM chain JOIN stores USING (id) WHERE merged_into IS NOT NULL)
        SELECT id FROM chain)
        """

    /// The store that it is in the end, whatever was merged into what.
    func root(of store: Int64) throws(LedgerFault) -> Int64 {
        try connection.all(Self.id, from: "stores WHERE merged_into IS NULL AND id IN \(Self.chain)", store).first ?? store
    }

    func isMerged(_ store: Int64, into other: Int64) throws(LedgerFault) -> Bool {
        try connection.count("SELECT EXISTS (SELECT 1 FROM stores WHERE stores.id IN \(Self.chain) AND stores.id = ?)", store, other) > 0
    }

    /// Nil where nobody knows it.
    func number(of store: Store) throws(LedgerFault) -> Int64? { try find(store.code, of: store.reseller) }

    /// The number of a store, which is entered where nobody knew it.
    func enter(_ store: Store) throws(LedgerFault) -> (id: Int64, isNew: Bool) {
        if let id = try find(store.code, of: store.reseller) { return (id, false) }
        try insert(store)
        let id = connection.lastID
        try connection.update(Self.isFromFile(true), where: "id = ?", id)
        return (id, true)
    }

    /// False where its code is there already.
    @discardableResult func insert(_ store: Store) throws(LedgerFault) -> Bool {
        try connection.insert(
            orIgnore: true, Self.reseller(store.reseller), Self.code(store.code), Self.name(store.name),
            Self.type(store.isOnline ? .online : .physical), Self.city(store.city), Self.country(store.country),
            Self.foldedCode(Folded.text(store.code)), Self.foldedName(Folded.text(store.name)))
    }

    /// An operator's word: no file takes the store away with it any more.
    func update(_ store: Store) throws(LedgerFault) {
        try connection.update(
            Self.name(store.name), Self.type(store.isOnline ? .online : .physical), Self.city(store.city), Self.country(store.country),
            Self.foldedName(Folded.text(store.name)), Self.isFromFile(false),
            where: "reseller = ? AND folded_code = ?", store.reseller, Folded.text(store.code))
    }

    /// Without those that were merged into another one.
    func all(of reseller: String) throws(LedgerFault) -> [Store] {
        try connection.all(Self.told, from: "stores WHERE reseller = ? AND merged_into IS NULL ORDER BY id", reseller, read: Self.read)
    }

    /// The codes and names of stores that were merged into another one, and that one.
    func merged(of reseller: String) throws(LedgerFault) -> [(text: String, store: Store)] {
        let merged = try connection.all(
            ColumnList(Self.id, Self.code, Self.name), from: "stores WHERE reseller = ? AND merged_into IS NOT NULL ORDER BY id", reseller
        ) { row throws(LedgerFault) in (id: try row[Self.id], code: try row[Self.code], name: try row[Self.name]) }
        var texts: [(text: String, store: Store)] = []
        for one in merged {
            guard let store = try connection.first(Self.told, from: "stores WHERE id = ?", try root(of: one.id), read: Self.read) else {
                continue
            }
            texts += [(one.name, store), (one.code, store)]
        }
        return texts
    }
}
