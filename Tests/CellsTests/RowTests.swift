import Cells
import Testing

@Suite struct RowTests {
    private func row(_ cells: [Cell]) -> Row {
        var row = Row()
        row.reset(number: 7)
        row.cells = cells
        return row
    }

    private func number(_ digits: Int64, _ column: Int32) -> Cell { .number(DecimalNumber(digits: digits), column: column) }

    @Test func `a cell is found by its column in a row with gaps, and what is not there is nil`() {
        let row = row([number(10, 0), number(30, 3), number(40, 4), number(900, 90)])
        #expect([0, 3, 4, 90].map { row.cell(column: $0)?.number?.digits } == [10, 30, 40, 900])
        for column in [1, 2, 5, 89, 91, 1_000_000] { #expect(row.cell(column: column) == nil) }
        #expect(self.row([]).cell(column: 0) == nil)
    }

    @Test func `every kind of cell reads as a person would write it`() {
        var row = row([
            .number(DecimalNumber(digits: -125, exponent: -1), column: 0), .bool(true, column: 1),
            .date(CivilTime(milliseconds: 86_400_000), column: 2), .sharedText(1, column: 3), .sharedText(9, column: 4),
        ])
        row.shared.append(Array("zero".utf8))
        row.shared.append(Array("žluť".utf8))
        row.append(text: "own".utf8, column: 5)
        row.append(text: "#N/A".utf8, column: 6, isError: true)
        row.cells.append(.uncalculated(column: 7))
        #expect(row.cells.map { row.string($0) } == ["-12.5", "TRUE", "1970-01-02", "žluť", "", "own", "#N/A", ""])
        #expect(row.cells.map(\.kind) == [.number, .bool, .date, .sharedText, .sharedText, .text, .error, .uncalculated])
        #expect(row.withText(of: .uncalculated(column: 7)) { $0.isEmpty })
    }

    @Test func `a row that is emptied for the next one has no cells and no texts, and is not hidden`() {
        var row = row([number(1, 0)])
        row.append(text: "x".utf8, column: 1)
        row.isHidden = true
        row.hasUncalculated = true
        row.reset(number: 8)
        #expect(row.number == 8 && row.cells.isEmpty && row.bytes.isEmpty && !row.isHidden && !row.hasUncalculated)
    }
}
