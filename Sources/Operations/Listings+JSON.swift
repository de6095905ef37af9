import Frames
import Ledger
import Reports
import Sellout
import Texts

/// What listings show, under the API's names.
extension UnmappedProduct {
    package var json: JSONValue {
        ["reseller": .text(reseller), "code": .text(code), "name": .text(name), "rows": .number(rows), "batches": .number(batches)]
    }
}

extension AuditEntry {
    package var json: JSONValue {
        [
            "at": .text(at.description), "actor": .text(actor), "action": .text(action), "batch_id": .optional(batch),
            "from": .optional(from),
            "to": .optional(to), "reason": .text(reason),
        ]
    }
}

extension Terms {
    package var json: JSONValue {
        [
            "reseller": .text(reseller), "vendor_name": .text(vendorName), "country": .text(country), "currency": .text(currency),
            "vat_included": .bool(vatIncluded), "living_document": .bool(isLivingDocument),
            "stores": .text(storesAreOpen ? "open" : "closed"),
            "approval": .text(approval.rawValue),
        ]
    }
}

extension MappingOutcome {
    package var json: JSONValue {
        [
            "reseller": .text(mapping.reseller), "code": .text(mapping.code), "product_ean": .text(mapping.ean.description),
            "product_name": .text(productName), "previous_ean": .optional(previous?.description), "waiting_rows": .number(waitingRows),
            "waiting_batches": .number(waitingBatches),
        ]
    }
}

extension ReferenceImport {
    package var json: JSONValue {
        [
            "kind": .text(kind.rawValue), "rows_total": .number(lines), "rows_failed": .number(linesRefused), "new": .number(change.new),
            "changed": .number(change.changed), "unchanged": .number(change.unchanged), "errors": .array(problems.map(\.json)),
        ]
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
    var json: JSONValue {
        [
            "reseller": .text(name), "vendor_name": .optional(vendorName), "batches": LedgerStanding.json(batches),
            "last_batch_id": .optional(last?.id.text), "last_status": .optional(last?.state.rawValue),
            "last_received_at": .optional(last?.receivedAt.description),
        ]
    }
}
