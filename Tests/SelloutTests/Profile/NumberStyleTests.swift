import Cells
import Testing

@testable import Sellout

@Suite struct NumberStyleTests {
    private func read(_ text: String, _ style: NumberStyle, _ currency: String = "EUR") -> Money? {
        let bytes = Array(text.utf8)
        guard case .number(let number) = style.read(bytes.span, currency: currency) else { return nil }
        return Money(number)
    }

    @Test(arguments: [
        ("202,48", "202.48"), ("   5 147,83", "5147.83"), ("5\u{A0}147,83", "5147.83"), ("5\u{202F}147,83", "5147.83"), ("2,000", "2.00"),
        ("1.404,96", "1404.96"), ("(123,45)", "-123.45"), ("-5", "-5.00"), ("\u{2212}5,5", "-5.50"), ("€ 116", "116.00"),
        ("€1 960,00", "1960.00"),
        ("12,5 €", "12.50"), ("1 234 567", "1234567.00"), ("0", "0.00"), ("5-", "-5.00"),
    ])
    func `decimal commas are read as the profile says`(text: String, amount: String) {
        #expect(read(text, .comma)?.description == amount)
    }

    @Test(arguments: [("1,234.50", "1234.50"), ("£95.00", "95.00"), (".5", "0.50"), ("-1,000", "-1000.00"), ("1'234.5", "1234.50")])
    func `decimal points are read as the profile says`(text: String, amount: String) {
        #expect(read(text, .point, "GBP")?.description == amount)
    }

    @Test(arguments: [
        "202.48", "1.2,3", "1,2,3", "12 34,5", "18,1%", "−18,1%", "(5", "5)", "1-2", "x", "1e5", "1.23.456,7", "$ 5", "£5", "--5",
    ])
    func `what breaks the style, is a percentage or another currency is no number`(text: String) {
        #expect(read(text, .comma) == nil)
        let bytes = Array(text.utf8)
        guard case .unreadable = NumberStyle.comma.read(bytes.span, currency: "EUR") else {
            Issue.record("\(text) was taken")
            return
        }
    }

    @Test(arguments: ["", "  ", "-", "–", "n/a", "N/A"])
    func `empty and dash cells hold no figure`(text: String) {
        let bytes = Array(text.utf8)
        #expect(NumberStyle.comma.read(bytes.span, currency: "EUR") == .none)
    }
}

@Suite struct DateOrderTests {
    private func read(_ text: String, _ order: DateOrder) -> String? {
        let bytes = Array(text.utf8)
        return order.read(bytes.span)?.description
    }

    @Test func `the profile says which of day and month comes first`() {
        #expect(read("1/2/2024", .monthFirst) == "2024-01-02")
        #expect(read("1/2/2024", .dayFirst) == "2024-02-01")
        #expect(read("01.03.2025", .dayFirst) == "2025-03-01")
        #expect(read("2025-03-01", .monthFirst) == "2025-03-01")
        #expect(read("2025-03-01T10:00:00", .yearFirst) == "2025-03-01")
    }

    @Test(arguments: ["32/13/2025", "1/28", "28.01", "29.02.2025", "", "abc", "1//2025", "2025-3-1-1", "99999-01-01", "1/1/123"])
    func `what is no day of the calendar is refused`(text: String) {
        #expect(read(text, .dayFirst) == nil)
    }
}
