import Ledger
import Reports
import Sellout
import Texts

/// What two batches say, beside each other.
package struct ComparedBatches: Sendable {
    package let first: Batch
    package let second: Batch
    package let found: SaleDifferences

    package func count(_ kind: SaleDifference.Kind) -> Int { found.all.count { $0.kind == kind } }

    package var sentence: String {
        "\(count(.onlyFirst)) only in the first, \(count(.onlySecond)) only in the second, \(count(.otherFigures)) with other figures, "
            + "\(found.same) the same."
    }

    /// What could not be compared.
    package var cautions: [String] {
        [(first, found.rowsOfFirst), (second, found.rowsOfSecond)].compactMap { batch, rows in
            guard rows < batch.counts.total else { return nil }
            return "Of the \(batch.counts.total) rows of \(batch.id.short) \(rows) are compared; the others could not be read, were in the "
                + "ledger already, or gave way to later files."
        }
    }
}

extension OperatorDesk {
    package func compare(_ given: String, with other: String) throws(Refused) -> ComparedBatches {
        let (first, second) = (try batch(given), try batch(other))
        guard first.id != second.id else { throw Refused(.wrong, "\(given) and \(other) are one batch.") }
        let found = try ask { () throws(LedgerFault) in try ledger.differences(between: first.id, and: second.id) }
        return ComparedBatches(first: first, second: second, found: found)
    }
}

extension ComparedBatches {
    package var json: JSONValue {
        [
            "first": json(of: first, rows: found.rowsOfFirst), "second": json(of: second, rows: found.rowsOfSecond),
            "same": .number(found.same), "only_first": .number(count(.onlyFirst)), "only_second": .number(count(.onlySecond)),
            "other_figures": .number(count(.otherFigures)), "differences": .array(found.all.map(\.json)),
        ]
    }

    private func json(of batch: Batch, rows: Int) -> JSONValue {
        [
            "batch_id": .text(batch.id.text), "filename": .text(batch.filename), "currency": .optional(batch.currency),
            "rows_total": .number(batch.counts.total), "rows_compared": .number(rows),
        ]
    }
}

/// The same columns as CSV and as JSON.
extension SaleDifference {
    package static let columns = [
        "difference", "sale_date", "store", "product", "product_name", "first_sales", "first_quantity", "first_local", "second_sales",
        "second_quantity", "second_local",
    ]

    /// In the order of `columns`.
    package var fields: [JSONValue] {
        [.text(kind.rawValue), .text(date.description), .text(store), .text(product), .text(productName)] + SaleDifference.fields(first)
            + SaleDifference.fields(second)
    }

    private static func fields(_ figures: Figures?) -> [JSONValue] {
        guard let figures else { return [.null, .null, .null] }
        return [.number(figures.sales), .number(figures.quantity), .optional(figures.amount?.description)]
    }

    package var json: JSONValue { .object(zip(SaleDifference.columns, fields).map { JSONValue.Member($0, $1) }) }
}
