import Batches
import Calling
import Cells
import Ledger
import Sellout

/// Options that mean more than text.
extension Arguments {
    func limit(or fallback: Int) throws(UsageError) -> Int {
        guard let text = value("limit") else { return fallback }
        guard let number = Int(text), number > 0 else {
            throw misuse("--limit wants a number above 0, not \(text).")
        }
        return number
    }

    func state() throws(UsageError) -> BatchState? {
        guard let text = value("status") else { return nil }
        guard let state = BatchState(rawValue: text) else {
            let all = BatchState.allCases.map(\.rawValue).joined(separator: ", ")
            throw misuse("\(text) is no status; there are \(all).")
        }
        return state
    }

    /// A moment: a day means its end, what bears no zone is UTC.
    func moment(_ name: String) throws(UsageError) -> Timestamp? {
        guard let text = value(name) else { return nil }
        if let day = CivilDay(text) { return Timestamp(endOf: day) }
        guard let moment = Timestamp(text) else {
            throw misuse("--\(name) wants a day or a moment in UTC such as 2026-03-31T12:00, not \(text).")
        }
        return moment
    }

    func errorType() throws(UsageError) -> RowErrorType? {
        guard let text = value("type") else { return nil }
        guard let type = RowErrorType(rawValue: text.uppercased()) else {
            let all = RowErrorType.allCases.map(\.rawValue).joined(separator: ", ")
            throw misuse("\(text) is no type of error of a row; there are \(all).")
        }
        return type
    }

    func errorTrait() throws(UsageError) -> ErrorTrait? {
        guard let text = value("by") else { return nil }
        guard let trait = ErrorTrait(rawValue: text) else {
            throw misuse("--by wants \(ErrorTrait.allCases.map(\.rawValue).joined(separator: ", ")), not \(text).")
        }
        return trait
    }

    /// A day, or a month, of which the first or the last day is meant.
    func day(_ name: String, endOfMonth: Bool) throws(UsageError) -> CivilDay? {
        guard let text = value(name) else { return nil }
        if let day = CivilDay(text) { return day }
        guard let month = Month(text) else {
            throw misuse("--\(name) wants a day such as 2025-04-17 or a month such as 2025-04, not \(text).")
        }
        return endOfMonth ? month.lastDay : month.firstDay
    }
}
