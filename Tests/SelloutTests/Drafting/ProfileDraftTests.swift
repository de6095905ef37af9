import Sellout
import Testing

@Suite struct ProfileDraftTests {
    private let book = TestBook(
        "Nordic april 2025.xlsx", sheet: "Rapport",
        [
            ["Nordic Scents"], ["Period", "april"],
            ["Butik", "Datum", "Artikel", "Antal", "Belopp"], ["Webbutik", "2025-04-02", "7350154320015", 2, "1 250,50"],
            ["Stockholm", "2025-04-03", "7350154320022", 1, "625,25"],
        ])

    @Test func `a draft from an unknown table reads that table`() throws {
        let draft = try #require(ProfileDraft(book.glimpse))
        let profile = try Profile.read(Array(draft.text.utf8), file: "draft.json5")
        let reading = try book.reading(as: "new_reseller", among: [profile])
        #expect(
            reading.sales == [
                "Webbutik | 7350154320015 | 2025-04-02 | 2 | 1250.50", "Stockholm | 7350154320022 | 2025-04-03 | 1 | 625.25",
            ])
        #expect(reading.recognition.detection.confidence == .high)
    }

    @Test func `what was not found stands in the draft to be filled in, and it still is a profile`() throws {
        let odd = TestBook("x.csv", [("x", [["Colour", "Qty \"net\""], ["red", 2]])], isPlainTable: true)
        let draft = try #require(ProfileDraft(odd.glimpse))
        #expect(draft.text.contains("// not found"))
        #expect(try Profile.read(Array(draft.text.utf8), file: "draft.json5").reseller == "new_reseller")
        #expect(ProfileDraft(TestBook("x.xlsx", [[1, 2], [3, 4]]).glimpse) == nil)
    }

    @Test func `signs are told apart into seen and missing, the likeliest reseller first`() {
        let all = ProfileSigns.all(
            of: TestBook("BOXNOX.xlsx", sheet: "Sell Out", [["YEAR", "MONTH", "POS", "EAN", "QTY"]]).glimpse, among: Samples.profiles)
        #expect(all.first?.reseller == "boxnox" && all.count == 10)
        #expect(all.first?.seen == ["file name holds \"boxnox\"", "header \"POS\""])
        #expect(all.first?.missing.contains("header \"CHANNEL\"") == true)
        #expect(all.first?.misfit?.contains("AMOUNT") == true)
    }
}
