import Cells

/// Collects one row's cells and hands them over in the order of their columns.
@safe final class CellBuffer {
    private let base: UnsafeMutablePointer<Cell>
    private let capacity: Int
    private(set) var count = 0
    private var lastColumn: Int32 = -1
    private var isSorted = true

    init(capacity: Int) {
        let capacity = min(capacity, 1 << 20)
        self.capacity = capacity
        unsafe base = UnsafeMutablePointer.allocate(capacity: capacity)
    }

    deinit { unsafe base.deallocate() }

    @inline(__always) func reset() {
        count = 0
        lastColumn = -1
        isSorted = true
    }

    /// False when there are more cells than columns, which only a broken row can have.
    @inline(__always) func append(_ cell: Cell) -> Bool {
        guard count < capacity else { return false }
        if cell.column <= lastColumn { isSorted = false }
        lastColumn = cell.column
        unsafe (base + count).initialize(to: cell)
        count += 1
        return true
    }

    func move(to row: inout Row) {
        unsafe row.cells.append(contentsOf: UnsafeBufferPointer(start: base, count: count))
        if !isSorted { sort(&row) }
    }

    /// Where two cells claim one column the later one holds.
    private func sort(_ row: inout Row) {
        let ordered = row.cells.enumerated().sorted { ($0.element.column, $0.offset) < ($1.element.column, $1.offset) }.map(\.element)
        row.cells.removeAll(keepingCapacity: true)
        for (index, cell) in ordered.enumerated() where index + 1 == ordered.count || ordered[index + 1].column != cell.column {
            row.cells.append(cell)
        }
    }
}
