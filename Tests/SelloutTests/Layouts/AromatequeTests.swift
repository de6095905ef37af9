import Cells
import Sellout
import Testing

/// A grid of months with one total in euro.
@Suite struct AromatequeTests {
    private func book(
        _ rows: [[TestBook.Value]], months: [TestBook.Value] = ["01.01.2025", "01.02.2025", "01.03.2025"], preamble: Int = 11
    ) -> TestBook {
        let head = (0..<preamble).map { [$0 == 2 ? "Period: 01.01.2025 - 31.03.2025" : $0 == 4 ? "01.04.2025" : nil] as [TestBook.Value] }
        return TestBook(
            "bibbi sales march'25 (4).xlsx", sheet: "TDSheet", head + [[nil, nil] + months + ["Total", "Total in euro"]] + rows)
    }

    @Test func `2,000 is two, and the months' shares add up to the total to the cent`() throws {
        let reading = try book([
            ["BIBBI PARFUM Boy of June EAU DE PARFUM 100 ML", "BBBOJ100", "2,000", "4,000", "2,000", "8,000", "€1 960,00"],
            ["BIBBI PARFUM Soap Club", "BBSC100", "1,000", "1,000", "1,000", "3,000", "€\u{A0}100,00"],
            ["BIBBI PARFUM Santal", "BBSB100", 3, nil, "-1,000", 2, "€ 490,00"],
        ]).reading(as: "aromateque")
        #expect(
            reading.sales == [
                "Aromateque | BBBOJ100 | 2025-01 | 2 | 490.00", "Aromateque | BBBOJ100 | 2025-02 | 4 | 980.00",
                "Aromateque | BBBOJ100 | 2025-03 | 2 | 490.00", "Aromateque | BBSC100 | 2025-01 | 1 | 33.33",
                "Aromateque | BBSC100 | 2025-02 | 1 | 33.34", "Aromateque | BBSC100 | 2025-03 | 1 | 33.33",
                "Aromateque | BBSB100 | 2025-01 | 3 | 735.00", "Aromateque | BBSB100 | 2025-03 | -1 | -245.00",
            ])
        #expect(reading.controls == ["TDSheet, column Total agrees"])
    }

    @Test func `whatever is shared out adds up, and stays as it was when a month is added at the same price`() throws {
        for total in stride(from: Int64(-9_999), through: 99_999, by: 777) {
            let rows: [[TestBook.Value]] = [["A", "A1", 7, 3, -2, 8, .number(DecimalNumber(digits: total, exponent: -2))]]
            let amounts = try book(rows).reading(as: "aromateque").harvested.drafts.compactMap(\.amount)
            #expect(amounts.reduce(0) { $0 + $1.units } == total * 100)
            #expect(amounts.allSatisfy { $0.units % 100 == 0 })
        }
        let january = try book([["A", "A1", 3, 3, "735,00"]], months: [.day("2025-01-01")]).reading(as: "aromateque").sales
        let february = try book([["A", "A1", 3, 2, 5, "1 225,00"]], months: [.day("2025-01-01"), .day("2025-02-01")]).reading(
            as: "aromateque"
        ).sales
        #expect(january == ["Aromateque | A1 | 2025-01 | 3 | 735.00"])
        #expect(february.first == january.first)
    }

    @Test func `the header row is found by its dates wherever the preamble ends`() throws {
        for preamble in [0, 1, 25] {
            let reading = try book([["A", "A1", 1, nil, nil, 1, 245]], preamble: preamble).reading(as: "aromateque")
            #expect(reading.sales == ["Aromateque | A1 | 2025-01 | 1 | 245.00"])
        }
    }

    @Test func `an amount that nothing can be shared by is an error, as is a quantity that is not whole`() throws {
        let reading = try book([
            ["A", "A1", 1, -1, nil, 0, "10,00"], ["B", "B1", "1,500", nil, nil, 1, "10,00"], ["C", "C1", 1, nil, nil, 1, nil],
        ])
        .reading(as: "aromateque")
        #expect(reading.sales.isEmpty)
        #expect(
            reading.errors == [
                "13G INVALID_PRICE amount", "14C INVALID_QUANTITY quantity", "14G INVALID_PRICE amount",
                "15G MISSING_REQUIRED_FIELD amount",
            ])
    }

    @Test func `a total row is compared month by month`() throws {
        let reading = try book([["A", "A1", 1, 2, nil, 3, "30,00"], ["Total", nil, 1, 3, nil, 4, "30,00"]]).reading(as: "aromateque")
        #expect(reading.controls == ["2025-01 agrees", "2025-02 differs", "total differs", "TDSheet, column Total agrees"])
        #expect(reading.sales.count == 2)
    }

    @Test func `without its total in euro the layout does not fit, and what is missing is named`() {
        var rows = book([["A", "A1", 1, nil, nil, 1, 245]])
        rows.sheets[0].rows[11] = [nil, nil, "01.01.2025", "01.02.2025", "01.03.2025", "Total", "Sum"]
        let refusal = #expect(throws: FileRefusal.self) { try rows.reading(as: "aromateque") }
        #expect(refusal?.message.contains("\"Total in euro\"") == true && refusal?.message.contains("\"Sum\"") == true)
    }

    @Test func `the flat variant names its product by EAN or brand`() throws {
        let head: [TestBook.Value] = ["Quantity", "Amount", "Month", "Year", "Store"]
        let byEAN = TestBook("aromateque.xlsx", [["EAN"] + head, ["7350154320015", "2,000", "€490,00", "March", 2025, "Kyiv"]])
        let byBrand = TestBook("aromateque.xlsx", [["Brand"] + head, ["BBSC100", 2, 490, "березень", 2025, "Kyiv"]])
        #expect(try byEAN.reading(as: "aromateque").sales == ["Kyiv | 7350154320015 | 2025-03 | 2 | 490.00"])
        #expect(try byBrand.reading(as: "aromateque").sales == ["Kyiv | BBSC100 | 2025-03 | 2 | 490.00"])
    }
}
