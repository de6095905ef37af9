import Sellout
import Testing

/// Rows that say what the rows above them say together, whatever they are called.
@Suite struct SumRowsTests {
    private let sheet = TestBook.boxnoxSheet

    private func table(_ rows: [(pieces: Int64, amount: Int64)]) throws -> TestReading {
        try TestBook.boxnox(
            rows.enumerated().map { TestBook.boxnoxRow("Sol", .ean($0 + 1), .pieces($1.pieces), .pieces($1.amount)) }
        ).reading(as: "boxnox")
    }

    @Test func `a row with the pieces and the money of all rows above makes the batch wait`() throws {
        let reading = try table([(1, 10), (2, 22), (3, 36), (6, 68)])
        #expect(reading.held == ["ROW_IS_A_SUM | \(sheet) | row 5 | 6 pieces, as many as all rows above"])
    }

    @Test func `the next sum is that of the rows since the last`() throws {
        let reading = try table([(1, 10), (2, 22), (3, 36), (6, 68), (1, 10), (1, 11), (4, 48), (6, 69)])
        #expect(reading.findings.warnings.first?.places.map(\.range) == ["row 5", "row 9"])
    }

    @Test func `a row that costs what rows above cost, in few pieces, is a sale`() throws {
        #expect(try table([(1, 10), (1, 10), (1, 10), (3, 30)]).held.isEmpty)
        #expect(try table([(5, 50), (5, 50), (5, 50), (15, 150)]).doubts == ["ROW_IS_A_SUM"])
    }

    @Test func `a row of the same pieces and other money, below two rows, or of one piece is a sale`() throws {
        #expect(try table([(1, 10), (2, 22), (3, 36), (6, 70)]).held.isEmpty)
        #expect(try table([(1, 10), (2, 22), (3, 32)]).held.isEmpty)
        #expect(try table([(1, 10), (-1, -10), (1, 15), (1, 15)]).held.isEmpty)
    }

    @Test func `a table's row without an EAN and with the sums of all sales is its total, whatever it is called`() throws {
        let sales = [TestBook.boxnoxRow("Sol", .ean(1), 2, 20), TestBook.boxnoxRow("Luz", .ean(2), 3, 33)]
        let total: Values = [2025, 4, "Everything", "Sol", nil, 5, 53, nil, "X1"]
        let reading = try TestBook.boxnox(sales + [total]).reading(as: "boxnox")
        #expect(reading.skipped == ["total rows: 1"] && reading.sales.count == 2 && reading.held.isEmpty)
        let other: Values = [2025, 4, "Everything", "Sol", nil, 5, 54, nil, "X1"]
        #expect(try TestBook.boxnox(sales + [other]).reading(as: "boxnox").sales.count == 3)
    }

    @Test func `a grid's row with an EAN and the sums of all rows above is not sold, and the batch waits`() throws {
        let products: [[Int64]] = [[4, 1], [2, 5], [1, 1], [7, 7]]
        let rows = products.enumerated().map { TestBook.cdlcRow($0 + 1, $1) }
        let reading = try TestBook.cdlc(headed: ["E-shop", "Riga"], rows).reading(as: "cdlc")
        #expect(reading.held == ["ROW_IS_A_SUM | \(TestBook.cdlcSheet) | row 8 | the sums of all rows above"])
        #expect(reading.sales.count == 6 && reading.controls == ["store E-shop agrees", "store Riga agrees"])
    }

    @Test func `a grid's row without an EAN and with the sums of all rows above is its total`() throws {
        let rows: [Values] = [
            [nil, .ean(1), "EDP", 4, 980, 1, 245], [nil, .ean(2), "EDP", 2, 490, 5, 1225], [nil, nil, "Everything", 6, 1470, 6, 1470],
        ]
        let reading = try TestBook.cdlc(headed: ["E-shop", "Riga"], rows).reading(as: "cdlc")
        #expect(reading.held.isEmpty && reading.skipped == ["total rows: 1"] && reading.sales.count == 4)
    }

    @Test func `a row of months with the sums of all rows above is not sold, and the batch waits`() throws {
        let reading = try TestBook.galilu(["Jan", "Feb", "Mar"], [[4, 1, 7], [2, 5, 3], [1, 1, 1], [7, 7, 11]]).reading(as: "galilu")
        #expect(reading.held == ["ROW_IS_A_SUM | \(TestBook.galiluSheet) | row 5 | the sums of all rows above"])
        #expect(reading.sales.count == 9)
        #expect(try TestBook.galilu(["Jan", "Feb", "Mar"], [[4, 1, 7], [2, 5, 3], [6, 6, 10]]).reading(as: "galilu").held.isEmpty)
        #expect(try TestBook.galilu(["Jan", "Feb", "Mar"], [[4, 1, 7], [2, 5, 3], [6, 6, 9]]).reading(as: "galilu").held.isEmpty)
        #expect(try TestBook.galilu(["Jan", "Feb", "Mar"], [[4, 1, 7], [4, 1, 7]]).reading(as: "galilu").held.isEmpty)
    }
}

/// Sales that stand below the sum of everything, which does not count them.
@Suite struct SalesBelowTotalTests {
    @Test func `sales below a table's total that agrees with those above make the batch wait`() throws {
        let sale = TestBook.boxnoxRow("Sol", .ean(1), 2, 20)
        let total: Values = ["Total", nil, nil, nil, nil, 4, 40]
        let reading = try TestBook.boxnox([sale, sale, total, sale]).reading(as: "boxnox")
        #expect(
            reading.held == ["SALES_BELOW_TOTAL | \(TestBook.boxnoxSheet) | row 4 | the total; 1 sales stand below it"])
        #expect(reading.controls == ["\(TestBook.boxnoxSheet), row 4 agrees"])
    }

    @Test func `a table's total on top, at the end, or of a part is silent`() throws {
        let sale = TestBook.boxnoxRow("Sol", .ean(1), 2, 20)
        let total: Values = ["Total", nil, nil, nil, nil, 6, 60]
        for rows in [
            [total, sale, sale, sale], [sale, sale, sale, total], [sale, ["Sol Total", nil, nil, nil, nil, 2, 20], sale, sale, total],
        ] {
            let reading = try TestBook.boxnox(rows).reading(as: "boxnox")
            #expect(reading.held.isEmpty && reading.sales.count == 3 && reading.controls.allSatisfy { $0.hasSuffix("agrees") })
        }
    }

    @Test func `sales below the total of a grid of stores make the batch wait`() throws {
        let rows: [Values] = [
            [nil, .ean(1), "EDP", 4, 980, 1, 245], [nil, "Total", nil, 4, 980, 1, 245], [nil, .ean(2), "EDP", 2, 490, 5, 1225],
        ]
        let reading = try TestBook.cdlc(headed: ["E-shop", "Riga"], rows).reading(as: "cdlc")
        #expect(reading.held == ["SALES_BELOW_TOTAL | \(TestBook.cdlcSheet) | row 7 | below the total in row 6"])
    }

    @Test func `a grid's total on top or at the end, and a part's total, are silent`() throws {
        let (one, two): (Values, Values) = ([nil, .ean(1), "EDP", 4, 980, 1, 245], [nil, .ean(2), "EDP", 2, 490, 5, 1225])
        let total: Values = [nil, "Total", nil, 6, 1470, 6, 1470]
        for rows in [[one, two, total], [one, [nil, "Rose Total", nil, 4, 980, 1, 245], two, total]] {
            #expect(try TestBook.cdlc(headed: ["E-shop", "Riga"], rows).reading(as: "cdlc").held.isEmpty)
        }
        let onTop = try TestBook.cdlc(headed: ["E-shop", "Riga"], [total, one, two]).reading(as: "cdlc").held
        #expect(onTop.isEmpty)
    }

    @Test func `sales below the total of a grid of months, and below the Grand Total of blocks, make the batch wait`() throws {
        let months = TestBook.galilu(["Jan", "Feb"], [["A", 1, 2, 3], ["Total", 1, 2, 3], ["B", 2, 2, 4]])
        #expect(try months.reading(as: "galilu").held == ["SALES_BELOW_TOTAL | \(TestBook.galiluSheet) | row 4 | below the total in row 3"])
        let grand: Values = ["Grand Total", nil, nil, nil, nil, 3, 615, 1, 205]
        let (one, two) = (
            TestBook.libertyBlock("000834429 | 98", [3, 615, 1, 205]), TestBook.libertyBlock("000834430 | 98", [1, 95, 2, 190])
        )
        #expect(
            try TestBook.liberty(one + [grand] + two).reading(as: "liberty").held == [
                "SALES_BELOW_TOTAL | \(TestBook.libertySheet) | row 10 | below the total in row 7"
            ])
        #expect(try TestBook.liberty(one + [grand]).reading(as: "liberty").held.isEmpty)
    }
}

/// Total rows in a report of blocks.
@Suite struct BlockTotalsTests {
    private let one = TestBook.libertyBlock("000834429 | 98", [3, 615, 1, 205])
    private let two = TestBook.libertyBlock("000834430 | 98", [1, 95, 2, 190])
    private let grand: Values = ["Grand Total", nil, nil, nil, nil, 4, 710, 3, 395]

    @Test func `the sum of a brand's products, or of all, is not sold and silent`() throws {
        for total in [[nil, "BIBBI Total", nil, nil, nil, 4, 710, 3, 395], [nil, "BIBBI Total", nil, nil, nil, 1, 95, 2, 190]] as [Values] {
            let reading = try TestBook.liberty(one + two + [total, grand]).reading(as: "liberty")
            #expect(reading.held.isEmpty && reading.sales.count == 4)
        }
    }

    @Test func `a total of no products above it makes the batch wait`() throws {
        let total: Values = [nil, nil, nil, "000834431 | 98 Total", nil, 1, 95, nil, nil]
        let reading = try TestBook.liberty(one + two + [total, grand]).reading(as: "liberty")
        #expect(reading.held == ["TOTAL_NOT_UNDERSTOOD | \(TestBook.libertySheet) | row 10 | \"000834431 | 98 Total\""])
        #expect(reading.sales.count == 4)
    }

    @Test func `a product's total by another name is known by its figures`() throws {
        var renamed = one
        renamed[2][3] = "Everything of it"
        let reading = try TestBook.liberty(renamed + two + [grand]).reading(as: "liberty")
        #expect(reading.sales.count == 4 && reading.controls.prefix(2) == ["store Flagship agrees", "store Internet agrees"])
    }

    @Test func `sizes that come to other figures than their total make the batch wait at the channel`() throws {
        var differing = one
        differing[1][7] = 2
        let reading = try TestBook.liberty(differing + [["Grand Total", nil, nil, nil, nil, 3, 615, 1, 205]]).reading(as: "liberty")
        #expect(reading.held == ["SIZES_DIFFER | \(TestBook.libertySheet) | row 6 | Internet"])
    }
}
