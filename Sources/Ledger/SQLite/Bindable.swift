import Batches
import Cells
import Sellout

/// What may stand for a `?` in a statement.
protocol Bindable {
    func bind(to statement: Statement, at place: Int32) throws(LedgerFault)
}

extension Int64: Bindable {
    func bind(to statement: Statement, at place: Int32) throws(LedgerFault) { try statement.bind(self, at: place) }
}

extension Int: Bindable {
    func bind(to statement: Statement, at place: Int32) throws(LedgerFault) { try statement.bind(Int64(self), at: place) }
}

extension Bool: Bindable {
    func bind(to statement: Statement, at place: Int32) throws(LedgerFault) { try statement.bind(self ? 1 : 0, at: place) }
}

extension String: Bindable {
    func bind(to statement: Statement, at place: Int32) throws(LedgerFault) { try statement.bind(self, at: place) }
}

extension Money: Bindable {
    func bind(to statement: Statement, at place: Int32) throws(LedgerFault) { try statement.bind(units, at: place) }
}

extension CivilDay: Bindable {
    func bind(to statement: Statement, at place: Int32) throws(LedgerFault) { try statement.bind(Int64(number), at: place) }
}

extension Timestamp: Bindable {
    func bind(to statement: Statement, at place: Int32) throws(LedgerFault) { try statement.bind(milliseconds, at: place) }
}

extension Optional: Bindable where Wrapped: Bindable {
    func bind(to statement: Statement, at place: Int32) throws(LedgerFault) {
        if let self { try self.bind(to: statement, at: place) } else { try statement.bindNull(at: place) }
    }
}
