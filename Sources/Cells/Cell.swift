// The types of this room are @usableFromInline although only this package uses them: the compiler inlines @inlinable members of
// a package type into other rooms only where the type itself is @usableFromInline. Reading counts on it, some calls for every cell.

/// One cell of a row: sixteen bytes, no allocation. Its text lies in the row's bytes or among the workbook's shared texts;
/// `Row.withText` and `Row.string` reach it.
@usableFromInline @frozen package struct Cell: Sendable {
    @usableFromInline @frozen package enum Kind: UInt8, Sendable {
        case number, bool, date
        /// Text in the row's own bytes.
        case text
        /// Text among the workbook's shared texts. Equal texts mostly share an index, so what is made of one can be kept by it.
        case sharedText
        /// An error value such as `#DIV/0!`, spelled in the row's bytes.
        case error
        /// A formula whose result the file does not hold: not empty, and nobody here knows what it is.
        case uncalculated
    }

    /// Counted from 0; column A is 0.
    @usableFromInline package let column: Int32
    @usableFromInline package let kind: Kind
    @usableFromInline let exponent: Int16
    @usableFromInline let payload: Int64

    @inlinable init(column: Int32, kind: Kind, exponent: Int16 = 0, payload: Int64) {
        self.column = column
        self.kind = kind
        self.exponent = exponent
        self.payload = payload
    }

    @inlinable package static func number(_ number: DecimalNumber, column: Int32) -> Cell {
        Cell(column: column, kind: .number, exponent: number.exponent, payload: number.digits)
    }

    @inlinable package static func bool(_ value: Bool, column: Int32) -> Cell {
        Cell(column: column, kind: .bool, payload: value ? 1 : 0)
    }

    @inlinable package static func date(_ moment: CivilTime, column: Int32) -> Cell {
        Cell(column: column, kind: .date, payload: moment.milliseconds)
    }

    @inlinable package static func sharedText(_ index: Int32, column: Int32) -> Cell {
        Cell(column: column, kind: .sharedText, payload: Int64(index))
    }

    /// Text or an error at `offset` in the row's bytes.
    @inlinable package static func text(offset: Int32, count: Int32, column: Int32, isError: Bool = false) -> Cell {
        Cell(column: column, kind: isError ? .error : .text, payload: Int64(offset) << 32 | Int64(count))
    }

    @inlinable package static func uncalculated(column: Int32) -> Cell {
        Cell(column: column, kind: .uncalculated, payload: 0)
    }

    @inlinable package var number: DecimalNumber? {
        kind == .number ? DecimalNumber(digits: payload, exponent: exponent) : nil
    }

    @inlinable package var bool: Bool? { kind == .bool ? payload != 0 : nil }

    @inlinable package var date: CivilTime? { kind == .date ? CivilTime(milliseconds: payload) : nil }

    /// Where the text stands among the shared texts, if it is one of them.
    @inlinable package var sharedIndex: Int? { kind == .sharedText ? Int(payload) : nil }

    /// Where the text lies in the row's bytes; meant for `.text` and `.error` only.
    @inlinable var range: Range<Int> {
        let start = Int(payload >> 32)
        return start..<start + Int(payload & 0xFFFF_FFFF)
    }
}
