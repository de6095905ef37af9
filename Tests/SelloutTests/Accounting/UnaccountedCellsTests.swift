import Sellout
import Testing

/// What stands beside the data, and above the header, and is read by nobody.
@Suite struct UnaccountedCellsTests {
    private let row = TestBook.boxnoxRow()
    private let sheet = TestBook.boxnoxSheet

    @Test func `numbers in a column that no field takes make the batch wait, with their range and their sum`() throws {
        let book = TestBook.boxnox([row + [5], row, row + ["7,50"]], beside: ["Commission"])
        let reading = try book.reading(as: "boxnox")
        #expect(reading.held == ["UNACCOUNTED_CELLS | \(sheet) | J2:J4 | 2 numbers under \"Commission\", sum 12.50"])
        #expect(reading.sales.count == 3)
    }

    @Test func `numbers without a header make it wait, too, also far to the right`() throws {
        let book = TestBook.boxnox([row, row + [nil, nil, 3]])
        #expect(try book.reading(as: "boxnox").held == ["UNACCOUNTED_CELLS | \(sheet) | L3 | 1 number without a header, sum 3.00"])
    }

    @Test func `each such column is a place of its own`() throws {
        let book = TestBook.boxnox([row + [5, 6], row + [5, 6]], beside: ["Bonus", "Rebate"])
        let warning = try #require(try book.reading(as: "boxnox").findings.warnings.first)
        #expect(warning.count == 2 && warning.places.map(\.range) == ["J2:J3", "K2:K3"])
    }

    @Test func `texts, dates and blanks in a column that no field takes are a note`() throws {
        let texts: Values = ["nice", "batch 12", .day("2025-04-01"), "01.04.2025", "100 ml"]
        let reading = try TestBook.boxnox(texts.map { row + [$0] }, beside: ["Remark"]).reading(as: "boxnox")
        #expect(reading.held.isEmpty && reading.notes == ["COLUMNS_NOT_READ"])
        let blank = try TestBook.boxnox([row + [" "], row + ["\t "]], beside: ["Remark"]).reading(as: "boxnox")
        #expect(blank.warnings.isEmpty)
    }

    @Test func `a column that the profile does not want is silent whatever it holds`() throws {
        var book = TestBook.boxnox([row, row])
        book.sheets[0].rows[1][2] = 17
        book.sheets[0].rows[2][2] = .error("#REF!")
        #expect(try book.reading(as: "boxnox").warnings.isEmpty)
        let sale: Values = ["ON", "2/3/2025", .ean(1), 1, "Oud", 11.5, 10, 2, 2025]
        #expect(try TestBook.skinsSA([sale]).reading(as: "skins_sa").warnings.isEmpty)
    }

    @Test(arguments: ["18,1%", "\u{2212}18,1 %", "n/a €"] as Values)
    func `a percentage, or a figure that cannot be summed, is a figure`(value: TestBook.Value) throws {
        let doubts = try TestBook.boxnox([row + ["12%"], row + [value]], beside: ["Margin"]).reading(as: "boxnox").doubts
        #expect(doubts == ["UNACCOUNTED_CELLS"])
    }

    @Test func `an error value in an unknown column is a figure without a sum`() throws {
        let reading = try TestBook.boxnox([row + [4], row + [.error("#REF!")]], beside: ["Margin"]).reading(as: "boxnox")
        #expect(reading.held == ["UNACCOUNTED_CELLS | \(sheet) | J2:J3 | 2 numbers under \"Margin\""])
    }

    @Test func `formulas that were never calculated in an unknown column are figures that nobody knows`() throws {
        let reading = try TestBook.boxnox([row + [.uncalculated], row + [.uncalculated]], beside: ["Margin"]).reading(as: "boxnox")
        #expect(reading.held == ["UNACCOUNTED_CELLS | \(sheet) | J2:J3 | 2 formulas without a value under \"Margin\""])
        #expect(reading.sales.count == 2)
    }

    @Test func `figures above the header make the batch wait where sales stand below them, and nowhere else`() throws {
        var book = TestBook.boxnox([row])
        book.sheets[0].rows.insert([2025, 4, "Retail", "Sol", nil, 3, 30], at: 0)
        #expect(
            try book.reading(as: "boxnox").held == [
                "UNACCOUNTED_CELLS | \(sheet) | F1 | \"3\" above the header, where sales stand below it"
            ])
        for preamble in [["Report of", 2025], [nil, nil, nil, nil, nil, "pieces"], [17, 18, 19, 20]] as [Values] {
            book.sheets[0].rows[0] = preamble
            #expect(try book.reading(as: "boxnox").warnings.isEmpty)
        }
    }

    @Test func `figures above the header of a grid of months make the batch wait where sales stand below them`() throws {
        var book = TestBook.aromateque([["A", "A1", 1, 2, 1, 4, 980]])
        book.sheets[0].rows[1] = ["B", "B1", 4, 5, 1, 10, 2450]
        let reading = try book.reading(as: "aromateque")
        #expect(reading.doubts == ["UNACCOUNTED_CELLS"])
        book.sheets[0].rows[1] = ["Period: 01.01.2025 - 31.03.2025"]
        #expect(try book.reading(as: "aromateque").held.isEmpty)
    }

    @Test func `a column beside a grid of stores, and one among its stores, make the batch wait`() throws {
        var book = TestBook.cdlc(["E-shop", "Riga"], [[1, 2], [3, 5]])
        for (row, value) in [(3, "Returns"), (4, 7), (5, 8)] as [(Int, TestBook.Value)] { book.sheets[0].rows[row].append(value) }
        #expect(
            try book.reading(as: "cdlc").held == [
                "UNACCOUNTED_CELLS | \(TestBook.cdlcSheet) | J5:J6 | 2 numbers under \"Returns\", sum 15.00"
            ])
        book.sheets[0].rows[4][0] = 1
        #expect(
            try book.reading(as: "cdlc").held.first
                == "UNACCOUNTED_CELLS | \(TestBook.cdlcSheet) | A5 | 1 number without a header, sum 1.00")
    }

    @Test func `columns behind a grid of months, and beside blocks, make the batch wait`() throws {
        let months = TestBook.galilu(["Jan", "Feb"], [["A", 1, 2, 3, 99], ["B", 2, 2, 4, 98]], beside: ["Stock"])
        #expect(
            try months.reading(as: "galilu").held == [
                "UNACCOUNTED_CELLS | \(TestBook.galiluSheet) | E2:E3 | 2 numbers under \"Stock\", sum 197.00"
            ])
        var blocks = TestBook.liberty(
            TestBook.libertyBlock("000834429 | 98", [3, 615, 1, 205]) + [["Grand Total", nil, nil, nil, nil, 3, 615, 1, 205]])
        #expect(try blocks.reading(as: "liberty").warnings.isEmpty)
        blocks.sheets[0].rows[5].append(12)
        #expect(
            try blocks.reading(as: "liberty").held == [
                "UNACCOUNTED_CELLS | \(TestBook.libertySheet) | J6 | 1 number without a header, sum 12.00"
            ])
    }
}
