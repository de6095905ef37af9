import Accounts
import Batches
import Cells
import Operations
import Sellout
import Texts
import Web

/// B: sales files of any known layout.
enum SalesUploads {
    private static let one = "/api/uploads/batches/{batch_id}"

    static let endpoints = [
        Endpoint(receiving: "uploadSalesFile", .salesUploads, "/api/uploads", .signedIn) { call in
            try ReceivedForm(call, rules: .salesUploads, answer: call.interface.answer(to:)) { form in try receipt(form, call) }
        },
        Endpoint("listSalesBatches", .salesUploads, .get, "/api/uploads/batches", .signedIn, list),
        Endpoint("getSalesBatch", .salesUploads, .get, one, .signedIn) { call in
            let batch = try found(call)
            let resellers = try call.desk().resellersByName()
            let uploader: JSONValue = ["uploader_user_id": .text(batch.uploader(among: resellers))]
            return .json(["success": .bool(true), "batch": .joined([batch.salesSummary(try call.desk().vendorName(of: batch)), uploader])])
        },
        Endpoint("deleteSalesBatch", .salesUploads, .delete, one, .signedIn, bodyLimit: 4096) { call in
            try Deletion(call).carryOut(try found(call))
            return .json(["success": .bool(true), "message": .text("Batch deleted successfully")])
        },
        Endpoint("listSalesBatchErrors", .salesUploads, .get, "/api/uploads/{batch_id}/errors", .signedIn, errors),
        Endpoint("cleanupStuckSalesBatches", .salesUploads, .post, "/api/uploads/cleanup-stuck", .signedIn, bodyLimit: 4096) { call in
            let ended = try call.reach == .none ? 0 : call.changingDesk().cleanUpStuck(of: call.reach.resellers).count
            return .json([
                "success": .bool(true), "cleaned_count": .number(ended), "message": .text("Cleaned up \(ended) stuck upload(s)"),
            ])
        },
    ]

    private static func found(_ call: Call) throws -> Batch {
        guard let batch = try call.uploads().find(call.pathPart("batch_id")) else { throw Denial(404, "Batch not found") }
        return batch
    }

    @Sendable private static func list(_ call: Call) throws -> Response {
        let page = try call.page(limit: 20, most: 100)
        var states: Set<BatchState>?
        if let word = call.request.asked("status") {
            states = Interface.salesUploads.states(shownAs: word)
            guard states?.isEmpty == false else { throw Denial(400, "status is no status") }
        }
        let uploads = try call.uploads()
        let batches = try uploads.page(states: states, limit: page.limit, offset: page.offset)
        let shown = batches.map { $0.salesSummary(uploads.desk.vendorName(of: $0)) }
        return .json(["success": .bool(true), "batches": .array(shown), "count": .number(shown.count)])
    }

    @Sendable private static func errors(_ call: Call) throws -> Response {
        let batch = try found(call)
        var shown: [JSONValue] = []
        if let refusal = batch.refusal { shown.append(ShownFileError(refusal: refusal).json(of: batch)) }
        if batch.counts.failed > 0 {
            let raw = RawRows(call.portal.daemon.rows(of: batch))
            try call.desk().errors(of: batch) { piece in
                for error in piece {
                    let row = ShownRowError(error: error)
                    shown.append(row.salesJSON(of: batch, number: shown.count + 1, rawData: raw.data(of: row)))
                }
            }
        }
        return .json(["success": .bool(true), "errors": .array(shown), "count": .number(shown.count)])
    }

    private static func receipt(_ form: UploadForm, _ call: Call) throws -> Response {
        let sealed = try form.sealed()
        let slip = try form.slip()
        call.portal.register.note(sealed.sha256, of: slip)
        try form.handOver(slip)
        return .json([
            "success": .bool(true), "batch_id": .text(slip.batch.text), "filename": .text(form.filename),
            "file_size": .number(sealed.size), "mode": .text(slip.mode.shown), "status": .text("pending"),
            "message": .text("File uploaded successfully. Processing will begin shortly."),
        ])
    }
}

extension Batch {
    fileprivate func salesSummary(_ vendor: String?) -> JSONValue {
        func count(_ number: Int) -> JSONValue { hasCounts ? .number(number) : .null }
        return [
            "upload_batch_id": .text(id.text), "original_filename": .text(filename), "file_size_bytes": .number(sizeBytes),
            "vendor_name": .optional(vendor), "upload_mode": .text(mode.shown),
            "processing_status": .text(Interface.salesUploads.shown(state)), "rows_total": count(counts.total),
            "rows_processed": count(counts.processed), "rows_failed": count(counts.failed),
            "total_sales_eur": hasCounts ? totals.euros.json : .null, "upload_timestamp": .text(receivedAt.description),
            "processing_started_at": .optional(startedAt?.description), "processing_completed_at": .optional(endedAt?.description),
            "error_summary": .optional(errorSummary),
        ]
    }

    /// Null when nothing went wrong.
    private var errorSummary: String? {
        if let refusal { return refusal.type == .vendorDetectionFailed ? "Could not detect vendor format" : refusal.message }
        if state == .cancelled { return message.isEmpty ? "Cancelled" : message }
        return counts.failed > 0 ? "\(counts.failed) rows failed validation" : nil
    }
}

extension Money {
    /// As a number with two places.
    var json: JSONValue { DecimalNumber(text: description.utf8).map(JSONValue.decimal) ?? .null }
}
