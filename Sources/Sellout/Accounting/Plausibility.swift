import Cells
import Foundation

/// Watches a file's sales while they are resolved, for figures that can be read and cannot be true: dates that have not come yet,
/// prices in another unit, quantities beyond all others. It changes nothing: it says what it sees.
package struct Plausibility {
    /// A piece of one product, at its lowest and at its highest price in the file.
    private struct Prices {
        var low: (price: Double, row: Int, sheet: Int32)
        var high: (price: Double, row: Int, sheet: Int32)
    }

    private let expectations: Expectations
    private let catalogue: Catalogue
    private let today: CivilDay
    private let firstDay: CivilDay
    private var doubts: [String: Warning] = [:]
    private var prices: [Int32: Prices] = [:]
    private var ratios = Spread()
    private var quantities = Spread()
    private var largest: (quantity: Int64, row: Int, sheet: Int32)?
    private var sales = 0
    private var unpaid = 0
    private var amount: Double = 0
    private var skipped = SkippedRows(SkipReason.withoutProduct.rawValue)

    /// A piece never costs so many times its list price, nor so small a part of it.
    private static let priceBounds = 0.2...1.75
    /// Half of a file's prices lie within these, or it counts in other units.
    private static let medianBounds = 0.25...2.5
    /// The same product is never sold at prices so far apart in one file.
    private static let widestPrices = 6.0
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
        quantities.take(Double(draft.quantity.magnitude))
        if draft.quantity.magnitude > largest?.quantity.magnitude ?? 0 { largest = (draft.quantity, Int(draft.row), draft.sheet) }
        guard draft.amount != nil, draft.quantity != 0 else { return }
        if sale.local == .zero {
            unpaid += 1
            return
        }
        let price = abs(Double(sale.local.units)) / Double(draft.quantity.magnitude)
        compare(price, draft)
        listed(price, draft, ean, sale, sheet)
    }

    /// Takes a row whose product has no EAN and is not mapped: it is no sale.
    package mutating func skip(_ draft: Draft, _ naming: ProductNaming, sheet: (Int32) -> String) {
        let place = Warning.Place(sheet: sheet(draft.sheet), range: "row \(draft.row)", look: "\"\(naming.text.trimmedLine)\"")
        skipped.add(quantity: draft.quantity, amount: draft.amount?.units ?? 0, at: [place])
    }

    private mutating func dated(_ draft: Draft, _ sheet: (Int32) -> String) {
        let day = draft.date.day
        guard day > today || day < firstDay else { return }
        let why = day > today ? "in the future" : "before this reseller's first year"
        doubt(
            "IMPLAUSIBLE_DATE", expectations.dates, "row \(draft.row) is dated \(day), which is \(why)",
            draft.row, sheet(draft.sheet), "\(day)")
    }

    private mutating func compare(_ price: Double, _ draft: Draft) {
        let here = (price: price, row: Int(draft.row), sheet: draft.sheet)
        guard var known = prices[draft.product] else {
            prices[draft.product] = Prices(low: here, high: here)
            return
        }
        if price < known.low.price { known.low = here } else if price > known.high.price { known.high = here } else { return }
        prices[draft.product] = known
    }

    private mutating func listed(_ price: Double, _ draft: Draft, _ ean: EAN, _ sale: Resolver.Sale, _ sheet: (Int32) -> String) {
        var ratio = 0.0
        if let list = catalogue.price(of: ean, on: draft.date.day), list.units > 0 {
            ratio = price / Double(list.units)
        } else if let list = catalogue.euroPrice(of: ean, on: draft.date.day), list.units > 0 {
            ratio = abs(Double(sale.euros.units)) / Double(draft.quantity.magnitude) / Double(list.units)
        } else {
            return
        }
        ratios.take(ratio)
        guard !Plausibility.priceBounds.contains(ratio) else { return }
        let one = Plausibility.text(price)
        doubt(
            "IMPLAUSIBLE_PRICE", expectations.price,
            "row \(draft.row) sells \(ean) at \(one) a piece, which is \(Plausibility.times(ratio)) its list price", draft.row,
            sheet(draft.sheet), "\(one) a piece")
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
        for (_, known) in prices.sorted(by: { $0.key < $1.key }) where known.high.price > known.low.price * Plausibility.widestPrices {
            let (low, high) = (Plausibility.text(known.low.price), Plausibility.text(known.high.price))
            doubt(
                "PRICES_APART", expectations.price,
                "the prices of one product are far apart: \(low) a piece in row \(known.low.row), \(high) in row \(known.high.row)",
                Int32(clamping: known.high.row), sheet(known.high.sheet), "\(high) a piece, and \(low) in row \(known.low.row)")
        }
    }

    private mutating func units(_ sheet: (Int32) -> String) {
        if ratios.count > 2, let median = ratios.median, !Plausibility.medianBounds.contains(median), expectations.price != .ignore {
            doubts["UNITS_DOUBTED"] = Warning(
                "UNITS_DOUBTED",
                "half of the file's prices are below or above \(Plausibility.times(median)) the list price: are quantity and amount in other columns, or in another unit?",
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
        guard let largest, largest.quantity.magnitude > Plausibility.manyPieces, let median = quantities.median,
            Double(largest.quantity.magnitude) > median * Plausibility.manyTimes || sales < 3
        else { return }
        doubt(
            "IMPLAUSIBLE_QUANTITY", expectations.quantity,
            "row \(largest.row) sells \(largest.quantity) pieces, far more than the file's other rows", Int32(clamping: largest.row),
            sheet(largest.sheet), "\(largest.quantity) pieces")
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
