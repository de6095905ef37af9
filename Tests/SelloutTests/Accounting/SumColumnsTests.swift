import Sellout
import Testing

/// Columns that say what others say together, whatever they are called.
@Suite struct SumColumnsTests {
    private let sheet = TestBook.cdlcSheet
    /// Pieces at three stores. No store has the sum of the others.
    private let products: [[Int64]] = [[4, 1, 7], [2, 5, 3], [6, 2, 8], [1, 9, 4]]

    private func held(_ stores: [String], _ products: [[Int64]], total: Bool = false) throws -> [String] {
        try TestBook.cdlc(stores, products, total: total).reading(as: "cdlc").held
    }

    @Test func `stores that are no sums of each other are silent, with a Total and without`() throws {
        #expect(try held(["E-shop", "Riga", "Vilnius"], products).isEmpty)
        #expect(try held(["E-shop", "Riga", "Vilnius"], products, total: true).isEmpty)
    }

    @Test(arguments: 0..<4) func `a store with the figures of all others is a sum, wherever it stands`(place: Int) throws {
        var stores = ["E-shop", "Riga", "Vilnius"]
        stores.insert("Baltics", at: place)
        let rows = products.map { row in
            var row = row
            row.insert(row.reduce(0, +), at: place)
            return row
        }
        let column = ["D", "F", "H", "J"][place]
        #expect(try held(stores, rows) == ["COLUMN_IS_A_SUM | \(sheet) |  | store \"Baltics\" (column \(column))"])
    }

    @Test func `a store with the figures of a run of neighbours is a sum`() throws {
        let rows = products.map { $0 + [$0[1] + $0[2]] }
        let reading = try TestBook.cdlc(["E-shop", "Riga", "Vilnius", "Both"], rows, total: false).reading(as: "cdlc")
        #expect(reading.held == ["COLUMN_IS_A_SUM | \(sheet) |  | store \"Both\" (column J)"])
        #expect(reading.findings.warnings.first?.message.contains("of Riga, Vilnius once more") == true)
    }

    @Test func `of two stores with the same figures the right one is the copy`() throws {
        #expect(
            try held(["E-shop", "Riga", "Vilnius", "Riga (2)"], products.map { $0 + [$0[1]] }) == [
                "COLUMN_IS_A_SUM | \(sheet) |  | store \"Riga (2)\" (column J)"
            ])
    }

    @Test func `two sums are both told`() throws {
        let rows = products.map { [$0[0], $0[1], $0[0] + $0[1], $0[2], $0.reduce(0, +)] }
        #expect(
            try held(["E-shop", "Riga", "North", "Vilnius", "Baltics"], rows) == [
                "COLUMN_IS_A_SUM | \(sheet) |  | store \"North\" (column H)",
                "COLUMN_IS_A_SUM | \(sheet) |  | store \"Baltics\" (column L)",
            ])
    }

    @Test func `pieces that add up without their money need more to speak for them`() throws {
        func rows(_ products: [[Int64]]) -> [Values] {
            products.enumerated().map { number, pieces in
                TestBook.cdlcRow(number + 1, pieces) + TestBook.sold([pieces.reduce(0, +)], at: 200)
            }
        }
        func doubts(_ products: [[Int64]]) throws -> [String] {
            try TestBook.cdlc(headed: ["E-shop", "Riga", "Vilnius", "Baltics"], rows(products)).reading(as: "cdlc").doubts
        }
        #expect(try doubts(products) == ["COLUMN_IS_A_SUM"])
        #expect(try doubts([[2, 1, 1], [1, 2, 0]]).isEmpty)
    }

    @Test func `a store that sells what two others happen to sell, in few pieces, is a store`() throws {
        #expect(try held(["E-shop", "Riga", "Vilnius"], [[1, 0, 1], [0, 1, 1]], total: true).isEmpty)
        #expect(try held(["E-shop", "Riga"], [[1, 1], [2, 2]], total: true).isEmpty)
        #expect(try held(["E-shop", "Riga", "Vilnius", "Kaunas"], [[1, 1, 0, 2], [1, 0, 2, 1]], total: true).isEmpty)
    }

    @Test func `a sum in all rows but one is no sum of all`() throws {
        var rows = products.map { $0 + [$0.reduce(0, +)] }
        rows[2][3] += 1
        #expect(try held(["E-shop", "Riga", "Vilnius", "Kaunas"], rows, total: true).isEmpty)
    }

    @Test func `where the layout's Total lacks, one row is enough to speak for a sum`() throws {
        #expect(try held(["E-shop", "Riga", "Baltics"], [[1, 1, 2]]) == ["COLUMN_IS_A_SUM | \(sheet) |  | store \"Baltics\" (column H)"])
        #expect(try held(["E-shop", "Riga", "Vilnius"], [[1, 1, 2]], total: true).isEmpty)
    }

    @Test func `a Total that does not count a store names it`() throws {
        let rows: [Values] = products.enumerated().map { number, pieces in
            TestBook.cdlcRow(number + 1, pieces + [pieces[0] + pieces[2]])
        }
        let reading = try TestBook.cdlc(headed: ["E-shop", "Riga", "Vilnius", "Total"], rows).reading(as: "cdlc")
        #expect(reading.held == ["COLUMN_IS_A_SUM | \(sheet) |  | store \"Riga\" (column F)"])
        #expect(reading.controls.first == "2025 04, columns Total differs")
    }

    @Test func `a month that says what all others say is no month`() throws {
        let reading = try TestBook.galilu(["Jan", "Feb", "Mar", "Apr"], products.map { $0.map { $0 * 50 } }.map { $0 + [$0.reduce(0, +)] })
            .reading(as: "galilu")
        #expect(reading.held == ["COLUMN_IS_A_SUM | \(TestBook.galiluSheet) |  | period \"2025-04\" (column E)"])
        let copied = try TestBook.galilu(["Jan", "Feb", "Mar", "Apr"], products.map { $0.map { $0 * 50 } }.map { $0 + [$0[1]] }).reading(
            as: "galilu")
        #expect(copied.held == ["COLUMN_IS_A_SUM | \(TestBook.galiluSheet) |  | period \"2025-04\" (column E)"])
        #expect(try TestBook.galilu(["Jan", "Feb", "Mar"], products).reading(as: "galilu").held.isEmpty)
    }

    @Test func `a channel of blocks that says what all others say is a sum`() throws {
        func held(_ products: [[Int64]]) throws -> [String] {
            let blocks = products.enumerated().flatMap { number, pieces in
                TestBook.libertyBlock("00083442\(number) | 98", TestBook.sold(pieces, at: 95))
            }
            let grand: Values = ["Grand Total", nil, nil, nil, nil]
            let total = TestBook.sold(products[0].indices.map { place in products.reduce(0) { $0 + $1[place] } }, at: 95)
            let channels = Array(["Flagship", "Internet", "Sale", "Everywhere"].prefix(products[0].count))
            return try TestBook.liberty(blocks + [grand + total], channels: channels).reading(as: "liberty").held
        }
        #expect(try held(products).isEmpty)
        #expect(
            try held(products.map { $0 + [$0.reduce(0, +)] }) == [
                "COLUMN_IS_A_SUM | \(TestBook.libertySheet) |  | store \"Everywhere\" (column L)"
            ])
    }
}

/// Columns that are called sums, and are not those of the stores beside them.
@Suite struct SubtotalColumnsTests {
    private func held(_ subtotal: (Int64, Int64) -> Int64) throws -> [String] {
        let products: [[Int64]] = [[1, 2, 4], [3, 1, 2], [2, 2, 5]]
        let rows = products.enumerated().map { number, pieces in
            TestBook.cdlcRow(number + 1, pieces + [subtotal(pieces[1], pieces[2]), pieces.reduce(0, +)])
        }
        return try TestBook.cdlc(headed: ["E-shop", "Vilnius", "Kaunas", "Lithuania Total", "Total"], rows).reading(as: "cdlc").held
    }

    @Test func `a subtotal of neighbours is silent, and never sold`() throws { #expect(try held(+).isEmpty) }

    @Test func `a subtotal of nothing that stands beside it makes the batch wait`() throws {
        #expect(
            try held { $0 + $1 + 1 } == [
                "TOTAL_NOT_UNDERSTOOD | \(TestBook.cdlcSheet) |  | store \"Lithuania Total\" (column J)"
            ])
    }
}
