import Cells
import Reports
import Texts

/// A cell as `cells` lists it, one line of JSON each.
package enum CellListing {
    /// Rows and columns are counted from 1. Nil for a cell that shows nothing.
    package static func json(_ cell: Cell, of row: Row, sheet: String) -> JSONValue? {
        let text = row.string(cell)
        let value: (type: String, value: JSONValue)
        switch cell.kind {
        case .number: value = ("number", cell.number.map(JSONValue.decimal) ?? .null)
        case .bool: value = ("bool", .bool(cell.bool == true))
        case .date: value = ("date", .text(text))
        case .error: value = ("error", .text(text))
        case .text, .sharedText:
            if text.isEmpty { return nil }
            value = ("text", .text(text))
        }
        return [
            "sheet": .text(sheet), "row": .number(row.number), "col": .number(Int(cell.column) + 1), "type": .text(value.type),
            "value": value.value,
        ]
    }
}
