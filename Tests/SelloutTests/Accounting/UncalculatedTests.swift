import Sellout
import Testing

/// Formulas without a stored value: they are not empty.
@Suite struct UncalculatedTests {
    @Test(arguments: [(3, "D"), (4, "E"), (5, "F"), (6, "G"), (7, "H"), (0, "A")])
    func `one in a field of a table's row is an error of that row only`(column: Int, letter: String) throws {
        var book = TestBook.boxnox([TestBook.boxnoxRow(), TestBook.boxnoxRow("Sol", .ean(2), 2, 22)])
        book.sheets[0].rows[1][column] = .uncalculated
        let reading = try book.reading(as: "boxnox")
        #expect(reading.errors == ["2\(letter) FORMULA_NOT_CALCULATED "] && reading.sales.count == 1)
        #expect(reading.harvested.errors.first?.suggestion?.contains("Open the file in Excel") == true)
    }

    @Test func `one in a column that the profile does not want is silent`() throws {
        var book = TestBook.boxnox([TestBook.boxnoxRow()])
        book.sheets[0].rows[1][2] = .uncalculated
        let reading = try book.reading(as: "boxnox")
        #expect(reading.errors.isEmpty && reading.warnings.isEmpty && reading.sales.count == 1)
    }

    @Test(arguments: [1, 3, 4, 5, 6]) func `one in a grid of stores refuses the file`(column: Int) throws {
        var book = TestBook.cdlc(["E-shop", "Riga"], [[1, 2], [3, 5]])
        book.sheets[0].rows[5][column] = .uncalculated
        let refusal = #expect(throws: FileRefusal.self) { try book.reading(as: "cdlc") }
        #expect(refusal?.type == .formulaNotCalculated)
        #expect(refusal?.message.contains("\(["A", "B", "C", "D", "E", "F", "G"][column])6 of the sheet \"2025 04\"") == true)
    }

    @Test(arguments: [0, 1, 2]) func `one in a grid of months refuses the file`(column: Int) throws {
        var book = TestBook.galilu(["Jan", "Feb"], [[1, 2], [3, 5]])
        book.sheets[0].rows[2][column] = .uncalculated
        #expect(#expect(throws: FileRefusal.self) { try book.reading(as: "galilu") }?.type == .formulaNotCalculated)
        let euros = TestBook.aromateque([["A", "A1", 1, nil, nil, 1, .uncalculated]])
        #expect(#expect(throws: FileRefusal.self) { try euros.reading(as: "aromateque") }?.message.contains("G4") == true)
    }

    @Test func `one in a report of blocks refuses the file`() throws {
        var book = TestBook.liberty(TestBook.libertyBlock("000834429 | 98", [3, 615, 1, 205]))
        book.sheets[0].rows[5][6] = .uncalculated
        #expect(#expect(throws: FileRefusal.self) { try book.reading(as: "liberty") }?.type == .formulaNotCalculated)
    }

    @Test func `one in a total makes the batch wait, and the sales are read`() throws {
        let table = TestBook.boxnox([TestBook.boxnoxRow(), ["Total", nil, nil, nil, nil, .uncalculated, 10]])
        let reading = try table.reading(as: "boxnox")
        #expect(reading.held == ["FORMULA_NOT_CALCULATED | \(TestBook.boxnoxSheet) | F3 | a formula without a value in a total"])
        #expect(reading.sales.count == 1 && reading.errors.isEmpty)
        var stores = TestBook.cdlc(["E-shop", "Riga"], [[1, 2], [3, 5]])
        stores.sheets[0].rows[5][7] = .uncalculated
        #expect(
            try stores.reading(as: "cdlc").held == [
                "FORMULA_NOT_CALCULATED | \(TestBook.cdlcSheet) | H6 | a formula without a value in a total"
            ])
        var months = TestBook.galilu(["Jan", "Feb"], [[1, 2], [3, 5]])
        months.sheets[0].rows[1][3] = .uncalculated
        #expect(try months.reading(as: "galilu").doubts == ["FORMULA_NOT_CALCULATED"])
    }

    @Test func `an error value in a total makes the batch wait, too, for nothing is compared with it`() throws {
        let reading = try TestBook.boxnox([TestBook.boxnoxRow(), ["Total", nil, nil, nil, nil, .error("#REF!"), .error("#REF!")]]).reading(
            as: "boxnox")
        #expect(!reading.held.isEmpty)
    }

    @Test func `total rows of grids and blocks that were never calculated make the batch wait at each cell`() throws {
        var stores = TestBook.cdlc(["E-shop", "Riga"], [[1, 2], [3, 5]])
        stores.sheets[0].rows.append([nil, "Total", nil, .uncalculated, .uncalculated, 7, .uncalculated])
        #expect(try stores.reading(as: "cdlc").findings.warnings.first?.places.map(\.range) == ["D7", "E7", "G7"])
        let months = TestBook.galilu(["Jan", "Feb"], [["A", 1, 2, 3], ["Total", .uncalculated, 2, 3]])
        #expect(try months.reading(as: "galilu").doubts == ["FORMULA_NOT_CALCULATED"])
        let grand: Values = ["Grand Total", nil, nil, nil, nil, .uncalculated, 615, 1, 205]
        let blocks = TestBook.liberty(TestBook.libertyBlock("000834429 | 98", [3, 615, 1, 205]) + [grand])
        #expect(try blocks.reading(as: "liberty").doubts == ["FORMULA_NOT_CALCULATED"])
    }
}
