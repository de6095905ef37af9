import Audience
import Batches
import Ledger
import Reports
import Sellout

/// What became of a file of audience records. All of it was taken, or nothing.
package struct AudienceImport: Sendable {
    /// Nil where nothing was taken.
    package let batch: AudienceBatch?
    /// Why not, in one sentence.
    package let refusal: String?
    package let problems: [AudienceReport.Problem]
    package let rowsRefused: Int
    package let otherSheets: [String]

    package func report(filename: String, sha256: String?, receivedAt: Timestamp) -> AudienceReport {
        AudienceReport(
            filename: filename, sha256: sha256, receivedAt: receivedAt,
            upload: batch.map { AudienceReport.Upload(id: $0.uploadID, name: $0.name, rows: $0.rows, fields: $0.fields) },
            refusal: refusal, problems: problems, rowsFailed: rowsRefused, otherSheets: otherSheets)
    }
}

extension OperatorDesk {
    /// So large may a JSON file be.
    package static let largestAudienceFile = RecordSheet.largest

    /// A CSV file or a workbook: the first sheet that holds something, all or nothing.
    package func importAudience(from file: any FileViewing, most: Int = AudienceLimits.records) throws(Refused) -> AudienceImport {
        var sheet = RecordSheet(most: most)
        do {
            try file.rows { name, row in
                try sheet.take(row, of: name)
                return true
            }
            return try entered(try sheet.finish(), file.name, otherSheets: sheet.otherSheets)
        } catch let fault as BatchFault {
            return refused(fault, sheet)
        } catch {
            let refused = Refused(any: error)
            guard refused.reason == .wrong else { throw refused }
            return AudienceImport(batch: nil, refusal: refused.sentence, problems: [], rowsRefused: 0, otherSheets: [])
        }
    }

    /// A JSON file: what a program would post, or the list of records alone. `next` gives its pieces, and nil at its end.
    package func importAudience(
        json name: String, most: Int = AudienceLimits.records, next: () throws -> [UInt8]?
    ) throws -> AudienceImport {
        var reader = BatchReader(most: most, form: .file)
        var size = 0
        do {
            while let piece = try next() {
                // Some programs begin a text with a mark of its encoding, which JSON knows nothing of.
                let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
                let bare = size == 0 && piece.starts(with: mark) ? Array(piece.dropFirst(mark.count)) : piece
                size += piece.count
                guard size <= Self.largestAudienceFile else {
                    throw BatchFault("The file is larger than \(Self.largestAudienceFile >> 20) MiB")
                }
                try reader.take(bare.span)
            }
            return try entered(try reader.finish(), name, otherSheets: [])
        } catch let fault as BatchFault {
            let problems = fault.place.isEmpty ? [] : [AudienceReport.Problem(place: fault.place, message: fault.what)]
            return AudienceImport(
                batch: nil, refusal: "\(fault).", problems: problems, rowsRefused: fault.place.isEmpty ? 0 : 1, otherSheets: [])
        }
    }

    private func entered(_ content: ReceivedBatch, _ name: String, otherSheets: [String]) throws(Refused) -> AudienceImport {
        let batch = try enter(audience: content, owner: nil, name: content.name ?? BatchName.of(file: name), source: name)
        return AudienceImport(batch: batch, refusal: nil, problems: [], rowsRefused: 0, otherSheets: otherSheets)
    }

    private func refused(_ fault: BatchFault, _ sheet: RecordSheet) -> AudienceImport {
        AudienceImport(
            batch: nil, refusal: "\(fault).",
            problems: sheet.problems.map { AudienceReport.Problem(row: $0.row, field: $0.field, message: $0.what) },
            rowsRefused: sheet.rowsRefused, otherSheets: sheet.otherSheets)
    }
}
