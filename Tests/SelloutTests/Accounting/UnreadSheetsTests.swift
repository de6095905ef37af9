import Sellout
import Testing

/// Sheets of a workbook that are not read.
@Suite struct UnreadSheetsTests {
    private let sales = TestBook.boxnox([TestBook.boxnoxRow()]).sheets[0]

    private func reading(_ others: [TestBook.Sheet], hidden: Set<String> = []) throws -> TestReading {
        var book = TestBook("BOXNOX APR2025.xlsx", [sales] + others)
        book.hidden = hidden
        return try book.reading(as: "boxnox")
    }

    @Test func `a sheet with all columns of a sales sheet makes the batch wait by its name`() throws {
        var again = sales
        again.name = "March"
        let reading = try reading([again])
        #expect(reading.held == ["SHEET_NOT_READ | March |  | it has all columns of a sales sheet"])
        #expect(reading.sales.count == 1)
    }

    @Test func `a sheet with some columns of a sales sheet makes the batch wait`() throws {
        #expect(
            try reading([("Week 14", [["EAN", "QTY", "Price"], [.ean(1), 2, 20]])]).held == [
                "SHEET_NOT_READ | Week 14 |  | it has columns of a sales sheet"
            ])
    }

    @Test func `a sheet with a sales sheet's name, or with more beside it, makes the batch wait`() throws {
        #expect(try reading([("Sell Out", [["Dear all"]])]).held == ["SHEET_NOT_READ | Sell Out |  | its name is that of a sales sheet"])
        #expect(
            try reading([("SELL OUT BY EAN (2)", [["x"]])]).held == [
                "SHEET_NOT_READ | SELL OUT BY EAN (2) |  | it is called like \"SELL OUT BY EAN\""
            ])
    }

    @Test func `a hidden sheet that looks like sales is said to be hidden`() throws {
        var old = sales
        old.name = "old"
        #expect(
            try reading([old], hidden: ["old"]).held == ["SHEET_NOT_READ | old |  | it is hidden, and it has all columns of a sales sheet"])
    }

    @Test func `a sheet with figures that looks like nothing is a note, and texts and empty sheets are silent`() throws {
        let reading = try reading([("Notes", [["Dear all"], ["EAN", "as agreed"]]), ("Sheet2", []), ("Chart", [[1, 2, 3]])])
        #expect(reading.held.isEmpty && reading.notes == ["SHEETS_NOT_READ"])
        let note = try #require(reading.findings.warnings.first)
        #expect(note.count == 1 && note.message.contains("\"Chart\""))
    }

    @Test func `a sheet that the profile names as no sales is silent, although it looks like sales`() throws {
        var book = TestBook.galilu(["Jan"], [[1], [3], [5]])
        let ranking = book.sheets[0].rows
        book.sheets += [("product_ranking_2023-24", ranking), ("Split_by_store_2025", ranking), ("YoY", [[2025, 2024]])]
        #expect(try book.reading(as: "galilu").warnings.isEmpty)
        book.sheets.append(("Copy of ranking", ranking))
        #expect(try book.reading(as: "galilu").doubts == ["SHEET_NOT_READ"])
    }

    @Test func `another year's ranking beside this year's is read or waits, never left out in silence`() throws {
        var book = TestBook.galilu(["Jan"], [[1], [3], [5]])
        book.sheets.append(("product_ranking_2024", [[2024, "Jan", "Total"], ["EDP 0", 4, 4]]))
        let reading = try book.reading(as: "galilu")
        #expect(reading.sales.contains("Galilu | EDP 0 | 2024-01 | 4 | list price"))
        #expect(reading.contradictions.map(\.places).isEmpty == false)
    }

    @Test func `a hidden sheet is read only where no visible one fits, and then the batch waits`() throws {
        let book = TestBook.boxnox([TestBook.boxnoxRow()])
        var hidden = book
        hidden.hidden = [book.sheets[0].name]
        #expect(try hidden.reading(as: "boxnox").held == ["HIDDEN_SHEET_READ | SELL OUT BY EAN |  | hidden"])
        var both = hidden
        both.sheets.append(("Sell Out", TestBook.boxnox([TestBook.boxnoxRow("Madrid")]).sheets[0].rows))
        let reading = try both.reading(as: "boxnox")
        #expect(reading.sales.map { $0.prefix(6) } == ["Madrid"])
        #expect(reading.held == ["SHEET_NOT_READ | SELL OUT BY EAN |  | it is hidden, and its name is that of a sales sheet"])
    }

    @Test func `the sheet that sums up the sales is read as a control, and is no unread one`() throws {
        let head: Values = ["Article", "EANCode", "Sales amount", "SalesQuantity"]
        let reading = try TestBook(
            "BIBBIPARFU_ReportPeriod02-2025.xlsx",
            [
                ("SalesPerSKU", [head, ["Oud", .ean(1), 116, 1]]),
                ("SalesPerLocation", [["Location", "Sales amount", "SalesQuantity"], ["Utrecht", 116, 1]]), ("Info", [["02-2025"]]),
            ]
        ).reading(as: "skins_nl")
        #expect(reading.warnings.isEmpty)
    }
}
