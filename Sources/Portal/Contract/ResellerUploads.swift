import Accounts
import Batches
import Ledger
import Operations
import Sellout
import Texts
import Web

/// A: a reseller's uploads, staged, approved, then final.
enum ResellerUploads {
    private static let uploads = "/api/bibbi/uploads"
    private static let one = uploads + "/{batch_id}"
    /// Whoever has to do with resellers' files.
    private static let resellers = Endpoint.Access.only([.superAdmin, .admin, .operator, .reseller])
    private static let operators = Endpoint.Access.only([.superAdmin, .admin, .operator])

    static let endpoints = [
        Endpoint("listResellerUploads", .resellerUploads, .get, uploads, resellers, list),
        Endpoint(receiving: "uploadResellerFile", .resellerUploads, uploads, resellers) { call in
            try ReceivedForm(call, rules: .resellerUploads, answer: call.interface.answer(to:)) { form in try receipt(form, call) }
        },
        Endpoint("getResellerUpload", .resellerUploads, .get, one, resellers, progress),
        Endpoint("deleteResellerUpload", .resellerUploads, .delete, one, resellers, bodyLimit: 4096) { call in
            let batch = try found(call)
            try Deletion(call).carryOut(batch)
            return .nothing
        },
        Endpoint("getResellerUploadErrors", .resellerUploads, .get, one + "/errors", resellers, errors),
        Endpoint("approveResellerUpload", .resellerUploads, .post, one + "/approve", operators, bodyLimit: 4096, approve),
        Endpoint("retryResellerUpload", .resellerUploads, .post, one + "/retry", resellers, bodyLimit: 4096, retry),
        Endpoint("listResellers", .resellerUploads, .get, "/api/bibbi/resellers", resellers) { call in
            let records = try call.desk().resellerRecords().filter {
                $0.isActive && $0.slug != Batch.unrecognised && call.reach.holds($0.slug)
            }
            return .json(.array(records.map(\.contractJSON)))
        },
    ]

    /// The batch of the path; unknown, malformed and somebody else's are the same.
    private static func found(_ call: Call) throws -> Batch {
        let given = call.pathPart("batch_id")
        guard let batch = try call.uploads().find(given) else { throw Denial(404, "Upload not found: \(given)") }
        return batch
    }

    @Sendable private static func list(_ call: Call) throws -> Response {
        let page = try call.page(limit: 50, most: 1000)
        var states: Set<BatchState>?
        if let word = call.request.asked("status_filter") {
            guard let state = BatchState(rawValue: word) else { throw Denial(400, "status_filter is no status") }
            states = [state]
        }
        let found = try call.uploads().page(states: states, limit: page.limit, offset: page.offset)
        let resellers = try call.desk().resellersByName()
        return .json([
            "uploads": .array(found.map { $0.resellerSummary(resellers) }), "count": .number(found.count), "limit": .number(page.limit),
            "offset": .number(page.offset),
        ])
    }

    @Sendable private static func progress(_ call: Call) throws -> Response {
        let batch = try found(call)
        let vendor = try call.desk().vendorName(of: batch)
        let counts = batch.counts
        func count(_ number: Int) -> JSONValue { batch.hasCounts ? .number(number) : .null }
        return .json([
            "upload_id": .text(batch.id.text), "status": .text(batch.state.rawValue), "vendor_name": .optional(vendor),
            "total_rows": count(counts.total), "processed_rows": count(counts.processed), "failed_rows": count(counts.failed),
            "error_message": .optional(batch.refusal?.message), "created_at": .text(batch.receivedAt.description),
            "updated_at": .text(batch.lastChange.description),
        ])
    }

    @Sendable private static func errors(_ call: Call) throws -> Response {
        let batch = try found(call)
        let desk = try call.desk()
        let name = try desk.resellersByName()[batch.reseller]?.name ?? batch.reseller
        var shown: [JSONValue] = []
        if batch.counts.failed > 0 {
            try desk.errors(of: batch) { piece in shown += piece.map { ShownRowError(error: $0).resellerJSON(name) } }
        }
        guard !shown.isEmpty else { throw Denial(404, "No errors found for this upload batch") }
        return .json(["batch_id": .text(batch.id.text), "total_errors": .number(shown.count), "errors": .array(shown)])
    }

    @Sendable private static func approve(_ call: Call) throws -> Response {
        let batch = try found(call)
        func refuse(_ state: BatchState) -> Denial {
            Denial(400, "Upload batch not in staging_complete status. Current status: \(state.rawValue)")
        }
        guard batch.state == .stagingComplete else { throw refuse(batch.state) }
        let desk = try call.changingDesk()
        let done = try call.step(of: batch, otherwise: refuse) { () throws(Refused) in try desk.approve(batch.id.text).batch }
        let moved = done.counts.processed
        return .json([
            "batch_id": .text(done.id.text), "status": .text(done.state.rawValue), "records_moved": .number(moved),
            "failed_records": .number(done.counts.failed), "message": .text("Successfully moved \(moved) records to final sales table"),
        ])
    }

    @Sendable private static func retry(_ call: Call) throws -> Response {
        let batch = try found(call)
        func refuse(_ state: BatchState) -> Denial { Denial(400, "Upload is not in failed state. Current status: \(state.rawValue)") }
        guard batch.state == .failed else { throw refuse(batch.state) }
        try call.refuseWhereFull()
        guard call.portal.daemon.keepsOriginal(of: batch) != false else { throw Denial(400, "Upload has no file_path - cannot retry") }
        let desk = try call.changingDesk()
        let done = try call.step(of: batch, otherwise: refuse) { () throws(Refused) in try desk.retry(batch.id.text).batch }
        return .json([
            "message": .text("Upload retry initiated"), "upload_id": .text(done.id.text), "status": .text(done.state.rawValue),
        ])
    }

    /// The file has come whole: whether it came before is answered at once.
    private static func receipt(_ form: UploadForm, _ call: Call) throws -> Response {
        let sealed = try form.sealed()
        let slip = try form.slip()
        if let first = try call.portal.register.enter(sealed.sha256, of: slip, in: try call.desk()) {
            form.discard()
            return .json(
                [
                    "detail": [
                        "message": .text("File already uploaded"), "existing_upload_id": .text(first.id.text),
                        "uploaded_at": .text(first.receivedAt.description), "status": .text(first.state.rawValue),
                    ]
                ], status: 409)
        }
        try form.handOver(slip)
        return .json([
            "upload_id": .text(slip.batch.text), "batch_id": .text(slip.batch.text), "filename": .text(form.filename),
            "file_size": .number(sealed.size), "file_hash": .text(sealed.sha256), "status": .text("pending"),
            "message": .text("File uploaded successfully. Processing will begin shortly."),
            "created_at": .text(slip.receivedAt.description),
        ])
    }
}

extension Batch {
    /// The reading came far enough to count rows.
    var hasCounts: Bool { detection != nil && state != .pending && state != .processing }

    fileprivate func resellerSummary(_ resellers: [String: ResellerRecord]) -> JSONValue {
        func count(_ number: Int) -> JSONValue { hasCounts ? .number(number) : .null }
        return [
            "upload_batch_id": .text(id.text), "uploader_user_id": .text(uploader(among: resellers)),
            "reseller_id": .text(resellers[reseller]?.uuid ?? id.text), "original_filename": .text(filename),
            "file_size_bytes": .number(sizeBytes), "upload_mode": .text(mode.shown), "processing_status": .text(state.rawValue),
            "total_records": count(counts.total), "success_count": count(counts.processed), "error_count": count(counts.failed),
            "upload_timestamp": .text(receivedAt.description), "processing_started_at": .optional(startedAt?.description),
            "processing_completed_at": .optional(endedAt?.description),
        ]
    }

    /// What came over SFTP was sent by the reseller itself.
    func uploader(among resellers: [String: ResellerRecord]) -> String { uploader ?? resellers[reseller]?.uuid ?? id.text }
}

extension UploadMode {
    /// The contract knows two.
    var shown: String { replaces ? "replace" : "append" }
}

extension ResellerRecord {
    fileprivate var contractJSON: JSONValue {
        [
            "reseller_id": .text(uuid), "reseller_name": .text(name), "country": .text(country), "currency": .optional(currency),
            "is_active": .bool(isActive), "created_at": .text(createdAt.description),
        ]
    }
}
