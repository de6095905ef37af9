import Cells
import RetailFit
import Sellout

/// `retail_products`: the trade's list, and what brands have sent of their own.
struct RetailProductTable {
    static let table: StaticString = "retail_products"
    static let id = Column<Int64>(table, "id")
    static let ownBrand = Column<Int64?>(table, "own_brand")
    static let foldedCode = Column<String?>(table, "folded_code")
    static let code = Column<String>(table, "code")
    static let brand = Column<String>(table, "brand")
    static let name = Column<String>(table, "name")
    static let category = Column<String>(table, "category")
    static let subcategory = Column<String>(table, "subcategory")
    static let description = Column<String>(table, "description")
    static let price = Column<DecimalNumber?>(table, "price")
    static let packSize = Column<String>(table, "pack_size")
    static let unit = Column<String>(table, "unit")
    static let value = Column<DecimalNumber?>(table, "value")
    static let foldedBrand = Column<String>(table, "folded_brand")
    static let foldedCategory = Column<String>(table, "folded_category")
    static let foldedSubcategory = Column<String>(table, "folded_subcategory")
    static let ownKey = Column<String?>(table, "own_key")
    static let told = ColumnList(id, code, brand, name, category, subcategory, description, price, packSize, unit, value)

    let connection: Connection

    static func read(_ row: Statement) throws(LedgerFault) -> KnownProduct {
        let product = RetailProduct(
            code: try row[code], brand: try row[brand], category: try row[category], subcategory: try row[subcategory],
            description: try row[description], price: try row[price], packSize: try row[packSize], unit: try row[unit],
            value: try row[value])
        return KnownProduct(id: try row[id], product: product, name: try row[name])
    }

    func page(_ filter: RetailProductFilter) throws(LedgerFault) -> RetailPage<KnownProduct> {
        var conditions = Conditions()
        conditions.add("folded_brand = ?", filter.brand.map(Folded.text))
        conditions.add("folded_category = ?", filter.category.map(Folded.text))
        conditions.add("folded_subcategory = ?", filter.subcategory.map(Folded.text))
        let total = try connection.count("SELECT count(*) FROM retail_products\(conditions.sql)", conditions)
        let items = try connection.all(
            Self.told, from: "retail_products\(conditions.sql) ORDER BY id LIMIT ? OFFSET ?", conditions, filter.limit, filter.offset,
            read: Self.read)
        return RetailPage(items: items, total: total)
    }

    /// Those of the trade's list, by their folded codes.
    func coded() throws(LedgerFault) -> [String: KnownProduct] {
        let all = try connection.all(Self.told, from: "retail_products WHERE folded_code IS NOT NULL", read: Self.read)
        return Dictionary(all.map { (Folded.text($0.product.code), $0) }) { first, _ in first }
    }

    func categories() throws(LedgerFault) -> [CategoryChoice] {
        try connection.all(
            ColumnList(Self.category, Self.subcategory),
            from: "retail_products GROUP BY folded_category, folded_subcategory ORDER BY min(id)"
        ) { row throws(LedgerFault) in CategoryChoice(category: try row[Self.category], subcategory: try row[Self.subcategory]) }
    }

    func insert(_ product: RetailProduct) throws(LedgerFault) -> Int64 {
        try insert(product, name: "", brand: product.brand, foldedCode: Folded.text(product.code), ownBrand: nil, ownKey: nil)
        return connection.lastID
    }

    private func insert(
        _ product: RetailProduct, name: String, brand: String, foldedCode: String?, ownBrand: Int64?, ownKey: String?
    ) throws(LedgerFault) {
        try connection.insert(
            Self.ownBrand(ownBrand), Self.foldedCode(foldedCode), Self.code(product.code), Self.brand(brand), Self.name(name),
            Self.category(product.category), Self.subcategory(product.subcategory), Self.description(product.description),
            Self.price(product.price), Self.packSize(product.packSize), Self.unit(product.unit), Self.value(product.value),
            Self.foldedBrand(Folded.text(brand)), Self.foldedCategory(Folded.text(product.category)),
            Self.foldedSubcategory(Folded.text(product.subcategory)), Self.ownKey(ownKey))
    }

    func update(_ id: Int64, _ product: RetailProduct) throws(LedgerFault) {
        try connection.update(
            Self.code(product.code), Self.brand(product.brand), Self.category(product.category), Self.subcategory(product.subcategory),
            Self.description(product.description), Self.price(product.price), Self.packSize(product.packSize), Self.unit(product.unit),
            Self.value(product.value), Self.foldedBrand(Folded.text(product.brand)), Self.foldedCategory(Folded.text(product.category)),
            Self.foldedSubcategory(Folded.text(product.subcategory)), where: "id = ?", id)
    }

    /// A brand's own one, known by its name and size.
    func take(_ own: RetailData.OwnProduct, brand: KnownBrand) throws(LedgerFault) -> ReferenceTake {
        var product = own.product
        product.brand = brand.brand.name
        let key = [own.name, product.packSize, product.unit].map(Folded.text).joined(separator: "\u{1F}")
        let known = try connection.first(
            Self.told, from: "retail_products WHERE own_brand = ? AND own_key = ?", brand.id, key, read: Self.read)
        guard let known else {
            try insert(product, name: own.name, brand: product.brand, foldedCode: nil, ownBrand: brand.id, ownKey: key)
            return .new
        }
        guard known.product != product else { return .unchanged }
        try update(known.id, product)
        return .changed
    }
}

/// What became of a record that was taken.
enum ReferenceTake { case new, changed, unchanged }

/// `retail_listings`: who sells what.
struct ListingTable {
    static let table: StaticString = "retail_listings"
    static let retailer = Column<Int64>(table, "retailer")
    static let product = Column<Int64>(table, "product")
    static let price = Column<DecimalNumber?>(table, "price")
    static let annualSale = Column<DecimalNumber?>(table, "annual_sale")
    static let margin = Column<DecimalNumber?>(table, "margin")

    let connection: Connection

    func all(of retailer: Int64) throws(LedgerFault) -> [KnownListing] {
        try connection.all(
            RetailProductTable.told + ColumnList(Self.price, Self.annualSale, Self.margin),
            from: "retail_listings JOIN retail_products ON retail_products.id = product WHERE retailer = ? ORDER BY product", retailer
        ) { row throws(LedgerFault) in
            KnownListing(
                product: try RetailProductTable.read(row),
                listing: Listing(price: try row[Self.price], annualSale: try row[Self.annualSale], margin: try row[Self.margin]))
        }
    }

    /// How many of them were new or other than before.
    func take(
        _ listings: [RetailData.NamedListing], retailers: [Int32: Int64], products: [Int32: Int64]
    ) throws(LedgerFault) -> (new: Int, changed: Int) {
        let before = try connection.count("SELECT count(*) FROM retail_listings")
        let columns = ColumnList(Self.retailer, Self.product, Self.price, Self.annualSale, Self.margin)
        let taking = try connection.statement(
            """
            INSERT INTO retail_listings (\(columns.plain)) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET price = excluded.price, annual_sale = excluded.annual_sale, margin = excluded.margin
            WHERE price IS NOT excluded.price OR annual_sale IS NOT excluded.annual_sale OR margin IS NOT excluded.margin
            """, columns)
        var touched = 0
        for named in listings {
            guard let retailer = retailers[named.retailer], let product = products[named.product] else {
                throw .broken("A listing's retailer or product is not known.")
            }
            try taking.bind(retailer, to: Self.retailer)
            try taking.bind(product, to: Self.product)
            try taking.bind(named.listing.price, to: Self.price)
            try taking.bind(named.listing.annualSale, to: Self.annualSale)
            try taking.bind(named.listing.margin, to: Self.margin)
            try taking.run()
            touched += connection.changes
        }
        let new = try connection.count("SELECT count(*) FROM retail_listings") - before
        return (new, touched - new)
    }
}
