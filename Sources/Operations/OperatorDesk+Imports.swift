import Ledger
import Sellout

/// What undoing an import has done, and how the booked sales stand to it.
package struct ImportUndoAnswer: Hashable, Sendable {
    package let number: Int64
    package let undone: ImportUndone
    package let salesAffected: Int?

    package var sentence: String {
        let records = undone.putBack == 1 ? "1 record is" : "\(undone.putBack) records are"
        let left = undone.left.isEmpty ? "" : " \(undone.left.count) left as they are: changed since, or named by files."
        return "Import \(number) is undone: \(records) as before.\(left)\(CorrectionAnswer.advice(salesAffected))"
    }
}

extension OperatorDesk {
    package func imports(_ filter: ImportFilter) throws(Refused) -> [ImportEntry] {
        try ask { () throws(LedgerFault) in try ledger.imports(filter) }
    }

    package func undo(import number: Int64, reason: String = "") throws(Refused) -> ImportUndoAnswer {
        let deed = deed(reason)
        let undone = try ask { () throws(LedgerFault) in try ledger.undo(import: number, by: deed) }
        return ImportUndoAnswer(number: number, undone: undone, salesAffected: try salesAffected(of: nil))
    }

    /// So many booked sales would come out otherwise today.
    package func salesAffected(by taken: ReferenceImport) throws(Refused) -> Int? {
        taken.number == nil ? nil : try salesAffected(of: taken.resellers.map(Array.init))
    }
}
