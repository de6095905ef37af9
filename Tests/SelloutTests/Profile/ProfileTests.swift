import Sellout
import Settings
import Testing

/// Profiles are data: a reseller comes or changes by its JSON5 file alone.
@Suite struct ProfileTests {
    private func faults(_ json5: String) -> [String] {
        let faults = #expect(throws: SettingsFaults.self) { try Profile.read(Array(json5.utf8), file: "test.json5") }
        return faults?.all.map(\.description) ?? []
    }

    private func profile(_ layout: String, _ more: String = "") -> String {
        """
        { reseller: "nordic", vendor_name: "Nordic Scents", currency: "SEK", \(more)
          signs: { headers: ["Butik", "Antal"] }, layouts: [\(layout)] }
        """
    }

    @Test func `every sample profile can be read`() {
        #expect(
            Samples.profiles.map(\.reseller) == [
                "aromateque", "boxnox", "cdlc", "continuity", "galilu", "liberty", "online", "selfridges", "skins_nl", "skins_sa",
            ])
    }

    @Test func `a profile names the language of its pages, English by default, and an unknown one is told with those that are known`()
        throws
    {
        let layout = "{ columns: { ean: 'E', store: 'S', date: 'D', quantity: 'Q', amount: 'A' } }"
        func language(_ more: String) throws -> Language {
            try Profile.read(Array(profile(layout, more).utf8), file: "test.json5").terms.language
        }
        #expect(try language("") == .english)
        #expect(try language("language: 'uk',") == .ukrainian)
        let told = faults(profile(layout, "language: 'xx',"))
        #expect(told.count == 1 && Language.allCases.allSatisfy { told[0].contains("\"\($0.rawValue)\"") }, "\(told)")
    }

    @Test func `a profile names the control file that its sender has agreed to send, and needs none by default`() throws {
        let layout = "{ columns: { ean: 'A', quantity: 'B', amount: 'C', date: 'D', store: 'E' } }"
        func read(_ complete: String) throws -> Profile {
            try Profile.read(Array(profile(layout, complete).utf8), file: "test.json5")
        }
        #expect(try read("").controlFile == nil)
        #expect(try read("complete: { total: true },").controlFile == nil)
        #expect(try read("complete: { control_file: 'sha256' },").controlFile == .sha256)
        #expect(try read("complete: { control_file: 'ok' },").controlFile == .ok)
        #expect(faults(profile(layout, "complete: { control_file: 'md5' },")).count == 1)
    }

    @Test func `an eleventh reseller is a file and nothing else`() throws {
        let json5 = profile(
            """
            { columns: { ean: "Artikel", quantity: "Antal", amount: ["Netto", "Belopp"], store: "Butik", date: "Datum" }, totals: "summa" }
            """, "numbers: 'comma', dates: 'ymd', online_stores: ['webb'],")
        let eleventh = try Profile.read(Array(json5.utf8), file: "nordic.json5")
        let book = TestBook(
            "april.xlsx",
            [
                ["Butik", "Datum", "Artikel", "Antal", "Belopp"], ["Webbutik", "2025-04-02", "7350154320015", 2, "1 250,50 kr"],
                ["Summa", nil, nil, 2, "1 250,50"],
            ])
        let reading = try book.reading(as: "nordic", among: Samples.profiles + [eleventh])
        #expect(reading.sales == ["Webbutik (online) | 7350154320015 | 2025-04-02 | 2 | 1250.50"])
        #expect(reading.controls == ["Sheet1, row 3 agrees"])
    }

    @Test(arguments: [
        ("{ colums: {} }", "layouts[0].colums: is not known here; did you mean \"columns\"?"),
        ("{ kind: 'tabel', columns: {} }", "layouts[0].kind: expected one of \"table\""),
        ("{ columns: { ean: 5 } }", "layouts[0].columns.ean: expected a text or a list of texts"),
        (
            "{ columns: { ean: 'A', name: 'A', quantity: 'Q', amount: 'B', date: 'D' }, store: 'x' }",
            "layouts[0].columns.name: \"A\" is a header of ean as well"
        ),
        ("{ columns: { ean: 'A', quantity: 'Q', date: 'D' }, store: 'x' }", "layouts[0].columns.amount: is missing"),
        (
            "{ columns: { ean: 'A', quantity: 'Q', amount: 'B' }, store: 'x' }",
            "layouts[0].columns: expected date, period, or year and month"
        ),
        ("{ columns: { ean: 'A', quantity: 'Q', amount: 'B', date: 'D' } }", "layouts[0].store: is missing"),
        (
            "{ columns: { ean: 'A', quantity: 'Q', amount: 'B' }, store: 'x', period: { file_name: 'soon' } }",
            "layouts[0].period.file_name: \"soon\" is no period"
        ),
        (
            "{ columns: { ean: 'A', quantity: 'Q', amount: 'B' }, store: 'x', period: { cells: [{ at: '2B', like: 'YYYY MM' }] } }",
            "layouts[0].period.cells[0].at: expected a cell"
        ),
        ("{ kind: 'store_grid', columns: { ean: 'A' }, period: { sheet: 'YYYY MM' } }", "layouts[0].measures: is missing"),
        (
            "{ kind: 'store_grid', columns: { ean: 'A' }, measures: { quantity: 'Q' }, span: 'Actual', period: { sheet: 'YYYY MM' } }",
            "layouts[0].header_rows: expected 2 or more"
        ),
        ("{ kind: 'period_grid', columns: { ean: 'A' } }", "layouts[0].period.texts: is missing"),
        ("{ kind: 'sheet_per_store', columns: { ean: 'A' }, control_sheet: {} }", "layouts[0].control_sheet: is not known here"),
        (
            "{ kind: 'blocks', columns: { code: 'A' }, measures: { quantity: 'Q' }, period: { file_name: 'YYYY' } }",
            "layouts[0].columns.name: is missing"
        ),
    ])
    func `a mistake is named by its path`(layout: String, fault: String) {
        #expect(faults(profile(layout)).contains { $0.contains(fault) }, "\(faults(profile(layout)))")
    }

    @Test func `all mistakes of a file are named at once`() {
        #expect(
            faults("{ reseller: 'x', currency: 'euro', living_document: 'yes', signs: { cells: '(' } }") == [
                "test.json5: vendor_name: is missing; expected the vendor's name as reports show it.",
                "test.json5: living_document: expected true or false, found a text.",
                "test.json5: signs.cells: \"(\" is no regular expression.",
                "test.json5: currency: expected three capital letters, found \"euro\".",
                "test.json5: layouts: expected at least one layout.",
                "test.json5: signs: expected at least one sign to know the reseller's files by.",
            ])
    }
}
