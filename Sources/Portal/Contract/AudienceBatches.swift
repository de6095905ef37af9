import Accounts
import Audience
import Batches
import Ledger
import Operations
import Texts
import Web

/// E: audience batches. Everybody's own, whatever their role; administrators may read all.
enum AudienceBatches {
    private static let all = "/api/audience/batch-upload"
    private static let one = all + "/{id}"

    static let endpoints = [
        Endpoint("listAudienceBatches", .audience, .get, all, .signedIn, list),
        Endpoint(receiving: "createAudienceBatch", .audience, all, .signedIn) { call in try AudienceReception(call) },
        Endpoint("getAudienceBatch", .audience, .get, one, .signedIn, get),
        Endpoint("deleteAudienceBatch", .audience, .delete, one, .signedIn, bodyLimit: 4096) { call in
            // Another's is not taken from them; what came as a file is the administrators'.
            let batch = try found(call) { user, isNobodys in isNobodys && user.role.administers }
            try call.changingDesk().delete(audienceBatch: batch.uploadID)
            return .json(["status": .text("success"), "message": .text("Batch upload deleted successfully")])
        },
    ]

    @Sendable private static func list(_ call: Call) throws -> Response {
        guard let caller = call.caller else { throw Denial(401, call.interface.notAuthenticated) }
        let batches = try call.desk().audienceBatches(AudienceFilter(owner: caller.user.id))
        return .json(["status": .text("success"), "uploads": .array(batches.map(\.summary))])
    }

    /// `others`: whether somebody may do so with a batch that is nobody's, because it came as a file, or another's.
    private static func found(_ call: Call, others: (User, _ isNobodys: Bool) -> Bool) throws -> AudienceBatch {
        guard let user = call.caller?.user else { throw Denial(401, call.interface.notAuthenticated) }
        guard let batch = try call.desk().audienceBatch(known: call.pathPart("id")) else { throw Denial(404, "No such upload") }
        guard batch.owner == user.id || others(user, batch.owner == nil) else { throw Denial(403, call.interface.forbidden) }
        return batch
    }

    @Sendable private static func get(_ call: Call) throws -> Response {
        let batch = try found(call) { user, _ in user.role.administers }
        var records: [UInt8] = []
        try call.desk().records(of: batch) { block in
            if !records.isEmpty { records.append(UInt8(ascii: ",")) }
            records += block.items
        }
        // What was sent is sent again as it was, and never taken apart for it.
        let head: JSONValue = [
            "status": .text("success"), "upload_id": .text(batch.uploadID), "upload_name": .text(batch.name),
        ]
        let end: JSONValue = [
            "fields": .array(batch.fields.map(JSONValue.text)), "created_at": .text(batch.createdAt.description),
            "rows_received": .number(batch.rows), "upload_status": .text("uploaded"),
        ]
        let bytes =
            Array(JSONText.bytes(of: head).dropLast()) + ",\"records\":[".utf8 + records + "],".utf8 + JSONText.bytes(of: end).dropFirst()
            + "\n".utf8
        return Response(contentType: "application/json", body: .bytes(bytes))
    }
}

extension AudienceBatch {
    fileprivate var summary: JSONValue {
        [
            "upload_id": .text(uploadID), "upload_name": .text(name), "created_at": .text(createdAt.description),
            "rows_received": .number(rows), "status": .text("uploaded"),
        ]
    }
}
