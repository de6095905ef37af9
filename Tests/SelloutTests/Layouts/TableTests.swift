import Sellout
import Testing

/// Tables with one sale per row, of several resellers: the traps that hold for all of them.
@Suite struct TableTests {
    private func boxnox(_ rows: [[TestBook.Value]]) throws -> TestReading {
        let head: [TestBook.Value] = [" year ", "Month", "CHANNEL", "POS", "EAN", "QTY", "Amount\n", "DESCRIPTION", "SKU"]
        return try TestBook("BOXNOX - BIBBI Monthly Sales Report APR2025.xlsx", sheet: "Sell Out by EAN", [head] + rows).reading(
            as: "boxnox")
    }

    private func skinsSA(_ rows: [[TestBook.Value]]) throws -> TestReading {
        let head: [TestBook.Value] = [
            "Branch", "OrderDate", "StockCode", "OrderQty", "StockDescription", "NetSalesValue", "\u{A0}ExVatNetsales ", "MONTH", "YEAR",
            "ABC MAP",
        ]
        return try TestBook("Skins_SA_BIBBI_Sell_Out_2025.xlsx", [("sales summary", [["Branch"]]), ("BIBBI", [head] + rows)]).reading(
            as: "skins_sa")
    }

    @Test func `EANs come as numbers, as text and with a point and a nought, and keep their digits`() throws {
        let row = { (ean: TestBook.Value) -> [TestBook.Value] in [2025, 4, "Retail", "Sol", ean, 1, 10] }
        let boxnox = try boxnox([row(7_350_154_320_657), row("7350154320657"), row("7350154320657.0"), row(" 7350154320657\u{A0}")])
        #expect(boxnox.harvested.products.count == 1 && boxnox.sales.count == 4)
        let skins = try skinsSA([
            ["ON", "1/28/2024", 7_350_154_320_657.0, 1, "Oud", 1, "1,00"], ["ON", "1/28/2024", "7350154320657", 1, "Oud", 1, 1],
        ])
        #expect(skins.sales.allSatisfy { $0.contains("7350154320657") } && skins.sales.count == 2)
    }

    @Test func `EANs with lost digits, too few, too many or letters are errors with their column; a wrong check digit is a warning`() throws
    {
        let eans: [TestBook.Value] = ["7.35015E+12", "735015432065", "73501543206570", "735015432065X", "1234567890123"]
        let boxnox = try boxnox(eans.map { [2025, 4, "Retail", "Sol", $0, 1, 10] })
        #expect(boxnox.errors == [2, 3, 4, 5].map { "\($0)E INVALID_EAN ean" })
        #expect(boxnox.sales == ["Sol | 1234567890123 | 2025-04 | 1 | 10.00"] && boxnox.warnings == ["CHECK_DIGIT"])
        let skins = try skinsSA(eans.map { ["ON", "1/28/2024", $0, 1, "Oud", 1, 1] })
        #expect(skins.errors == [2, 3, 4, 5].map { "\($0)C INVALID_EAN ean" } && skins.warnings == ["CHECK_DIGIT"])
    }

    @Test func `amounts with decimal commas, blanks of all kinds, currency signs, parentheses and the real minus are read to the cent`()
        throws
    {
        let texts: [(TestBook.Value, String)] = [
            ("202,48", "202.48"), ("   5 147,83", "5147.83"), ("5\u{A0}147,83", "5147.83"), ("5\u{202F}147,83 ", "5147.83"),
            ("(123,45)", "-123.45"),
            ("\u{2212}5,00", "-5.00"), ("-5", "-5.00"), (12.345, "12.35"), ("1.960,00", "1960.00"),
        ]
        let boxnox = try boxnox(texts.map { [2025, 4, "Retail", "Sol", "7350154320015", 1, $0.0] })
        #expect(boxnox.harvested.drafts.map { $0.amount?.description } == texts.map(\.1))
        let skins = try skinsSA(texts.map { ["ON", "1/28/2024", "7350154320015", 1, "Oud", 1, $0.0] })
        #expect(skins.harvested.drafts.map { $0.amount?.description } == texts.map(\.1))
        #expect(try boxnoxEuros("€ 116") == "116.00")
        #expect(try boxnoxEuros("€1 960,00") == "1960.00")
    }

    private func boxnoxEuros(_ amount: TestBook.Value) throws -> String? {
        try boxnox([[2025, 4, "Retail", "Sol", "7350154320015", 1, amount]]).harvested.drafts.first?.amount?.description
    }

    @Test func `percentages and other currencies' signs are no amounts, and words are no quantities`() throws {
        let boxnox = try boxnox([
            [2025, 4, "Retail", "Sol", "7350154320015", 1, "\u{2212}18,1%"], [2025, 4, "Retail", "Sol", "7350154320015", "1,5", "£95,00"],
            [2025, 4, "Retail", "Sol", "7350154320015", nil, "n/a"],
        ])
        #expect(
            boxnox.errors == [
                "2G INVALID_PRICE amount", "3F INVALID_QUANTITY quantity", "3G INVALID_PRICE amount", "4F MISSING_REQUIRED_FIELD quantity",
                "4G MISSING_REQUIRED_FIELD amount",
            ])
        #expect(try skinsSA([["ON", "1/28/2024", "7350154320015", 1, "Oud", 1, "€ 95,00"]]).errors == ["2G INVALID_PRICE amount"])
    }

    @Test func `South African dates have the month first, and a day that does not exist is an error`() throws {
        let reading = try skinsSA([
            ["SKINS GATEWAY", "1/28/2024", "7350154320060", 1, "Oud", 5920, "   5 147,83", 1, 2024],
            ["ON", .day("2024-02-03"), "7350154320060", -1, "Oud", 0, "-10,00", 2, 2024],
            ["ON", "32/13/2025", "7350154320060", 1, "Oud", 1, 1, 1, 2024],
            ["ON", "28/1/2025", "7350154320060", 1, "Oud", 1, 1, 1, 2024],
        ])
        #expect(
            reading.sales == [
                "SKINS GATEWAY | 7350154320060 | 2024-01-28 | 1 | 5147.83", "ON (online) | 7350154320060 | 2024-02-03 | -1 | -10.00",
            ])
        #expect(reading.errors == ["4B INVALID_DATE_FORMAT date", "5B INVALID_DATE_FORMAT date"])
    }

    @Test func `identical rows are separate sales, rows without EAN are skipped and counted`() throws {
        let row: [TestBook.Value] = ["SKINS GATEWAY", "1/28/2024", "7350154320060", 1, "Oud", 5920, "5 147,83"]
        let reading = try skinsSA([row, row, ["ON", "1/28/2024", nil, 1, "Gift wrap", 0, 0], row])
        #expect(reading.sales.count == 4 && reading.findings.rowsSkipped == 0)
        #expect(reading.harvested.products.map(\.isSkippedUnmapped) == [false, true])
        #expect(try boxnox([[2025, 4, "Retail", "Sol", "  ", 1, 10], [2025, 4, "Retail", "Sol", nil, 1, 10]]).findings.rowsSkipped == 2)
    }

    @Test func `a store that sells online is known by its name, ON by the whole of it`() throws {
        let stores: [TestBook.Value] = ["Abanuc Online", "Sol WEB", "Mi e-shop", "Madrid"]
        #expect(
            try boxnox(stores.map { [2025, 4, "Retail", $0, "7350154320015", 1, 10] }).harvested.stores.map(\.isOnline) == [
                true, true, true, false,
            ])
        #expect(
            try skinsSA(["ON", "SKINS ONE"].map { [$0, "1/28/2024", "7350154320060", 1, "Oud", 1, 1] }).harvested.stores.map(\.isOnline)
                == [
                    true, false,
                ])
    }

    @Test func `totals are compared and never sold, subtotals are only skipped`() throws {
        let sale: [TestBook.Value] = [2025, 4, "Retail", "Sol", "7350154320015", 2, "20,10"]
        let agreeing = try boxnox([sale, ["Sol Total", nil, nil, nil, nil, 9, 9], sale, ["Grand Total", nil, nil, nil, nil, 4, "40,20"]])
        #expect(agreeing.controls == ["Sell Out by EAN, row 5 agrees"] && agreeing.sales.count == 2)
        #expect(try boxnox([sale, ["TOTAL ", nil, nil, nil, nil, 3, "20,10"]]).controls == ["Sell Out by EAN, row 3 differs"])
    }

    @Test func `no pieces and no money is no sale, money without pieces is an error`() throws {
        let reading = try boxnox([
            [2025, 4, "Retail", "Sol", "7350154320015", 0, 0], [2025, 4, "Retail", "Sol", "7350154320015", 0, "5,00"],
        ])
        #expect(reading.findings.rowsSkipped == 1 && reading.errors == ["3F INVALID_QUANTITY quantity"])
    }

    @Test func `flat variants are read by the same profiles`() throws {
        let boxnox = TestBook(
            "boxnox may.csv",
            [
                (
                    "boxnox may",
                    [
                        ["Product EAN", "Functional Name", "Sold Qty", "Sales Amount (EUR)", "POS", "Month", "Year"],
                        ["7350154320015", "BBSC100", 2, "404,96", "Sol", "abril", 2025],
                    ]
                )
            ], isPlainTable: true)
        #expect(try boxnox.reading(as: "boxnox").sales == ["Sol | 7350154320015 | 2025-04 | 2 | 404.96"])
        for header in ["Stockcode", "EAN"] {
            let skins = TestBook(
                "skins sa.xlsx", sheet: "BIBBI",
                [
                    ["Store code", .text(header), "Qty", "Amount", "netsales", "exvatnetsales", "Month", "Year"],
                    ["ON", "7350154320015", 1, 9, 8, 7, 1, 2024],
                ])
            #expect(try skins.reading(as: "skins_sa").sales == ["ON (online) | 7350154320015 | 2024-01 | 1 | 7.00"])
        }
        let selfridges = TestBook(
            "selfridges.xlsx", [["EAN", "Product", "Sold", "Amount", "Month", "Year"], ["7350154320015", "Soap", 1, "£95.00", 4, 2025]])
        #expect(try selfridges.reading(as: "selfridges").sales == ["Selfridges | 7350154320015 | 2025-04 | 1 | 95.00"])
    }
}
