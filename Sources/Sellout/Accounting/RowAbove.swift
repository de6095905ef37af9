import Cells

/// What the rows above said of product, store and time, for cells that are merged over several rows: only the first has the text.
struct RowAbove {
    private let order: SheetOrder
    private var merged: MergedCells { order.merged }
    private var ean: (row: Int, value: EAN)?
    private var code: (row: Int, value: Int32)?
    private var name: (row: Int, value: Int32)?
    private var store: (row: Int, value: Int32)?
    private var period: (row: Int, value: Period)?

    init(_ order: SheetOrder) { self.order = order }

    /// The row's product, with what a merged cell above says of it. A cell merged over another product's row names neither.
    mutating func product(_ key: ProductKey, _ columns: TableColumns, _ row: Row, isGrid: Bool = false) throws -> ProductKey {
        var whole = key
        if key.ean == nil || key.code == TextTable.none || key.name == TextTable.none {
            whole = try completed(key, columns, row)
        }
        // A grid has one row for each product.
        if isGrid, whole != key, let column = [columns.ean, columns.code, columns.name].compactMap({ $0 }).first { doubt(column, row) }
        if let found = key.ean { ean = (row.number, found) }
        if key.code != TextTable.none { code = (row.number, key.code) }
        if key.name != TextTable.none { name = (row.number, key.name) }
        return whole
    }

    private func completed(_ key: ProductKey, _ columns: TableColumns, _ row: Row) throws -> ProductKey {
        var whole = key
        if let column = columns.ean, whole.ean == nil {
            whole = ProductKey(ean: try value(ean, column, row), code: key.code, name: key.name)
            if whole.ean != nil, differs(key.code, code?.value) || differs(key.name, name?.value) { doubt(column, row) }
        }
        if let column = columns.code, whole.code == TextTable.none {
            whole = ProductKey(ean: whole.ean, code: try value(code, column, row) ?? TextTable.none, name: key.name)
        }
        if let column = columns.name, whole.name == TextTable.none {
            whole = ProductKey(ean: whole.ean, code: whole.code, name: try value(name, column, row) ?? TextTable.none)
        }
        return whole
    }

    private func differs(_ text: Int32, _ above: Int32?) -> Bool { text != TextTable.none && above != nil && text != above }

    private func doubt(_ column: Int, _ row: Row) {
        order.harvest.doubt(
            "MERGED_PRODUCT",
            "the product of row \(row.number) of the sheet \"\(order.sheetName)\" is merged with another product's cell above it",
            Warning.Place(sheet: order.sheetName, range: "\(ColumnName.text(column))\(row.number)", look: "row \(row.number), merged"))
    }

    mutating func store(_ text: Int32, _ column: Int?, _ row: Row) throws -> Int32 {
        guard text == TextTable.none else {
            store = (row.number, text)
            return text
        }
        return try column.flatMap { try value(store, $0, row) } ?? text
    }

    /// The row's period: the one above where its cell is merged, and what `read` reads elsewhere.
    mutating func period(_ columns: TableColumns, _ row: Row, _ read: () -> Period?) throws -> Period? {
        let isDense = row.cells.last.map { Int($0.column) + 1 == row.cells.count } ?? true
        if !isDense || row.cells.count <= columns.lastDating,
            let column = lacking(columns.dating.first, row) ?? lacking(columns.dating.second, row), let above = period,
            let anchor = try merged.anchorRow(column, row: row.number), anchor == above.row, repeats(above.value, columns, row)
        {
            return above.value
        }
        let found = read()
        if let found { period = (row.number, found) }
        return found
    }

    private func lacking(_ column: Int?, _ row: Row) -> Int? { column.flatMap { row.cell(column: $0) == nil ? $0 : nil } }

    /// Whether the cells that the row has do not contradict the period above.
    private func repeats(_ period: Period, _ columns: TableColumns, _ row: Row) -> Bool {
        guard let (year, month, _) = period.date?.day.components else { return false }
        func says(_ column: Int?, _ number: Int) -> Bool {
            guard let column, let cell = row.cell(column: column) else { return true }
            return cell.number?.whole == Int64(number) || Folded.text(row.string(cell)) == String(number)
        }
        return says(columns.year, year) && says(columns.month, month)
    }

    private func value<Value>(_ above: (row: Int, value: Value)?, _ column: Int, _ row: Row) throws -> Value? {
        guard let above, row.cell(column: column) == nil, try merged.anchorRow(column, row: row.number) == above.row else { return nil }
        return above.value
    }
}
