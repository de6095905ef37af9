import Batches
import Cells
import Sellout

extension Int64: Stored {
    init?(_ row: Statement, at place: Int32) {
        guard let number = row.integer(place) else { return nil }
        self = number
    }

    func bind(to statement: Statement, at place: inout Int32) throws(LedgerFault) { try statement.bind(self, at: &place) }
}

extension String: Stored {
    init?(_ row: Statement, at place: Int32) {
        guard let text = row.text(place) else { return nil }
        self = text
    }

    func bind(to statement: Statement, at place: inout Int32) throws(LedgerFault) { try statement.bind(self, at: &place) }
}

extension Optional: Bindable where Wrapped: Bindable {
    func bind(to statement: Statement, at place: inout Int32) throws(LedgerFault) {
        if let self { try self.bind(to: statement, at: &place) } else { try statement.bindNull(at: &place) }
    }
}

extension Optional: Stored where Wrapped: Stored {
    init?(_ row: Statement, at place: Int32) {
        if row.isNull(place) {
            self = .none
        } else {
            guard let value = Wrapped(row, at: place) else { return nil }
            self = .some(value)
        }
    }
}

/// A value that is kept as a simpler one.
protocol StoredAs: Stored {
    associatedtype Kept: Stored
    var kept: Kept { get }
    /// Nil where that stands for no such value.
    init?(kept: Kept)
}

extension StoredAs {
    init?(_ row: Statement, at place: Int32) {
        guard let kept = Kept(row, at: place) else { return nil }
        self.init(kept: kept)
    }

    func bind(to statement: Statement, at place: inout Int32) throws(LedgerFault) { try kept.bind(to: statement, at: &place) }
}

extension StoredAs where Self: RawRepresentable, RawValue: Stored {
    var kept: RawValue { rawValue }
    init?(kept: RawValue) { self.init(rawValue: kept) }
}

extension Int: StoredAs {
    var kept: Int64 { Int64(self) }
    init?(kept: Int64) { self.init(exactly: kept) }
}

extension Int32: StoredAs {
    var kept: Int64 { Int64(self) }
    init?(kept: Int64) { self.init(exactly: kept) }
}

extension Bool: StoredAs {
    var kept: Int64 { self ? 1 : 0 }

    init?(kept: Int64) {
        guard kept == 0 || kept == 1 else { return nil }
        self = kept == 1
    }
}

extension Money: StoredAs {
    var kept: Int64 { units }
    init?(kept: Int64) { self.init(units: kept) }
}

extension CivilDay: StoredAs {
    var kept: Int32 { number }
    init?(kept: Int32) { self.init(number: kept) }
}

extension Timestamp: StoredAs {
    var kept: Int64 { milliseconds }
    init?(kept: Int64) { self.init(milliseconds: kept) }
}

extension BatchID: StoredAs {
    var kept: String { text }
    init?(kept: String) { self.init(kept) }
}

extension EAN: StoredAs {
    var kept: Int64 { value }
    init?(kept: Int64) { self.init(kept) }
}

/// An EAN in the tables that operators fill: thirteen digits, the zeros in front too.
struct WrittenEAN: StoredAs {
    let ean: EAN

    init(_ ean: EAN) { self.ean = ean }

    var kept: String { ean.description }

    init?(kept: String) {
        guard let ean = EAN(kept) else { return nil }
        self.ean = ean
    }
}

extension UploadMode: StoredAs {}
extension BatchState: StoredAs {}
extension RowErrorType: StoredAs {}
extension ApprovalPolicy: StoredAs {}
