import Batches
import RetailFit
import Sellout
import Texts

/// What became of a retail workbook, as it is written to the retail outbox.
package struct RetailReport: Sendable {
    package let filename: String
    package let sha256: String
    package let upload: Int64
    package let receivedAt: Timestamp
    package let message: String
    /// Nil where nothing was taken.
    package let records: Int?
    package let new: Int
    package let changed: Int
    package let unchanged: Int
    package let faults: RetailFaults
    package let warnings: [RetailFault]

    package init(
        filename: String, sha256: String, upload: Int64, receivedAt: Timestamp, message: String, records: Int? = nil, new: Int = 0,
        changed: Int = 0, unchanged: Int = 0, faults: RetailFaults = RetailFaults(), warnings: [RetailFault] = []
    ) {
        (self.filename, self.sha256, self.upload, self.receivedAt, self.message) = (filename, sha256, upload, receivedAt, message)
        (self.records, self.new, self.changed, self.unchanged) = (records, new, changed, unchanged)
        (self.faults, self.warnings) = (faults, warnings)
    }

    package var json: JSONValue {
        [
            "report_version": .number(Report.version), "filename": .text(filename), "file_sha256": .text(sha256),
            "kind": .text("retail"), "upload_id": .number(upload),
            "status": .text((records == nil ? BatchState.failed : .completed).rawValue), "message": .text(message),
            "received_at": .text(receivedAt.description), "records_processed": records.map(JSONValue.number) ?? .null,
            "new": .number(new), "changed": .number(changed), "unchanged": .number(unchanged), "errors_total": .number(faults.count),
            "errors": .array(faults.first.prefix(Report.entriesListed).map(\.json)),
            "warnings": .array(warnings.prefix(Report.entriesListed).map(\.json)),
        ]
    }

    package var jsonBytes: [UInt8] { JSONText.bytes(of: json, .indented) + [UInt8(ascii: "\n")] }
}

extension RetailFault {
    fileprivate var json: JSONValue {
        [
            "sheet": .text(sheet), "row_number": row.map(JSONValue.number) ?? .null, "column": .optional(column),
            "value": .optional(value), "error_message": .text(message), "suggestion": .optional(suggestion),
        ]
    }
}
