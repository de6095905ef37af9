import Accounts
import Ledger
import Operations
import RetailFit
import Texts
import Web

/// D: how well the caller's brand fits each retailer.
enum FitScores {
    static let endpoints = [
        Endpoint("calculateFitScores", .platform, .post, "/api/fit-scores/calculate", .signedIn, bodyLimit: 1 << 20) { call in
            let question = try question(call)
            let desk = try call.desk()
            let market = try call.portal.market.current(desk)
            return try call.portal.market.answer(market, question) {
                let scores = market.market.scores(for: question)
                func count(_ advice: FitAdvice) -> JSONValue { .number(scores.count { $0.advice == advice }) }
                return .found([
                    "retailers": .array(scores.map(\.json)),
                    "calculation_summary": [
                        "total_retailers": .number(scores.count), "high_priority": count(.high), "medium_priority": count(.medium),
                        "low_priority": count(.low),
                    ],
                ])
            }
        },
        Endpoint("getRetailerFitScore", .platform, .get, "/api/fit-scores/retailer/{retailerId}", .signedIn) { call in
            let id = try call.platformID("retailerId")
            let desk = try call.desk()
            let market = try call.portal.market.current(desk).market
            guard let score = market.score(of: id, for: try desk.question(of: call.user().brandID)) else { throw Denial.nothingHere }
            let (places, listings) = (try desk.places(ofRetailer: id), try desk.listings(ofRetailer: id))
            return .found(score.detail(places, listings))
        },
    ]

    private static func question(_ call: Call) throws -> FitQuestion {
        var fields = BodyFields(call)
        guard let items = fields.items("selected_categories"), items.count <= 1000 else {
            throw Denial.wrongInput("selected_categories", fields.has("selected_categories") ? "not a list of categories" : "missing")
        }
        var (categories, subcategories): ([String], [String]) = ([], [])
        for (place, item) in items.enumerated() {
            let subs = item["sub_categories"]?.items?.map(\.text)
            guard let category = item["category"]?.text, category.isShortLine, let subs, subs.count <= 1000,
                subs.allSatisfy({ $0?.isShortLine == true })
            else {
                fields.fault("selected_categories[\(place)]", "wants category, a text, and sub_categories, a list of texts")
                continue
            }
            categories.append(category)
            subcategories += subs.compactMap(\.self)
        }
        try fields.confirm()
        return try call.desk().question(of: call.user().brandID, categories: categories, subcategories: subcategories)
    }
}

extension FitScore {
    fileprivate var json: JSONValue {
        [
            "retailer_id": .number(retailer.id), "retailer_name": .text(retailer.name), "retailer_category": .text(retailer.category),
            "retailer_format": .text(retailer.format), "outlet_count": .number(retailer.outlets), "fit_score": .number(total),
            "recommendation": [
                "priority": .text(advice.rawValue), "action": .text(advice.action), "notes": .text(advice.notes),
            ],
            "score_breakdown": breakdown, "reasons": reasons,
        ]
    }

    private var breakdown: JSONValue {
        [
            "category_score": .number(category.shown), "subcategory_score": .number(subcategory.shown),
            "margin_score": .number(margin.shown), "asp_score": .number(price.shown),
        ]
    }

    private var reasons: JSONValue {
        [
            "category": .text(category.reason.words), "subcategory": .text(subcategory.reason.words),
            "margin": .text(margin.reason.words), "asp": .text(price.reason.words),
        ]
    }

    fileprivate func detail(_ places: [KnownPlace], _ listings: [KnownListing]) -> JSONValue {
        [
            "retailer": [
                "id": .number(retailer.id), "name": .text(retailer.name), "category": .text(retailer.category),
                "format": .text(retailer.format), "outlet_count": .number(retailer.outlets),
                "locations": .array(places.map { ["city": .text($0.place.city), "state": .text($0.place.state)] }),
            ],
            "fit_score": .number(total), "recommendation": ["priority": .text(advice.rawValue), "action": .text(advice.action)],
            "score_breakdown": breakdown, "reasons": reasons,
            "products": .array(
                listings.map { listing in
                    [
                        "product_id": .text(listing.product.product.code), "product_name": .text(listing.product.shownName),
                        "mrp": .amount(listing.product.product.price), "asp": .amount(listing.listing.price),
                        "margin": .amount(listing.listing.margin),
                    ]
                }),
        ]
    }
}
