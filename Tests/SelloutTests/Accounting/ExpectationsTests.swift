import Sellout
import Settings
import Testing

/// What a profile says of a reseller's files, and what follows from it.
@Suite struct ExpectationsTests {
    private func doubts(_ expect: String) throws -> (held: [String], notes: [String]) {
        let row: Values = ["#1", .ean(1), 1, 10, "2025-05-02"]
        let profile = try Samples.profile("online", expect: expect)
        let reading = try TestBook.online([row, row]).reading(as: "online", among: [profile])
        return (reading.doubts, reading.notes)
    }

    @Test func `an order's line twice is ignored, warned of or held as the profile says`() throws {
        #expect(try doubts("same_order_line: 'hold'") == (["SAME_ORDER_LINE_TWICE"], []))
        #expect(try doubts("same_order_line: 'warn'") == ([], ["SAME_ORDER_LINE_TWICE"]))
        #expect(try doubts("same_order_line: 'ignore'") == ([], []))
        #expect(try doubts("") == (["SAME_ORDER_LINE_TWICE"], []))
    }

    @Test(arguments: [("hold", true), ("warn", false), ("ignore", nil)] as [(String, Bool?)])
    func `a store that looks like none is ignored, warned of or held as the profile says`(answer: String, holds: Bool?) throws {
        let profile = try Samples.profile("boxnox", expect: "stores: '\(answer)'")
        let reading = try TestBook.boxnox([TestBook.boxnoxRow("202")]).reading(as: "boxnox", among: [profile])
        #expect(reading.findings.warnings.map(\.code) == (holds == nil ? [] : ["STORE_LOOKS_WRONG"]))
        #expect(reading.findings.warnings.first?.holds == holds)
    }

    @Test func `each answer of a profile decides its own doubts and no others`() throws {
        typealias Sold = PlausibilityTests.Sold
        let sales = [Sold(day: "2030-01-01"), Sold(amount: 10), Sold(quantity: 900, amount: 90_000)]
        func codes(_ change: (inout Expectations) -> Void) throws -> [String] {
            try PlausibilityTests.findings(sales, expecting: change).warnings.map { $0.holds ? $0.code : $0.code.lowercased() }
        }
        #expect(try codes { _ in } == ["IMPLAUSIBLE_DATE", "IMPLAUSIBLE_PRICE", "IMPLAUSIBLE_QUANTITY"])
        #expect(try codes { $0.dates = .warn } == ["implausible_date", "IMPLAUSIBLE_PRICE", "IMPLAUSIBLE_QUANTITY"])
        #expect(try codes { $0.dates = .ignore } == ["IMPLAUSIBLE_PRICE", "IMPLAUSIBLE_QUANTITY"])
        #expect(try codes { $0.price = .warn } == ["IMPLAUSIBLE_DATE", "implausible_price", "IMPLAUSIBLE_QUANTITY"])
        #expect(try codes { $0.price = .ignore } == ["IMPLAUSIBLE_DATE", "IMPLAUSIBLE_QUANTITY"])
        #expect(try codes { $0.quantity = .ignore } == ["IMPLAUSIBLE_DATE", "IMPLAUSIBLE_PRICE"])
        let unpaid = [Sold(amount: 0), Sold(product: 1, amount: 0)]
        #expect(try PlausibilityTests.findings(unpaid) { $0.price = .ignore }.warnings.isEmpty)
        let cents = (0..<4).map { Sold(product: $0, amount: 10_000) }
        #expect(try PlausibilityTests.findings(cents) { $0.price = .ignore }.warnings.isEmpty)
    }

    @Test func `answers are read from the profile, and an answer that is none is refused`() throws {
        let expectations = try Samples.profile("boxnox", expect: "dates: 'warn', price: 'ignore', first_year: 2024").terms.expectations
        #expect(expectations.dates == .warn && expectations.price == .ignore && expectations.firstYear == 2024)
        #expect(expectations.quantity == .hold && expectations.usual == .warn && expectations.errorRate == .warn)
        #expect(throws: SettingsFaults.self) { try Samples.profile("boxnox", expect: "dates: 'maybe'") }
        #expect(throws: SettingsFaults.self) { try Samples.profile("boxnox", expect: "first_year: 12") }
        #expect(throws: SettingsFaults.self) { try Samples.profile("boxnox", expect: "colour: 'hold'") }
    }
}

/// What else a profile can ask of a file.
@Suite struct ProfileDemandsTests {
    private func profile(_ reseller: String, _ old: String, _ new: String) throws -> Profile {
        let text = try Samples.text(reseller)
        try #require(text.contains(old))
        return try Profile.read(Array(text.replacing(old, with: new).utf8), file: "\(reseller).json5")
    }

    @Test func `a file without a total waits where its reseller's files always have one`() throws {
        let wanted = try profile("boxnox", "layouts: [", "complete: { total: true }, layouts: [")
        let total: Values = ["Total", nil, nil, nil, nil, 1, 10]
        let sale = TestBook.boxnoxRow()
        let open = try TestBook.boxnox([sale]).reading(as: "boxnox", among: [wanted])
        #expect(open.doubts == ["INCOMPLETE"] && open.findings.warnings[0].message.contains("BOXNOX"))
        #expect(try TestBook.boxnox([sale, total]).reading(as: "boxnox", among: [wanted]).warnings.isEmpty)
        #expect(try TestBook.boxnox([sale]).reading(as: "boxnox").warnings.isEmpty)
        let part: Values = ["Sol Total", nil, nil, nil, nil, 1, 10]
        #expect(try TestBook.boxnox([sale, part]).reading(as: "boxnox", among: [wanted]).doubts == ["INCOMPLETE"])
    }

    @Test func `a sheet without a field that its layout needs is refused, although the sale could do without`() throws {
        var book = TestBook.skinsSA([["ON", "2/3/2025", .ean(1), 1, "Oud", 1, 1, 2, 2025]])
        #expect(try book.reading(as: "skins_sa").sales.count == 1)
        book.sheets[0].rows[0][1] = "Ordered"
        let refusal = #expect(throws: FileRefusal.self) { try book.reading(as: "skins_sa") }
        #expect(refusal?.message.contains("\"OrderDate\"") == true)
        let lenient = try profile("skins_sa", "needs: [\"store\", \"date\"],", "")
        #expect(try book.reading(as: "skins_sa", among: [lenient]).sales == ["ON (online) | \(ean) | 2025-02 | 1 | 1.00"])
    }

    private var ean: String { if case .text(let digits) = TestBook.Value.ean(1) { digits } else { "" } }

    @Test func `a field that is needed and has no header in the profile is a fault of the profile`() {
        #expect(throws: SettingsFaults.self) { try profile("selfridges", "needs: [\"date\"]", "needs: [\"city\"]") }
    }

    @Test func `a country over a store without a name refuses the grid, never sells at the country`() throws {
        let rows: [Values] = [
            [nil, "2025 April", nil, "E-shop", nil, "Latvia"], [nil, nil, nil, nil, nil, "LV Riga"],
            [nil, nil, nil, "Qty", "Sum Eur", "Qty", "Sum Eur"],
            TestBook.cdlcRow(1, [1, 2]),
        ]
        var book = TestBook("BIBBI_Sell_Out_2025 04.xlsx", sheet: TestBook.cdlcSheet, rows)
        #expect(try book.reading(as: "cdlc").harvested.stores.map(\.name) == ["E-shop", "LV Riga"])
        book.sheets[0].rows[1][5] = nil
        let refusal = #expect(throws: FileRefusal.self) { try book.reading(as: "cdlc") }
        #expect(refusal?.message.contains("No store is named over column F") == true)
        let lenient = try profile("cdlc", "over_stores: [\"Lithuania\", \"Latvia\", \"Estonia\"],", "")
        #expect(try book.reading(as: "cdlc", among: [lenient]).harvested.stores.map(\.name) == ["E-shop", "Latvia"])
    }
}
