import Sellout
import Testing

/// A reseller's layout from one file to the next.
@Suite struct LayoutChangesTests {
    private func headers(_ book: TestBook, _ reseller: String) throws -> FileHeaders {
        try #require(try Recognition.of(book.glimpse, inbox: reseller, among: Samples.profiles).fit.headers)
    }

    private func changes(_ reseller: String, _ before: TestBook, _ now: TestBook) throws -> [String] {
        LayoutChanges(from: try headers(before, reseller), to: try headers(now, reseller)).all
    }

    private let boxnox = TestBook.boxnox([TestBook.boxnoxRow()])

    /// With the header's columns in this order and under these names.
    private func boxnox(_ header: Values, sheet: String = TestBook.boxnoxSheet) -> TestBook {
        TestBook(boxnox.name, sheet: sheet, [header])
    }

    private let head: Values = ["YEAR", "MONTH", "CHANNEL", "POS", "EAN", "QTY", "AMOUNT", "DESCRIPTION", "SKU"]

    @Test func `a new column, a missing one, another name and another order are told`() throws {
        #expect(try changes("boxnox", boxnox, boxnox(head + ["Discount"])) == ["the column \"Discount\" is new"])
        #expect(try changes("boxnox", boxnox, boxnox(Array(head.dropLast()))) == ["the column \"SKU\" is missing"])
        var renamed = head
        renamed[2] = "Kanal"
        #expect(try changes("boxnox", boxnox, boxnox(renamed)) == ["the column \"CHANNEL\" is called \"Kanal\", or gave way to it"])
        let moved: Values = ["MONTH", "YEAR"] + head.dropFirst(2)
        #expect(try changes("boxnox", boxnox, boxnox(moved)) == ["the columns stand in another order"])
        let many = try changes("boxnox", boxnox, boxnox(["City"] + head.dropLast(2) + ["Land"]))
        #expect(
            many == [
                "the column \"DESCRIPTION\" is missing", "the column \"SKU\" is missing", "the column \"City\" is new",
                "the column \"Land\" is new",
            ])
    }

    @Test func `another sheet's name is told, unless only the period in it is another`() throws {
        let other = boxnox(head, sheet: "Sell Out")
        #expect(try changes("boxnox", boxnox, other) == ["the sheet \"SELL OUT BY EAN\" is called \"Sell Out\""])
        func named(_ sheet: String) -> FileHeaders { FileHeaders(layout: 0, sheet: sheet, headers: ["A"]) }
        #expect(LayoutChanges(from: named("Sales March 2025"), to: named("Sales April 2025")).all.isEmpty)
    }

    @Test func `case, white space and signs are no change`() throws {
        var written = head
        written[7] = "  description: "
        #expect(try changes("boxnox", boxnox, boxnox(written)).isEmpty)
    }

    @Test func `months and years in headers are no change of the layout, and neither are more of them`() throws {
        let (few, more) = (["Jan-25", "Feb-25"], ["Jan-25", "Feb-25", "Mar-25"])
        #expect(
            try changes("galilu", .galilu(["January", "February"], [[1, 2]]), .galilu(["January", "February", "March"], [[1, 2, 3]]))
                .isEmpty)
        func dated(_ months: [String]) -> FileHeaders {
            FileHeaders(layout: 0, sheet: "", headers: ["EAN"] + months + ["Total \(months.count)"])
        }
        #expect(LayoutChanges(from: dated(few), to: dated(more)).all.isEmpty)
        let dates: [Values] = [["01.01.2025", "01.02.2025"], ["01.01.2025", "01.02.2025", "01.03.2025"]]
        let books = dates.map { months in
            TestBook.aromateque([["7350154320008", "Soap"] + months.map { _ in 1 } + [2, 245]], months: months)
        }
        #expect(try changes("aromateque", books[0], books[1]).isEmpty)
    }

    @Test func `stores that come and go in a grid are no change of the layout, and its measures are`() throws {
        #expect(try changes("cdlc", .cdlc(["Riga"], [[1]]), .cdlc(["Vilnius", "Riga", "Tallinn"], [[1, 2, 3]])).isEmpty)
        #expect(try headers(.cdlc(["Riga", "Vilnius"], [[1, 2]]), "cdlc").headers == ["Qty", "Sum Eur"])
    }

    @Test func `the warning names the earlier file, holds nothing, and says five changes at the most`() throws {
        let before = FileHeaders(layout: 0, sheet: "S", headers: ["A", "B"])
        let now = FileHeaders(layout: 0, sheet: "S", headers: "cdefghijklmn".map(String.init))
        let warning = try #require(LayoutChanges(from: before, to: now).warning(since: "march.csv"))
        #expect(warning.code == "LAYOUT_CHANGED" && !warning.holds && warning.count == 14 && warning.places.count == Warning.mostPlaces)
        #expect(warning.message.hasPrefix("The layout is not that of \"march.csv\", the last file taken: the column \"A\" is missing; "))
        #expect(warning.message.hasSuffix("; and 9 more changes."))
        #expect(warning.places.first == Warning.Place(sheet: "S", range: "", look: "the column \"A\" is missing"))
        #expect(LayoutChanges(from: before, to: before).warning(since: "march.csv") == nil)
    }

    @Test func `what is kept of a hostile header is bounded`() throws {
        let long: TestBook.Value = .text(String(repeating: "e\u{301}", count: 300))
        let many = (0..<900).map { number in
            TestBook.Value.text(String(repeating: "x", count: 1 + number / 26) + "abcdefghijklmnopqrstuvwxyz".dropFirst(number % 26))
        }
        let kept = try headers(boxnox(head + [long] + many), "boxnox").headers
        #expect(kept.count == FileHeaders.mostHeaders && kept.allSatisfy { $0.utf8.count <= FileHeaders.longestHeader })
    }
}
