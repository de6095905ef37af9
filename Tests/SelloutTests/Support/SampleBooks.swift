import Cells

typealias Values = [TestBook.Value]

/// Small files in the samples' layouts, right in all that a test does not change.
extension TestBook {
    /// Rows under BOXNOX's headers, and under those `beside` them.
    static func boxnox(_ rows: [Values], beside: Values = [], name: String = "BOXNOX - BIBBI Monthly Sales Report APR2025.xlsx") -> TestBook
    {
        let head: Values = ["YEAR", "MONTH", "CHANNEL", "POS", "EAN", "QTY", "AMOUNT", "DESCRIPTION", "SKU"]
        return TestBook(name, sheet: boxnoxSheet, [head + beside] + rows)
    }

    static let boxnoxSheet = "SELL OUT BY EAN"

    /// A row of it.
    static func boxnoxRow(
        _ store: Value = "Sol", _ ean: Value = .ean(1), _ quantity: Value = 1, _ amount: Value = 10, year: Value = 2025, month: Value = 4
    ) -> Values {
        [year, month, "Retail", store, ean, quantity, amount, "EDP", "BB1"]
    }

    static func skinsSA(_ rows: [Values], beside: Values = [], name: String = "Skins SA BIBBI CY 2025 February.xlsx") -> TestBook {
        let head: Values = [
            "Branch", "OrderDate", "StockCode", "OrderQty", "StockDescription", "NetSalesValue", "ExVatNetsales", "MONTH", "YEAR",
        ]
        return TestBook(name, [("BIBBI", [head + beside] + rows)])
    }

    static func online(_ rows: [Values], beside: Values = [], name: String = "orders.xlsx") -> TestBook {
        let head: Values = ["Order ID", "Product EAN", "Quantity", "Sales EUR", "Order Date"]
        return TestBook(name, sheet: "Orders", [head + beside] + rows)
    }

    /// A grid of Creme de la Creme's: so many pieces of each product at each store, the first product at 245, the next at 246.
    /// - Parameter total: whether the columns of the sum of all stand behind the stores.
    static func cdlc(_ stores: [String], _ products: [[Int64]], total: Bool = true) -> TestBook {
        let rows = products.enumerated().map { number, pieces in
            cdlcRow(number + 1, total ? pieces + [pieces.reduce(0, +)] : pieces, at: Int64(245 + number))
        }
        return cdlc(headed: stores + (total ? ["Total"] : []), rows)
    }

    /// A product's row.
    static func cdlcRow(_ ean: Int, _ pieces: [Int64], at price: Int64 = 245) -> Values {
        let left: Values = [nil, .ean(ean), "BIBBI. EDP 100 ml"]
        return left + sold(pieces, at: price)
    }

    /// Pieces and money of each.
    static func sold(_ pieces: [Int64], at price: Int64) -> Values {
        var values: Values = []
        for count in pieces { values += [.pieces(count), .pieces(count * price)] }
        return values
    }

    /// The same with rows as they are.
    static func cdlc(headed groups: [String], _ rows: [Values], name: String = "BIBBI_Sell_Out_2025 04.xlsx") -> TestBook {
        let left: Values = [nil, nil, nil]
        let names: Values = left + groups.flatMap { [.text($0), nil] as Values }
        let measures: Values = left + groups.flatMap { _ in ["Qty", "Sum Eur"] as Values }
        return TestBook(name, sheet: cdlcSheet, [["CDLC"], [nil, "2025 April"], names, measures] + rows)
    }

    static let cdlcSheet = "2025 04"

    /// Months of Galilu's: the header's texts, and so many pieces of each product in each month, with a Total that counts them.
    static func galilu(_ months: [String], _ products: [[Int64]]) -> TestBook {
        galilu(
            months,
            products.enumerated().map { number, pieces in
                let name: TestBook.Value = .text("EDP \(number)")
                return [name] + pieces.map { .pieces($0) } + [.pieces(pieces.reduce(0, +))]
            })
    }

    static func galilu(_ months: [String], _ rows: [Values], sheet: String = galiluSheet, beside: Values = []) -> TestBook {
        TestBook(
            "BIbbi_sellout_Galilu_2025.xlsx", sheet: sheet, [[2025] + months.map { .text($0) } + ["Total"] + beside] + rows)
    }

    static let galiluSheet = "product_ranking_2025"

    static func aromateque(_ rows: [Values], months: Values = ["01.01.2025", "01.02.2025", "01.03.2025"], beside: Values = []) -> TestBook {
        TestBook(
            "bibbi sales march'25.xlsx", sheet: "TDSheet",
            [["Sales"], [], [nil, nil] + months + ["Total", "Total in euro"] + beside] + rows)
    }

    /// Rows of Liberty's under the channels, each with the columns of its quantity and amount: F and G, H and I, …
    static func liberty(_ rows: [Values], channels: [String] = ["Flagship", "Internet"]) -> TestBook {
        let left: Values = [nil, nil, nil, nil, nil]
        let fields: Values = ["Retail Group", "Brand", "Item ID | Colour", "Item", "Size"]
        let head: [Values] = [
            left + channels.flatMap { [.text($0), nil] as Values }, left + channels.flatMap { _ in ["Actual", nil] as Values },
            fields + channels.flatMap { _ in ["Sales Qty Un", "Sales Inc VAT £"] as Values },
        ]
        return TestBook("Continuity Supplier Size Report 31-08-2025.xlsx", sheet: libertySheet, head + rows)
    }

    static let libertySheet = "Sales By Size"

    /// A product of one size at these figures, and its Total.
    static func libertyBlock(_ code: String, _ figures: Values) -> [Values] {
        let size: Values = [nil, nil, nil, nil, "100ML"]
        let total: Values = [nil, nil, nil, .text("\(code) Total"), nil]
        return [[nil, nil, .text(code), "Soap"], size + figures, total + figures]
    }
}

extension TestBook.Value {
    /// One of our products' EANs; its check digit is right.
    static func ean(_ number: Int) -> TestBook.Value {
        let digits = Array("735015432\(String(1000 + number).suffix(3))".utf8).map { Int($0) - 48 }
        let sum = digits.enumerated().reduce(0) { $0 + $1.element * ($1.offset % 2 == 0 ? 1 : 3) }
        return .text(digits.map(String.init).joined() + String((10 - sum % 10) % 10))
    }

    /// A figure; none where it is 0.
    static func pieces(_ number: Int64) -> TestBook.Value { number == 0 ? .none : .number(DecimalNumber(digits: number)) }
}
