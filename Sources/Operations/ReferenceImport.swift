import Ledger
import Sellout

/// What importing a reference file has done, or would do.
package struct ReferenceImport: Sendable {
    package let kind: ReferenceData.Kind
    package let lines: Int
    package let linesRefused: Int
    package let change: ReferenceChange
    /// Its line in the audit log, by which it can be undone; nil where nothing has changed.
    package let number: Int64?
    package let problems: [ReferenceProblem]
    /// Whom the file is about; nil where that is everybody.
    package let resellers: Set<String>?
    /// Of one that was only tried: the first records that it would change.
    package let records: [ChangedRecord]

    package var sentence: String {
        "\(kind.rawValue): \(change.new) new, \(change.changed) changed, \(change.unchanged) unchanged."
    }

    /// Nil where every line was taken.
    package var refusedSentence: String? {
        linesRefused == 0 ? nil : "\(linesRefused) of \(lines) lines could not be taken as they are."
    }
}

extension OperatorDesk {
    /// So many records are told of an import that is only tried.
    package static let recordsTold = 20

    /// Reads a file of reference data and takes its good lines; `kind` is what the operator says it is; nil where its headers
    /// alone tell.
    package func importReference(
        _ kind: ReferenceData.Kind?, from file: any FileViewing, reason: String = ""
    ) throws(Refused) -> ReferenceImport {
        let deed = deed(reason.isEmpty ? file.name : "\(file.name): \(reason)")
        var taken: TakenReference?
        return try read(kind, file) { piece throws(LedgerFault) in
            taken = try ledger.take(piece, after: taken, by: deed)
        } outcome: {
            (taken?.change, taken?.line, [])
        }
    }

    /// The same, and nothing is changed.
    package func tryReference(_ kind: ReferenceData.Kind?, from file: any FileViewing) throws(Refused) -> ReferenceImport {
        var sum: ImportPreview?
        return try read(kind, file) { piece throws(LedgerFault) in
            let told = sum?.records ?? []
            let preview = try ledger.preview(piece, records: OperatorDesk.recordsTold - told.count)
            sum = ImportPreview(preview.change.adding(sum?.change), records: told + preview.records)
        } outcome: {
            (sum?.change, nil, sum?.records ?? [])
        }
    }

    private func read(
        _ kind: ReferenceData.Kind?, _ file: any FileViewing, _ take: (ReferenceData) throws(LedgerFault) -> Void,
        outcome: () -> (ReferenceChange?, Int64?, [ChangedRecord])
    ) throws(Refused) -> ReferenceImport {
        var lines = ReferenceFile(expecting: kind, resellers: terms.isEmpty ? nil : Set(terms.keys), pieceSize: 50_000)
        var resellers: Set<String> = []
        func took(_ piece: ReferenceData?) throws(LedgerFault) {
            guard let piece else { return }
            resellers.formUnion(piece.resellers ?? [])
            try take(piece)
        }
        do {
            var sheet: String?
            try file.rows { name, row in
                // Further sheets of a workbook are notes of whoever keeps it.
                guard sheet == nil || sheet == name || lines.kind == nil else { return false }
                sheet = name
                try took(try lines.take(row))
                return true
            }
            try took(try lines.finish())
        } catch {
            throw Refused(any: error)
        }
        guard let taken = lines.kind else { throw Refused(.wrong, "The file is empty.") }
        let (change, number, records) = outcome()
        return ReferenceImport(
            kind: taken, lines: lines.lines, linesRefused: lines.linesRefused,
            change: change ?? ReferenceChange(new: 0, changed: 0, unchanged: 0), number: number, problems: lines.problems,
            resellers: taken == .mappings || taken == .stores ? resellers : nil, records: records)
    }
}

extension ReferenceData {
    /// Nil where the records are everybody's.
    fileprivate var resellers: Set<String>? {
        switch self {
        case .mappings(let all): Set(all.map(\.reseller))
        case .stores(let all): Set(all.map(\.reseller))
        case .products, .prices, .rates: nil
        }
    }
}

extension ReferenceChange {
    fileprivate func adding(_ other: ReferenceChange?) -> ReferenceChange {
        guard let other else { return self }
        return ReferenceChange(new: new + other.new, changed: changed + other.changed, unchanged: unchanged + other.unchanged)
    }
}
