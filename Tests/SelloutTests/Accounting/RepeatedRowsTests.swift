import Sellout
import Testing

/// What stands in a file twice.
@Suite struct RepeatedRowsTests {
    private func order(
        _ number: String, _ product: Int = 1, _ pieces: TestBook.Value = 1, _ amount: TestBook.Value = 10, _ day: String = "2025-05-02"
    ) -> Values {
        [.text(number), .ean(product), pieces, amount, .text(day)]
    }

    @Test func `the same line of an order twice makes the batch wait, with its order`() throws {
        let reading = try TestBook.online([order("#1"), order("#2"), order("#1")]).reading(as: "online")
        #expect(reading.held == ["SAME_ORDER_LINE_TWICE | Orders | row 4 | order #1"] && reading.sales.count == 3)
    }

    @Test func `other products, pieces, amounts and days of one order, and the same of another, are other lines`() throws {
        let rows = [
            order("#1"), order("#1", 2), order("#1", 1, 2), order("#1", 1, 2, 20), order("#1", 1, 1, 9),
            order("#1", 1, 1, 10, "2025-05-03"), order("#2"),
        ]
        #expect(try TestBook.online(rows).reading(as: "online").held.isEmpty)
    }

    @Test func `rows without an order's number may repeat`() throws {
        let row = TestBook.boxnoxRow()
        #expect(try TestBook.boxnox([row, row, row]).reading(as: "boxnox").held.isEmpty)
    }

    @Test func `a sheet of which every row stands in it twice makes the batch wait`() throws {
        let rows = (1...3).map { TestBook.boxnoxRow("Sol", .ean($0), .pieces(Int64($0)), .pieces(Int64($0 * 12 + $0))) }
        #expect(
            try TestBook.boxnox(rows + rows).reading(as: "boxnox").held.contains(
                "ROWS_ALL_TWICE | \(TestBook.boxnoxSheet) |  | every row twice"))
        let doubled = rows.flatMap { [$0, $0] }
        #expect(try TestBook.boxnox(doubled).reading(as: "boxnox").doubts.contains("ROWS_ALL_TWICE"))
    }

    @Test func `a sheet of which one row stands in it once, and three rows in all, may repeat`() throws {
        let rows = (1...3).map { TestBook.boxnoxRow("Sol", .ean($0), .pieces(Int64($0)), .pieces(Int64($0 * 12 + $0))) }
        #expect(try !TestBook.boxnox(rows + rows.dropLast()).reading(as: "boxnox").doubts.contains("ROWS_ALL_TWICE"))
        #expect(try TestBook.boxnox([rows[0], rows[0]]).reading(as: "boxnox").held.isEmpty)
        #expect(
            try TestBook.boxnox(rows + rows.map { [$0[0], $0[1], $0[2], "Luz"] + $0[4...] }).reading(as: "boxnox").doubts.contains(
                "ROWS_ALL_TWICE") == false)
    }

    @Test func `the header once more below sales makes the batch wait, and is no error`() throws {
        var book = TestBook.boxnox([TestBook.boxnoxRow()])
        book.sheets[0].rows += book.sheets[0].rows
        let reading = try book.reading(as: "boxnox")
        #expect(reading.held == ["HEADER_AGAIN | \(TestBook.boxnoxSheet) | row 3 | the header once more"])
        #expect(reading.errors.isEmpty && reading.sales.count == 2 && reading.skipped == ["header rows in between: 1"])
    }

    @Test func `the header once more above all sales is only counted, and other texts are errors`() throws {
        var book = TestBook.boxnox([TestBook.boxnoxRow()])
        book.sheets[0].rows.insert(book.sheets[0].rows[0], at: 1)
        let reading = try book.reading(as: "boxnox")
        #expect(reading.held.isEmpty && reading.skipped == ["header rows in between: 1"])
        var words = TestBook.boxnoxRow()
        (words[4], words[5], words[6]) = ("EAN", "pieces", "AMOUNT")
        #expect(try TestBook.boxnox([TestBook.boxnoxRow(), words]).reading(as: "boxnox").errors.isEmpty == false)
    }
}

/// A store's name that is none.
@Suite struct StoreNamesTests {
    @Test(arguments: ["7350154320015", "202", "Boy of June EDP 100 ml", "świeca 310g", "30ml"])
    func `a number, or a product's text, where a store should be makes the batch wait`(name: String) throws {
        let reading = try TestBook.boxnox([TestBook.boxnoxRow(.text(name)), TestBook.boxnoxRow()]).reading(as: "boxnox")
        #expect(reading.held == ["STORE_LOOKS_WRONG | \(TestBook.boxnoxSheet) | column D | \"\(name)\""])
        #expect(reading.sales.count == 2)
    }

    @Test(arguments: ["Sol", "Store 12", "5th Avenue", "ON", "Galeria 100", "No. 7", "B&G", "2nd Floor", "Ml Boutique"])
    func `a store's name may hold a number`(name: String) throws {
        #expect(try TestBook.boxnox([TestBook.boxnoxRow(.text(name))]).reading(as: "boxnox").held.isEmpty)
    }

    @Test func `each such name is told once`() throws {
        let rows = (0..<5).map { TestBook.boxnoxRow($0 % 2 == 0 ? "101" : "102", .ean($0 + 1)) }
        let warning = try TestBook.boxnox(rows).reading(as: "boxnox").findings.warnings.first
        #expect(warning?.count == 2)
    }
}

/// Rows that have figures and name no product.
@Suite struct RowsWithoutProductTests {
    @Test func `a table's rows without a product are skipped with their reason, their sums and their places`() throws {
        let bag: Values = [2025, 4, "Retail", "Sol", nil, 3, "0,30", "Shopping bag", nil]
        let anonymous: Values = [2025, 4, "Retail", nil, nil, 2, 5, nil, nil]
        let reading = try TestBook.boxnox([TestBook.boxnoxRow(), anonymous, bag]).reading(as: "boxnox")
        #expect(reading.skipped == ["rows without a product: 1, 2 pieces, 5.00"] && reading.errors.isEmpty)
        #expect(reading.findings.skipped.first?.places.map(\.range) == ["row 3"])
        // Whether the bag is mapped is not known here: it is a sale that counts only if it is.
        #expect(reading.harvested.products.map(\.isSkippedUnmapped) == [false, true] && reading.sales.count == 2)
    }

    @Test func `a row without a product whose figures cannot be read is an error, never skipped`() throws {
        let row: Values = [2025, 4, "Retail", "Sol", nil, "many", 5, nil, nil]
        let reading = try TestBook.boxnox([TestBook.boxnoxRow(), row]).reading(as: "boxnox")
        #expect(reading.skipped.isEmpty && reading.errors == ["3F INVALID_QUANTITY quantity"])
    }

    @Test func `where a layout skips none, a row without a product is an error`() throws {
        let rows: [Values] = [["EAN", "Product", "Units", "Value", "Period", "Channel"], [nil, nil, 1, 10, "Jan 2024", "Web"]]
        #expect(try TestBook("continuity suppliers.xlsx", rows).reading(as: "continuity").errors == ["2A MISSING_REQUIRED_FIELD ean"])
        let months = try TestBook.galilu(["Jan", "Feb"], [["A", 1, 2, 3], [nil, 3, 1, 4]]).reading(as: "galilu")
        #expect(months.errors == ["3A MISSING_REQUIRED_FIELD name"] && months.sales.count == 2)
    }

    @Test func `a grid's row without a product is skipped with the pieces and money of its stores`() throws {
        let rows: [Values] = [[nil, .ean(1), "EDP", 1, 245, 2, 490], [nil, nil, "Gift box", 4, 12, 1, 3]]
        let reading = try TestBook.cdlc(headed: ["E-shop", "Riga"], rows).reading(as: "cdlc")
        #expect(reading.skipped == ["rows without a product: 1, 5 pieces, 15.00"])
        #expect(reading.findings.skipped.first?.places == [Warning.Place(sheet: TestBook.cdlcSheet, range: "row 6", look: "\"Gift box\"")])
    }

    @Test func `digits that are no EAN are an error, never a row without a product`() throws {
        let rows: [Values] = [[nil, "73501543200", "EDP", 1, 245, 2, 490], [nil, .error("#N/A"), "EDP", 1, 245, nil, nil]]
        #expect(
            try TestBook.cdlc(headed: ["E-shop", "Riga"], rows).reading(as: "cdlc").errors == ["5B INVALID_EAN ean", "6B INVALID_EAN ean"])
    }
}
