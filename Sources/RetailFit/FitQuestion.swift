import Cells
import Sellout

/// What a brand asks the market: the categories it has chosen, what it earns the trade, and what its products cost.
package struct FitQuestion: Hashable, Sendable {
    /// One of the brand's own products.
    package struct Offer: Hashable, Sendable {
        package let subcategory: String
        package let price: DecimalNumber

        package init(subcategory: String, price: DecimalNumber) {
            self.subcategory = subcategory
            self.price = price
        }
    }

    /// As written; compared folded.
    package let categories: [String]
    package let subcategories: [String]
    package let margin: MarginBand?
    package let offers: [Offer]

    /// Nothing twice, whatever its case.
    package init(categories: [String], subcategories: [String], margin: MarginBand?, offers: [Offer]) {
        self.categories = Self.distinct(categories)
        self.subcategories = Self.distinct(subcategories)
        self.margin = margin
        self.offers = offers
    }

    private static func distinct(_ names: [String]) -> [String] {
        var seen: Set<String> = [""]
        return names.filter { seen.insert(Folded.text($0)).inserted }
    }
}
