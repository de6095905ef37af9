import Cells

/// Rows of cells as they stand in a sheet.
package struct RawRows: Sendable {
    package enum Value: Hashable, Sendable {
        case number(DecimalNumber)
        case text(String)
        case bool(Bool)
        case date(CivilTime)
        case error(String)

        /// As a person would read it.
        package var text: String {
            switch self {
            case .number(let number): number.description
            case .text(let text), .error(let text): text
            case .bool(let value): value ? "TRUE" : "FALSE"
            case .date(let date): date.description
            }
        }
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

extension ByteWriter {
    mutating func put(_ rows: RawRows) {
        put(rows.sheet)
        put(all: rows.lines) { writer, line in
            writer.put(Int32(clamping: line.number))
            writer.put(all: line.cells.sorted { $0.key < $1.key }) { writer, cell in
                writer.put(Int32(clamping: cell.key))
                writer.put(cell.value)
            }
        }
    }

    mutating func put(_ value: RawRows.Value) {
        switch value {
        case .number(let number):
            put(UInt8(1))
            put(number.digits)
            put(number.exponent)
        case .text(let text):
            put(UInt8(2))
            put(text)
        case .bool(let value):
            put(UInt8(3))
            put(value)
        case .date(let date):
            put(UInt8(4))
            put(date.milliseconds)
        case .error(let text):
            put(UInt8(5))
            put(text)
        }
    }

    mutating func put(_ sheet: SheetSummary) {
        put(sheet.name)
        put(Int32(clamping: sheet.rows))
        put(Int32(clamping: sheet.columns))
        put(sheet.isHidden)
    }
}

extension ByteReader {
    mutating func rawRows() throws(FrameFault) -> RawRows {
        var rows = RawRows(sheet: try text())
        rows.lines = try list { reader throws(FrameFault) in
            let number = Int(try reader.integer(Int32.self))
            let cells = try reader.list { reader throws(FrameFault) in (Int(try reader.integer(Int32.self)), try reader.rawValue()) }
            return RawRows.Line(number: number, cells: Dictionary(cells, uniquingKeysWith: { first, _ in first }))
        }
        return rows
    }

    private mutating func rawValue() throws(FrameFault) -> RawRows.Value {
        switch try integer(UInt8.self) {
        case 1: .number(DecimalNumber(digits: try integer(), exponent: try integer()))
        case 2: .text(try text())
        case 3: .bool(try flag())
        case 4: .date(CivilTime(milliseconds: try integer()))
        case 5: .error(try text())
        default: throw FrameFault("a cell is of no known kind")
        }
    }

    mutating func sheetSummary() throws(FrameFault) -> SheetSummary {
        SheetSummary(name: try text(), rows: Int(try integer(Int32.self)), columns: Int(try integer(Int32.self)), isHidden: try flag())
    }
}
