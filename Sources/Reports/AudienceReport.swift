import Batches
import Sellout
import Texts

/// What became of a file of audience records, as it is written to the audience outbox. It names rows and fields, and holds nothing of a
/// record.
package struct AudienceReport: Sendable {
    package struct Problem: Hashable, Sendable {
        /// Nil where the file has no rows.
        package let row: Int?
        package let field: String?
        /// In a JSON file: `records[417].email`.
        package let place: String?
        package let message: String

        package init(row: Int? = nil, field: String? = nil, place: String? = nil, message: String) {
            self.row = row
            self.field = field
            self.place = place
            self.message = message
        }
    }

    package struct Upload: Hashable, Sendable {
        package let id: String
        package let name: String
        package let rows: Int
        package let fields: [String]

        package init(id: String, name: String, rows: Int, fields: [String]) {
            self.id = id
            self.name = name
            self.rows = rows
            self.fields = fields
        }
    }

    package let filename: String
    package let sha256: String?
    package let receivedAt: Timestamp
    /// Nil where nothing was taken.
    package let upload: Upload?
    /// Why not, in one sentence.
    package let refusal: String?
    package let problems: [Problem]
    package let rowsFailed: Int
    /// Sheets that hold something and were not read.
    package let otherSheets: [String]

    package init(
        filename: String, sha256: String?, receivedAt: Timestamp, upload: Upload?, refusal: String? = nil, problems: [Problem] = [],
        rowsFailed: Int = 0, otherSheets: [String] = []
    ) {
        self.filename = filename
        self.sha256 = sha256
        self.receivedAt = receivedAt
        self.upload = upload
        self.refusal = refusal
        self.problems = problems
        self.rowsFailed = rowsFailed
        self.otherSheets = otherSheets
    }

    package var status: BatchState { upload == nil ? .failed : .completed }

    package var message: String {
        guard let upload else { return refusal ?? "Nothing was taken." }
        let unread = otherSheets.isEmpty ? "" : " Only the first sheet was read."
        return "\(upload.rows) \(upload.rows == 1 ? "record" : "records") taken as \(upload.id).\(unread)"
    }

    package var json: JSONValue {
        [
            "report_version": .number(Report.version), "filename": .text(filename), "file_sha256": .optional(sha256),
            "status": .text(status.rawValue), "message": .text(message), "received_at": .text(receivedAt.description),
            "upload_id": .optional(upload?.id), "upload_name": .optional(upload?.name), "rows_received": .number(upload?.rows ?? 0),
            "rows_failed": .number(rowsFailed), "fields": .array((upload?.fields ?? []).map(JSONValue.text)),
            "sheets_not_read": .array(otherSheets.map(JSONValue.text)), "errors": .array(problems.map(\.json)),
        ]
    }

    package var jsonBytes: [UInt8] { JSONText.bytes(of: json, .indented) + [UInt8(ascii: "\n")] }
}

extension AudienceReport.Problem {
    fileprivate var json: JSONValue {
        [
            "row_number": row.map(JSONValue.number) ?? .null, "field_name": .optional(field), "place": .optional(place),
            "error_message": .text(message),
        ]
    }
}
