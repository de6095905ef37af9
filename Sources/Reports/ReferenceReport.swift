import Batches
import Sellout
import Texts

/// What became of a reference file that operators dropped, as it is written to the reference outbox.
package struct ReferenceReport: Sendable {
    package let filename: String
    package let sha256: String?
    package let receivedAt: Timestamp
    /// Nil where the headers did not tell.
    package let kind: ReferenceData.Kind?
    package let refusal: FileRefusal?
    package let lines: Int
    package let linesRefused: Int
    package let new: Int
    package let changed: Int
    package let unchanged: Int
    /// By which the import can be undone; nil where nothing has changed.
    package let number: Int64?
    package let problems: [ReferenceProblem]

    package init(
        filename: String, sha256: String?, receivedAt: Timestamp, kind: ReferenceData.Kind?, refusal: FileRefusal? = nil, lines: Int = 0,
        linesRefused: Int = 0, new: Int = 0, changed: Int = 0, unchanged: Int = 0, number: Int64? = nil, problems: [ReferenceProblem] = []
    ) {
        self.filename = filename
        self.sha256 = sha256
        self.receivedAt = receivedAt
        self.kind = kind
        self.refusal = refusal
        self.lines = lines
        self.linesRefused = linesRefused
        self.new = new
        self.changed = changed
        self.unchanged = unchanged
        self.number = number
        self.problems = problems
    }

    private var taken: Int { new + changed + unchanged }

    package var status: BatchState {
        if refusal != nil || (taken == 0 && linesRefused > 0) { return .failed }
        return linesRefused > 0 ? .partialSuccess : .completed
    }

    package var message: String {
        if let refusal { return refusal.message }
        let sums = "\(kind?.rawValue ?? "entries"): \(new) new, \(changed) changed, \(unchanged) unchanged"
        guard linesRefused > 0 else { return sums + "." }
        return "\(sums); \(linesRefused) of \(lines) lines could not be taken as they are."
    }

    package var json: JSONValue {
        [
            "report_version": .number(Report.version), "filename": .text(filename), "file_sha256": .optional(sha256),
            "kind": .optional(kind?.rawValue), "status": .text(status.rawValue), "message": .text(message),
            "received_at": .text(receivedAt.description), "rows_total": .number(lines), "rows_failed": .number(linesRefused),
            "new": .number(new), "changed": .number(changed), "unchanged": .number(unchanged),
            "import": number.map(JSONValue.number) ?? .null,
            "errors": .array((refusal.map { [$0.json] } ?? []) + problems.prefix(Report.entriesListed).map(\.json)),
        ]
    }

    package var jsonBytes: [UInt8] { JSONText.bytes(of: json, .indented) + [UInt8(ascii: "\n")] }
}

extension ReferenceProblem {
    package var json: JSONValue {
        [
            "row_number": .number(row), "field_name": .optional(column), "field_value": .optional(value), "error_message": .text(message),
        ]
    }
}
