import Sellout
import Testing

/// Two places of a file that state its period.
@Suite struct ContradictedPeriodTests {
    private func boxnox(_ name: String, months: ClosedRange<Int64>) throws -> [String] {
        let rows = months.map { TestBook.boxnoxRow("Sol", .ean(1), 1, 10, month: .pieces($0)) }
        return try TestBook.boxnox(rows, name: name).reading(as: "boxnox").contradictions.flatMap(\.lines)
    }

    private func online(_ name: String, _ days: [TestBook.Value]) throws -> [String] {
        let rows = days.enumerated().map { [.text("#\($0)"), .ean(1), 1, 10, $1] as Values }
        return try TestBook.online(rows, name: name).reading(as: "online").contradictions.flatMap(\.lines)
    }

    @Test func `sales that end in another month than the file's name states make the batch wait`() throws {
        #expect(
            try boxnox("BOXNOX APR2025.xlsx", months: 1...3) == [
                "PERIOD_CONTRADICTED |  |  | 2025-04 against 2025-01-01 to 2025-03-01"
            ])
        #expect(try boxnox("BOXNOX APR2025.xlsx", months: 4...5).count == 1)
        let warning = try TestBook.boxnox([TestBook.boxnoxRow(month: 3)]).reading(as: "boxnox").contradictions.first
        #expect(warning?.holds == true && warning?.message.contains("the file's name states 2025-04") == true)
    }

    @Test(arguments: ["BOXNOX APR2025.xlsx", "BOXNOX APR2025 (2).xlsx", "BOXNOX 2025.xlsx", "BOXNOX.xlsx", "BOXNOX 2025-04-30.xlsx"])
    func `a growing document may begin earlier, and a name may say no more than a year or nothing`(name: String) throws {
        #expect(try boxnox(name, months: 1...4).isEmpty)
    }

    @Test func `a document of one month may not begin earlier`() throws {
        #expect(try online("orders 2025-04.xlsx", [.day("2025-04-02"), .day("2025-04-30")]).isEmpty)
        #expect(try online("orders 2025-04.xlsx", [.day("2025-03-31"), .day("2025-04-30")]).count == 1)
        #expect(try online("orders 2025-04.xlsx", [.day("2025-04-30"), .day("2025-05-01")]).count == 1)
        #expect(try online("orders 2024.xlsx", [.day("2025-04-30")]).count == 1)
    }

    @Test func `a report of one day speaks of the weeks before it, and not of what comes behind`() throws {
        #expect(try online("orders 2025-05-03.xlsx", [.day("2025-03-31"), .day("2025-05-03")]).isEmpty)
        #expect(try online("orders 2025-05-03.xlsx", [.day("2025-05-04")]).count == 1)
        #expect(try online("orders 2025-05-03.xlsx", [.day("2025-02-27")]).count == 1)
    }

    @Test func `of a span of months only the last is known, and a name that states all of it agrees`() throws {
        func continuity(_ name: String, _ periods: Values) throws -> [String] {
            let rows: [Values] =
                [["EAN", "Product", "Units", "Value", "Period", "Channel"]] + periods.map { [.ean(1), "Soap", 1, 10, $0, "Web"] }
            return try TestBook(name, rows).reading(as: "continuity").contradictions.flatMap(\.lines)
        }
        #expect(try continuity("Continuity Suppliers Q1 2024.xlsx", ["Q1 2024", "Jan-Mar 2024"]).isEmpty)
        #expect(try continuity("Continuity Suppliers Q1 2024.xlsx", ["Jan 2024", "Mar 2024"]).isEmpty)
        #expect(try continuity("Continuity Suppliers Q1 2024.xlsx", ["Q2 2024"]).count == 1)
        #expect(try continuity("Continuity Suppliers Mar 2024.xlsx", ["Q1 2024"]).isEmpty)
        #expect(try continuity("Continuity Suppliers Jan 2024.xlsx", ["Q1 2024"]).count == 1)
    }

    @Test func `the sheet's name is a place, too`() throws {
        let book = TestBook.galilu(["Jan", "Feb"], [["A", 1, 2, 3], ["B", 2, 2, 4]], sheet: "product_ranking_2024")
        let found = try book.reading(as: "galilu").contradictions
        #expect(
            found.flatMap(\.lines) == [
                "PERIOD_CONTRADICTED | product_ranking_2024 |  | 2024 against 2025-01-01 to 2025-02-01"
            ])
        #expect(try TestBook.galilu(["Jan", "Feb"], [[1, 2], [2, 2]]).reading(as: "galilu").contradictions.isEmpty)
    }

    @Test func `a file without sales contradicts nothing`() throws { #expect(try boxnox("BOXNOX APR2025.xlsx", months: 4...4).isEmpty) }

    @Test func `the period in a cell and the one in a name that differ make the batch wait, and both are named`() throws {
        var book = TestBook.cdlc(["E-shop", "Riga"], [[1, 2], [3, 5]])
        book.sheets[0].rows[1] = [nil, "2025 March"]
        let reading = try book.reading(as: "cdlc")
        #expect(reading.held == ["PERIODS_DIFFER | \(TestBook.cdlcSheet) |  | 2025-03 and 2025-04"])
        for same in ["2025 April", "April 2025", "2025 balandis", "2025 04"] as Values {
            book.sheets[0].rows[1] = [nil, same]
            #expect(try book.reading(as: "cdlc").held.isEmpty)
        }
    }

    @Test func `the file's name is compared with its sheet`() throws {
        let figures: Values = [nil, .ean(1), "EDP", 1, 245, 2, 490]
        let book = TestBook.cdlc(headed: ["E-shop", "Riga"], [figures], name: "BIBBI_Sell_Out_2025 05.xlsx")
        #expect(try book.reading(as: "cdlc").held == ["PERIODS_DIFFER | \(TestBook.cdlcSheet) |  | 2025-04 and 2025-05"])
    }
}

/// Columns of months that are not in the order of time.
@Suite struct PeriodOrderTests {
    @Test func `two months that changed places make the batch wait at the second`() throws {
        let reading = try TestBook.galilu(["Jan", "Mar", "Feb"], [[1, 2, 5], [3, 3, 1]]).reading(as: "galilu")
        #expect(reading.held == ["PERIODS_OUT_OF_ORDER | \(TestBook.galiluSheet) | column D \"Feb\" | 2025-02"])
    }

    @Test func `months in order are silent, also where one lacks or a year ends`() throws {
        #expect(try TestBook.galilu(["Jan", "Mar", "Apr"], [[1, 2, 5], [3, 3, 1]]).reading(as: "galilu").held.isEmpty)
        let months: Values = ["01.11.2024", "01.12.2024", "01.01.2025"]
        let reading = try TestBook.aromateque([["A", "A1", 2, 4, 2, 8, 1960], ["B", "B1", 1, 3, 3, 7, 70]], months: months).reading(
            as: "aromateque")
        #expect(reading.held.isEmpty && reading.sales.count == 6)
    }

    @Test func `months from the last to the first are told once for each step`() throws {
        let reading = try TestBook.galilu(["Mar", "Feb", "Jan"], [[1, 2, 5], [3, 3, 1]]).reading(as: "galilu")
        #expect(reading.findings.warnings.first?.count == 2)
    }
}

/// A date, and the month and year beside it.
@Suite struct ContradictedDateTests {
    private func held(_ date: TestBook.Value, _ month: TestBook.Value, _ year: TestBook.Value) throws -> [String] {
        try TestBook.skinsSA([["ON", date, .ean(1), 1, "Oud", 1, 1, month, year]]).reading(as: "skins_sa").held
    }

    @Test func `a date of another month or year makes the batch wait at its row`() throws {
        #expect(
            try held("2/28/2025", 3, 2025) == [
                "DATE_CONTRADICTED | BIBBI | row 2 | 2025-02-28 against year 2025, month 3"
            ])
        #expect(try held("2/28/2025", 2, 2024).count == 1)
        #expect(try held(.day("2025-02-28"), nil, 2024) == ["DATE_CONTRADICTED | BIBBI | row 2 | 2025-02-28 against year 2024"])
    }

    @Test func `a month as a number, as text or by its name agrees, and an empty one says nothing`() throws {
        for month in [2, "2", "02", "February", "Feb", "luty", nil, "-"] as Values { #expect(try held("2/28/2025", month, 2025).isEmpty) }
        for year in [2025, "2025", nil] as Values { #expect(try held(.day("2025-02-28"), 2, year).isEmpty) }
    }
}
