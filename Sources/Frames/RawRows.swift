import Cells

/// Rows of cells as they are in a sheet.
package struct RawRows: Sendable {
    package enum Value: Hashable, Sendable {
        case number(DecimalNumber)
        case text(String)
        case bool(Bool)
        case date(CivilTime)
        case error(String)
    }

    package struct Line: Hashable, Sendable {
        package let number: Int
        /// Columns from 0; empty cells are left out.
        package let cells: [Int: Value]

        package init(number: Int, cells: [Int: Value]) {
            self.number = number
            self.cells = cells
        }
    }

    package let sheet: String
    package var lines: [Line] = []

    package init(sheet: String) { self.sheet = sheet }
}

/// One sheet in a listing.
package struct SheetSummary: Hashable, Sendable {
    package let name: String
    package let rows: Int
    package let columns: Int
    package let isHidden: Bool

    package init(name: String, rows: Int, columns: Int, isHidden: Bool) {
        self.name = name
        self.rows = rows
        self.columns = columns
        self.isHidden = isHidden
    }
}

/// The row that names a sheet's columns, as a layout has found it. Columns from 0.
package struct SheetHeader: Hashable, Sendable {
    package let sheet: String
    /// As the file writes them.
    package let headers: [Int: String]
    /// Which field of a sale each column holds, where the layout has one for it: `ean`, `quantity`, `amount`.
    package let fields: [Int: String]

    package init(sheet: String, headers: [Int: String], fields: [Int: String]) {
        self.sheet = sheet
        self.headers = headers
        self.fields = fields
    }
}

extension RawRows.Value {
    package init(_ cell: Cell, in row: Row) {
        if let number = cell.number {
            self = .number(number)
        } else if let bool = cell.bool {
            self = .bool(bool)
        } else if let date = cell.date {
            self = .date(date)
        } else {
            self = cell.kind == .error ? .error(row.string(cell)) : .text(row.string(cell))
        }
    }
}

extension RawRows: FramedRecord {
    init<Form: Fields<RawRows>>(_ field: Form) throws(Form.Fault) {
        self.init(sheet: try field(\.sheet))
        lines = try field(\.lines)
    }
}

extension RawRows.Line: FramedRecord {
    init<Form: Fields<RawRows.Line>>(_ field: Form) throws(Form.Fault) {
        try self.init(number: field(\.number), cells: field(\.cells))
    }
}

/// A line's cells, in the order of their columns.
extension Dictionary: Framed where Key == Int, Value: Framed {
    func write(to bytes: inout ByteWriter) {
        bytes.put(UInt32(clamping: count))
        for (column, value) in sorted(by: { $0.key < $1.key }) {
            column.write(to: &bytes)
            value.write(to: &bytes)
        }
    }

    init(from bytes: inout ByteReader) throws(FrameFault) {
        self.init()
        for _ in 0..<(try bytes.listLength()) {
            let column = try Int(from: &bytes)
            self[column] = try Value(from: &bytes)
        }
    }
}

extension RawRows.Value: Framed {
    func write(to bytes: inout ByteWriter) {
        switch self {
        case .number(let number): bytes.put(kind: 1, number)
        case .text(let text): bytes.put(kind: 2, text)
        case .bool(let value): bytes.put(kind: 3, value)
        case .date(let date): bytes.put(kind: 4, date.milliseconds)
        case .error(let text): bytes.put(kind: 5, text)
        }
    }

    init(from bytes: inout ByteReader) throws(FrameFault) {
        switch try bytes.kind() {
        case 1: self = .number(try DecimalNumber(from: &bytes))
        case 2: self = .text(try String(from: &bytes))
        case 3: self = .bool(try Bool(from: &bytes))
        case 4: self = .date(CivilTime(milliseconds: try Int64(from: &bytes)))
        case 5: self = .error(try String(from: &bytes))
        default: throw FrameFault("a cell is of no known kind")
        }
    }
}

extension DecimalNumber: FramedRecord {
    init<Form: Fields<DecimalNumber>>(_ field: Form) throws(Form.Fault) {
        try self.init(digits: field(\.digits), exponent: field(\.exponent))
    }
}

extension SheetHeader: FramedRecord {
    init<Form: Fields<SheetHeader>>(_ field: Form) throws(Form.Fault) {
        try self.init(sheet: field(\.sheet), headers: field(\.headers), fields: field(\.fields))
    }
}

extension SheetSummary: FramedRecord {
    init<Form: Fields<SheetSummary>>(_ field: Form) throws(Form.Fault) {
        try self.init(name: field(\.name), rows: field(\.rows), columns: field(\.columns), isHidden: field(\.isHidden))
    }
}
