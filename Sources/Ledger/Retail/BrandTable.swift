import Batches
import RetailFit
import Sellout

extension MarginBand: StoredAs {
    var kept: String { text }
    init?(kept: String) { self.init(kept) }
}

/// `brands` and what they have chosen.
struct BrandTable {
    static let table: StaticString = "brands"
    static let id = Column<Int64>(table, "id")
    static let foldedName = Column<String>(table, "folded_name")
    static let name = Column<String>(table, "name")
    static let website = Column<String?>(table, "website")
    static let contactNumber = Column<String?>(table, "contact_number")
    static let officialEmail = Column<String?>(table, "official_email")
    static let designation = Column<String?>(table, "designation")
    static let firstName = Column<String?>(table, "first_name")
    static let lastName = Column<String?>(table, "last_name")
    static let margin = Column<MarginBand?>(table, "margin")
    static let turnover = Column<String?>(table, "turnover")
    static let createdAt = Column<Timestamp>(table, "created_at")
    /// Raised with each change of the brand, its choices or its products.
    static let revision = Column<Int>(table, "revision")
    /// As of which its ranking lies in its folder.
    static let publishedRevision = Column<Int>(table, "published_revision")
    static let publishedMarket = Column<Int>(table, "published_market")
    static let told = ColumnList(id, name, website, contactNumber, officialEmail, designation, firstName, lastName, margin, turnover)

    enum Choices {
        static let table: StaticString = "brand_categories"
        static let id = Column<Int64>(table, "id")
        static let brand = Column<Int64>(table, "brand")
        static let category = Column<String>(table, "category")
        static let subcategory = Column<String>(table, "subcategory")
    }

    let connection: Connection

    private static func read(_ row: Statement) throws(LedgerFault) -> KnownBrand {
        var brand = Brand(name: try row[name])
        (brand.website, brand.contactNumber, brand.officialEmail) = (try row[website], try row[contactNumber], try row[officialEmail])
        (brand.designation, brand.firstName, brand.lastName) = (try row[designation], try row[firstName], try row[lastName])
        (brand.margin, brand.turnover) = (try row[margin], try row[turnover])
        return KnownBrand(id: try row[id], brand: brand)
    }

    func get(_ id: Int64) throws(LedgerFault) -> KnownBrand? {
        try connection.first(Self.told, from: "brands WHERE id = ?", id, read: Self.read)
    }

    func get(named name: String) throws(LedgerFault) -> KnownBrand? {
        try connection.first(Self.told, from: "brands WHERE folded_name = ?", Folded.text(name), read: Self.read)
    }

    func all() throws(LedgerFault) -> [KnownBrand] {
        try connection.all(Self.told, from: "brands ORDER BY folded_name", read: Self.read)
    }

    func insert(_ brand: Brand, at: Timestamp) throws(LedgerFault) -> KnownBrand {
        try connection.insert(Self.foldedName(Folded.text(brand.name)), Self.name(brand.name), Self.createdAt(at))
        let id = connection.lastID
        try update(id, brand)
        return KnownBrand(id: id, brand: brand)
    }

    func update(_ id: Int64, _ brand: Brand) throws(LedgerFault) {
        try connection.update(
            Self.foldedName(Folded.text(brand.name)), Self.name(brand.name), Self.website(brand.website),
            Self.contactNumber(brand.contactNumber), Self.officialEmail(brand.officialEmail), Self.designation(brand.designation),
            Self.firstName(brand.firstName), Self.lastName(brand.lastName), Self.margin(brand.margin), Self.turnover(brand.turnover),
            where: "id = ?", id)
        try raiseRevision(id)
    }

    func raiseRevision(_ id: Int64) throws(LedgerFault) {
        try connection.run("UPDATE brands SET revision = revision + 1 WHERE id = ?", id)
    }

    /// What it sells, at which price: of its own, and of the trade's list.
    func offers(of brand: KnownBrand) throws(LedgerFault) -> [FitQuestion.Offer] {
        let (subcategory, price) = (RetailProductTable.subcategory, RetailProductTable.price)
        return try connection.all(
            ColumnList(subcategory, price), from: "retail_products WHERE folded_brand = ? AND price IS NOT NULL",
            Folded.text(brand.brand.name)
        ) { row throws(LedgerFault) -> FitQuestion.Offer? in
            let shelf = try row[subcategory]
            return try row[price].map { FitQuestion.Offer(subcategory: shelf, price: $0) }
        }.compactMap(\.self)
    }

    func choices(of brand: Int64) throws(LedgerFault) -> [KnownChoice] {
        try connection.all(
            ColumnList(Choices.id, Choices.category, Choices.subcategory), from: "brand_categories WHERE brand = ? ORDER BY id", brand
        ) { row throws(LedgerFault) in
            KnownChoice(
                id: try row[Choices.id],
                choice: CategoryChoice(category: try row[Choices.category], subcategory: try row[Choices.subcategory]))
        }
    }

    func set(_ choices: [CategoryChoice], of brand: Int64) throws(LedgerFault) {
        try connection.run("DELETE FROM brand_categories WHERE brand = ?", brand)
        for choice in choices {
            try connection.insert(Choices.brand(brand), Choices.category(choice.category), Choices.subcategory(choice.subcategory))
        }
        try raiseRevision(brand)
    }
}
