import Sellout
import Texts

/// Members and their order are the report's format: a member may be added, and only with a new `version` may one go or change.
extension Report {
    package var json: JSONValue {
        .joined([
            ["report_version": .number(Report.version)], summary, forcedStep,
            [
                "rates": .array(rates.map(\.json)), "warnings": .array(warnings.map(\.json)),
                "error_counts": .object(errorCounts.map { JSONValue.Member($0.type, .number($0.count)) }), "errors": .array(errors),
            ],
            allErrors, settledRows,
            [
                "restated": .array(restatements.prefix(Report.entriesListed).map(\.json)), "restated_count": .number(restatements.count),
                "replaced": batch.replacement.map { $0.isTaken ? $0.json : .null } ?? .null,
            ], replacement(toCome: batch.replacement),
        ])
    }

    /// What a replacing file would take away, as long as it waits.
    private func replacement(toCome replacement: Replacement?) -> JSONValue {
        guard let replacement, !replacement.isTaken, batch.state == .stagingComplete else { return [:] }
        return ["would_replace": replacement.json]
    }

    /// What listings show of a batch: the same members without the lists.
    package var summary: JSONValue { .joined([identity, standing, figures]) }

    /// What operators see besides: it may name other resellers.
    package var operatorsJSON: JSONValue {
        guard let note = batch.refusal?.operatorsNote else { return json }
        return .joined([json, ["operators_note": .text(note)]])
    }

    /// The UTF-8 of `NAME.xxxxxxxx.json`.
    package var jsonBytes: [UInt8] { JSONText.bytes(of: json, .indented) + [UInt8(ascii: "\n")] }

    private var identity: JSONValue {
        [
            "batch_id": .text(batch.id.text), "filename": .text(batch.filename), "file_size_bytes": .number(batch.sizeBytes),
            "file_sha256": .optional(batch.sha256), "reseller": .text(batch.reseller), "vendor_name": .optional(vendorName),
            "detection": batch.detection?.json ?? .null, "upload_mode": .text(batch.mode.rawValue),
        ]
    }

    private var standing: JSONValue {
        [
            "status": .text(batch.state.rawValue), "message": .text(message), "received_at": .text(batch.receivedAt.description),
            "processing_started_at": .optional(batch.startedAt?.description),
            "processing_completed_at": .optional(batch.endedAt?.description),
        ]
    }

    private var figures: JSONValue {
        [
            "period": period, "rows_total": .number(batch.counts.total), "rows_processed": .number(batch.counts.processed),
            "rows_failed": .number(batch.counts.failed), "rows_unchanged": .number(batch.counts.unchanged),
            "rows_restated": .number(batch.counts.restated), "rows_skipped": .number(batch.counts.skipped),
            "skipped": .array(batch.skipped.map(\.json)),
            "totals": [
                "quantity": .number(batch.totals.quantity), "sales_local": .text(batch.totals.local.description),
                "currency": .optional(batch.currency), "sales_eur": .text(batch.totals.euros.description),
            ], "control_totals": .array(batch.controlTotals.map(\.json)),
        ]
    }

    private var period: JSONValue {
        guard let first = batch.firstDay, let last = batch.lastDay else { return .null }
        return ["from": .text(Month(first).description), "to": .text(Month(last).description)]
    }

    /// Only where somebody has forced a step.
    private var forcedStep: JSONValue {
        guard let forced = batch.forced else { return [:] }
        return [
            "forced": [
                "step": .text(forced.kind.rawValue), "by": .text(forced.actor),
                "reason": .optional(forced.reason.isEmpty ? nil : forced.reason), "at": .text(forced.at.description),
            ]
        ]
    }

    /// Only where there are more than it lists.
    private var allErrors: JSONValue { restOfErrors.map { ["errors_file": .text($0)] } ?? [:] }

    /// Only where there are any.
    private var settledRows: JSONValue {
        settled.isEmpty ? [:] : ["settled": .array(settled.prefix(Report.entriesListed).map(\.json))]
    }

    /// The file's own comes first.
    private var errors: [JSONValue] {
        let refusal = batch.refusal.map { [$0.json] } ?? []
        return refusal + rowErrors.prefix(Report.entriesListed - refusal.count).map(\.json)
    }
}

extension RowError {
    /// One failed row, in reports and in listings of errors.
    package var json: JSONValue {
        [
            "sheet": .text(sheet), "row_number": .number(row), "column": .optional(column), "error_type": .text(type.rawValue),
            "error_message": .text(message), "field_name": .optional(field), "field_value": .optional(value),
            "suggestion": .optional(suggestion),
        ]
    }
}

extension SettledRow {
    package var json: JSONValue {
        [
            "sheet": .text(sheet), "row_number": .number(row), "field_name": .optional(field), "original_value": .optional(original),
            "corrected_value": .optional(corrected), "outcome": .text(isDismissed ? "dismissed" : "corrected"), "reason": .text(reason),
        ]
    }

    /// `SELL OUT:7: product "BBNEW100" → "7350154320015" (typing error)`
    package var sentence: String {
        let why = reason.isEmpty ? "" : " (\(reason))"
        let before = [field, original.map { "\"\($0)\"" }].compactMap { $0 }.joined(separator: " ")
        return "\(sheet):\(row): \(before.isEmpty ? "" : "\(before) ")\(corrected.map { "→ \"\($0)\"" } ?? "dismissed")\(why)"
    }
}

extension FileRefusal {
    /// A file that is refused as a whole is an error without a row.
    package var json: JSONValue {
        [
            "sheet": .null, "row_number": .null, "column": .null, "error_type": .text(type.rawValue), "error_message": .text(message),
            "field_name": .null, "field_value": .null, "suggestion": .optional(suggestion),
        ]
    }
}

extension Detection {
    fileprivate var json: JSONValue {
        ["profile": .text(profile), "confidence": .text(confidence.rawValue), "signs": .array(signs.map(JSONValue.text))]
    }
}

extension ControlTotal {
    fileprivate var json: JSONValue {
        ["scope": .text(scope), "file": file.json, "extracted": extracted.json, "agrees": .bool(agrees)]
    }
}

extension ControlTotal.Sums {
    fileprivate var json: JSONValue {
        ["quantity": quantity.map(JSONValue.number) ?? .null, "amount": .optional(amount.map { Money(units: $0).description })]
    }
}

extension ExchangeRate {
    fileprivate var json: JSONValue { ["currency": .text(currency), "rate": .text(text), "source": .text(source)] }
}

extension Warning {
    fileprivate var json: JSONValue {
        [
            "code": .text(code), "message": .text(message), "count": .number(count), "holds": .bool(holds),
            "places": .array(places.map(\.json)),
        ]
    }
}

extension Warning.Place {
    fileprivate var json: JSONValue { ["sheet": .text(sheet), "range": .text(range), "look": .text(look)] }
}

extension SkippedRows {
    fileprivate var json: JSONValue {
        [
            "reason": .text(reason), "rows": .number(rows), "quantity": .number(quantity),
            "amount": .text(Money(units: amount).description), "places": .array(places.map(\.json)),
        ]
    }
}

extension Restatement {
    fileprivate var json: JSONValue {
        [
            "store": .text(store), "product_ean": .text(ean.description), "sale_date": .text(date.description), "old": old.json,
            "new": new.json,
        ]
    }
}

extension Restatement.Figures {
    fileprivate var json: JSONValue {
        ["sales": .number(sales), "quantity": .number(quantity), "amount": .text(amount.description)]
    }
}

extension Replacement {
    fileprivate var json: JSONValue {
        [
            "went": .number(went), "came": .number(came), "periods": .array(parts.prefix(Report.entriesListed).map(\.json)),
        ]
    }
}

extension Replacement.Part {
    fileprivate var json: JSONValue {
        ["period": .text(month.description), "store": .text(store), "old": old.json, "new": new.json]
    }
}
