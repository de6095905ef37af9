import Cells
import Sellout

/// What became of a row. The numbers stand in `sale_rows.outcome`. The first two are sales as soon as the row's edition is booked.
enum RowOutcome: Int64, StoredAs {
    /// A sale the ledger does not have yet.
    case new = 0
    /// One of the rows that take the place of figures received before.
    case restated = 1
    /// The ledger has it already, and the layout repeats earlier periods.
    case unchanged = 2
    /// The ledger has it already, and should not have got it again.
    case repeated = 3
    /// Its product, store, price or rate is not known yet.
    case waiting = 4
    /// As the first two, of a row that became valid after its edition was booked: no sale before it is booked too.
    case lateNew = 5
    case lateRestated = 6
    /// An operator has said that it is none.
    case dismissed = 7

    /// How far the late ones stand behind those that they become when they are booked.
    static let late: Int64 = 5

    /// As it is written where the edition is booked already, and where not.
    func inEdition(booked isBooked: Bool) -> RowOutcome {
        switch self {
        case .new, .lateNew: isBooked ? .lateNew : .new
        case .restated, .lateRestated: isBooked ? .lateRestated : .restated
        case .unchanged, .repeated, .waiting, .dismissed: self
        }
    }
}

/// `sale_rows`: every row that was ever read and not dropped. It is written once: booking it changes its edition, withdrawing it adds
/// a line elsewhere. The loop over rows binds numbers only and allocates nothing.
struct SaleTable {
    static let table: StaticString = "sale_rows"
    static let id = Column<Int64>(table, "id")
    static let outcome = Column<RowOutcome>(table, "outcome")
    /// The line of the audit log that booked a row which became valid late; 0 for one that was booked with its edition.
    static let booked = Column<Int64>(table, "booked")
    static let sheet = Column<Int32>(table, "sheet")
    static let row = Column<Int32>(table, "row_number")
    static let product = Column<Int32>(table, "product")
    static let store = Column<Int32>(table, "store")
    static let day = Column<CivilDay>(table, "sale_day")
    static let isMonthly = Column<Bool>(table, "is_monthly")
    static let quantity = Column<Int64>(table, "quantity")
    /// While a row waits, what the file itself states is kept, so that it can be resolved again.
    static let local = Column<Money?>(table, "sales_local")
    static let euros = Column<Money?>(table, "sales_eur")
    static let rate = Column<Int64?>(table, "rate")
    /// Whether the amount is the list price × quantity, and not the file's.
    static let isPriced = Column<Bool?>(table, "is_priced")
    static let order = Column<String?>(table, "order_id")
    static let country = Column<String?>(table, "country")
    static let city = Column<String?>(table, "city")
    static let cost = Column<Money?>(table, "cost_of_goods")
    static let fee = Column<Money?>(table, "fee")
    static let span = Column<String?>(table, "span")

    /// What a draft needs.
    static let sale = ColumnList(
        id, sheet, row, product, store, day, isMonthly, quantity, local, euros, rate, isPriced, order, country, city, cost, fee, span)
    private static let figures = ColumnList(
        id, outcome, sheet, row, product, store, day, isMonthly, quantity, local, euros, rate)
    private static let details = ColumnList(isPriced, order, country, city, cost, fee, span)
    private static let detailed = figures + details

    let connection: Connection

    /// Appends rows behind those that the batch has; the caller has seen that they fit in its range.
    func append(_ rows: [StagedRow], behind id: Int64) throws(LedgerFault) {
        let plain = try connection.insertion(of: Self.figures)
        let detailed = try connection.insertion(of: Self.detailed)
        var id = id
        for row in rows {
            id += 1
            let isPlain = row.draft.details == nil && row.draft.amount != nil
            let insertion = isPlain ? plain : detailed
            try insertion.bind(id, to: Self.id)
            try bind(row, to: insertion)
            if !isPlain {
                try insertion.bind(row.draft.amount == nil ? true : nil, to: Self.isPriced)
                try bind(row.draft.details ?? SaleDetails(), to: insertion)
            }
            try insertion.run()
        }
    }

    private func bind(_ row: StagedRow, to insertion: Statement) throws(LedgerFault) {
        try insertion.bind(row.isWaiting ? .waiting : .new, to: Self.outcome)
        try insertion.bind(row.draft.sheet, to: Self.sheet)
        try insertion.bind(row.draft.row, to: Self.row)
        try insertion.bind(row.draft.product, to: Self.product)
        try insertion.bind(row.draft.store, to: Self.store)
        try insertion.bind(row.draft.date.day, to: Self.day)
        try insertion.bind(row.draft.date.isMonthly, to: Self.isMonthly)
        try insertion.bind(row.draft.quantity, to: Self.quantity)
        try insertion.bind(row.isWaiting ? row.draft.amount : row.local, to: Self.local)
        try insertion.bind(row.euros, to: Self.euros)
        try insertion.bind(row.rate.map(Int64.init), to: Self.rate)
    }

    private func bind(_ details: SaleDetails, to insertion: Statement) throws(LedgerFault) {
        try insertion.bind(details.orderID, to: Self.order)
        try insertion.bind(details.country, to: Self.country)
        try insertion.bind(details.city, to: Self.city)
        try insertion.bind(details.cost, to: Self.cost)
        try insertion.bind(details.fee, to: Self.fee)
        try insertion.bind(details.span, to: Self.span)
    }

    /// All of them: none of them was ever a sale.
    func drop(_ rows: RowRange) throws(LedgerFault) {
        try connection.run("DELETE FROM sale_rows WHERE \(RowRange.within(Self.table))", rows)
    }

    /// Those of a booked edition that are no sales.
    func dropUnbooked(_ rows: RowRange) throws(LedgerFault) {
        try connection.run(
            "DELETE FROM sale_rows WHERE \(RowRange.within(Self.table)) AND outcome > ?", rows, RowOutcome.restated)
    }

    /// Gives a waiting row its meaning and its amounts. False where it does not wait.
    func resolve(_ id: Int64, as row: StagedRow, rate: Int64, booked: Bool) throws(LedgerFault) -> Bool {
        try connection.update(
            Self.outcome(.new.inEdition(booked: booked)), Self.product(row.draft.product), Self.store(row.draft.store),
            Self.local(row.local), Self.euros(row.euros), Self.rate(rate), Self.isPriced(row.draft.amount == nil ? true : nil),
            where: "id = ? AND outcome = ?", id, RowOutcome.waiting) > 0
    }

    /// With the number of each row in the batch.
    func waiting(_ rows: RowRange) throws(LedgerFault) -> [(number: Int64, draft: Draft)] {
        try connection.all(
            Self.sale, from: "sale_rows WHERE \(RowRange.within(Self.table)) AND outcome = ? ORDER BY id", rows, RowOutcome.waiting
        ) { row throws(LedgerFault) in
            (try row[Self.id] - rows.first, try Self.draft(row))
        }
    }

    /// The sale as its file states it.
    static func draft(_ row: Statement) throws(LedgerFault) -> Draft {
        let (sheet, number, product, store) = (try row[sheet], try row[Self.row], try row[product], try row[store])
        let date = SaleDate(day: try row[day], isMonthly: try row[isMonthly])
        let (quantity, local, isPriced) = (try row[quantity], try row[local], try row[isPriced] == true)
        let details = SaleDetails(
            orderID: try row[order], country: try row[country], city: try row[city], cost: try row[cost], fee: try row[fee],
            span: try row[span])
        return Draft(
            sheet: sheet, row: number, product: product, store: store, date: date, quantity: quantity, amount: isPriced ? nil : local,
            details: details == SaleDetails() ? nil : details)
    }
}
