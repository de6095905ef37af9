import Cells
import Chances
import Sellout
import Testing

/// Sheets of all layouts with their cells thrown about and nonsense among them: each is refused or read, and none ends the program.
@Suite struct HostileSheetTests {
    private static let nonsense: [TestBook.Value] = [
        nil, "", " ", "-", "–", "(", ")", "((1)", "€", "1,2,3", "1 2 3", "%", "Total", "Grand Total", "All", "Actual", "YTD", "Qty",
        "2025 13",
        "99.99.9999", "0", -1, 0, "7350154320015", 7_350_154_320_015, 9_223_372_036_854_775_807, -9_223_372_036_854_775_807, 1e300, -1e-300,
        .day("1900-01-01"), .day("9999-12-31"), "Q9 2024", "W99 2025", "MMM", "Dec", "\u{202F}", "\u{0}", "000834429 | 98-NO COLOUR Total",
        .number(DecimalNumber(digits: .min, exponent: 32_000)), .number(DecimalNumber(digits: .max, exponent: -32_000)),
    ]

    private static let books: [(reseller: String, book: TestBook)] = {
        let measures: [TestBook.Value] = ["Sales Qty Un", "Sales Inc VAT £", "Sales Qty Un", "Sales Inc VAT £"]
        let empty: [TestBook.Value] = [nil, nil]
        let liberty: [[TestBook.Value]] = [
            empty + ["Flagship", nil, nil, nil, "Internet"], empty + ["Actual", nil, "YTD", nil, "Actual", nil, "YTD", nil],
            ["Item ID | Colour", "Item"] + measures + measures, ["1 | A", "Soap"], [nil, nil, 1, 2, 3, 4, 5, 6, 7, 8],
            [nil, "1 | A Total", 1, 2, 3, 4, 5, 6, 7, 8], ["Grand Total", nil, 1, 2, 3, 4, 5, 6, 7, 8],
        ]
        let cdlc: [[TestBook.Value]] = [
            [nil, "2025 April", nil, "E-shop", nil, "Total", nil], [nil, nil, nil, nil, nil, nil, nil],
            [nil, nil, nil, "Qty", "Sum Eur", "Qty", "Sum Eur"],
            [nil, "7350154320015", "Soap", 1, 2, 1, 2], ["Total", nil, nil, 1, 2, 1, 2],
        ]
        let aromateque: [[TestBook.Value]] = [
            [nil, nil, "01.01.2025", "01.02.2025", "Total", "Total in euro"], ["Soap", "A1", "1,000", "2,000", "3,000", "€1 960,00"],
            ["Total", nil, 1, 2, 3, 1960],
        ]
        let galilu: [[TestBook.Value]] = [[2025, "Jan", "Feb", "Total"], ["Soap", 1, "-", 1], ["Rose", 1, 2, 3]]
        let boxnox: [[TestBook.Value]] = [
            ["YEAR", "MONTH", "POS", "EAN", "QTY", "AMOUNT"], [2025, 4, "Sol", "7350154320015", 1, "2,00"], ["Total", nil, nil, nil, 1, 2],
        ]
        return [
            ("liberty", TestBook("Continuity Supplier Size Report 31-08-2025.xlsx", sheet: "Sales By Size", liberty)),
            ("cdlc", TestBook("BIBBI_Sell_Out_2025 04.xlsx", sheet: "2025 04", cdlc)),
            ("aromateque", TestBook("bibbi sales march'25.xlsx", sheet: "TDSheet", aromateque)),
            ("galilu", TestBook("galilu.xlsx", sheet: "product_ranking_2025", galilu)),
            ("boxnox", TestBook("boxnox.xlsx", sheet: "SELL OUT BY EAN", boxnox)),
            (
                "continuity",
                TestBook(
                    "continuity suppliers.xlsx",
                    [["EAN", "Units", "Value", "Period", "Channel"], ["7350154320015", 1, "9.00", "Q1 2024", "Stores"]])
            ),
            (
                "selfridges",
                TestBook(
                    "selfridges 2025.xlsx",
                    [["EAN", "Product", "Sold", "Sales", "Week", "Store"], [nil, "86033481 - soap", 1, "£9.00", "W16", "London"]])
            ),
            (
                "online",
                TestBook(
                    "orders.csv", sheet: "Orders",
                    [
                        ["Order ID", "Product EAN", "Quantity", "Sales EUR", "Stripe Fee", "Order Date", "City"],
                        ["#1", "7350154320015", "1", "9.00", "0.2", "2025-05-01", "Malmö"],
                    ])
            ),
            (
                "skins_nl",
                TestBook("BIBBIPARFU_Report.xlsx", [("SalesPerSKU", boxnox), ("SalesPerLocation", galilu), ("Info", aromateque)])
            ),
        ]
    }()

    @Test(arguments: books.indices) func `nonsense is refused in words or read, and the control totals stay whole`(place: Int) throws {
        let (reseller, book) = Self.books[place]
        var chance = Chance(seed: UInt64(place + 1) &* 0x9E37_79B9_7F4A_7C15)
        var (read, refused) = (0, 0)
        for _ in 0..<500 {
            var thrown = book
            for _ in 0..<Int.random(in: 0...6, using: &chance) {
                let sheet = Int.random(in: 0..<thrown.sheets.count, using: &chance)
                let row = Int.random(in: 0..<thrown.sheets[sheet].rows.count, using: &chance)
                let column = Int.random(in: 0..<thrown.sheets[sheet].rows[row].count + 1, using: &chance)
                while thrown.sheets[sheet].rows[row].count <= column { thrown.sheets[sheet].rows[row].append(nil) }
                thrown.sheets[sheet].rows[row][column] = Self.nonsense.randomElement(using: &chance) ?? nil
                if Int.random(in: 0..<4, using: &chance) == 0 { thrown.sheets[sheet].rows.shuffle(using: &chance) }
            }
            do {
                let reading = try thrown.reading(as: reseller)
                #expect(reading.harvested.malformedRows <= reading.harvested.errors.count)
                #expect(
                    reading.harvested.drafts.allSatisfy {
                        $0.quantity.magnitude <= 1_000_000_000 && $0.date.day > CivilDay(number: -25_600)
                    })
                read += 1
            } catch let refusal as FileRefusal {
                #expect(!refusal.message.isEmpty)
                refused += 1
            }
        }
        #expect(refused > 0 && (read > 0 || reseller == "skins_nl"))
    }
}
