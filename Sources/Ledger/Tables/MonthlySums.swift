import Cells
import Sellout

/// The sums of the current sales by reseller and month, as the journal stood after a line of the audit log. Going through all sales takes
/// long, so those of an earlier moment are brought up to date: each booking, withdrawal and return has a later line.
struct MonthlySums: Sendable {
    private struct Place: Hashable {
        let reseller: String
        let month: Month
    }

    private struct Sum: Hashable {
        var sales = 0
        var quantity: Int64 = 0
        var euros = Money.zero

        func adding(_ other: Sum, sign: Int64) throws(LedgerFault) -> Sum {
            let (quantity, overflows) = quantity.addingReportingOverflow(sign * other.quantity)
            guard !overflows, let euros = euros.adding(Money(units: sign * other.euros.units)) else { throw .sumsTooLarge }
            return Sum(sales: sales + Int(sign) * other.sales, quantity: quantity, euros: euros)
        }
    }

    private let first: Month
    private let line: Int64
    private var sums: [Place: Sum]

    init(from first: Month, after known: MonthlySums?, in connection: Connection) throws(LedgerFault) {
        self.first = first
        line = try connection.all(Column<Int64>(computed: "coalesce(max(id), 0)"), from: "audit_log").first ?? 0
        guard let known, known.first == first, known.line <= line else {
            sums = [:]
            try add(of: Journal.isCurrent, Several([]), sign: 1, connection)
            return
        }
        sums = known.sums
        guard known.line < line else { return }
        let then = known.line
        try add(of: "\(Journal.wasCurrent) AND \(Self.isTouched)", Several(Array(repeating: then, count: 6)), sign: -1, connection)
        try add(of: "\(Journal.isCurrent) AND \(Self.isTouched)", Several([then, then, then]), sign: 1, connection)
    }

    /// The condition that something has happened to a batch, or to sales of it, after that line, which stands for its three `?`.
    private static let isTouched = """
        upload_batches.id IN (
            SELECT id FROM upload_batches WHERE batch_id IN (SELECT batch_id FROM audit_log WHERE audit_log.id > ?)
            UNION SELECT batch FROM editions WHERE id IN (
                SELECT sale >> 32 FROM withdrawn_sales WHERE withdrawn_by > ? UNION SELECT sale >> 32 FROM withdrawn_sales WHERE returned_by > ?))
        """

    private static let count = Column<Int>(computed: "count(*)")
    private static let quantity = Column<Int64>(computed: "sum(sale_rows.quantity)")
    private static let euros = Column<Money>(computed: "sum(sale_rows.sales_eur)")

    /// The + keeps SQLite from going through all batches in the order of their resellers.
    private mutating func add(
        of condition: String, _ values: Several, sign: Int64, _ connection: Connection
    ) throws(LedgerFault) {
        let found = try connection.all(
            ColumnList(BatchTable.reseller, SaleTable.day, Self.count, Self.quantity, Self.euros),
            from:
                "\(Journal.ofBatches) WHERE \(condition) AND sale_rows.sale_day >= ? GROUP BY +upload_batches.reseller, sale_rows.sale_day",
            values, first.firstDay
        ) { row throws(LedgerFault) in
            let place = Place(reseller: try row[BatchTable.reseller], month: Month(try row[SaleTable.day]))
            return (place, Sum(sales: try row[Self.count], quantity: try row[Self.quantity], euros: try row[Self.euros]))
        }
        for (place, sum) in found { sums[place] = try (sums[place] ?? Sum()).adding(sum, sign: sign) }
    }

    /// By reseller and month.
    func list(of resellers: Set<String>?) -> [MonthlySales] {
        sums.filter { $0.value.sales > 0 && resellers?.contains($0.key.reseller) != false }
            .map { place, sum in
                MonthlySales(
                    reseller: place.reseller, month: place.month, sales: sum.sales, quantity: sum.quantity, euros: sum.euros)
            }
            .sorted { ($0.reseller, $0.month) < ($1.reseller, $1.month) }
    }
}
