/// How well a brand fits a retailer.
package struct FitScore: Sendable {
    package let retailer: FitMarket.Stand
    package let category: FitPart
    package let subcategory: FitPart
    package let margin: FitPart
    package let price: FitPart
    /// 0 to 100.
    package let total: Int

    init(_ retailer: FitMarket.Stand, category: FitPart, subcategory: FitPart, margin: FitPart, price: FitPart) {
        self.retailer = retailer
        self.category = category
        self.subcategory = subcategory
        self.margin = margin
        self.price = price
        total = Self.total(category.score, subcategory.score, margin.score, price.score)
    }

    /// 30, 30, 10 and 30 hundredths of the exact parts, rounded down. Category and subcategory are whole: 0, 50 or 100 as they are
    /// made here. The other two may be any fraction.
    package static func total(_ category: Ratio, _ subcategory: Ratio, _ margin: Ratio, _ price: Ratio) -> Int {
        let whole = Int128(30 * (category.roundedDown + subcategory.roundedDown))
        guard let margin = margin.times(10), let price = price.times(30) else { return Int(whole / 100) }
        return Int((whole + Ratio.sumRoundedDown(margin, price)) / 100)
    }

    package var advice: FitAdvice { FitAdvice(total) }

    package var parts: [FitPart] { [category, subcategory, margin, price] }
}

/// One of the four parts of a score, and why it is as it is.
package struct FitPart: Sendable {
    package let score: Ratio
    package let reason: FitReason

    init(_ score: Ratio, _ reason: FitReason) {
        self.score = score
        self.reason = reason
    }

    init(_ whole: Int, _ reason: FitReason) { self.init(Ratio(whole: whole), reason) }

    package var shown: Int { score.roundedDown }
}

/// What to do about a score.
package enum FitAdvice: String, CaseIterable, Hashable, Sendable {
    case high = "High"
    case medium = "Medium"
    case low = "Low"

    package init(_ total: Int) {
        switch total {
        case 80...: self = .high
        case 60..<80: self = .medium
        default: self = .low
        }
    }

    package var action: String {
        switch self {
        case .high: "Launch in All Stores"
        case .medium: "Pilot Launch in Select Stores"
        case .low: "Delay Entry"
        }
    }

    package var notes: String {
        switch self {
        case .high: "Prefer Outright if credit days < 30"
        case .medium: "Prefer SOR if competition high"
        case .low: "Suggest rework or reprice strategy"
        }
    }
}
