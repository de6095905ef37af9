import Cells
import Sellout

/// Listings of mappings, stores and products, as far as was asked for.
struct ReferenceListing {
    let connection: Connection

    private static let productName = Column<String?>(computed: "products.functional_name")
    private static let mergedInto = Column<String?>(computed: "(SELECT root.store FROM stores root WHERE root.id = stores.merged_into)")

    private func conditions(_ filter: ReferenceFilter, reseller: String, searched: [String]) -> Conditions {
        var conditions = Conditions()
        conditions.add("\(reseller) = ?", filter.reseller)
        if let like = filter.like {
            let pattern = "%\(like.map { "\\%_".contains($0) ? "\\\($0)" : String($0) }.joined())%"
            // The folded columns hold letters beyond ASCII in lower case, of which LIKE knows nothing.
            let texts = searched.map { ($0, $0.contains("folded") ? Folded.text(pattern) : pattern) }
            conditions.add(
                "(\(texts.map { "\($0.0) LIKE ? ESCAPE '\\'" }.joined(separator: " OR ")))", Several(texts.map(\.1)))
        }
        return conditions
    }

    private static func page(_ filter: ReferenceFilter) -> Several { Several([filter.limit, filter.offset]) }

    func mappings(_ filter: ReferenceFilter) throws(LedgerFault) -> [MappingEntry] {
        let searched = [
            "code", "folded_code", "product_reseller_mappings.product_ean", "products.functional_name", "products.description",
        ]
        let conditions = conditions(filter, reseller: "reseller", searched: searched)
        return try connection.all(
            ReferenceTables.Mappings.all + ColumnList(Self.productName),
            from: """
                product_reseller_mappings LEFT JOIN products ON products.product_ean = product_reseller_mappings.product_ean
                \(conditions.sql) ORDER BY reseller, folded_code LIMIT ? OFFSET ?
                """, conditions, Self.page(filter)
        ) { row throws(LedgerFault) in
            MappingEntry(try ReferenceTables.mapping(row), productName: try row[Self.productName])
        }
    }

    func stores(_ filter: ReferenceFilter) throws(LedgerFault) -> [StoreEntry] {
        let searched = ["store_code", "folded_code", "store", "folded_name", "city", "country"]
        let conditions = conditions(filter, reseller: "reseller", searched: searched)
        return try connection.all(
            StoreTable.told + ColumnList(StoreTable.isFromFile, Self.mergedInto),
            from: "stores\(conditions.sql) ORDER BY reseller, folded_name, id LIMIT ? OFFSET ?", conditions, Self.page(filter)
        ) { row throws(LedgerFault) in
            StoreEntry(
                try StoreTable.read(row), isFromFile: try row[StoreTable.isFromFile], mergedInto: try row[Self.mergedInto])
        }
    }

    func products(_ filter: ReferenceFilter) throws(LedgerFault) -> [Product] {
        let searched = ["products.product_ean", "functional_name", "description"]
        // A reseller's products are those that it has a name for.
        var conditions = conditions(
            ReferenceFilter(like: filter.like), reseller: "reseller", searched: searched)
        conditions.add(
            "products.product_ean IN (SELECT m.product_ean FROM product_reseller_mappings m WHERE m.reseller = ?)", filter.reseller)
        return try connection.all(
            ReferenceTables.Products.all, from: "products\(conditions.sql) ORDER BY products.product_ean LIMIT ? OFFSET ?", conditions,
            Self.page(filter), read: ReferenceTables.product)
    }

    private static let sales = Column<Int>(computed: "count(*)")
    private static let euros = Column<Money>(computed: "sum(sale_rows.sales_eur)")

    func figures(of reseller: String) throws(LedgerFault) -> [StoreFigures] {
        let sold = try connection.all(
            ColumnList(NamingTables.Stores.store, Self.sales, Self.euros),
            from: """
                \(Journal.ofBatches)
                JOIN edition_stores ON edition_stores.edition = editions.id AND edition_stores.number = sale_rows.store
                WHERE upload_batches.reseller = ? AND \(Journal.isCurrent) GROUP BY edition_stores.store_id
                """, reseller
        ) { row throws(LedgerFault) in
            (try row[needed: NamingTables.Stores.store], (sales: try row[Self.sales], euros: try row[Self.euros]))
        }
        let figures = Dictionary(sold, uniquingKeysWith: { first, _ in first })
        return try connection.all(
            StoreTable.told + ColumnList(StoreTable.id), from: "stores WHERE reseller = ? AND merged_into IS NULL ORDER BY id", reseller
        ) { row throws(LedgerFault) in
            let own = figures[try row[StoreTable.id]]
            return StoreFigures(try StoreTable.read(row), sales: own?.sales ?? 0, euros: own?.euros ?? .zero)
        }
    }
}
