import Sellout
import Testing

/// A grid whose column groups are stores.
@Suite struct CremeDeLaCremeTests {
    private let pool: TestBook.Value = "7350154320039"
    private let club: TestBook.Value = 7_350_154_320_015

    private func book(_ rows: [[TestBook.Value]], sheet: String = "2025 04") -> TestBook {
        TestBook("BIBBI_Sell_Out_2025 04.xlsx", sheet: sheet, rows)
    }

    private func month(
        _ groups: (countries: [TestBook.Value], stores: [TestBook.Value]), _ rows: [[TestBook.Value]], b2: TestBook.Value = "2025 April"
    ) -> [[TestBook.Value]] {
        let pairs = groups.stores.count / 2
        let measures: [TestBook.Value] = (0..<pairs).flatMap { _ -> [TestBook.Value] in ["Qty", " sum\u{A0}EUR "] }
        return [["CDLC"], [nil, b2, nil] + groups.countries, [nil, nil, nil] + groups.stores, [nil, nil, nil] + measures] + rows
    }

    private let usual: (countries: [TestBook.Value], stores: [TestBook.Value]) = (
        ["E-shop", nil, "Lithuania", nil, nil, nil, "Latvia", nil, "Total", nil],
        [nil, nil, "Vilnius Panorama", nil, "Kaunas Akropolis", nil, "LV Riga Spice CdlC", nil, nil, nil]
    )

    @Test func `one sale per product and store that has a quantity, whatever stands empty or dashed`() throws {
        let reading = try book(
            month(
                usual,
                [
                    [nil, pool, "BIBBI. Swimming Pool EDP 100 ml", 1, 245, "-", "–", 2, "490,00", nil, nil, 3, 735], [],
                    [nil, nil, "BIBBI. Gift box", 4, 0],
                    [nil, club, "BIBBI. Soap Club", nil, nil, -1, "(245,00)", 0, 0, 1, "1 245,00", 0, 1000],
                    [nil, "12345", "BIBBI. Bag", nil, nil, 1, 3],
                ])
        ).reading(as: "cdlc")
        #expect(
            reading.sales == [
                "E-shop (online) | 7350154320039 | 2025-04 | 1 | 245.00", "Kaunas Akropolis | 7350154320039 | 2025-04 | 2 | 490.00",
                "Vilnius Panorama | 7350154320015 | 2025-04 | -1 | -245.00", "LV Riga Spice CdlC | 7350154320015 | 2025-04 | 1 | 1245.00",
            ])
        #expect(reading.controls == ["2025 04, columns Total agrees"])
        #expect(reading.findings.rowsSkipped == 2)
    }

    @Test func `a new store in the middle and a store gone are read from the headers`() throws {
        let reading = try book(
            month(
                (
                    ["E-shop", nil, "Lithuania", nil, nil, nil, "Total", nil],
                    [nil, nil, "Vilnius Europa", nil, "Kaunas Akropolis", nil, nil, nil]
                ), [[nil, pool, "Swimming Pool", 1, 245, 2, 490, 3, 735, 6, 1470]])
        ).reading(as: "cdlc")
        #expect(reading.sales.map { $0.prefix { $0 != "|" } } == ["E-shop (online) ", "Vilnius Europa ", "Kaunas Akropolis "])
        #expect(reading.controls == ["2025 04, columns Total agrees"])
    }

    @Test func `where no country is over a store, the empty header row is none of those that stand over the measures`() throws {
        let rows: [[TestBook.Value]] = [
            ["CDLC", nil, nil, "Report of all stores"], [nil, "2025 April", nil, "E-shop", nil, "Riga"], [],
            [nil, nil, nil, "Qty", "Sum Eur", "Qty", "Sum Eur"],
            [nil, pool, "Pool", 1, 245, 2, 490],
        ]
        #expect(try book(rows).reading(as: "cdlc").sales.map { $0.prefix { $0 != "|" } } == ["E-shop (online) ", "Riga "])
    }

    @Test func `a Total that differs is told with its row`() throws {
        let reading = try book(month(usual, [[nil, pool, "Swimming Pool", 1, 245, 1, 245, nil, nil, nil, nil, 3, 490]])).reading(as: "cdlc")
        #expect(reading.controls == ["2025 04, columns Total differs", "row 5 differs"])
    }

    @Test func `an EAN of twelve digits is an error, and a quantity that is none spoils only its own sale`() throws {
        let reading = try book(
            month(usual, [[nil, "735015432001", "Soap", 1, 245], [nil, pool, "Pool", "many", 245, 1, "18,1%", 1, 245]])
        ).reading(as: "cdlc")
        #expect(reading.errors == ["5B INVALID_EAN ean", "6D INVALID_QUANTITY quantity", "6G INVALID_PRICE amount"])
        #expect(reading.sales == ["Kaunas Akropolis | 7350154320039 | 2025-04 | 1 | 245.00"])
    }

    @Test func `a store without its amount, one without a name and two of one name are refused, never half read`() {
        func refusal(_ countries: [TestBook.Value], _ stores: [TestBook.Value], _ measures: [TestBook.Value]) -> String? {
            let rows: [[TestBook.Value]] = [
                [nil, "2025 April", nil] + countries, [nil, nil, nil] + stores, [nil, nil, nil] + measures,
                [nil, pool, "Pool", 1, 2, 3, 4],
            ]
            return #expect(throws: FileRefusal.self) { try book(rows).reading(as: "cdlc") }?.message
        }
        #expect(refusal(["E-shop", nil, "Latvia"], [nil, nil, "Riga"], ["Qty", "Sum Eur", "Qty"])?.contains("\"Riga\"") == true)
        #expect(
            refusal([nil, nil, "Latvia"], [nil, nil, "Riga"], ["Qty", "Sum Eur", "Qty", "Sum Eur"])?.contains("No store is named") == true)
        #expect(refusal(["E-shop"], [nil], ["Qty", "Sum Eur", "Qty", "Sum Eur"])?.contains("Two groups") == true)
    }

    @Test func `the period is the cell's, then the sheet's name, then the file's; two that differ are told`() throws {
        let row: [TestBook.Value] = [nil, pool, "Pool", 1, 245]
        let march = try book(month(usual, [row], b2: "2025 March"), sheet: "2025 04").reading(as: "cdlc")
        #expect(march.sales.first?.contains("2025-03") == true && march.doubts == ["PERIODS_DIFFER"])
        #expect(try book(month(usual, [row], b2: nil), sheet: "2025 05").reading(as: "cdlc").sales.first?.contains("2025-05") == true)
        #expect(try book(month(usual, [row], b2: nil), sheet: "Sheet1").reading(as: "cdlc").sales.first?.contains("2025-04") == true)
    }

    @Test func `of two months' sheets the one that the file's name speaks of is read, and the other is told`() throws {
        let rows = { (b2: TestBook.Value) in month(usual, [[nil, pool, "Pool", 1, 245]], b2: b2) }
        let reading = try TestBook("CDLC BIBBI_Sell_Out_2025 04.xlsx", [("2025 03", rows("2025 March")), ("2025 04", rows("2025 April"))])
            .reading(as: "cdlc")
        #expect(reading.sales.count == 1 && reading.sales.first?.contains("2025-04") == true)
        #expect(reading.doubts == ["SHEET_NOT_READ"])
        #expect(reading.findings.warnings.first?.places.map(\.sheet) == ["2025 03"])
    }

    @Test func `the flat variant is a table`() throws {
        let flat = TestBook(
            "CDLC flat.xlsx",
            [["EAN", "Product", "Quantity", "Total", "Store", "Month", "Year"], [pool, "Pool", 2, "490,00", "E-shop", 4, 2025]])
        #expect(try flat.reading(as: "cdlc").sales == ["E-shop (online) | 7350154320039 | 2025-04 | 2 | 490.00"])
    }
}
