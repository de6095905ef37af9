import Cells
import Frames
import Ledger
import Reports
import Sellout
import Texts

// What listings show, under the API's names.

extension UnmappedProduct {
    package var json: JSONValue {
        .joined([["reseller": .text(reseller), "code": .text(code), "name": .text(name), "ean": .optional(ean?.description)], waits.json])
    }
}

extension UnknownStore {
    package var json: JSONValue { .joined([["reseller": .text(reseller), "name": .text(name)], waits.json]) }
}

extension WaitingSums {
    fileprivate var json: JSONValue {
        [
            "rows": .number(rows), "batches": .number(batches), "quantity": .number(quantity), "sales_local": .optional(local?.description),
            "waiting_since": .text(since.description), "ended_from": .optional(endedFrom?.description),
        ]
    }
}

extension SuggestedStore {
    package var json: JSONValue {
        .joined([store.json, ["currency": .optional(currency), "near": .array(near.map(JSONValue.text))]])
    }
}

extension AuditEntry {
    package var json: JSONValue {
        [
            "at": .text(at.description), "actor": .text(actor), "action": .text(action), "batch_id": .optional(batch),
            "reseller": .optional(reseller),
            "from": .optional(from), "to": .optional(to), "reason": .text(reason),
        ]
    }
}

extension Terms {
    package var json: JSONValue {
        [
            "reseller": .text(reseller), "vendor_name": .text(vendorName), "country": .text(country), "currency": .text(currency),
            "vat_included": .bool(vatIncluded), "living_document": .bool(isLivingDocument),
            "stores": .text(storesAreOpen ? "open" : "closed"), "approval": .text(approval.rawValue),
        ]
    }
}

extension MappingOutcome {
    package var json: JSONValue {
        [
            "reseller": .text(mapping.reseller), "code": .text(mapping.code), "product_ean": .text(mapping.ean.description),
            "product_name": .text(productName), "previous_ean": .optional(previous?.description), "waiting_rows": .number(waitingRows),
            "waiting_batches": .number(waitingBatches), "sales_affected": salesAffected.map(JSONValue.number) ?? .null,
        ]
    }
}

extension SuggestedMapping {
    package var json: JSONValue {
        let suggested: JSONValue? = suggestion.map {
            [
                "ean": .text($0.ean.description), "text": .text($0.text), "likeness": .number($0.percent),
                "make_agrees": .bool($0.makeAgrees),
            ]
        }
        return .joined([product.json, ["currency": .optional(currency), "suggestion": suggested ?? .null]])
    }
}

extension SheetSummary {
    package var json: JSONValue {
        ["name": .text(name), "rows": .number(rows), "columns": .number(columns), "hidden": .bool(isHidden)]
    }
}

extension LedgerStanding {
    package var json: JSONValue {
        [
            "batches": LedgerStanding.json(batches), "waiting_for_approval": .number(waitingForApproval),
            "waiting_rows": .number(waitingRows),
            "owed_reports": .number(owedReports), "resellers": .array(resellers.map(\.json)),
            "last_answers": .array(lastAnswers.map(\.summary)),
        ]
    }

    fileprivate static func json(_ counts: [BatchState: Int]) -> JSONValue {
        .object(BatchState.allCases.map { JSONValue.Member($0.rawValue, .number(counts[$0] ?? 0)) })
    }
}

extension LedgerStanding.Reseller {
    package var json: JSONValue {
        [
            "reseller": .text(name), "vendor_name": .optional(vendorName), "batches": LedgerStanding.json(batches),
            "last_batch_id": .optional(last?.id.text), "last_status": .optional(last?.state.rawValue),
            "last_received_at": .optional(last?.receivedAt.description), "freshness": freshness.json,
        ]
    }
}

/// A final sale as exports show it: the same columns as CSV and as JSON.
extension SaleLine {
    package static let columns = [
        "batch_id", "sheet", "row_number", "reseller", "store", "store_type", "product_ean", "product_name", "sale_date", "year", "month",
        "quantity", "is_return", "sales_local", "currency", "sales_eur",
    ]

    package var isReturn: Bool { quantity < 0 }

    /// In the order of `columns`.
    package var fields: [JSONValue] {
        let (year, month, _) = date.components
        return [
            .text(batch), .text(sheet), .number(row), .text(reseller), .text(store), .text(storeIsOnline ? "online" : "physical"),
            .text(ean), .text(productName), .text(date.description), .number(year), .number(month), .number(quantity), .bool(isReturn),
            .text(local.description), .text(currency), .text(euros.description),
        ]
    }

    package var json: JSONValue { .object(zip(SaleLine.columns, fields).map { JSONValue.Member($0, $1) }) }
}

extension Cell {
    /// As `cells` lists it, one line of JSON each; rows and columns are counted from 1. Nil for a cell that shows nothing.
    package func json(in row: Row, sheet: String) -> JSONValue? {
        let text = row.string(self)
        let content: (type: String, value: JSONValue)
        switch kind {
        case .number: content = ("number", number.map(JSONValue.decimal) ?? .null)
        case .bool: content = ("bool", .bool(bool == true))
        case .date: content = ("date", .text(text))
        case .error: content = ("error", .text(text))
        case .text, .sharedText, .uncalculated:
            if text.isEmpty { return nil }
            content = ("text", .text(text))
        }
        return [
            "sheet": .text(sheet), "row": .number(row.number), "col": .number(Int(column) + 1), "type": .text(content.type),
            "value": content.value,
        ]
    }
}

extension Undone {
    package var sentence: String {
        let sales = withdrawn == 1 ? "1 sale" : "\(withdrawn) sales"
        var text = "Batch \(batch.id.short) (\(batch.filename)) is taken back: \(sales) withdrawn, \(returned) came back."
        if !dependents.isEmpty {
            let names = dependents.map { "\($0.id.short) (\($0.filename))" }.joined(separator: ", ")
            text += " Taken back too, and read again: \(names)."
        }
        return text
    }

    package var json: JSONValue {
        [
            "batch_id": .text(batch.id.text), "status": .text(batch.state.rawValue), "withdrawn": .number(withdrawn),
            "returned": .number(returned), "dependents": .array(dependents.map { .text($0.id.text) }),
        ]
    }
}
