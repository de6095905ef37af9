import Cells
import Foundation

/// Watches a file's sales while they are resolved, for figures that can be read and cannot be true: dates that have not come yet,
/// prices in another unit, quantities beyond all others. It changes nothing: it says what it sees.
package struct Plausibility {
    /// What a piece of one product costs in the file, as logarithms: prices are so many times another.
    private struct Prices {
        var count = 0.0
        var sum = 0.0
        var squares = 0.0
        var low: (price: Double, row: Int32, sheet: Int32)
        var high: (price: Double, row: Int32, sheet: Int32)

        /// How many times as much this price is as all others of the product, which lie close together; nil where they do not, or
        /// are too few to tell.
        func distance(of price: Double) -> Double? {
            let others = count - 1
            guard others >= Plausibility.fewestPrices else { return nil }
            let mean = (sum - price) / others
            let variance = (squares - price * price) / others - mean * mean
            return variance < Plausibility.closePrices ? abs(price - mean) : nil
        }
    }

    /// What is known of a product's prices.
    private struct Priced {
        /// In the reseller's currency, or else in euro.
        let list: [ListPrice]
        let isInEuro: Bool
        var prices: Prices?
    }

    private let expectations: Expectations
    private let catalogue: Catalogue
    private let today: CivilDay
    private let firstDay: CivilDay
    private var doubts: [String: Warning] = [:]
    /// By the product's number.
    private var products: [Priced?] = []
    private var ratios = Spread()
    /// How many sales have each quantity; the largest ones together.
    private var quantities = [Int](repeating: 0, count: 1024)
    private var largest: (quantity: Int64, row: Int, sheet: Int32)?
    private var sales = 0
    private var unpaid = 0
    private var amount: Double = 0
    private var skipped = SkippedRows(SkipReason.withoutProduct.rawValue)

    /// A piece never costs so many times its list price, nor so small a part of it.
    private static let priceBounds = 0.25...1.75
    /// Half of a file's prices lie within these, or it counts in other units.
    private static let medianBounds = 0.25...2.5
    /// One piece does not cost so many times as much as all others of its product, as a power of two.
    private static let widestPrices = 2.5
    /// The variance of prices that lie close together, and how many of them tell.
    private static let closePrices = 0.1
    private static let fewestPrices = 8.0
    /// A row may sell so many pieces, and so many times the file's usual row.
    private static let manyPieces: Int64 = 200
    private static let manyTimes = 50.0

    package init(terms: Terms, catalogue: Catalogue, today: CivilDay) {
        expectations = terms.expectations
        self.catalogue = catalogue
        self.today = today
        firstDay = CivilDay(year: terms.expectations.firstYear, month: 1, day: 1) ?? CivilDay(number: 0)
    }

    /// Takes a sale that was found in full.
    package mutating func take(_ draft: Draft, _ ean: EAN, _ sale: Resolver.Sale, sheet: (Int32) -> String) {
        sales += 1
        amount += Double(sale.local.units.magnitude)
        dated(draft, sheet)
        quantities[Int(min(draft.quantity.magnitude, 1023))] += 1
        if draft.quantity.magnitude > largest?.quantity.magnitude ?? 0 { largest = (draft.quantity, Int(draft.row), draft.sheet) }
        guard draft.amount != nil, draft.quantity != 0 else { return }
        if sale.local == .zero {
            unpaid += 1
            return
        }
        let price = abs(Double(sale.local.units)) / Double(draft.quantity.magnitude)
        if !listed(price, draft, ean, sale, sheet) { compare(log2(price), draft) }
    }

    /// Takes a row whose product has no EAN and is not mapped: it is no sale.
    package mutating func skip(_ draft: Draft, _ naming: ProductNaming, sheet: (Int32) -> String) {
        let place = Warning.Place(sheet: sheet(draft.sheet), range: "row \(draft.row)", look: "\"\(naming.text.trimmedLine)\"")
        skipped.add(quantity: draft.quantity, amount: draft.amount?.units ?? 0, at: [place])
    }

    private mutating func dated(_ draft: Draft, _ sheet: (Int32) -> String) {
        let day = draft.date.day
        guard day > today || day < firstDay, expectations.dates != .ignore else { return }
        let why = day > today ? "in the future" : "before this reseller's first year"
        doubt(
            "IMPLAUSIBLE_DATE", expectations.dates, "row \(draft.row) is dated \(day), which is \(why)",
            draft.row, sheet(draft.sheet), "\(day)")
    }

    /// Products without a list price are compared with themselves.
    private mutating func compare(_ price: Double, _ draft: Draft) {
        let here = (price: price, row: draft.row, sheet: draft.sheet)
        var known = products[Int(draft.product)]?.prices ?? Prices(low: here, high: here)
        known.count += 1
        known.sum += price
        known.squares += price * price
        if price < known.low.price { known.low = here } else if price > known.high.price { known.high = here }
        products[Int(draft.product)]?.prices = known
    }

    private mutating func learn(_ product: Int, _ ean: EAN) {
        while products.count <= product { products.append(nil) }
        guard products[product] == nil else { return }
        let own = catalogue.prices(of: ean)
        products[product] = Priced(list: own.isEmpty ? catalogue.euroPrices(of: ean) : own, isInEuro: own.isEmpty)
    }

    /// False where there is no list price to compare with.
    private mutating func listed(
        _ price: Double, _ draft: Draft, _ ean: EAN, _ sale: Resolver.Sale, _ sheet: (Int32) -> String
    ) -> Bool {
        let product = Int(draft.product)
        if product >= products.count || products[product] == nil { learn(product, ean) }
        guard let known = products[product], let list = known.list.last(where: { $0.validFrom <= draft.date.day })?.price, list.units > 0
        else { return false }
        let paid = known.isInEuro ? abs(Double(sale.euros.units)) / Double(draft.quantity.magnitude) : price
        let ratio = paid / Double(list.units)
        ratios.take(ratio)
        guard !Plausibility.priceBounds.contains(ratio) else { return true }
        let one = Plausibility.text(price)
        doubt(
            "IMPLAUSIBLE_PRICE", expectations.price,
            "row \(draft.row) sells \(ean) at \(one) a piece, which is \(Plausibility.times(ratio)) its list price", draft.row,
            sheet(draft.sheet), "\(one) a piece")
        return true
    }

    private mutating func doubt(
        _ code: String, _ answer: Expectations.Answer, _ message: @autoclosure () -> String, _ row: Int32, _ sheet: String, _ look: String
    ) {
        guard answer != .ignore else { return }
        let place = Warning.Place(sheet: sheet, range: "row \(row)", look: look)
        if doubts[code] == nil {
            doubts[code] = Warning(code, message(), holds: answer == .hold, places: [place])
        } else {
            doubts[code]?.add(place)
        }
    }

    /// Adds what was seen to what the reader found.
    package mutating func conclude(_ findings: inout Findings, sheet: (Int32) -> String) {
        if skipped.rows > 0 {
            findings.skipped.add(skipped)
            // A file counts shopping bags among its total, or does not.
            findings.controlTotals = findings.controlTotals.map { $0.agrees ? $0 : $0.without(skipped) }
        }
        let left = findings.skipped.first { $0.reason == SkipReason.withoutProduct.rawValue }
        if let left, Double(left.amount.magnitude) > amount / 100 {
            findings.warnings.append(
                Warning(
                    "MUCH_SKIPPED",
                    "\(left.rows == 1 ? "1 row" : "\(left.rows) rows") without a product skipped, with \(Money(units: left.amount)) in all: more than 1 % of the file's amount: \(left.places.words)",
                    count: left.rows, holds: true, places: left.places))
        }
        pricesApart(sheet)
        units(sheet)
        largestQuantity(sheet)
        findings.warnings += doubts.values.sorted { $0.code < $1.code }
    }

    private mutating func pricesApart(_ sheet: (Int32) -> String) {
        for known in products.compactMap({ $0?.prices }) {
            for odd in [known.low, known.high] {
                guard let distance = known.distance(of: odd.price), distance > Plausibility.widestPrices else { continue }
                let (one, others) = (
                    Plausibility.text(exp2(odd.price)), Plausibility.text(exp2((known.sum - odd.price) / (known.count - 1)))
                )
                doubt(
                    "PRICES_APART", expectations.price,
                    "the price of a piece in row \(odd.row) is \(one), and about \(others) in the product's other rows", odd.row,
                    sheet(odd.sheet), "\(one) a piece, elsewhere about \(others)")
            }
        }
    }

    private mutating func units(_ sheet: (Int32) -> String) {
        if ratios.count > 2, let median = ratios.median, !Plausibility.medianBounds.contains(median), expectations.price != .ignore {
            doubts["UNITS_DOUBTED"] = Warning(
                "UNITS_DOUBTED",
                "most prices of the file are about \(Plausibility.times(median)) the list price: are quantity and amount in other columns, or in another unit?",
                holds: expectations.price == .hold,
                places: [Warning.Place(sheet: sheet(0), range: "", look: "prices of \(Plausibility.times(median)) the list price")])
        }
        if unpaid > 1, unpaid * 4 >= sales, expectations.price != .ignore {
            doubts["AMOUNTS_ARE_ZERO"] = Warning(
                "AMOUNTS_ARE_ZERO", "\(unpaid) of \(sales) sales have an amount of 0", count: unpaid, holds: expectations.price == .hold,
                places: [Warning.Place(sheet: sheet(0), range: "", look: "amounts of 0")])
        }
    }

    private mutating func largestQuantity(_ sheet: (Int32) -> String) {
        guard let largest, largest.quantity.magnitude > Plausibility.manyPieces,
            Double(largest.quantity.magnitude) > Double(usualQuantity) * Plausibility.manyTimes || sales < 3
        else { return }
        doubt(
            "IMPLAUSIBLE_QUANTITY", expectations.quantity,
            "row \(largest.row) sells \(largest.quantity) pieces, far more than the file's other rows", Int32(clamping: largest.row),
            sheet(largest.sheet), "\(largest.quantity) pieces")
    }

    private var usualQuantity: Int {
        var seen = 0
        return quantities.firstIndex { count in
            seen += count
            return seen * 2 >= sales
        } ?? 0
    }

    private static func text(_ units: Double) -> String {
        Int64(exactly: units.rounded()).map { Money(units: $0).description } ?? "too much"
    }

    private static func times(_ ratio: Double) -> String {
        ratio >= 1 ? String(format: "%.1f times", ratio) : String(format: "%.3f times", ratio)
    }
}

/// Where the middle of many figures lies, near enough, whatever their number: they are counted by size, eight steps from one to its double.
private struct Spread {
    private static let steps = 8.0
    private static let middle = 256

    private var counts = [Int](repeating: 0, count: 2 * Spread.middle)
    private(set) var count = 0

    mutating func take(_ figure: Double) {
        guard figure > 0, figure.isFinite else { return }
        count += 1
        counts[min(max(Int((log2(figure) * Spread.steps).rounded()) + Spread.middle, 0), counts.count - 1)] += 1
    }

    var median: Double? {
        var seen = 0
        for (step, number) in counts.enumerated() {
            seen += number
            if seen * 2 >= count, seen > 0 { return exp2(Double(step - Spread.middle) / Spread.steps) }
        }
        return nil
    }
}
