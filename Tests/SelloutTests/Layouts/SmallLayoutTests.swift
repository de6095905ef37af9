import Sellout
import Testing

/// Galilu, Skins NL, Selfridges, Continuity Suppliers, the online shop.
@Suite struct SmallLayoutTests {
    private func galilu(_ rows: [[TestBook.Value]], sheets: [TestBook.Sheet] = []) throws -> TestReading {
        try TestBook(
            "BIbbi_sellout_Galilu_2025__5_.xlsx",
            [
                ("YoY", [["", 2024]]), ("monthly sellout", [["Jan", 3]]), ("product_ranking_2025", rows),
                ("product_ranking_2023-24", [[2024, "Jan", "Total"]]),
            ]
                + sheets
        ).reading(as: "galilu")
    }

    @Test func `Galilu's months are sold at list price, dashes are none, and each row's Total is compared`() throws {
        let reading = try galilu([
            [2025, "Jan", "Feb", "Mar", "Total"], ["BIRTH COUNTRY świeca zapachowa 310 g", 1, "-", 2, 3], ["BOY OF JUNE", nil, "–", -1, 0],
            ["SOAP CLUB", "-", "-", "-", "-"],
        ])
        #expect(
            reading.sales == [
                "Galilu | BIRTH COUNTRY świeca zapachowa 310 g | 2025-01 | 1 | list price",
                "Galilu | BIRTH COUNTRY świeca zapachowa 310 g | 2025-03 | 2 | list price",
                "Galilu | BOY OF JUNE | 2025-03 | -1 | list price",
            ])
        #expect(reading.controls == ["product_ranking_2025, column Total differs", "row 3 differs"])
        #expect(reading.findings.rowsSkipped == 1)
    }

    @Test func `Galilu's first file has one month only, and its months may be Polish`() throws {
        #expect(try galilu([[2025, "Jan", "Total"], ["SOAP CLUB", 2, 2]]).sales == ["Galilu | SOAP CLUB | 2025-01 | 2 | list price"])
        #expect(
            try galilu([["2025", "styczeń", "lut.", "Total"], ["SOAP CLUB", 2, 1, 3]]).sales.last
                == "Galilu | SOAP CLUB | 2025-02 | 1 | list price")
    }

    @Test func `Galilu's months need the year in A1, and a ranking without Total is named`() {
        let yearless = #expect(throws: FileRefusal.self) { try galilu([[nil, "Jan", "Total"], ["SOAP CLUB", 2, 2]]) }
        #expect(yearless?.message.contains("A1") == true)
        let totalless = #expect(throws: FileRefusal.self) { try galilu([[2025, "Jan", "Feb"], ["SOAP CLUB", 2, 2]]) }
        #expect(totalless?.message.contains("\"Total\"") == true)
    }

    @Test func `in Galilu's flat variant the sheet is the store`() throws {
        let rows = { (quantity: TestBook.Value) -> [[TestBook.Value]] in
            [["Product", "Quantity", "Month", "Year"], ["SOAP CLUB", quantity, "kwiecień", 2025]]
        }
        let reading = try TestBook("galilu.xlsx", [("Mokotowska", rows(1)), ("YoY", [["x"]]), ("Galilu Online", rows(2))]).reading(
            as: "galilu")
        #expect(
            reading.sales == [
                "Mokotowska | SOAP CLUB | 2025-04 | 1 | list price", "Galilu Online (online) | SOAP CLUB | 2025-04 | 2 | list price",
            ])
    }

    @Test func `a grid of weeks takes its year from the file's name`() throws {
        let json5 = """
            { reseller: 'weekly', vendor_name: 'Weekly', currency: 'EUR', signs: { headers: ['Code'] }, layouts: [{
              kind: 'period_grid', columns: { code: 'Code' }, total_column: 'Total', period: { texts: 'WW', file_name: 'YYYY' } }] }
            """
        let profile = try Profile.read(Array(json5.utf8), file: "weekly.json5")
        let book = TestBook("Weekly 2025.xlsx", [["Code", "W14", "W15", "Total"], ["A1", 1, 2, 3]])
        let reading = try book.reading(as: "weekly", among: [profile])
        #expect(reading.sales == ["Weekly | A1 | 2025-03-31 | 1 | list price", "Weekly | A1 | 2025-04-07 | 2 | list price"])
        #expect(reading.harvested.drafts.map(\.details?.span) == ["W14", "W15"])
        #expect(reading.controls == ["Sheet1, column Total agrees"])
    }

    private func skinsNL(_ locations: [[TestBook.Value]], name: String = "BIBBIPARFU_ReportPeriod02-2025.xlsx") throws -> TestReading {
        try TestBook(
            name,
            [
                (
                    "SalesPerSKU",
                    [
                        [
                            "Brand", "Article", "EANCode", "Sales amount", "SalesAmountSPLY", "SalesAmountVariance", "SalesQuantity",
                            "SalesQuantitySPLY",
                        ],
                        [
                            "BIBBIPARFU", "1131381 - Tester Santal Beauty EDP 100ml", "7350154320459", "€ 1.116", "€ 142", "\u{2212}18,1%",
                            2, 2,
                        ],
                        ["BIBBIPARFU", "1131382 - Oud", "7350154320060", nil, "€ 142", "\u{2212}100%", nil, 3],
                        ["BIBBIPARFU", "1131383 - Fig", "7350154320015", "-", "€ 142", "\u{2212}100%", " – ", 3],
                        ["Total", nil, nil, "€ 1.116,00", nil, nil, 2, 5],
                    ]
                ), ("SalesPerLocation", [["Location", "Sales amount", "SalesQuantity"]] + locations), ("Info", [["Period:", "02-2025"]]),
            ]
        ).reading(as: "skins_nl")
    }

    @Test func `Skins NL's sales of last year are none, and the sums by location are compared and shown`() throws {
        let reading = try skinsNL([["Amsterdam", "€ 1.000", 1], ["Utrecht", "€ 116", 1], ["Total", "€ 1.116", 2]])
        #expect(reading.sales == ["Skins NL | 7350154320459 | 2025-02 | 2 | 1116.00"])
        #expect(
            reading.controls == [
                "SalesPerSKU, row 5 agrees", "SalesPerLocation agrees", "SalesPerLocation: Amsterdam agrees",
                "SalesPerLocation: Utrecht agrees",
            ])
        #expect(try skinsNL([["Amsterdam", "€ 1.000", 1]]).controls.contains("SalesPerLocation differs"))
    }

    @Test func `without Skins NL's sums by location the report says that nothing was compared`() throws {
        #expect(try skinsNL([]).warnings.isEmpty)
        let alone = TestBook(
            "BIBBIPARFU_ReportPeriod02-2025.xlsx", sheet: "SalesPerSKU",
            [["Article", "EANCode", "Sales amount", "SalesQuantity"], ["Oud", "7350154320060", 116, 1]])
        #expect(try alone.reading(as: "skins_nl").warnings == ["NO_CONTROL_SHEET"])
    }

    @Test func `in Galilu's flat variant a sheet that lacks a column is refused, and one without a table is not read`() throws {
        let good: [[TestBook.Value]] = [["Product", "Quantity", "Month", "Year"], ["SOAP CLUB", 1, 4, 2025]]
        let half: [[TestBook.Value]] = [["Product", "Quantity", "Month"], ["SOAP CLUB", 1, 4]]
        let refusal = #expect(throws: FileRefusal.self) {
            try TestBook("galilu.xlsx", [("A", good), ("B", half)]).reading(as: "galilu")
        }
        #expect(refusal?.message.contains("\"B\"") == true && refusal?.message.contains("Year") == true)
        #expect(try TestBook("galilu.xlsx", [("A", good), ("Notes", [["Dear all"]])]).reading(as: "galilu").sales.count == 1)
    }

    @Test func `two columns of one month are refused`() {
        let refusal = #expect(throws: FileRefusal.self) { try galilu([[2025, "Jan", "January", "Total"], ["SOAP CLUB", 1, 1, 2]]) }
        #expect(refusal?.message.contains("\"January\"") == true)
    }

    @Test func `Skins NL's period is the name's, or else the sheet Info's`() throws {
        #expect(try skinsNL([], name: "BIBBIPARFU_ReportPeriod03-2025 (1).xlsx").sales.first?.contains("2025-03") == true)
        #expect(try skinsNL([], name: "BIBBIPARFU_Report.xlsx").sales.first?.contains("2025-02") == true)
    }

    @Test func `Skins NL's flat variant bears its locations`() throws {
        let flat = TestBook(
            "skins nl.xlsx", sheet: "SalesPerLocation",
            [
                ["EAN", "Product", "Quantity", "Amount", "Location", "Month", "Year"],
                ["7350154320459", "Santal", 2, "€ 232,00", "Amsterdam", 2, 2025],
            ])
        #expect(try flat.reading(as: "skins_nl").sales == ["Amsterdam | 7350154320459 | 2025-02 | 2 | 232.00"])
    }

    @Test func `Selfridges' weeks are dated on their Monday, and the product is known by its leading number`() throws {
        let reading = try TestBook(
            "selfridges.xlsx",
            [
                ["EAN", "Product", "Sold", "Sales", "Date or Week", "Store"],
                [nil, "86033481 - rainbow rose edpno colour100ml", 2, "£1,410.00", "2025-W01", "London"],
                ["7350154320015", "86033482 - soap", -1, "(£95.00)", "W16 2025", "Online"],
                ["7350154320015", "86033482 - soap", 1, 95, "01/04/2025", "Birmingham"],
                [nil, "Rainbow", 1, 95, "week 54 2025", "London"],
            ]
        ).reading(as: "selfridges")
        #expect(
            reading.sales == [
                "London | 86033481 | 2024-12-30 | 2 | 1410.00", "Online (online) | 7350154320015 | 2025-04-14 | -1 | -95.00",
                "Birmingham | 7350154320015 | 2025-04-01 | 1 | 95.00",
            ])
        #expect(reading.harvested.drafts.map { $0.details?.span } == ["2025-W01", "W16 2025", nil])
        #expect(reading.errors == ["5E INVALID_DATE_FORMAT date"])
    }

    @Test func `a week without its year takes the file name's, and is an error where that has none`() throws {
        let rows: [[TestBook.Value]] = [
            ["EAN", "Product", "Sold", "Sales", "Week", "Store"], ["7350154320015", "Soap", 1, 95, "W16", "London"],
            ["7350154320015", "Soap", 1, 95, "Week 17", "London"], ["7350154320015", "Soap", 1, 95, 18, "London"],
        ]
        let dated = try TestBook("selfridges 2025.xlsx", rows).reading(as: "selfridges")
        #expect(dated.sales.map { $0.split(separator: " | ")[2] } == ["2025-04-14", "2025-04-21", "2025-04-28"])
        #expect(dated.harvested.drafts.map { $0.details?.span } == ["W16", "WEEK 17", "18"])
        #expect(try TestBook("selfridges.xlsx", rows).reading(as: "selfridges").errors.count == 3)
    }

    @Test func `a span is booked on its last month and kept`() throws {
        let periods: [TestBook.Value] = ["Jan 2024", "Q1 2024", "Jan-Mar 2024", .day("2024-05-01"), "Q5 2024", "soon"]
        let reading = try TestBook(
            "Continuity Suppliers.xlsx",
            [["EAN", "Product", "Units", "Value", "Period", "Channel"]]
                + periods.map { ["7350154320015", "Soap", 1, "€ 95.00", $0, "Stores"] }
        ).reading(as: "continuity")
        #expect(reading.sales.map { $0.split(separator: " | ")[2] } == ["2024-01", "2024-03", "2024-03", "2024-05"])
        #expect(reading.harvested.drafts.map { $0.details?.span } == [nil, "Q1 2024", "JAN-MAR 2024", nil])
        #expect(reading.errors == ["6E INVALID_DATE_FORMAT period", "7E INVALID_DATE_FORMAT period"])
    }

    @Test func `the online shop's orders keep country, city, cost and fee`() throws {
        let reading = try TestBook(
            "orders.csv",
            [
                (
                    "orders",
                    [
                        [
                            "Order ID", "Product EAN", "Functional Name", "Product Name", "Quantity", "Sales EUR", "Cost of Goods",
                            "Stripe Fee", "Order Date", "Country", "City",
                        ],
                        ["#1", "7350154320015", "BBSC100", "Soap Club", "2", "490.00", "98.00", nil, "2025-05-02", "SE", "Malmö"],
                    ]
                )
            ], isPlainTable: true
        ).reading(as: "online")
        #expect(reading.sales == ["online (online) | 7350154320015 | 2025-05-02 | 2 | 490.00"])
        let details = try #require(reading.harvested.drafts.first?.details)
        #expect(details.orderID == "#1" && details.country == "SE" && details.city == "Malmö")
        #expect(details.cost == Money(units: 980_000) && details.fee == nil)
    }
}
