import Sellout
import Testing

@Suite struct DetectionTests {
    private let boxnoxHead: [TestBook.Value] = ["YEAR", "MONTH", "CHANNEL", "POS", "EAN", "QTY", "AMOUNT", "DESCRIPTION", "SKU"]
    private let sale: [TestBook.Value] = [2025, 4, "Retail", "Sol", "7350154320015", 1, 10]

    private func refusal(_ book: TestBook, in inbox: String) -> FileRefusal? {
        #expect(throws: FileRefusal.self) { try book.reading(as: inbox) }
    }

    @Test func `five signs are high, three medium, one low`() throws {
        let real = TestBook("BOXNOX APR2025.xlsx", sheet: "SELL OUT BY EAN", [boxnoxHead, sale])
        #expect(try real.reading(as: "boxnox").recognition.detection.confidence == .high)
        let renamed = TestBook("april.xlsx", sheet: "Sell Out", [boxnoxHead, sale])
        #expect(try renamed.reading(as: "boxnox").recognition.detection.confidence == .medium)
        let narrow = TestBook(
            "boxnox.xlsx", sheet: "Sell Out",
            [["YEAR", "MONTH", "POS", "EAN", "QTY", "AMOUNT"], [2025, 4, "Sol", "7350154320015", 1, 10]])
        #expect(try narrow.reading(as: "boxnox").recognition.detection.confidence == .low)
    }

    @Test func `another reseller's file is refused, and only operators learn whose it is`() {
        let book = TestBook("BOXNOX APR2025.xlsx", sheet: "SELL OUT BY EAN", [boxnoxHead, sale])
        let refusal = refusal(book, in: "skins_nl")
        #expect(refusal?.type == .wrongReseller)
        let told = (refusal?.message ?? "") + (refusal?.suggestion ?? "")
        #expect(told.contains("Skins NL") && !told.contains("BOXNOX") && !told.contains("SELL OUT"))
        #expect(refusal?.operatorsNote?.contains("BOXNOX") == true && refusal?.operatorsNote?.contains("SELL OUT BY EAN") == true)
    }

    @Test func `as many signs for the inbox's own reseller as for another let the file in`() throws {
        let one = "{ reseller: 'one', vendor_name: 'One', currency: 'EUR', signs: { headers: ['A', 'B', 'C'] }, layouts: [LAYOUT] }"
        let layout = "{ store: 'x', columns: { code: 'A', quantity: 'B', amount: 'C', date: 'D' } }"
        let profiles = try [one, one.replacing("'one'", with: "'another'")].map {
            try Profile.read(Array($0.replacing("LAYOUT", with: layout).utf8), file: "x")
        }
        let book = TestBook("x.csv", [["A", "B", "C", "D"], ["X1", 1, 2, .day("2025-01-01")]])
        #expect(try book.reading(as: "one", among: profiles).sales.count == 1)
        #expect(try book.reading(as: "another", among: profiles).sales.count == 1)
    }

    @Test func `a file that nothing fits names the three nearest and what they miss to operators only`() {
        let refusal = refusal(TestBook("report.xlsx", [["Colour", "Weight", "Units", "Period"], ["red", 5, 1, 2]]), in: "boxnox")
        #expect(refusal?.type == .vendorDetectionFailed)
        #expect(refusal?.message.contains("\"Sheet1\"") == true && refusal?.message.contains("Continuity") == false)
        #expect(refusal?.operatorsNote?.contains("Continuity Suppliers (missing: file name holds") == true)
        #expect(refusal?.operatorsNote?.split(separator: "(missing: ").count == 4)
    }

    @Test func `a renamed column is named with the headers that were found`() {
        var head = boxnoxHead
        head[6] = "NET VALUE"
        let refusal = refusal(TestBook("BOXNOX APR2025.xlsx", sheet: "SELL OUT BY EAN", [head, sale]), in: "boxnox")
        #expect(refusal?.type == .parsingError)
        #expect(refusal?.message.contains("\"AMOUNT / Sales Amount (EUR)\"") == true && refusal?.message.contains("\"NET VALUE\"") == true)
    }

    @Test func `a missing sheet is named with the sheets that are there`() {
        let refusal = refusal(TestBook("BOXNOX APR2025.xlsx", sheet: "Tabelle1", [boxnoxHead, sale]), in: "boxnox")
        #expect(refusal?.type == .missingSheet)
        #expect(refusal?.message.contains("\"SELL OUT BY EAN\"") == true && refusal?.message.contains("\"Tabelle1\"") == true)
    }

    @Test func `a missing sheet is named also where a flat variant may lie on any sheet`() {
        let liberty = TestBook(
            "Continuity Supplier Size Report 31-08-2025.xlsx",
            [("Size Analysis", [["Size", "Sales Qty Un"]]), ("Product Group Analysis", [["x"]])])
        let refusal = refusal(liberty, in: "liberty")
        #expect(refusal?.type == .missingSheet && refusal?.message.contains("\"Sales By Size\"") == true)
        #expect(refusal?.message.contains("\"Size Analysis\"") == true)
    }

    @Test func `the sheet tells Continuity Suppliers from Liberty's report of a like name`() throws {
        let book = TestBook(
            "Continuity Supplier Size Report 31-08-2025.xlsx",
            [["EAN", "Product", "Units", "Value", "Period", "Channel"], ["7350154320015", "Soap", 1, 95, "Q1 2024", "Stores"]])
        #expect(try book.reading(as: "continuity").sales.count == 1)
        #expect(refusal(book, in: "liberty")?.type == .wrongReseller)
    }
}
