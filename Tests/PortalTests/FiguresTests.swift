import Batches
import Cells
import Sellout
import Testing

@testable import Portal

@Suite struct FiguresTests {
    @Test(arguments: [
        (10_760_300, "EUR", "€\u{A0}1.076,03"), (-12_345_678_900, "GBP", "−£\u{A0}1.234.567,89"), (0, "PLN", "PLN\u{A0}0,00"),
        (499, "EUR", "€\u{A0}0,05"), (Int64.min, "EUR", "−€\u{A0}922.337.203.685.477,58"),
    ])
    func `money bears its sign and never breaks`(units: Int64, currency: String, text: String) {
        #expect(Figures.money(Money(units: units), currency) == text)
    }

    @Test func `cents are rounded where they say nothing`() {
        #expect(Figures.wholeMoney(Money(units: 10_765_000), "EUR") == "€\u{A0}1.077")
        #expect(Figures.wholeMoney(Money(units: -3_000), "EUR") == "€\u{A0}0")
    }

    @Test func `a chart shows a month without sales too, and two years at most`() throws {
        let (first, last) = (try #require(Month("2024-11")), try #require(Month("2025-02")))
        #expect(BooksPage.shownMonths(of: [last, first]).map(\.description) == ["2024-11", "2024-12", "2025-01", "2025-02"])
        let long = BooksPage.shownMonths(of: [try #require(Month("2019-01")), last])
        #expect(long.count == 24 && long.last == last && BooksPage.shownMonths(of: []).isEmpty)
    }

    @Test(arguments: [("€\u{A0}2", false, "+€\u{A0}2"), ("−1", false, "−1"), ("3", true, "−3"), ("−€\u{A0}4", true, "+€\u{A0}4")])
    func `a figure of the books has one sign, also where a return is taken back`(figure: String, isTaken: Bool, text: String) {
        #expect(Figures.change(figure, isTaken: isTaken) == text)
    }

    @Test func `counts are grouped, and one is one`() {
        #expect(Figures.count(122_000) == "122,000" && Figures.count(-1_234) == "−1,234")
        #expect(Figures.count(1, "sale") == "1 sale" && Figures.count(2, "sale") == "2 sales")
    }

    @Test func `a moment is told from now up to a day, then by its day`() throws {
        let now = Timestamp(milliseconds: 1_744_633_800_000)
        func ago(_ seconds: Int64) -> String { Moments.relative(Timestamp(milliseconds: now.milliseconds - seconds * 1000), now: now) }
        #expect(
            [ago(5), ago(120), ago(7_300), ago(90_000), ago(400 * 86_400)] == ["just now", "2 min ago", "2 h ago", "13 Apr", "10 Mar 2024"])
        #expect(Moments.exact(now) == "14 Apr 2025, 12:30 UTC")
    }

    @Test func `a period is as short as it can be`() {
        func period(_ first: String, _ last: String) -> String? { Moments.period(CivilDay(first), CivilDay(last)) }
        #expect(period("2025-05-01", "2025-05-31") == "May 2025" && period("2025-01-01", "2025-03-01") == "Jan to Mar 2025")
        #expect(period("2024-11-01", "2025-02-01") == "Nov 2024 to Feb 2025" && period("2025-08-31", "2025-08-31") == "31 Aug 2025")
    }
}
