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
    package func importReference(_ kind: ReferenceData.Kind?, from path: String, reading: any FileViewing) throws(Refused)
        -> ReferenceImport
    {
        var file = ReferenceFile(expecting: kind, resellers: terms.isEmpty ? nil : Set(terms.keys), pieceSize: 50_000)
        var sum = (new: 0, changed: 0, unchanged: 0)
        let deed = deed(path.split(separator: "/").last.map(String.init) ?? path)
        func take(_ piece: ReferenceData?) throws(LedgerFault) {
            guard let piece else { return }
            let change = try ledger.take(piece, by: deed)
            sum = (sum.new + change.new, sum.changed + change.changed, sum.unchanged + change.unchanged)
        }
        do {
            var sheet: String?
            try reading.rows(of: path) { name, row in
                // Further sheets of a workbook are notes of whoever keeps it.
                guard sheet == nil || sheet == name || file.kind == nil else { return false }
                sheet = name
                try take(try file.take(row))
                return true
            }
            try take(try file.finish())
        } catch {
            throw Refused(any: error)
        }
        guard let taken = file.kind else { throw Refused(.wrong, "The file is empty.") }
        return ReferenceImport(
            kind: taken, lines: file.lines, linesRefused: file.linesRefused,
            change: ReferenceChange(new: sum.new, changed: sum.changed, unchanged: sum.unchanged), problems: file.problems)
    }
}
