import Batches
import RetailFit
import Texts
import Workbooks

/// Which retailers a brand fits, the best first: for the command, and for the brand's own folder.
package struct FitReport: Sendable {
    package let brand: Brand
    package let choices: [CategoryChoice]
    /// Empty where nothing is chosen: scores of nothing would rank nobody.
    package let scores: [FitScore]
    package let at: Timestamp

    package init(_ brand: Brand, choices: [CategoryChoice], scores: [FitScore], at: Timestamp) {
        self.brand = brand
        self.choices = choices
        self.scores = choices.isEmpty ? [] : scores
        self.at = at
    }

    package func count(_ advice: FitAdvice) -> Int { scores.count { $0.advice == advice } }

    /// What was chosen; nil for nothing.
    package var chosen: String? { choices.isEmpty ? nil : CategoryChoice.words(choices) }

    /// What stands above the ranking.
    package var headline: String {
        guard chosen != nil else { return "No categories are chosen yet." }
        guard !scores.isEmpty else { return "No retailers are known yet." }
        let all = scores.count == 1 ? "1 retailer" : "\(scores.count) retailers"
        switch count(.high) {
        case 0: return "None of \(all) is a high fit yet."
        case 1: return "1 of \(all) is a high fit."
        default: return "\(count(.high)) of \(all) are a high fit."
        }
    }

    /// What is to be done before the ranking says more; nil where nothing is.
    package var advice: String? {
        if chosen == nil { return "Choose the categories that you sell in, on the dashboard; then the retailers are ranked." }
        if scores.isEmpty { return "The retailers' workbook has not come yet; once it has, they are ranked." }
        if brand.margin?.lowerEnd == nil {
            return "Your trade margin is missing: say it in the brand's profile, and every score counts it."
        }
        let lacksPrices = scores.contains { if case .noBrandProducts = $0.price.reason { true } else { false } }
        return lacksPrices ? "Your products' prices are missing: send the brand's product workbook, and every score counts them." : nil
    }

    package static let partNames = ["Category", "Subcategory", "Margin", "Price"]
}

/// The same columns in CSV and in the workbook.
extension FitReport {
    package static let columns = [
        "rank", "retailer_name", "retailer_category", "retailer_format", "outlet_count", "fit_score", "priority", "action", "notes",
        "category_score", "subcategory_score", "margin_score", "asp_score", "category_reason", "subcategory_reason", "margin_reason",
        "asp_reason",
    ]

    /// In the order of `columns`, for each retailer.
    package var rows: [[JSONValue]] {
        scores.enumerated().map { place, score in
            let retailer = score.retailer
            return [
                .number(place + 1), .text(retailer.name), .text(retailer.category), .text(retailer.format), .number(retailer.outlets),
                .number(score.total), .text(score.advice.rawValue), .text(score.advice.action), .text(score.advice.notes),
            ] + score.parts.map { .number($0.shown) } + score.parts.map { .text($0.reason.words) }
        }
    }

    package var csvBytes: [UInt8] {
        var text = CSVText()
        text.line(Self.columns.map(JSONValue.text))
        for row in rows { text.line(row) }
        return text.bytes
    }

    package var json: JSONValue {
        [
            "brand": .text(brand.name), "calculated_at": .text(at.description),
            "selected_categories": .array(choices.map { ["category": .text($0.category), "sub_category": .text($0.subcategory)] }),
            "retailers": .array(scores.map(\.json)),
            "calculation_summary": [
                "total_retailers": .number(scores.count), "high_priority": .number(count(.high)),
                "medium_priority": .number(count(.medium)), "low_priority": .number(count(.low)),
            ],
        ]
    }
}

/// The workbook: the ranking, then what it was made of.
extension FitReport {
    private static let titles: [SheetColumn] = [
        SheetColumn("Rank", width: 7), SheetColumn("Retailer", width: 30), SheetColumn("Class", width: 9), SheetColumn("Format", width: 13),
        SheetColumn("Outlets", width: 10), SheetColumn("Fit", width: 7), SheetColumn("Priority", width: 10),
        SheetColumn("What to do", width: 30), SheetColumn("Notes", width: 36), SheetColumn("Category", width: 11),
        SheetColumn("Subcategory", width: 14), SheetColumn("Margin", width: 10), SheetColumn("Price", width: 9),
        SheetColumn("Category: why", width: 46), SheetColumn("Subcategory: why", width: 60), SheetColumn("Margin: why", width: 60),
        SheetColumn("Price: why", width: 60),
    ]

    package func workbookBytes() throws(WorkbookFault) -> [UInt8] {
        try WorkbookFile.bytes { workbook throws(WorkbookFault) in
            try workbook.begin(sheet: "Fit", Self.titles)
            for row in rows { try workbook.row(row.map(SheetCell.init)) }
            try workbook.begin(sheet: "About", [SheetColumn("What", width: 20), SheetColumn("Is", width: 80)])
            for (what, value) in about { try workbook.row([.text(what), .text(value)]) }
        }
    }

    private var about: [(String, String)] {
        [
            ("Brand", brand.name), ("Chosen", chosen ?? "nothing yet"), ("Trade margin", brand.margin?.text ?? "not said yet"),
            ("Calculated at", at.description), ("In short", headline),
        ] + (advice.map { [("What to do", $0)] } ?? [])
    }
}

extension SheetCell {
    fileprivate init(_ value: JSONValue) {
        switch value {
        case .text(let text): self = .text(text)
        case .number(let number): self = .whole(number)
        default: self = .empty
        }
    }
}
