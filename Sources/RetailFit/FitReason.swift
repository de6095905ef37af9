import Cells

/// Why a part of a score is as it is.
package enum FitReason: Hashable, Sendable {
    /// Chosen categories that the retailer sells, as they were chosen.
    case sells([String])
    case isOfClass(String)
    case sellsNone(of: [String])
    case range(chosen: Int, sold: Int, common: Int)
    /// Of the retailer, over the chosen subcategories or over all it sells.
    case margins(brand: DecimalNumber, mean: ExactSum, ofChosen: Bool)
    case prices(brand: ExactSum, retailer: ExactSum, ofChosen: Bool)
    case nothingChosen
    case noProducts
    case noMargins
    case noPrices
    case noBrandMargin
    case noBrandProducts

    /// One sentence.
    package var words: String {
        switch self {
        case .sells(let names): "It sells \(Self.listed(names)), as you chose."
        case .isOfClass(let name): "It is itself of the category \(name)."
        case .sellsNone(let names): "It sells nothing in \(Self.listed(names))."
        case .range(let chosen, let sold, let common): Self.range(chosen, sold, common)
        case .margins(let brand, let mean, let ofChosen):
            "Your margin begins at \(brand) %; its mean is \(mean.meanWords) % \(Self.scope(ofChosen))."
        case .prices(let brand, let retailer, let ofChosen):
            "Your mean price is \(brand.meanWords); its mean is \(retailer.meanWords) \(Self.scope(ofChosen)). Up to 15 % apart is near."
        case .nothingChosen: "No category was chosen."
        case .noProducts: "Nothing is known of what it sells."
        case .noMargins: "No margins of it are known."
        case .noPrices: "No prices of it are known."
        case .noBrandMargin: "Your trade margin is missing: say it in the brand's profile."
        case .noBrandProducts: "Your products' prices are missing: send the brand's product workbook."
        }
    }

    private static func range(_ chosen: Int, _ sold: Int, _ common: Int) -> String {
        let has = "It sells \(sold) subcategories, \(common) of the \(chosen) chosen"
        switch max(chosen, sold) - common {
        case 0: return "\(has): your range is the one it has."
        case 1, 2: return "\(has): its range is much like yours."
        default: return "\(has): there is room for yours."
        }
    }

    private static func scope(_ ofChosen: Bool) -> String { ofChosen ? "in the chosen subcategories" : "over all it sells" }

    private static func listed(_ names: [String]) -> String {
        guard let last = names.last, names.count > 1 else { return names.first ?? "nothing" }
        return names.dropLast().joined(separator: ", ") + " and " + last
    }
}
