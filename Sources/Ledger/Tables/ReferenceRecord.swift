import Cells
import Sellout

/// A record of the reference data, by what tells it from the others of its kind. What it says is one text, its state, by which it can be
/// put back as it was.
struct ReferenceRecord: Hashable {
    enum Kind: String, StoredAs { case product, mapping, store, price, rate }

    let kind: Kind
    /// The reseller of a mapping or a store, the EAN of a price, else empty.
    let owner: String
    /// An EAN, a folded code or a currency.
    let name: String
    /// Of a price or a rate, else 0.
    let day: Int32

    init(kind: Kind, owner: String = "", name: String, day: Int32 = 0) {
        self.kind = kind
        self.owner = owner
        self.name = name
        self.day = day
    }

    static func product(_ ean: EAN) -> ReferenceRecord { ReferenceRecord(kind: .product, name: ean.description) }

    static func mapping(_ reseller: String, _ code: String) -> ReferenceRecord {
        ReferenceRecord(kind: .mapping, owner: reseller, name: Folded.text(code))
    }

    static func store(_ reseller: String, _ code: String) -> ReferenceRecord {
        ReferenceRecord(kind: .store, owner: reseller, name: Folded.text(code))
    }

    static func price(_ price: ListPrice) -> ReferenceRecord {
        ReferenceRecord(kind: .price, owner: price.ean.description, name: price.currency, day: price.validFrom.number)
    }

    static func rate(_ currency: String, on day: CivilDay) -> ReferenceRecord {
        ReferenceRecord(kind: .rate, name: currency, day: day.number)
    }

    /// What stands in `reference_changes` as the price's or the rate's state.
    static func state(of number: Int64) -> String { "[\(number)]" }
}

/// Where each kind lies. The order of the fields is that of the state, and never changes: new ones come last.
extension ReferenceRecord {
    private static let product = Column<String>(computed: "json_array(functional_name, description, ended_from, replaced_by)")
    private static let mapping = Column<String>(computed: "json_array(code, product_ean, ended_from)")
    private static let store = Column<String>(
        computed: "json_array(store_code, store, folded_name, store_type, city, country, from_file, merged_into, ended_from)")
    private static let price = Column<String>(computed: "json_array(price)")
    private static let rate = Column<String>(computed: "json_array(rate_per_euro)")

    private var place: (table: String, keys: [String], values: [any Bindable], fields: [String], state: Column<String>) {
        switch kind {
        case .product:
            ("products", ["product_ean"], [name], ["functional_name", "description", "ended_from", "replaced_by"], Self.product)
        case .mapping:
            (
                "product_reseller_mappings", ["reseller", "folded_code"], [owner, name], ["code", "product_ean", "ended_from"],
                Self.mapping
            )
        case .store:
            (
                "stores", ["reseller", "folded_code"], [owner, name],
                ["store_code", "store", "folded_name", "store_type", "city", "country", "from_file", "merged_into", "ended_from"],
                Self.store
            )
        case .price: ("list_prices", ["product_ean", "currency", "valid_from"], [owner, name, day], ["price"], Self.price)
        case .rate: ("fx_rates", ["currency", "rate_day"], [name, day], ["rate_per_euro"], Self.rate)
        }
    }

    /// Nil where there is no such record.
    func state(in connection: Connection) throws(LedgerFault) -> String? {
        let place = place
        let condition = place.keys.map { "\($0) = ?" }.joined(separator: " AND ")
        return try connection.all(place.state, from: "\(place.table) WHERE \(condition)", Several(place.values)).first
    }

    /// Makes it what the state says; takes it away where that is nil.
    func put(_ state: String?, in connection: Connection) throws(LedgerFault) {
        let place = place
        let condition = place.keys.map { "\($0) = ?" }.joined(separator: " AND ")
        guard let state else {
            try connection.run("DELETE FROM \(place.table) WHERE \(condition)", Several(place.values))
            return
        }
        let values = place.fields.indices.map { "json_extract(?, '$[\($0)]')" }
        let states = Several(place.fields.map { _ in state })
        let sets = zip(place.fields, values).map { "\($0) = \($1)" }.joined(separator: ", ")
        if try connection.run("UPDATE \(place.table) SET \(sets) WHERE \(condition)", states, Several(place.values)) > 0 { return }
        let columns = (place.keys + place.fields).joined(separator: ", ")
        let marks = (place.keys.map { _ in "?" } + values).joined(separator: ", ")
        try connection.run("INSERT INTO \(place.table) (\(columns)) VALUES (\(marks))", Several(place.values), states)
    }
}
