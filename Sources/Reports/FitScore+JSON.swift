import RetailFit
import Texts

/// As the contract has it, and `selloutctl fit --json`.
extension FitScore {
    package var json: JSONValue {
        [
            "retailer_id": .number(retailer.id), "retailer_name": .text(retailer.name), "retailer_category": .text(retailer.category),
            "retailer_format": .text(retailer.format), "outlet_count": .number(retailer.outlets), "fit_score": .number(total),
            "recommendation": [
                "priority": .text(advice.rawValue), "action": .text(advice.action), "notes": .text(advice.notes),
            ],
            "score_breakdown": breakdown, "reasons": reasons,
        ]
    }

    package var breakdown: JSONValue {
        [
            "category_score": .number(category.shown), "subcategory_score": .number(subcategory.shown),
            "margin_score": .number(margin.shown), "asp_score": .number(price.shown),
        ]
    }

    package var reasons: JSONValue {
        [
            "category": .text(category.reason.words), "subcategory": .text(subcategory.reason.words),
            "margin": .text(margin.reason.words), "asp": .text(price.reason.words),
        ]
    }
}
