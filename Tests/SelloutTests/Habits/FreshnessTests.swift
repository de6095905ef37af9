import Cells
import Sellout
import Testing

@Suite struct FreshnessTests {
    /// Each as `day of arrival` and up to which day its sales go, or `-` where nobody knows.
    private func arrivals(_ files: [(String, String)]) throws -> [Arrival] {
        try files.map { Arrival(day: try #require(CivilDay($0.0)), lastDay: CivilDay($0.1)) }
    }

    private func judge(_ files: [(String, String)], on today: String) throws -> Freshness {
        Freshness(of: try arrivals(files), on: try #require(CivilDay(today)))
    }

    /// `2026-05 by 2026-06-08`, with `+5` behind it where it is late.
    private func words(_ freshness: Freshness) -> String {
        guard let expected = freshness.expected else { return "\(freshness)" }
        return "\(expected.period) by \(expected.usuallyBy)" + (freshness.daysLate > 0 ? " +\(freshness.daysLate)" : "")
    }

    private static let monthly = [
        ("2026-02-05", "2026-01-31"), ("2026-03-06", "2026-02-28"), ("2026-04-07", "2026-03-31"), ("2026-05-05", "2026-04-01"),
    ]

    @Test(arguments: [
        ("2026-05-05", "2026-05 by 2026-06-06"), ("2026-06-06", "2026-05 by 2026-06-06"), ("2026-06-09", "2026-05 by 2026-06-06"),
        ("2026-06-10", "2026-05 by 2026-06-06 +4"), ("2026-07-09", "2026-05 by 2026-06-06 +33"),
        ("2026-07-10", "2026-05 to 2026-06 by 2026-06-06 +34"), ("2026-09-14", "2026-05 to 2026-08 by 2026-06-06 +100"),
        ("2026-09-15", "stopped"),
    ])
    func `a monthly sender is late a few days after its usual day, then for each month that is missing, and has stopped at last`(
        today: String, says: String
    ) throws {
        #expect(words(try judge(FreshnessTests.monthly, on: today)) == says)
    }

    @Test func `a file that came ends the lateness, also while nobody knows yet what it covers`() throws {
        #expect(try judge(FreshnessTests.monthly, on: "2026-06-20").daysLate == 14)
        #expect(words(try judge(FreshnessTests.monthly + [("2026-06-20", "2026-05-31")], on: "2026-06-20")) == "2026-06 by 2026-07-07")
        #expect(try judge(FreshnessTests.monthly + [("2026-06-20", "-")], on: "2026-06-20").daysLate == 0)
    }

    @Test func `a correction of an earlier month ends no lateness`() throws {
        let files = FreshnessTests.monthly + [("2026-06-20", "2026-02-28")]
        #expect(try judge(files, on: "2026-06-20").daysLate == 14)
    }

    @Test(arguments: [0, 1, 2])
    func `of a new reseller nothing is expected`(files: Int) throws {
        #expect(try judge(Array(FreshnessTests.monthly.prefix(files)), on: "2026-07-20") == .unknown)
    }

    @Test func `a sender of quarters is awaited once a quarter, whether as one file or as three on the same days`() throws {
        let whole = [
            ("2025-07-10", "2025-06-30"), ("2025-10-09", "2025-09-30"), ("2026-01-12", "2025-12-31"), ("2026-04-10", "2026-03-01"),
        ]
        let parts = whole.flatMap { day, last -> [(String, String)] in
            let months = ["06": ["04-01", "05-01"], "09": ["07-01", "08-01"], "12": ["10-01", "11-01"], "03": ["01-01", "02-01"]]
            return (months[String(last.dropFirst(5).prefix(2))] ?? []).map { (day, last.prefix(5) + $0) } + [(day, last)]
        }
        for files in [whole, parts] {
            for today in ["2026-05-20", "2026-06-20", "2026-07-13"] {
                #expect(words(try judge(files, on: today)) == "2026-04 to 2026-06 by 2026-07-10", "\(today)")
            }
            #expect(words(try judge(files, on: "2026-07-15")) == "2026-04 to 2026-06 by 2026-07-10 +5")
        }
    }

    @Test func `two files a month, and weekly ones, make no one's habit shorter`() throws {
        let halves = (1...6).flatMap { month in
            [("2026-0\(month)-16", "2026-0\(month)-15"), ("2026-0\(month + 1)-01", "2026-0\(month)-28")]
        }
        #expect(words(try judge(halves, on: "2026-07-15")) == "2026-07 by 2026-07-17")
        #expect(words(try judge(halves, on: "2026-07-21")) == "2026-07 by 2026-07-17 +4")
        let mondays = try (0...25).map { (week: Int32) in
            let day = CivilDay(number: try #require(CivilDay("2026-01-05")).number + 7 * week)
            return ("\(day)", "\(CivilDay(number: day.number - 1))")
        }
        #expect(words(try judge(mondays, on: "2026-06-30")) == "2026-07 by 2026-07-07")
        #expect(words(try judge(mondays, on: "2026-07-11")) == "2026-07 by 2026-07-07 +4")
    }

    @Test func `December's file comes in January, and a leap day moves nothing`() throws {
        let files = [("2027-10-08", "2027-09-30"), ("2027-11-08", "2027-10-31"), ("2027-12-08", "2027-11-30")]
        #expect(words(try judge(files, on: "2028-01-08")) == "2027-12 by 2028-01-08")
        #expect(words(try judge(files, on: "2028-01-12")) == "2027-12 by 2028-01-08 +4")
        let january = files + [("2028-01-08", "2027-12-31"), ("2028-02-08", "2028-01-31")]
        #expect(words(try judge(january, on: "2028-03-01")) == "2028-02 by 2028-03-08")
    }

    @Test func `a sender of the month that is not over yet is awaited at the end of the month`() throws {
        let files = [
            ("2026-02-27", "2026-02-26"), ("2026-03-30", "2026-03-29"), ("2026-04-28", "2026-04-27"), ("2026-05-29", "2026-05-28"),
        ]
        #expect(words(try judge(files, on: "2026-06-28")) == "2026-06 by 2026-06-29")
        #expect(words(try judge(files, on: "2026-07-03")) == "2026-06 by 2026-06-29 +4")
    }

    @Test func `one late file changes no habit, and who is now early, now late is given more time`() throws {
        let once = FreshnessTests.monthly + [("2026-06-28", "2026-05-31"), ("2026-07-06", "2026-06-30")]
        #expect(words(try judge(once, on: "2026-08-11")) == "2026-07 by 2026-08-07 +4")
        let unsteady = [
            ("2026-02-02", "2026-01-31"), ("2026-03-14", "2026-02-28"), ("2026-04-03", "2026-03-31"), ("2026-05-14", "2026-04-30"),
        ]
        #expect(words(try judge(unsteady, on: "2026-06-24")) == "2026-05 by 2026-06-14")
        #expect(words(try judge(unsteady, on: "2026-06-25")) == "2026-05 by 2026-06-14 +11")
    }

    @Test func `a history sent at once is one delivery, and old months in it make nobody slow`() throws {
        let history = (1...9).map { ("2025-10-07", "2025-0\($0)-28") }
        let files = history + [("2025-11-06", "2025-10-31"), ("2025-12-05", "2025-11-30"), ("2026-01-07", "2025-12-31")]
        #expect(words(try judge(files, on: "2026-02-20")) == "2026-01 by 2026-02-07 +13")
        #expect(try judge(history, on: "2026-02-20") == .unknown)
    }

    @Test func `who sends now and then is not awaited each month`() throws {
        let files = [
            ("2025-03-03", "2025-02-28"), ("2025-04-20", "2025-03-31"), ("2025-09-09", "2025-08-31"), ("2026-03-02", "2026-02-28"),
        ]
        #expect(try judge(files, on: "2026-06-20").daysLate == 0)
    }

    @Test func `a mistyped year makes nobody punctual for ever, and no day is too strange to be judged`() throws {
        let typo = FreshnessTests.monthly + [("2026-05-06", "2031-04-30")]
        #expect(try judge(typo, on: "2026-06-20").daysLate == 14)
        let days = [Int32.min, -1, 0, 20_000, .max].map { CivilDay(number: $0) }
        for day in days {
            for last in days {
                let files = days.map { Arrival(day: $0, lastDay: last) } + days.map { Arrival(day: day, lastDay: $0) }
                _ = Freshness(of: files, on: day)
            }
        }
    }
}
