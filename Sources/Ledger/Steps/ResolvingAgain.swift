import Cells
import Sellout

/// Resolves sales of the books from what their files said, each name once.
struct ResolvingAgain {
    private let connection: Connection
    private let terms: Terms
    private var resolver: Resolver
    /// The resolver's number of each written name.
    private var products: [Int64: Int32] = [:]
    private var stores: [Int64: Int32] = [:]
    private var names: [Int64: String] = [:]
    /// The number of the store that each of the resolver's stores is; nil where nobody knows it.
    private var storeNumbers: [Int64?] = []

    init(connection: Connection, terms: Terms) throws(LedgerFault) {
        self.connection = connection
        self.terms = terms
        resolver = Resolver(terms: terms, catalogue: try ReferenceTables(connection: connection).catalogue(for: terms))
    }

    private static let currency = Column<String?>(computed: "coalesce(editions.currency, upload_batches.currency)")
    private static let productNaming = Column<Int64>(NamingTables.Products.table, "naming")
    private static let storeNaming = Column<Int64>(NamingTables.Stores.table, "naming")

    private static let booked =
        SaleTable.sale
        + ColumnList(productNaming, storeNaming, NamingTables.Products.ean, NamingTables.Stores.store, NamingTables.Sheets.name, currency)

    /// A current sale, and what stands in the books of it.
    private struct Booked {
        let id: Int64
        let draft: Draft
        let figures: SalesTotals
        let product: Int64
        let store: Int64
        let ean: EAN
        let storeNumber: Int64
        let sheet: String
        let currency: String?
    }

    private static func read(_ row: Statement) throws(LedgerFault) -> Booked {
        let (id, draft) = (try row[SaleTable.id], try SaleTable.draft(row))
        let figures = SalesTotals(
            quantity: draft.quantity, local: try row[needed: SaleTable.local], euros: try row[needed: SaleTable.euros])
        return Booked(
            id: id, draft: draft, figures: figures, product: try row[productNaming], store: try row[storeNaming],
            ean: try row[needed: NamingTables.Products.ean], storeNumber: try row[needed: NamingTables.Stores.store],
            sheet: try row[NamingTables.Sheets.name], currency: try row[currency])
    }

    mutating func changed(of batch: Int64) throws(LedgerFault) -> ChangedSales {
        var changed = ChangedSales()
        let rows = try connection.cursor(
            Self.booked,
            from: """
                \(Journal.ofBatches)
                JOIN edition_products ON edition_products.edition = editions.id AND edition_products.number = sale_rows.product
                JOIN edition_stores ON edition_stores.edition = editions.id AND edition_stores.number = sale_rows.store
                JOIN edition_sheets ON edition_sheets.edition = editions.id AND edition_sheets.number = sale_rows.sheet
                WHERE upload_batches.id = ? AND \(Journal.isCurrent) ORDER BY editions.id, sale_rows.id
                """, batch)
        defer { rows.reset() }
        while try rows.step() { try look(at: try Self.read(rows), &changed) }
        return changed
    }

    private mutating func look(at booked: Booked, _ changed: inout ChangedSales) throws(LedgerFault) {
        var draft = booked.draft
        draft.product = try number(ofProduct: booked.product)
        draft.store = try number(ofStore: booked.store)
        guard case .sale(let sale) = resolver.resolve(draft, sheet: { _ in "" }), let ean = resolver.products[Int(draft.product)].ean
        else { return }
        guard let store = storeNumbers[Int(draft.store)] else { return }
        let new = SalesTotals(quantity: draft.quantity, local: sale.local, euros: sale.euros)
        guard ean != booked.ean || store != booked.storeNumber || new != booked.figures || booked.currency != terms.currency else { return }
        let change = ChangedSales.Change(
            old: RebookPlan.Meaning(store: try name(ofStore: booked.storeNumber), ean: booked.ean),
            new: RebookPlan.Meaning(store: try name(ofStore: store), ean: ean), oldFigures: booked.figures, newFigures: new)
        changed.take(booked.id, draft, sale, sheet: booked.sheet, resolver, change)
    }

    private mutating func number(ofProduct naming: Int64) throws(LedgerFault) -> Int32 {
        if let known = products[naming] { return known }
        let names = WrittenNames.Products.self
        let written = try connection.first(names.written, from: "product_namings WHERE id = ?", naming) { row throws(LedgerFault) in
            ProductNaming(ean: try row[names.ean], code: try row[names.code], name: try row[names.name])
        }
        guard let written else { throw .damaged("a product has no name") }
        let number = Int32(clamping: resolver.products.count)
        _ = resolver.name(product: written)
        products[naming] = number
        return number
    }

    private mutating func number(ofStore naming: Int64) throws(LedgerFault) -> Int32 {
        if let known = stores[naming] { return known }
        let names = WrittenNames.Stores.self
        let written = try connection.first(names.written, from: "store_namings WHERE id = ?", naming) { row throws(LedgerFault) in
            StoreNaming(name: try row[names.name], isOnline: try row[names.isOnline])
        }
        guard let written else { throw .damaged("a store has no name") }
        let number = Int32(clamping: resolver.stores.count)
        let store = resolver.name(store: written)
        storeNumbers.append(try store.map { store throws(LedgerFault) in try StoreTable(connection: connection).number(of: store) } ?? nil)
        stores[naming] = number
        return number
    }

    private mutating func name(ofStore number: Int64) throws(LedgerFault) -> String {
        if let known = names[number] { return known }
        let name = try connection.all(Column<String>(StoreTable.table, "store"), from: "stores WHERE id = ?", number).first ?? ""
        names[number] = name
        return name
    }
}
