import Sellout
import Testing

/// Two columns that both claim to be a field.
@Suite struct RivalColumnsTests {
    private func reading(_ header: TestBook.Value, _ values: Values) throws -> TestReading {
        let rows = values.enumerated().map { TestBook.boxnoxRow("Sol", .ean($0 + 1), 2, 20) + [$1] }
        return try TestBook.boxnox(rows, beside: [header]).reading(as: "boxnox")
    }

    @Test func `two quantities that differ make the batch wait, with their columns`() throws {
        #expect(
            try reading("Sold Qty", [2, 3]).held == [
                "TWO_COLUMNS_CLAIM | \(TestBook.boxnoxSheet) | row 3 | quantity in \"QTY\" (column F) and \"Sold Qty\" (column J)"
            ])
        #expect(try reading("qty ", [2, nil]).doubts == ["TWO_COLUMNS_CLAIM"])
    }

    @Test(
        arguments: [
            ("Sales Amount (EUR)", 21), ("Product EAN", "7350154320657"), ("YEAR", 2024), ("Month", 5), ("POS", "Luz"),
            ("AMOUNT", .uncalculated),
            ("QTY", .error("#REF!")),
        ] as [(TestBook.Value, TestBook.Value)])
    func `a second column that says something else makes the batch wait`(header: TestBook.Value, value: TestBook.Value) throws {
        #expect(try reading(header, [value]).doubts == ["TWO_COLUMNS_CLAIM"])
    }

    @Test(
        arguments: [
            ("Sold Qty", 2), ("Sold Qty", "2,0"), ("Sales Amount (EUR)", 20), ("Sales Amount (EUR)", "€ 20,00"), ("Product EAN", .ean(1)),
            ("YEAR", 2025), ("Month", 4), ("pos", " sol "),
        ] as [(TestBook.Value, TestBook.Value)])
    func `a second column that says the same is silent`(header: TestBook.Value, value: TestBook.Value) throws {
        #expect(try reading(header, [value]).warnings.isEmpty)
    }

    @Test func `a second column of texts that are no money, such as the product's name, is none that claims`() throws {
        #expect(try reading("DESCRIPTION", ["Eau de Parfum"]).doubts.isEmpty)
    }

    @Test func `two dates that differ make the batch wait`() throws {
        func held(_ second: TestBook.Value) throws -> [String] {
            let row: Values = ["ON", "2/3/2025", .ean(1), 1, "Oud", 1, 1, 2, 2025, second]
            return try TestBook.skinsSA([row], beside: ["OrderDate"]).reading(as: "skins_sa").doubts
        }
        #expect(try held("2/4/2025") == ["TWO_COLUMNS_CLAIM"])
        #expect(try held(.day("2025-02-03")).isEmpty)
        #expect(try held(nil) == ["TWO_COLUMNS_CLAIM"])
    }
}

/// Quantity and amount of one sale.
@Suite struct SignsTests {
    @Test func `pieces and money of different signs make the batch wait at their row`() throws {
        let rows = [
            TestBook.boxnoxRow("Sol", .ean(1), 1, -10), TestBook.boxnoxRow("Sol", .ean(2), -2, "(20,00)"),
            TestBook.boxnoxRow("Sol", .ean(3), -1, 5),
        ]
        #expect(
            try TestBook.boxnox(rows).reading(as: "boxnox").held == [
                "SIGNS_DIFFER | \(TestBook.boxnoxSheet) | row 2 | quantity 1, amount -10.00",
                "SIGNS_DIFFER | \(TestBook.boxnoxSheet) | row 4 | quantity -1, amount 5.00",
            ])
    }

    @Test func `returns, gifts without money, and their returns are silent`() throws {
        let rows = [
            TestBook.boxnoxRow("Sol", .ean(1), -1, -10), TestBook.boxnoxRow("Sol", .ean(2), 2, 0),
            TestBook.boxnoxRow("Sol", .ean(3), -2, 0),
        ]
        #expect(try TestBook.boxnox(rows).reading(as: "boxnox").held.isEmpty)
    }

    @Test func `a grid's store, and a row of months, with different signs make the batch wait`() throws {
        let stores = TestBook.cdlc(headed: ["E-shop", "Riga"], [[nil, .ean(1), "EDP", 1, 245, 2, -490]])
        #expect(
            try stores.reading(as: "cdlc").held == ["SIGNS_DIFFER | \(TestBook.cdlcSheet) | row 5 | quantity 2, amount -490.00 at Riga"])
        let months = TestBook.aromateque([["A", "A1", 1, 1, nil, 2, -490]])
        #expect(try months.reading(as: "aromateque").doubts == ["SIGNS_DIFFER"])
        #expect(try TestBook.aromateque([["A", "A1", 3, -1, nil, 2, 490]]).reading(as: "aromateque").held.isEmpty)
    }
}

/// Money without pieces.
@Suite struct AmountWithoutQuantityTests {
    @Test(arguments: [0, nil, "-", "–"] as Values)
    func `a grid's store with money and no pieces makes the batch wait`(pieces: TestBook.Value) throws {
        let reading = try TestBook.cdlc(headed: ["E-shop", "Riga"], [[nil, .ean(1), "EDP", 1, 245, pieces, 490]]).reading(as: "cdlc")
        #expect(reading.held == ["AMOUNT_WITHOUT_QUANTITY | \(TestBook.cdlcSheet) | row 5 | 490 at Riga"])
        #expect(reading.sales.count == 1)
    }

    @Test(arguments: [0, nil, "-", "€ 0,00"] as Values)
    func `a grid's store with neither is silent`(money: TestBook.Value) throws {
        let reading = try TestBook.cdlc(headed: ["E-shop", "Riga"], [[nil, .ean(1), "EDP", 1, 245, 0, money]]).reading(as: "cdlc")
        #expect(reading.held.isEmpty && reading.sales.count == 1)
    }

    @Test func `a row of months with a total and no pieces in any makes the batch wait`() throws {
        let reading = try TestBook.aromateque([["A", "A1", 1, nil, nil, 1, 245], ["B", "B1", nil, nil, nil, nil, 490]]).reading(
            as: "aromateque")
        #expect(reading.held == ["AMOUNT_WITHOUT_QUANTITY | TDSheet | row 5 | total -, amount 490"])
        #expect(reading.skipped == ["rows that sell nothing: 1, 0 pieces, 490.00"])
        let pieces = try TestBook.galilu(["Jan", "Feb"], [["A", 1, 2, 3], ["B", nil, nil, 4]]).reading(as: "galilu")
        #expect(pieces.held == ["AMOUNT_WITHOUT_QUANTITY | \(TestBook.galiluSheet) | row 3 | total 4, amount -"])
        #expect(try TestBook.galilu(["Jan", "Feb"], [["A", 1, 2, 3], ["B", "-", nil, 0]]).reading(as: "galilu").held.isEmpty)
    }

    @Test(arguments: [0, nil] as Values) func `a table's row with money and no pieces is an error`(pieces: TestBook.Value) throws {
        let reading = try TestBook.boxnox([TestBook.boxnoxRow("Sol", .ean(1), pieces, 5)]).reading(as: "boxnox")
        #expect(reading.sales.isEmpty && reading.errors.count == 1 && reading.errors[0].hasPrefix("2F "))
        let head: Values = ["Article", "EANCode", "Sales amount", "SalesQuantity"]
        let dutch = TestBook("BIBBIPARFU_ReportPeriod02-2025.xlsx", sheet: "SalesPerSKU", [head, ["Oud", .ean(1), 116, pieces]])
        #expect(try dutch.reading(as: "skins_nl").errors == ["2D INVALID_QUANTITY quantity"])
    }
}
