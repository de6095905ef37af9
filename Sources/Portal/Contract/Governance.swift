import Accounts
import Batches
import Ledger
import Operations
import Sellout
import Texts
import Web

/// C: administrators' control of uploads.
enum Governance {
    private static let administrators = Endpoint.Access.only([.superAdmin, .admin])
    private static let uploads = "/api/admin/bulk-uploads"

    static let endpoints = [
        Endpoint(
            "setShopBulkUploadPermission", .governance, .patch, "/api/admin/shops/{shopId}/bulk-upload-permission", administrators,
            bodyLimit: 65_536, permit),
        Endpoint("listPendingBulkUploads", .governance, .get, uploads + "/pending", administrators, pending),
        Endpoint("getBulkUploadStats", .governance, .get, uploads + "/stats", administrators, statistics),
        Endpoint(
            "forceCommitBulkUpload", .governance, .post, uploads + "/{batchId}/force-commit", administrators, bodyLimit: 65_536, commit),
        Endpoint(
            "forceCancelBulkUpload", .governance, .delete, uploads + "/{batchId}/force-cancel", administrators, bodyLimit: 65_536, cancel),
    ]

    @Sendable private static func permit(_ call: Call) throws -> Response {
        let body = try call.object()
        guard case .bool(let isAllowed)? = body["can_bulk_upload"] else { throw Denial(400, "can_bulk_upload is neither true nor false") }
        let reason = try call.reason(in: body)
        let desk = try call.changingDesk()
        guard let shop = try desk.reseller(uuid: call.pathPart("shopId").lowercased()) else { throw Denial(404, "Shop not found") }
        let now = try desk.permit(isAllowed, reseller: shop.slug, reason: reason ?? "")
        return .success(
            "Bulk upload \(isAllowed ? "enabled" : "disabled") for shop",
            [
                "shop": [
                    "id": .text(now.uuid), "name": .text(now.name), "can_bulk_upload": .bool(now.canUpload),
                    "owner": .text(now.ownerName ?? ""),
                ], "reason": .optional(reason),
            ])
    }

    @Sendable private static func pending(_ call: Call) throws -> Response {
        let page = try call.number("page", default: 1, in: 1...1_000_000_000)
        let limit = try call.number("limit", default: 20, in: 1...100)
        let desk = try call.desk()
        let resellers = try desk.resellersByName()
        var chosen: Set<String>?
        if let shop = call.request.asked("shop_id") {
            guard shop.isUUID else { throw Denial(400, "shop_id is no UUID") }
            chosen = Set(resellers.values.filter { $0.uuid == shop.lowercased() }.map(\.slug))
        }
        let filter = BatchFilter(resellers: chosen, states: [.stagingComplete], limit: limit, offset: (page - 1) * limit)
        let total = try desk.count(of: filter)
        let batches = try desk.batches(filter).map(\.batch)
        return .success(
            "Pending bulk uploads retrieved",
            [
                "batches": .array(batches.map { $0.staged(resellers[$0.reseller]) }),
                "pagination": [
                    "total": .number(total), "page": .number(page), "limit": .number(limit),
                    "totalPages": .number((total + limit - 1) / limit),
                ],
            ])
    }

    @Sendable private static func statistics(_ call: Call) throws -> Response {
        let days = try call.number("days", default: 30, in: 1...365)
        let desk = try call.desk()
        return .success(
            "Bulk upload statistics retrieved", try desk.statistics(days: days).contractJSON(days: days, try desk.resellersByName()))
    }

    @Sendable private static func commit(_ call: Call) throws -> Response {
        let reason = try call.reason(in: try call.object(mayBeMissing: true))
        let batch = try found(call)
        func refuse(_ state: BatchState) -> Denial {
            Denial(400, "Batch status is \(Interface.governance.shown(state)), cannot commit")
        }
        guard batch.state == .stagingComplete else { throw refuse(batch.state) }
        let desk = try call.changingDesk()
        let done = try call.step(of: batch, otherwise: refuse) { () throws(Refused) in
            try desk.approve(batch.id.text, force: true, reason: reason ?? "").batch
        }
        return .success(
            "Batch committed successfully by admin",
            [
                "batchId": .text(done.bulkID), "shopName": .text(try desk.resellersByName()[done.reseller]?.name ?? done.reseller),
                "productsCreated": .number(done.counts.processed), "reason": .optional(reason),
            ])
    }

    @Sendable private static func cancel(_ call: Call) throws -> Response {
        let reason = try call.reason(in: try call.object(mayBeMissing: true))
        let batch = try found(call)
        func refuse(_ state: BatchState) -> Denial { Denial(400, "Batch is already \(Interface.governance.shown(state))") }
        guard batch.state == .stagingComplete else { throw refuse(batch.state) }
        let desk = try call.changingDesk()
        _ = try call.step(of: batch, otherwise: refuse) { () throws(Refused) in
            try desk.cancel(batch.id.text, force: true, reason: reason ?? "")
        }
        return .success(
            "Batch cancelled successfully by admin",
            [
                "batchId": .text(batch.bulkID), "shopName": .text(try desk.resellersByName()[batch.reseller]?.name ?? batch.reseller),
                "reason": .optional(reason),
            ])
    }

    private static func found(_ call: Call) throws -> Batch {
        guard let batch = try call.uploads().find(call.pathPart("batchId")) else { throw Denial(404, "Batch not found") }
        return batch
    }
}

extension Response {
    /// The form of all answers of C and D.
    static func success(_ message: String, _ data: JSONValue) -> Response {
        .json(["success": .bool(true), "message": .text(message), "data": data])
    }
}

extension UploadStatistics {
    fileprivate func contractJSON(days: Int, _ resellers: [String: ResellerRecord]) -> JSONValue {
        [
            "period": ["days": .number(days), "since": .text(since.description)],
            "overview": [
                "totalUploads": .number(total), "completedUploads": .number(completed), "stagingUploads": .number(staging),
                "cancelledUploads": .number(cancelled), "failedUploads": .number(failed), "successRate": .text(successRate),
            ],
            "products": [
                "totalCreated": .number(booked), "totalValidRows": .number(validRows), "totalInvalidRows": .number(invalidRows),
                "validationRate": .text(validationRate),
            ],
            "topShops": .array(
                busiest.compactMap { one in
                    resellers[one.reseller].map {
                        ["shopId": .text($0.uuid), "shopName": .text($0.name), "uploadCount": .number(one.batches)]
                    }
                }),
            "recentUploads": .array(
                recent.map { batch in
                    [
                        "batchId": .text(batch.bulkID), "shopName": .text(resellers[batch.reseller]?.name ?? batch.reseller),
                        "status": .text(Interface.governance.shown(batch.state)), "totalRows": .number(batch.counts.total),
                        "validRows": .number(batch.counts.processed + batch.counts.unchanged), "invalidRows": .number(batch.counts.failed),
                        "createdAt": .text(batch.receivedAt.description),
                    ]
                }),
        ]
    }
}

extension Batch {
    /// The contract wants an address. RFC 2606: nobody will ever have one there.
    private static let nobodysAddress = "unknown@reseller.invalid"

    fileprivate func staged(_ reseller: ResellerRecord?) -> JSONValue {
        [
            "id": .text(id.text), "batchId": .text(bulkID), "shopId": .text(reseller?.uuid ?? id.text),
            "shopName": .text(reseller?.name ?? self.reseller),
            "shopOwner": [
                "name": .text(reseller?.ownerName ?? ""), "email": .text(reseller?.ownerEmail ?? Self.nobodysAddress),
            ], "totalRows": .number(counts.total), "validRows": .number(counts.processed + counts.unchanged),
            "invalidRows": .number(counts.failed), "skippedRows": .number(counts.skipped),
            "status": .text(Interface.governance.shown(state)), "createdAt": .text(receivedAt.description),
            "updatedAt": .text(lastChange.description),
        ]
    }
}
