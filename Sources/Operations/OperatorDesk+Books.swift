import Cells
import Ledger
import Reports
import Sellout
import Texts

/// How the books came to say what they say, and setting them right where reference data has changed.
extension OperatorDesk {
    /// What happened to sales, in the order in which it happened.
    package func history(_ filter: HistoryFilter, batch given: String? = nil, ean: String? = nil) throws(Refused) -> [HistoryLine] {
        if let reseller = filter.reseller { _ = try known(reseller: reseller) }
        var filter = filter
        if let given { filter.batch = try batchEvenDeleted(given).id }
        if let ean {
            guard let number = EAN(ean) else { throw Refused(.wrong, "\(ean) is no EAN: thirteen digits are expected.") }
            filter.ean = number
        }
        let asked = filter
        return try ask { () throws(LedgerFault) in try ledger.history(asked) }
    }

    /// Booked sales that would come out otherwise today, by reseller; those without any are left out.
    package func rebooking(reseller: String? = nil) throws(Refused) -> [RebookPlan] {
        try eachReseller(reseller) { terms throws(LedgerFault) in try ledger.rebooking(terms) }
    }

    /// Books them anew.
    package func rebook(reseller: String? = nil, reason: String = "") throws(Refused) -> [RebookPlan] {
        let deed = deed(reason)
        return try eachReseller(reseller) { terms throws(LedgerFault) in try ledger.rebook(terms, by: deed) }
    }

    private func eachReseller(
        _ reseller: String?, _ plan: (Terms) throws(LedgerFault) -> RebookPlan
    ) throws(Refused) -> [RebookPlan] {
        if let reseller { _ = try known(reseller: reseller) }
        var plans: [RebookPlan] = []
        for terms in resellers where reseller == nil || terms.reseller == reseller {
            let plan = try ask { () throws(LedgerFault) in try plan(terms) }
            if plan.sales > 0 { plans.append(plan) }
        }
        return plans
    }
}

extension RebookPlan {
    package var sentence: String {
        "\(reseller): \(sales) \(sales == 1 ? "sale" : "sales") of \(batches) \(batches == 1 ? "batch" : "batches")"
    }

    package var json: JSONValue {
        [
            "reseller": .text(reseller), "sales": .number(sales), "batches": .number(batches), "changes": .array(lines.map(\.json)),
        ]
    }
}

extension RebookPlan.Line {
    package var json: JSONValue {
        [
            "sales": .number(sales), "quantity": .number(oldTotals.quantity), "old": RebookPlan.Line.json(old, oldTotals),
            "new": RebookPlan.Line.json(new, newTotals),
        ]
    }

    private static func json(_ meaning: RebookPlan.Meaning, _ totals: SalesTotals) -> JSONValue {
        [
            "store": .text(meaning.store), "product_ean": .text(meaning.ean.description), "sales_local": .text(totals.local.description),
            "sales_eur": .text(totals.euros.description),
        ]
    }
}

extension HistoryLine {
    /// What it does to the figure: a withdrawn sale no longer counts.
    package var sign: Int64 { event == .withdrawn ? -1 : 1 }

    /// `gave way to batch 3f2a41c9`, for a person.
    package var words: String {
        let other = byBatch.map { String($0.prefix(8)) }
        return switch (event, action) {
        case (.booked, "rebook"): "booked anew"
        case (.booked, _): "booked"
        case (.withdrawn, "rebook"): "withdrawn, to be booked anew"
        case (.withdrawn, "undo"): "taken back with its batch"
        case (.withdrawn, _): "gave way to batch \(other ?? "-")"
        case (.returned, _): "came back, batch \(other ?? "-") was undone"
        }
    }

    package var json: JSONValue {
        .joined([
            [
                "at": .text(at.description), "event": .text(event.rawValue), "action": .text(action), "by_batch": .optional(byBatch),
                "actor": .text(actor), "reason": .text(reason),
            ], sale.json,
        ])
    }
}
