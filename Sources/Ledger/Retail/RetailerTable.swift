import Cells
import RetailFit
import Sellout

extension DecimalNumber: StoredAs {
    var kept: String { description }
    init?(kept: String) { self.init(text: kept.utf8) }
}

/// `retail_retailers` and `retail_places`.
struct RetailerTable {
    static let table: StaticString = "retail_retailers"
    static let id = Column<Int64>(table, "id")
    static let foldedCode = Column<String?>(table, "folded_code")
    static let code = Column<String?>(table, "code")
    static let name = Column<String>(table, "name")
    static let category = Column<String?>(table, "category")
    static let format = Column<String?>(table, "format")
    static let saleModel = Column<String?>(table, "sale_model")
    static let outlets = Column<Int?>(table, "outlets")
    static let cities = Column<Int?>(table, "cities")
    static let states = Column<Int?>(table, "states")
    static let purchaseModel = Column<String?>(table, "purchase_model")
    static let creditDays = Column<Int?>(table, "credit_days")
    static let logo = Column<String?>(table, "logo")
    /// Links, one a line.
    static let pictures = Column<String>(table, "pictures")
    static let foldedCategory = Column<String>(table, "folded_category")
    static let foldedFormat = Column<String>(table, "folded_format")
    static let told = ColumnList(
        id, code, name, category, format, saleModel, outlets, cities, states, purchaseModel, creditDays, logo, pictures)

    let connection: Connection

    static func read(_ row: Statement) throws(LedgerFault) -> KnownRetailer {
        var retailer = Retailer(code: try row[code], name: try row[name])
        (retailer.category, retailer.format, retailer.saleModel) = (try row[category], try row[format], try row[saleModel])
        (retailer.outlets, retailer.cities, retailer.states) = (try row[outlets], try row[cities], try row[states])
        (retailer.purchaseModel, retailer.creditDays, retailer.logo) = (try row[purchaseModel], try row[creditDays], try row[logo])
        retailer.pictures = try row[pictures].split(separator: "\n").map(String.init)
        return KnownRetailer(id: try row[id], retailer: retailer)
    }

    func get(_ id: Int64) throws(LedgerFault) -> KnownRetailer? {
        try connection.first(Self.told, from: "retail_retailers WHERE id = ?", id, read: Self.read)
    }

    func page(_ filter: RetailerFilter) throws(LedgerFault) -> RetailPage<KnownRetailer> {
        var conditions = Conditions()
        conditions.add("folded_category = ?", filter.category.map(Folded.text))
        conditions.add("folded_format = ?", filter.format.map(Folded.text))
        let total = try connection.count("SELECT count(*) FROM retail_retailers\(conditions.sql)", conditions)
        let items = try connection.all(
            Self.told, from: "retail_retailers\(conditions.sql) ORDER BY id LIMIT ? OFFSET ?", conditions, filter.limit, filter.offset,
            read: Self.read)
        return RetailPage(items: items, total: total)
    }

    func insert(_ retailer: Retailer) throws(LedgerFault) -> Int64 {
        try connection.insert(
            Self.foldedCode(retailer.code.map(Folded.text)), Self.code(retailer.code), Self.name(retailer.name),
            Self.category(retailer.category), Self.format(retailer.format), Self.saleModel(retailer.saleModel),
            Self.outlets(retailer.outlets), Self.cities(retailer.cities), Self.states(retailer.states),
            Self.purchaseModel(retailer.purchaseModel), Self.creditDays(retailer.creditDays), Self.logo(retailer.logo),
            Self.pictures(retailer.pictures.joined(separator: "\n")), Self.foldedCategory(Folded.text(retailer.category ?? "")),
            Self.foldedFormat(Folded.text(retailer.format ?? "")))
        return connection.lastID
    }

    func update(_ id: Int64, _ retailer: Retailer) throws(LedgerFault) {
        try connection.update(
            Self.code(retailer.code), Self.name(retailer.name), Self.category(retailer.category), Self.format(retailer.format),
            Self.saleModel(retailer.saleModel), Self.outlets(retailer.outlets), Self.cities(retailer.cities),
            Self.states(retailer.states), Self.purchaseModel(retailer.purchaseModel), Self.creditDays(retailer.creditDays),
            Self.logo(retailer.logo), Self.pictures(retailer.pictures.joined(separator: "\n")),
            Self.foldedCategory(Folded.text(retailer.category ?? "")), Self.foldedFormat(Folded.text(retailer.format ?? "")),
            where: "id = ?", id)
    }

    /// By their folded codes.
    func coded() throws(LedgerFault) -> [String: KnownRetailer] {
        let all = try connection.all(Self.told, from: "retail_retailers WHERE code IS NOT NULL", read: Self.read)
        return Dictionary(all.map { (Folded.text($0.retailer.code ?? ""), $0) }) { first, _ in first }
    }
}

/// Where retailers have outlets.
struct PlaceTable {
    static let table: StaticString = "retail_places"
    static let id = Column<Int64>(table, "id")
    static let retailer = Column<Int64>(table, "retailer")
    static let city = Column<String>(table, "city")
    static let state = Column<String>(table, "state")
    static let foldedCity = Column<String>(table, "folded_city")
    static let foldedState = Column<String>(table, "folded_state")

    let connection: Connection

    func all(of retailer: Int64) throws(LedgerFault) -> [KnownPlace] {
        try connection.all(
            ColumnList(Self.id, Self.city, Self.state), from: "retail_places WHERE retailer = ? ORDER BY id", retailer
        ) { row throws(LedgerFault) in
            KnownPlace(id: try row[Self.id], place: RetailPlace(city: try row[Self.city], state: try row[Self.state]))
        }
    }

    /// How many of them were not there.
    func add(_ places: [RetailData.NamedPlace], retailers: [Int32: Int64]) throws(LedgerFault) -> Int {
        let insertion = try connection.insertion(
            of: ColumnList(Self.retailer, Self.city, Self.state, Self.foldedCity, Self.foldedState), orIgnore: true)
        var new = 0
        for place in places {
            guard let retailer = retailers[place.retailer] else { throw .broken("A place's retailer is not known.") }
            try insertion.bind(retailer, to: Self.retailer)
            try insertion.bind(place.place.city, to: Self.city)
            try insertion.bind(place.place.state, to: Self.state)
            try insertion.bind(Folded.text(place.place.city), to: Self.foldedCity)
            try insertion.bind(Folded.text(place.place.state), to: Self.foldedState)
            try insertion.run()
            new += connection.changes
        }
        return new
    }
}
