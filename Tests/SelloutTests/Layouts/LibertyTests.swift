import Sellout
import Testing

/// Blocks of rows under channels.
@Suite struct LibertyTests {
    private static let rainbow = "000834429 | 98-NO COLOUR"
    private static let soap = "000834440 | 98-NO COLOUR"

    private func book(
        _ rows: [[TestBook.Value]], name: String = "Continuity Supplier Size Report 31-08-2025.xlsm", span: TestBook.Value = "Actual"
    ) -> TestBook {
        let measures: [TestBook.Value] = ["Sales Qty Un", "Sales Inc VAT £ ", "Sales Qty Un", "Sales Inc VAT £ "]
        let left: [TestBook.Value] = [nil, nil, nil, nil, nil, nil]
        let head: [[TestBook.Value]] = [
            left + ["Flagship", nil, nil, nil, "Internet", nil, nil, nil, "All Sales Channels", nil, nil, nil, "All Warehouse", nil],
            left + [span, nil, "YTD", nil, span, nil, "YTD", nil, span, nil, "YTD", nil, span, nil],
            ["Retail Group", "Brand", "Colour Phase", " item id |  colour ", "Item", "Size"] + measures + measures + measures
                + ["Sales Qty Un", "Sales Inc VAT £"],
        ]
        return TestBook(name, [("Sales By Size", head + rows), ("Size Analysis", [["Size"]])])
    }

    /// A row with figures: flagship's, the internet's, and year-to-date figures that must not count.
    private func row(_ left: [TestBook.Value], _ flagship: [TestBook.Value], _ internet: [TestBook.Value]) -> [TestBook.Value] {
        left + flagship + [900, 9000] + internet + [800, 8000] + [99, 999, 1700, 17000, 40, 400]
    }

    private func blocks() -> [[TestBook.Value]] {
        [
            ["Beauty", "BIBBI", "AW24", .text(Self.rainbow), "Rainbow Rose"],
            row([nil, nil, nil, nil, nil, "100ML"], [3, 615], [1, 205]),
            row([nil, nil, nil, nil, .text(Self.rainbow + " Total"), nil], [3, 615], [1, 205]),
            [nil, nil, nil, .text(Self.soap), "Soap Club"], row([nil, nil, nil, nil, nil, "100ML"], [2, 410], [0, 0]),
            row([nil, nil, nil, nil, nil, "30ML"], [1, 95.5], ["-1", "(95.50)"]),
            row([nil, nil, nil, nil, .text(Self.soap + " Total"), nil], [3, "£505.50"], [-1, "(£95.50)"]),
            row(["Grand Total", nil, nil, nil, nil, nil], [6, 1120.5], [0, 109.5]),
        ]
    }

    @Test func `a product of two sizes is sold once per channel, and the channels come to the Grand Total`() throws {
        let reading = try book(blocks()).reading(as: "liberty")
        #expect(
            reading.sales == [
                "Flagship | \(Self.rainbow) | 2025-08-31 | 3 | 615.00", "Internet (online) | \(Self.rainbow) | 2025-08-31 | 1 | 205.00",
                "Flagship | \(Self.soap) | 2025-08-31 | 3 | 505.50", "Internet (online) | \(Self.soap) | 2025-08-31 | -1 | -95.50",
            ])
        #expect(reading.controls == ["store Flagship agrees", "store Internet agrees", "Sales By Size, size rows agrees"])
        #expect(reading.errors.isEmpty)
    }

    @Test func `size rows that differ from their Total, and a Grand Total that differs from the rows, are told`() throws {
        var rows = blocks()
        rows[4] = row([nil, nil, nil, nil, nil, "100ML"], [5, 410], [0, 0])
        rows[7] = row(["Grand Total", nil, nil, nil, nil, nil], [6, 1120.5], [0, 209.5])
        let controls = try book(rows).reading(as: "liberty").controls
        #expect(controls == ["store Flagship agrees", "store Internet differs", "Sales By Size, size rows differs", "row 10 differs"])
    }

    @Test func `a store's figure that cannot be read hands over product, store and what else is there`() throws {
        var rows = blocks()
        rows[6] = row([nil, nil, nil, nil, .text(Self.soap + " Total"), nil], ["x", "£505.50"], [-1, "(£95.50)"])
        let malformed = try book(rows).reading(as: "liberty").harvested.malformed
        #expect(malformed.map(\.parts.line) == ["\(Self.soap) Soap Club | Flagship | 2025-08-31 | - | 505.50 | - | - | - | - | -"])
        #expect(malformed.map { $0.wanting($0.parts, said: []) } == [[.quantity]] && malformed.allSatisfy { !$0.holdsMany })
    }

    @Test func `a product without its Total row is taken by its sizes, and a missing Grand Total is told`() throws {
        let reading = try book(Array(blocks()[0...1] + blocks()[3...5])).reading(as: "liberty")
        #expect(
            reading.sales.map { $0.split(separator: " | ").suffix(2).joined(separator: " ") } == [
                "3 615.00", "1 205.00", "2 410.00", "1 95.50", "-1 -95.50",
            ])
        #expect(reading.warnings == ["NO_BLOCK_TOTAL", "NO_GRAND_TOTAL"])
    }

    @Test(arguments: [
        ("Continuity Supplier Size Report 31-08-2025.xlsx", "2025-08-31"),
        ("Continuity_Supplier_Size_Report_29_06_2025.xlsx", "2025-06-29"),
        ("Continuity Supplier Size Report 19_5_2024.xlsm", "2024-05-19"),
        ("Continuity Supplier Size Report 31-08-2025 (1).xlsx", "2025-08-31"),
        ("Continuity_Supplier_Size_Report_29_06_2025__2_.xlsx", "2025-06-29"),
    ])
    func `the report's date stands in its name, whatever a browser added`(name: String, day: String) throws {
        #expect(try book(blocks(), name: name).reading(as: "liberty").sales.first?.contains(day) == true)
    }

    @Test(arguments: ["Continuity Supplier Size Report.xlsx", "Continuity Supplier Size Report 31-13-2025.xlsx"])
    func `a name without a date is refused, and the sentence says how dates are written`(name: String) {
        let refusal = #expect(throws: FileRefusal.self) { try book(blocks(), name: name).reading(as: "liberty") }
        #expect(refusal?.type == .parsingError)
        #expect(refusal?.message.contains("30-04-2025") == true)
    }

    @Test func `without columns of this period's figures nothing is read`() {
        let refusal = #expect(throws: FileRefusal.self) { try book(blocks(), span: "YTD").reading(as: "liberty") }
        #expect(refusal?.message.contains("Actual") == true && refusal?.message.contains("\"YTD\"") == true)
    }

    @Test func `a channel without its span's header is refused, never left out in silence`() {
        var rows = book(blocks())
        rows.sheets[0].rows[1][10] = nil
        rows.sheets[0].rows[1][12] = nil
        let refusal = #expect(throws: FileRefusal.self) { try rows.reading(as: "liberty") }
        #expect(refusal?.message.contains("column K") == true)
    }

    @Test func `another currency's sign is an error of its row, and no amount is guessed`() throws {
        var rows = blocks()
        rows[2] = row([nil, nil, nil, nil, .text(Self.rainbow + " Total"), nil], [3, "€615"], [1, 205])
        let reading = try book(rows).reading(as: "liberty")
        #expect(reading.errors == ["6H INVALID_PRICE amount"])
        #expect(reading.controls.contains("store Flagship differs"))
    }

    @Test func `the flat variant is dated by its name`() throws {
        let flat = TestBook(
            "Continuity Supplier Size Report 31-08-2025.xlsx",
            [["EAN", "Product", "Sold", "Value", "Store"], [7_350_154_320_015, "Soap Club", 2, "£95.00", "Flagship"]])
        #expect(try flat.reading(as: "liberty").sales == ["Flagship | 7350154320015 | 2025-08-31 | 2 | 95.00"])
    }
}
