import Sellout
import Testing

/// Grids of stores and of periods that no reseller has sent yet.
@Suite struct DraftedGridsTests {
    private func drafted(_ book: TestBook) throws -> (text: String, reading: TestReading) {
        let text = try #require(ProfileDraft(book.glimpse)).text
        let profile = try Profile.read(Array(text.utf8), file: "draft.json5")
        return (text, try book.reading(as: "new_reseller", among: [profile]))
    }

    @Test func `a German grid of months with its total is read month by month`() throws {
        let book = TestBook(
            "Douglas 2025.xlsx", sheet: "Absatz 2025",
            [
                ["Absatz nach Monat"], ["Artikel", "Januar", "Februar", "März", "Gesamt"], ["Rose EDP 100 ml", 1, nil, 3, 4],
                ["Soap EDP 100 ml", 2, 5, nil, 7], ["Gesamt", 3, 5, 3, 11],
            ])
        let (text, reading) = try drafted(book)
        #expect(
            reading.sales == [
                "New reseller | Rose EDP 100 ml | 2025-01 | 1 | list price", "New reseller | Rose EDP 100 ml | 2025-03 | 3 | list price",
                "New reseller | Soap EDP 100 ml | 2025-01 | 2 | list price", "New reseller | Soap EDP 100 ml | 2025-02 | 5 | list price",
            ])
        #expect(text.contains("total_column: \"Gesamt\"") && text.contains("totals: [\"total\", \"grand total\", \"gesamt\"]"))
        #expect(!reading.controls.isEmpty && reading.controls.allSatisfy { $0.hasSuffix(" agrees") })
    }

    @Test func `a total that is called by no known word is told by its figures`() throws {
        let book = TestBook(
            "x 2025.xlsx", sheet: "x",
            [
                ["EAN", "Jan 2025", "Feb 2025", "Alles", "Wert"], ["7350154320015", 1, 2, 3, "300,50"],
                ["7350154320022", 4, 4, 8, "800,25"],
            ])
        let (text, reading) = try drafted(book)
        #expect(text.contains("total_column: \"Alles\",  // unsure: told by its figures"))
        #expect(text.contains("amount_total: \"Wert\",  // unsure"))
        #expect(reading.sales.count == 4)
    }

    @Test(arguments: ["Razem", "Totaal", "Kopā", "Baltikum"]) func `stores side by side are read, and their sum is not`(_ total: String)
        throws
    {
        let book = TestBook(
            "Perfumeria 04-2025.xlsx", sheet: "Raport",
            [
                ["Sprzedaż"], [nil, nil, "Warszawa", nil, "Kraków", nil, .text(total)],
                ["Kod EAN", "Nazwa", "Ilość", "Wartość", "Ilość", "Wartość", "Ilość", "Wartość"],
                ["7350154320015", "Rose EDP", 1, "100,50", 2, "200,50", 3, "301,00"],
                ["7350154320022", "Soap EDP", nil, nil, 2, "180,00", 2, "180,00"], ["Razem", nil, 1, "100,50", 4, "380,50", 5, "481,00"],
            ])
        let (text, reading) = try drafted(book)
        #expect(
            reading.sales == [
                "Warszawa | 7350154320015 | 2025-04 | 1 | 100.50", "Kraków | 7350154320015 | 2025-04 | 2 | 200.50",
                "Kraków | 7350154320022 | 2025-04 | 2 | 180.00",
            ])
        #expect(text.contains("total_columns: [\"\(total)\"]") && text.contains("header_rows: 1,"))
        #expect(reading.controls.allSatisfy { $0.hasSuffix(" agrees") })
    }

    @Test func `sums of some stores are no stores, and the span beside the current one is not sold`() throws {
        let book = TestBook(
            "Report 2025-04.xlsx", sheet: "Sales",
            [
                [nil, "Riga", nil, nil, nil, "Tartu", nil, nil, nil, "Baltic Total"],
                [nil, "MTD", nil, "YTD", nil, "MTD", nil, "YTD", nil, "MTD", nil, "YTD"],
                ["EAN", "Units", "Value", "Units", "Value", "Units", "Value", "Units", "Value", "Units", "Value", "Units", "Value"],
                ["7350154320015", 1, 10.5, 9, 90, 2, 20, 8, 80, 3, 30.5, 17, 170],
                ["7350154320022", 4, 40, 9, 90, 0, 0, 8, 80, 4, 40, 17, 170],
            ])
        let (text, reading) = try drafted(book)
        #expect(text.contains("span: \"MTD\"") && text.contains("total_columns: [\"Baltic Total\"]"))
        #expect(
            reading.sales == [
                "Riga | 7350154320015 | 2025-04 | 1 | 10.50", "Tartu | 7350154320015 | 2025-04 | 2 | 20.00",
                "Riga | 7350154320022 | 2025-04 | 4 | 40.00",
            ])
    }

    @Test func `a group between the stores that sums up those left of it is no store`() throws {
        let book = TestBook(
            "Report 2025-04.xlsx", sheet: "Sales",
            [
                [nil, "Riga", "Liepaja", "Latvija", "Tartu", "Baltic"], ["EAN", "Units", "Units", "Units", "Units", "Units"],
                ["7350154320015", 1, 2, 3, 7, 10], ["7350154320022", 4, 1, 5, 1, 6], ["7350154320039", 2, 2, 4, 2, 6],
            ])
        let (text, reading) = try drafted(book)
        #expect(text.contains("not_stores: [\"Latvija\"],  // unsure: \"Latvija\" equals the sum of other stores"))
        #expect(reading.sales.count == 9 && reading.controls.allSatisfy { $0.hasSuffix(" agrees") })
    }

    @Test func `several figures of each month side by side are said to be read by no layout`() throws {
        let book = TestBook(
            "x.xlsx", sheet: "Plan",
            [
                [nil, "Jan 2025", nil, "Feb 2025"], ["EAN", "Qty", "Value", "Qty", "Value"], ["7350154320015", 1, 10, 2, 20],
                ["7350154320022", 3, 30, 2, 20],
            ])
        let text = try #require(ProfileDraft(book.glimpse)).text
        #expect(text.contains("unsure: the sheet \"Plan\" has several figures of each period"))
    }

    @Test func `blocks of rows with a French total are read once each`() throws {
        let book = TestBook(
            "Magasins 30.04.2025.xlsx", sheet: "Ventes",
            [
                [nil, nil, nil, "Paris", nil, "Lyon"], ["Code article", "Article", "Taille", "Qté", "Montant", "Qté", "Montant"],
                ["100 | NOIR", "Rose"], [nil, nil, "30 ML", 1, 50, nil, nil], [nil, nil, "100 ML", 1, 90, 2, 180],
                [nil, "100 | NOIR Total", nil, 2, 140, 2, 180], ["200 | NOIR", "Savon"], [nil, nil, "100 ML", 3, 300, 1, 100],
                [nil, "200 | NOIR Total", nil, 3, 300, 1, 100], ["Total général", nil, nil, 5, 440, 3, 280],
            ])
        let (text, reading) = try drafted(book)
        #expect(text.contains("kind: \"blocks\"") && text.contains("grand_total: \"Total général\""))
        #expect(
            reading.sales == [
                "Paris | 100 | NOIR | 2025-04-30 | 2 | 140.00", "Lyon | 100 | NOIR | 2025-04-30 | 2 | 180.00",
                "Paris | 200 | NOIR | 2025-04-30 | 3 | 300.00", "Lyon | 200 | NOIR | 2025-04-30 | 1 | 100.00",
            ])
    }

    @Test func `a table on each of several sheets is a store's, called as the sheet is`() throws {
        let header: [TestBook.Value] = ["Product", "Quantity", "Month", "Year"]
        let book = TestBook(
            "x.xlsx",
            [
                ("Mokotowska", [header, ["Rose EDP 100 ml", 1, 4, 2025], ["Soap EDP 100 ml", 2, 4, 2025]]),
                ("Krakowska", [header, ["Rose EDP 100 ml", 3, 4, 2025]]), ("Info", [["Made by", "somebody"]]),
            ])
        let (text, reading) = try drafted(book)
        #expect(text.contains("kind: \"sheet_per_store\"") && text.contains("not_stores: [\"Info\"]"))
        #expect(reading.sales.map { $0.prefix { $0 != " " } } == ["Mokotowska", "Mokotowska", "Krakowska"])
    }

    @Test func `places that name another period than the file's name are left out and told`() throws {
        let rows: [[TestBook.Value]] = [
            ["EAN", "Qty", "Value", "Store"], ["7350154320015", 1, 10, "Oslo"], ["7350154320022", 2, 20, "Oslo"],
        ]
        let agreeing = TestBook("report 04-2025.xlsx", sheet: "April 2025", [["Period", "01.04.2025 - 30.04.2025"]] + rows)
        let (text, reading) = try drafted(agreeing)
        #expect(text.contains("{ at: \"B1\", like: [\"MM.YYYY\"] }") && text.contains("file_name: [\"MM-YYYY\"]"))
        #expect(reading.sales.first == "Oslo | 7350154320015 | 2025-04 | 1 | 10.00" && !reading.warnings.contains("PERIODS_DIFFER"))
        let other = TestBook("report 04-2025.xlsx", sheet: "Sales", [["Printed", "May 2025"]] + rows)
        #expect(try drafted(other).text.contains("the cell B1 names another period"))
    }
}
