import Cells
import Sellout
import Texts

/// `malformed_rows`: what could be read of rows that are no drafts, numbered within their edition.
struct MalformedTable {
    enum Standing: Int64, StoredAs {
        case failed = 0
        case dismissed = 1
        /// An operator has filled in the rest.
        case sale = 2
    }

    static let table: StaticString = "malformed_rows"
    static let id = Column<Int64>(table, "id")
    static let standing = Column<Standing>(table, "standing")
    /// The row of `sale_rows` that it became.
    static let sale = Column<Int64?>(table, "sale")
    static let sheet = Column<Int32>(table, "sheet")
    static let row = Column<Int32>(table, "row_number")
    static let faults = Column<[MalformedRow.Fault]>(table, "wrong")
    static let holdsMany = Column<Bool>(table, "holds_many")
    static let ean = Column<EAN?>(table, "named_ean")
    static let code = Column<String?>(table, "named_code")
    static let name = Column<String?>(table, "named_name")
    static let store = Column<String?>(table, "named_store")
    static let isOnline = Column<Bool?>(table, "named_online")
    static let day = Column<CivilDay?>(table, "sale_day")
    static let isMonthly = Column<Bool?>(table, "is_monthly")
    static let quantity = Column<Int64?>(table, "quantity")
    static let local = Column<Money?>(table, "sales_local")
    static let isPriced = Column<Bool>(table, "is_priced")
    static let order = Column<String?>(table, "order_id")
    static let country = Column<String?>(table, "country")
    static let city = Column<String?>(table, "city")
    static let cost = Column<Money?>(table, "cost_of_goods")
    static let fee = Column<Money?>(table, "fee")
    static let span = Column<String?>(table, "span")

    private static let read = ColumnList(
        sheet, row, faults, holdsMany, ean, code, name, store, isOnline, day, isMonthly, quantity, local, isPriced, order, country, city,
        cost, fee,
        span)

    let connection: Connection

    func append(_ rows: [MalformedRow], to range: RowRange) throws(LedgerFault) {
        guard !rows.isEmpty else { return }
        let last = Column<Int64?>(computed: "max(id)")
        var id =
            try connection.all(last, from: "malformed_rows WHERE \(RowRange.within(Self.table))", range).first.flatMap { $0 }
            ?? range.first
        let insertion = try connection.insertion(of: ColumnList(Self.id) + Self.read)
        for row in rows {
            id += 1
            try insertion.bind(id, to: Self.id)
            try insertion.bind(row.sheet, to: Self.sheet)
            try insertion.bind(row.row, to: Self.row)
            try insertion.bind(row.faults, to: Self.faults)
            try insertion.bind(row.holdsMany, to: Self.holdsMany)
            try bind(row.parts, to: insertion)
            try insertion.run()
        }
    }

    private func bind(_ parts: SaleParts, to insertion: Statement) throws(LedgerFault) {
        try insertion.bind(parts.product?.ean, to: Self.ean)
        try insertion.bind(parts.product?.code, to: Self.code)
        try insertion.bind(parts.product?.name, to: Self.name)
        try insertion.bind(parts.store?.name, to: Self.store)
        try insertion.bind(parts.store?.isOnline, to: Self.isOnline)
        try insertion.bind(parts.date?.day, to: Self.day)
        try insertion.bind(parts.date?.isMonthly, to: Self.isMonthly)
        try insertion.bind(parts.quantity, to: Self.quantity)
        try insertion.bind(parts.amount, to: Self.local)
        try insertion.bind(parts.isPriced, to: Self.isPriced)
        try insertion.bind(parts.details.orderID, to: Self.order)
        try insertion.bind(parts.details.country, to: Self.country)
        try insertion.bind(parts.details.city, to: Self.city)
        try insertion.bind(parts.details.cost, to: Self.cost)
        try insertion.bind(parts.details.fee, to: Self.fee)
        try insertion.bind(parts.details.span, to: Self.span)
    }

    func drop(_ range: RowRange) throws(LedgerFault) {
        try connection.run("DELETE FROM malformed_rows WHERE \(RowRange.within(Self.table))", range)
    }

    /// Those of one row that have not become sales, with their numbers.
    func list(_ range: RowRange, sheet: Int32, row: Int) throws(LedgerFault) -> [(id: Int64, standing: Standing, row: MalformedRow)] {
        try connection.all(
            ColumnList(Self.id, Self.standing) + Self.read,
            from: """
                malformed_rows WHERE \(RowRange.within(Self.table)) AND malformed_rows.sheet = ? AND malformed_rows.row_number = ?
                AND standing <> ? ORDER BY id
                """, range, sheet, row, Standing.sale
        ) { line throws(LedgerFault) in (try line[Self.id], try line[Self.standing], try Self.malformed(line)) }
    }

    func settle(_ id: Int64, _ standing: Standing, sale: Int64? = nil) throws(LedgerFault) {
        try connection.update(Self.standing(standing), Self.sale(sale), where: "id = ?", id)
    }

    private static func malformed(_ line: Statement) throws(LedgerFault) -> MalformedRow {
        let (sheet, number, faults) = (try line[sheet], try line[row], try line[faults])
        let holdsMany = try line[holdsMany]
        let naming = ProductNaming(ean: try line[ean], code: try line[code], name: try line[name])
        var parts = SaleParts(product: naming.text.isEmpty ? nil : naming)
        if let name = try line[store] { parts.store = StoreNaming(name: name, isOnline: try line[isOnline] ?? false) }
        if let day = try line[day] { parts.date = SaleDate(day: day, isMonthly: try line[isMonthly] ?? false) }
        parts.quantity = try line[quantity]
        parts.amount = try line[local]
        parts.isPriced = try line[isPriced]
        parts.details = SaleDetails(
            orderID: try line[order], country: try line[country], city: try line[city], cost: try line[cost], fee: try line[fee],
            span: try line[span])
        return MalformedRow(sheet: sheet, row: number, faults: faults, parts: parts, holdsMany: holdsMany)
    }
}

extension MalformedRow.Fault: KeptAsJSON {
    var json: JSONValue { ["column": .optional(column), "field": .optional(field)] }

    init?(json: JSONValue) {
        guard let column = json.member("column", \.text), let field = json.member("field", \.text) else { return nil }
        self.init(column: column, field: field)
    }
}
