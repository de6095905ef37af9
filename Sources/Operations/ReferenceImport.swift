import Ledger
import Sellout

/// What importing a reference file has done.
package struct ReferenceImport: Sendable {
    package let kind: ReferenceData.Kind
    package let lines: Int
    package let linesRefused: Int
    package let change: ReferenceChange
    package let problems: [ReferenceProblem]

    package var sentence: String {
        "\(kind.rawValue): \(change.new) new, \(change.changed) changed, \(change.unchanged) unchanged."
    }

    /// Nil where every line was taken.
    package var refusedSentence: String? {
        linesRefused == 0 ? nil : "\(linesRefused) of \(lines) lines could not be taken as they are."
    }
}

extension OperatorDesk {
    /// Reads a file of reference data and takes its good lines; `kind` is what the operator says it is; nil where its headers
    /// alone tell.
    package func importReference(_ kind: ReferenceData.Kind?, from file: any FileViewing) throws(Refused)
        -> ReferenceImport
    {
        var lines = ReferenceFile(expecting: kind, resellers: terms.isEmpty ? nil : Set(terms.keys), pieceSize: 50_000)
        var sum = (new: 0, changed: 0, unchanged: 0)
        let deed = deed(file.name)
        func take(_ piece: ReferenceData?) throws(LedgerFault) {
            guard let piece else { return }
            let change = try ledger.take(piece, by: deed)
            sum = (sum.new + change.new, sum.changed + change.changed, sum.unchanged + change.unchanged)
        }
        do {
            var sheet: String?
            try file.rows { name, row in
                // Further sheets of a workbook are notes of whoever keeps it.
                guard sheet == nil || sheet == name || lines.kind == nil else { return false }
                sheet = name
                try take(try lines.take(row))
                return true
            }
            try take(try lines.finish())
        } catch {
            throw Refused(any: error)
        }
        guard let taken = lines.kind else { throw Refused(.wrong, "The file is empty.") }
        return ReferenceImport(
            kind: taken, lines: lines.lines, linesRefused: lines.linesRefused,
            change: ReferenceChange(new: sum.new, changed: sum.changed, unchanged: sum.unchanged), problems: lines.problems)
    }
}
