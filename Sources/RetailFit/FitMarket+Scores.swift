import Cells
import Sellout

extension FitMarket {
    /// Every retailer, the best first: by score, then by outlets, then by name.
    package func scores(for question: FitQuestion) -> [FitScore] {
        let asked = Asked(question, in: self)
        let scores = assortments.map { asked.score($0) }
        // Of ten thousand scores, places are cheaper to move about than scores, and most differ in their figures alone.
        let figures = scores.map { ($0.total, $0.retailer.outlets) }
        return scores.indices.sorted { one, other in
            figures[one] != figures[other] ? figures[one] > figures[other] : scores[one].retailer.isBefore(scores[other].retailer)
        }.map { scores[$0] }
    }

    /// Nil for a retailer that is not there.
    package func score(of retailer: Int64, for question: FitQuestion) -> FitScore? {
        let asked = Asked(question, in: self)
        return assortment(of: retailer).map { asked.score($0) }
    }
}

extension FitMarket.Stand {
    fileprivate func isBefore(_ other: Self) -> Bool { name != other.name ? name < other.name : id < other.id }
}

/// A question made ready for many retailers.
private struct Asked {
    /// The chosen categories by their number, as they were written.
    let categories: [(number: Int32, name: String)]
    let categoryNames: [String]
    let subcategories: Set<Int32>
    let chosen: Int
    let margin: (number: Exact, shown: DecimalNumber)?
    let prices: ExactSum

    init(_ question: FitQuestion, in market: FitMarket) {
        categories = question.categories.compactMap { name in market.known(name).map { ($0, name) } }
        categoryNames = question.categories
        subcategories = Set(question.subcategories.compactMap { market.known($0) })
        chosen = question.subcategories.count
        margin = question.margin?.lowerEnd.flatMap { shown in Exact(shown).map { ($0, shown) } }
        prices = Self.mean(question)
    }

    /// Of the brand's products in the chosen subcategories, or of all where none is there.
    private static func mean(_ question: FitQuestion) -> ExactSum {
        let chosen = Set(question.subcategories.map(Folded.text))
        var (within, all) = (ExactSum(), ExactSum())
        for offer in question.offers {
            guard let price = Exact(offer.price) else { continue }
            all.add(price)
            if chosen.contains(Folded.text(offer.subcategory)) { within.add(price) }
        }
        return within.count > 0 ? within : all
    }

    func score(_ assortment: FitMarket.Assortment) -> FitScore {
        var (common, prices, margins) = (0, ExactSum(), ExactSum())
        for shelf in assortment.shelves where subcategories.contains(shelf.subcategory) {
            common += 1
            prices.add(shelf.prices)
            margins.add(shelf.margins)
        }
        let sellsChosen = common > 0
        return FitScore(
            assortment.stand, category: category(assortment), subcategory: range(assortment, common),
            margin: margin(sellsChosen ? margins : assortment.margins, ofChosen: sellsChosen, assortment.sellsAny),
            price: price(sellsChosen ? prices : assortment.prices, ofChosen: sellsChosen, assortment.sellsAny))
    }

    private func category(_ assortment: FitMarket.Assortment) -> FitPart {
        guard !categoryNames.isEmpty else { return FitPart(0, .nothingChosen) }
        let sold = categories.filter { assortment.categories.contains($0.number) }
        if !sold.isEmpty { return FitPart(100, .sells(sold.map(\.name))) }
        if let own = categories.first(where: { $0.number == assortment.ownClass }) { return FitPart(100, .isOfClass(own.name)) }
        return FitPart(0, assortment.sellsAny ? .sellsNone(of: categoryNames) : .noProducts)
    }

    /// A retailer whose range differs has room for the brand.
    private func range(_ assortment: FitMarket.Assortment, _ common: Int) -> FitPart {
        guard assortment.sellsAny else { return FitPart(0, .noProducts) }
        let sold = assortment.shelves.count
        let gap = max(chosen, sold) - common
        return FitPart(gap > 2 ? 100 : gap * 50, .range(chosen: chosen, sold: sold, common: common))
    }

    private func margin(_ mean: ExactSum, ofChosen: Bool, _ sellsAny: Bool) -> FitPart {
        guard let margin else { return FitPart(0, .noBrandMargin) }
        guard mean.count > 0 else { return FitPart(0, sellsAny ? .noMargins : .noProducts) }
        let reason = FitReason.margins(brand: margin.shown, mean: mean, ofChosen: ofChosen)
        let (own, overflow) = margin.number.units.multipliedReportingOverflow(by: Int128(mean.count))
        guard !overflow, own < mean.units else { return FitPart(100, reason) }
        return FitPart(Ratio(own * 100, over: mean.units) ?? Ratio(whole: 0), reason)
    }

    /// Within 15 % of the retailer's mean it is 100; beyond, each hundredth that it lies further off costs one.
    private func price(_ theirs: ExactSum, ofChosen: Bool, _ sellsAny: Bool) -> FitPart {
        guard prices.count > 0 else { return FitPart(0, .noBrandProducts) }
        guard theirs.units > 0 else { return FitPart(0, sellsAny ? .noPrices : .noProducts) }
        let reason = FitReason.prices(brand: prices, retailer: theirs, ofChosen: ofChosen)
        // Both means over one denominator: ours is prices.units · theirs.count, theirs is theirs.units · prices.count.
        let (ours, first) = prices.units.multipliedReportingOverflow(by: Int128(theirs.count))
        let (base, second) = theirs.units.multipliedReportingOverflow(by: Int128(prices.count))
        let (apart, third) = Int128((ours - base).magnitude).multipliedReportingOverflow(by: 100)
        let (near, fourth) = base.multipliedReportingOverflow(by: 115)
        guard !first, !second, !third, !fourth else { return FitPart(0, reason) }
        // 100 − (|difference| − 0.15 · base) / base · 100, which is (115 · base − 100 · |difference|) / base.
        if near - apart >= 100 * base { return FitPart(100, reason) }
        return FitPart(Ratio(max(0, near - apart), over: base) ?? Ratio(whole: 0), reason)
    }
}
