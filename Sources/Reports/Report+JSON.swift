import Sellout
import Texts

extension Report {
    /// Members and their order are the report's format: they change only together with `version`.
    package var json: JSONValue {
        .object(
            [JSONValue.Member("report_version", .number(Report.version))] + identity + standing + figures + [
                JSONValue.Member("rates", .array(rates.map(Report.json))),
                JSONValue.Member("warnings", .array(warnings.map(Report.json))),
                JSONValue.Member("error_counts", .object(errorCounts.map { JSONValue.Member($0.type, .number($0.count)) })),
                JSONValue.Member("errors", .array(errors)),
                JSONValue.Member("restated", .array(restatements.prefix(Report.entriesListed).map(Report.json))),
                JSONValue.Member("restated_count", .number(restatements.count)),
                JSONValue.Member("replaced", Report.json(batch.replacement)),
            ])
    }

    /// What listings show of a batch: the same members without the lists.
    package var summary: JSONValue { .object(identity + standing + figures) }

    private var identity: [JSONValue.Member] {
        [
            JSONValue.Member("batch_id", .text(batch.id.text)),
            JSONValue.Member("filename", .text(batch.filename)),
            JSONValue.Member("file_size_bytes", .number(batch.sizeBytes)),
            JSONValue.Member("file_sha256", .optional(batch.sha256)),
            JSONValue.Member("reseller", .text(batch.reseller)),
            JSONValue.Member("vendor_name", .optional(vendorName)),
            JSONValue.Member("detection", Report.json(batch.detection)),
            JSONValue.Member("upload_mode", .text(batch.mode.rawValue)),
        ]
    }

    private var standing: [JSONValue.Member] {
        [
            JSONValue.Member("status", .text(batch.state.rawValue)),
            JSONValue.Member("message", .text(message)),
            JSONValue.Member("received_at", .text(batch.receivedAt.description)),
            JSONValue.Member("processing_started_at", .optional(batch.startedAt?.description)),
            JSONValue.Member("processing_completed_at", .optional(batch.endedAt?.description)),
        ]
    }

    private var figures: [JSONValue.Member] {
        [
            JSONValue.Member("period", period),
            JSONValue.Member("rows_total", .number(batch.counts.total)),
            JSONValue.Member("rows_processed", .number(batch.counts.processed)),
            JSONValue.Member("rows_failed", .number(batch.counts.failed)),
            JSONValue.Member("rows_unchanged", .number(batch.counts.unchanged)),
            JSONValue.Member("rows_restated", .number(batch.counts.restated)),
            JSONValue.Member("rows_skipped", .number(batch.counts.skipped)),
            JSONValue.Member(
                "totals",
                [
                    "quantity": .number(batch.totals.quantity), "sales_local": .text(batch.totals.local.description),
                    "currency": .optional(batch.currency), "sales_eur": .text(batch.totals.euros.description),
                ]),
            JSONValue.Member("control_totals", .array(batch.controlTotals.map(Report.json))),
        ]
    }

    private var period: JSONValue {
        guard let first = batch.firstDay, let last = batch.lastDay else { return .null }
        return ["from": .text(Month(first).description), "to": .text(Month(last).description)]
    }

    private var errors: [JSONValue] {
        let refusal = batch.refusal.map(Report.json)
        return [refusal].compactMap { $0 } + rowErrors.prefix(Report.entriesListed - (refusal == nil ? 0 : 1)).map(Report.json)
    }
}
