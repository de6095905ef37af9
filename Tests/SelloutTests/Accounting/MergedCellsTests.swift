import Sellout
import Testing

/// What stands in a merged cell holds for all the rows that it covers, and for no others.
@Suite struct MergedCellsTests {
    /// Three rows of BOXNOX's, of which the second and third lack what stands in these columns.
    private func boxnox(without columns: [Int], merged: [String]) -> TestBook {
        var rows = [
            TestBook.boxnoxRow("Sol", .ean(1), 1, 10), TestBook.boxnoxRow("Luz", .ean(2), 2, 22), TestBook.boxnoxRow("Rio", .ean(3), 3, 36),
        ]
        for column in columns { (rows[1][column], rows[2][column]) = (nil, nil) }
        var book = TestBook.boxnox(rows)
        book.merged = [TestBook.boxnoxSheet: merged]
        return book
    }

    @Test func `a store merged over its rows is the store of each`() throws {
        let reading = try boxnox(without: [3], merged: ["D2:D4"]).reading(as: "boxnox")
        #expect(reading.sales.map { $0.prefix(3) } == ["Sol", "Sol", "Sol"])
        #expect(reading.errors.isEmpty && reading.held.isEmpty)
    }

    @Test func `a row below a merged cell, or one that is merely empty, has no store and is an error`() throws {
        #expect(try boxnox(without: [3], merged: ["D2:D3"]).reading(as: "boxnox").errors == ["4D MISSING_REQUIRED_FIELD store"])
        let empty = try boxnox(without: [3], merged: []).reading(as: "boxnox")
        #expect(empty.errors == ["3D MISSING_REQUIRED_FIELD store", "4D MISSING_REQUIRED_FIELD store"] && empty.sales.count == 1)
        #expect(try boxnox(without: [3], merged: ["E2:E4"]).reading(as: "boxnox").errors.count == 2)
    }

    @Test func `a month and a year merged over their rows date each`() throws {
        let reading = try boxnox(without: [0, 1], merged: ["A2:A4", "B2:B4"]).reading(as: "boxnox")
        #expect(reading.sales.allSatisfy { $0.contains("2025-04") } && reading.sales.count == 3 && reading.held.isEmpty)
        #expect(try boxnox(without: [1], merged: []).reading(as: "boxnox").errors.count == 2)
    }

    @Test func `a year merged over rows of several months leaves each its month`() throws {
        var book = boxnox(without: [0], merged: ["A2:A4"])
        book.sheets[0].rows[3][1] = 5
        let reading = try book.reading(as: "boxnox")
        #expect(reading.sales.prefix(2).allSatisfy { $0.contains("2025-04") })
        #expect(!reading.sales.dropFirst(2).contains { $0.contains("2025-04") })
    }

    @Test func `a product merged over the rows of several stores is the product of each`() throws {
        let reading = try boxnox(without: [4, 7, 8], merged: ["E2:E4", "H2:H4", "I2:I4"]).reading(as: "boxnox")
        #expect(Set(reading.harvested.drafts.map(\.product)) == [0] && reading.sales.count == 3 && reading.held.isEmpty)
    }

    @Test func `an EAN merged over the row of another product makes the batch wait`() throws {
        var book = boxnox(without: [4], merged: ["E2:E4"])
        book.sheets[0].rows[3][8] = "BB2"
        #expect(
            try book.reading(as: "boxnox").held == ["MERGED_PRODUCT | \(TestBook.boxnoxSheet) | E4 | row 4, merged"])
    }

    @Test func `a product merged over two rows of a grid makes the batch wait`() throws {
        var book = TestBook.cdlc(["E-shop", "Riga"], [[1, 2], [3, 5]])
        book.sheets[0].rows[5][1] = nil
        book.merged = [TestBook.cdlcSheet: ["B5:B6"]]
        #expect(try book.reading(as: "cdlc").held.first == "MERGED_PRODUCT | \(TestBook.cdlcSheet) | B6 | row 6, merged")
        book.merged = [:]
        #expect(try book.reading(as: "cdlc").skipped == ["rows without a product: 1, 8 pieces, 1968.00"])
    }

    @Test func `a store's header merged over the next store's columns makes the batch wait`() throws {
        var book = TestBook.cdlc(["E-shop", "Riga", "Vilnius"], [[1, 2, 5], [3, 5, 1]])
        book.merged = [TestBook.cdlcSheet: ["D3:G3"]]
        #expect(try book.reading(as: "cdlc").held == ["HEADER_MERGED | \(TestBook.cdlcSheet) | D3:G3 | \"E-shop\", \"Riga\""])
    }

    @Test func `headers merged over one store's columns, and a country's over its stores', are silent`() throws {
        var book = TestBook.cdlc(["E-shop", "Riga", "Vilnius"], [[1, 2, 5], [3, 5, 1]])
        book.merged = [TestBook.cdlcSheet: ["D3:E3", "F3:G3", "H3:I3", "F2:I2", "A1:I1"]]
        #expect(try book.reading(as: "cdlc").held.isEmpty)
    }
}
