import Cells
import Sellout

/// What two batches say of the same store, product and day, where they do not say the same.
package struct SaleDifference: Hashable, Sendable {
    package struct Figures: Hashable, Sendable {
        package let sales: Int
        package let quantity: Int64
        /// Nil where one of the sales states none, and waits for a price.
        package let amount: Money?

        package init(sales: Int, quantity: Int64, amount: Money?) {
            self.sales = sales
            self.quantity = quantity
            self.amount = amount
        }
    }

    package enum Kind: String, CaseIterable, Sendable {
        case onlyFirst = "only_first"
        case onlySecond = "only_second"
        case otherFigures = "other_figures"
    }

    package let store: String
    /// The EAN, or what the file calls the product where that is not known.
    package let product: String
    package let productName: String
    package let date: CivilDay
    package let first: Figures?
    package let second: Figures?

    package init(store: String, product: String, productName: String, date: CivilDay, first: Figures?, second: Figures?) {
        self.store = store
        self.product = product
        self.productName = productName
        self.date = date
        self.first = first
        self.second = second
    }

    package var kind: Kind { first == nil ? .onlySecond : second == nil ? .onlyFirst : .otherFigures }
}

/// Two batches beside each other.
package struct SaleDifferences: Hashable, Sendable {
    /// By day, store and product.
    package var all: [SaleDifference] = []
    /// Of so many stores, products and days both say the same.
    package var same = 0
    /// So many rows of each are kept, and were compared.
    package var rowsOfFirst = 0
    package var rowsOfSecond = 0

    package init() {}
}

/// What the present readings of two batches say: their rows, whatever became of them since. Rows that the ledger had already are kept
/// until their file is put away.
struct DifferenceQuestion {
    private static let rows = "SELECT id, product, store, sale_day, quantity, sales_local FROM sale_rows WHERE id BETWEEN ? AND ?"

    private static let said = """
        SELECT side, coalesce(stores.store, named_store) AS said_store, r.sale_day AS said_day, r.quantity AS pieces, r.sales_local AS amount,
        coalesce(iif(p.product_ean IS NULL, NULL, printf('%013d', p.product_ean)), named_code, named_name, printf('%013d', named_ean)) AS said_product,
        coalesce(functional_name, named_name, '') AS said_name
        FROM (SELECT 1 AS side, * FROM (\(rows)) UNION ALL SELECT 2, * FROM (\(rows))) r
        JOIN edition_products p ON p.edition = r.id >> 32 AND p.number = r.product
        JOIN product_namings ON product_namings.id = p.naming
        LEFT JOIN products ON products.product_ean = printf('%013d', p.product_ean)
        JOIN edition_stores s ON s.edition = r.id >> 32 AND s.number = r.store
        JOIN store_namings ON store_namings.id = s.naming
        LEFT JOIN stores ON stores.id = s.store_id
        """

    private static let store = Column<String>(computed: "said_store")
    private static let product = Column<String>(computed: "said_product")
    private static let name = Column<String>(computed: "max(said_name)")
    private static let day = Column<CivilDay>(computed: "said_day")

    /// The figures of one of the two batches.
    private struct Side {
        let sales: Column<Int>
        let quantity: Column<Int64>
        let amount: Column<Money>
        /// Sales that state no amount.
        let unstated: Column<Int>

        var all: ColumnList { ColumnList(sales, quantity, amount, unstated) }

        func read(_ row: Statement) throws(LedgerFault) -> SaleDifference.Figures? {
            let count = try row[sales]
            guard count > 0 else { return nil }
            return SaleDifference.Figures(
                sales: count, quantity: try row[quantity], amount: try row[unstated] == 0 ? try row[amount] : nil)
        }
    }

    private static let first = Side(
        sales: Column(computed: "sum(side = 1)"), quantity: Column(computed: "sum(iif(side = 1, pieces, 0))"),
        amount: Column(computed: "sum(iif(side = 1, coalesce(amount, 0), 0))"),
        unstated: Column(computed: "sum(side = 1 AND amount IS NULL)"))
    private static let second = Side(
        sales: Column(computed: "sum(side = 2)"), quantity: Column(computed: "sum(iif(side = 2, pieces, 0))"),
        amount: Column(computed: "sum(iif(side = 2, coalesce(amount, 0), 0))"),
        unstated: Column(computed: "sum(side = 2 AND amount IS NULL)"))

    let connection: Connection

    func ask(_ one: BatchRow, _ other: BatchRow) throws(LedgerFault) -> SaleDifferences {
        let groups = try connection.cursor(
            ColumnList(Self.store, Self.product, Self.name, Self.day) + Self.first.all + Self.second.all,
            from: "(\(Self.said)) GROUP BY said_day, said_store, said_product ORDER BY said_day, said_store, said_product", one.rows,
            other.rows)
        defer { groups.reset() }
        var found = SaleDifferences()
        while try groups.step() {
            let (first, second) = (try Self.first.read(groups), try Self.second.read(groups))
            found.rowsOfFirst += first?.sales ?? 0
            found.rowsOfSecond += second?.sales ?? 0
            if first == second {
                found.same += 1
            } else {
                found.all.append(
                    SaleDifference(
                        store: try groups[Self.store], product: try groups[Self.product], productName: try groups[Self.name],
                        date: try groups[Self.day], first: first, second: second))
            }
        }
        return found
    }
}
