import Ledger
import Reports
import Sellout
import Texts

/// Rows that failed, settled in place.
extension OperatorDesk {
    package func row(_ given: String, _ place: RowPlace) throws(Refused) -> RowStory {
        let batch = try batch(given)
        return try ask { () throws(LedgerFault) in try ledger.row(place, of: batch.id) }
    }

    /// The row is no sale.
    package func dismiss(_ given: String, _ place: RowPlace, reason: String) throws(Refused) -> RowSettlement {
        guard reason.contains(where: { !$0.isWhitespace }) else { throw Refused(.wrong, "Dismissing a row needs a reason.") }
        return try settle(given, place, reason) { _ in .dismiss }
    }

    /// The row says this instead: `quantity=3`. `isSure`: although it can hardly be true.
    package func correct(
        _ given: String, _ place: RowPlace, _ words: [String], isSure: Bool = false, reason: String = ""
    ) throws(Refused) -> RowSettlement {
        try settle(given, place, reason) { terms throws(Refused) in
            do throws(RowCorrection.Wrong) {
                return .set(try RowCorrection(words, currency: terms.currency), isSure: isSure)
            } catch {
                throw Refused(.wrong, error.sentence)
            }
        }
    }

    private func settle(
        _ given: String, _ place: RowPlace, _ reason: String, _ word: (Terms) throws(Refused) -> RowWord
    ) throws(Refused) -> RowSettlement {
        let batch = try batch(given)
        guard let terms = terms[batch.reseller] else {
            throw Refused(.wrong, "There is no profile of reseller \(batch.reseller), so its rows cannot be settled.")
        }
        let (word, deed) = (try word(terms), deed(reason))
        return try ask { () throws(LedgerFault) in try ledger.settle(place, of: batch.id, word, terms: terms, by: deed) }
    }
}

extension RowPlace {
    /// `SELL OUT:7`, or `7` where the file has one sheet.
    package init(
        _ text: String, column: String? = nil, store: String? = nil, product: String? = nil
    ) throws(Refused) {
        let colon = text.lastIndex(of: ":")
        let number = colon.map { text[text.index(after: $0)...] } ?? text[...]
        guard let row = Int(number), row > 0, row <= Int(Int32.max) else {
            throw Refused(.wrong, "\(text) is no row: name it as SHEET:ROW, or by its number where the file has one sheet.")
        }
        let sheet = colon.map { String(text[..<$0]) }
        self.init(sheet: sheet?.isEmpty == true ? nil : sheet, row: row, column: column, store: store, product: product)
    }
}

extension RowSettlement {
    /// `It is dismissed. Batch 3f2a91c7 is completed: 6 sales taken.`
    package func sentence(_ done: String) -> String {
        let those = sales == 1 ? "It is" : "Its \(sales) failed sales are"
        let rest =
            switch waiting {
            case 0: ""
            case 1: " One sale of the row waits all the same: see its errors."
            default: " \(waiting) sales of the row wait all the same: see its errors."
            }
        return "\(those) \(done).\(rest) Batch \(batch.id.short) is \(batch.state.rawValue): \(batch.message)"
    }

    package var json: JSONValue {
        .joined([
            Report(batch, vendorName: nil).summary,
            ["settled_sheet": .text(sheet), "settled_sales": .number(sales), "still_waiting": .number(waiting)],
        ])
    }
}

extension RowStory {
    package var json: JSONValue {
        [
            "sheet": .text(sheet), "row_number": .number(row), "sales": .array(sales.map(\.json)), "errors": .array(errors.map(\.json)),
            "settled": .array(settled.map(\.json)),
        ]
    }
}

extension RowStory.Sale {
    fileprivate var json: JSONValue {
        let fields = SalePart.allCases.filter { $0 != .price }.map { JSONValue.Member($0.rawValue, .optional(parts.text($0))) }
        return .joined([["standing": .text(standing.rawValue), "columns": .array(columns.map(JSONValue.text))], .object(fields)])
    }
}

extension RowStory.Settled {
    fileprivate var json: JSONValue {
        .joined([row.json, ["actor": .text(by.actor), "at": .text(by.at.description)]])
    }
}
