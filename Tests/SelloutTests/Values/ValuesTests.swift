import Cells
import Sellout
import Testing

@Suite struct EANTests {
    @Test func `thirteen digits are an EAN, as text, with a written fraction, and as a number`() {
        #expect(EAN("7350154320657")?.description == "7350154320657")
        #expect(EAN("7350154320657.0")?.description == "7350154320657")
        #expect(EAN(DecimalNumber(digits: 7_350_154_320_657))?.description == "7350154320657")
        #expect(EAN("0012345678905")?.description == "0012345678905")
    }

    @Test(arguments: ["7.35015E+12", "735015432065", "73501543206570", "735015432065X", "7350154320657.", "7350154320657.5", ""])
    func `anything else is none`(text: String) { #expect(EAN(text) == nil) }

    @Test func `a number with a fraction or too few digits is none`() {
        #expect(EAN(DecimalNumber(digits: 73_501_543_206_575, exponent: -1)) == nil)
        #expect(EAN(DecimalNumber(digits: 735_015_432_065)) == nil)
        #expect(EAN(DecimalNumber(digits: 7, exponent: 300)) == nil)
    }

    @Test func `the check digit is known to be right or wrong`() throws {
        #expect(try #require(EAN("4006381333931")).hasRightCheckDigit)
        #expect(!(try #require(EAN("1234567890123"))).hasRightCheckDigit)
    }
}

@Suite struct MoneyTests {
    @Test func `cents are rounded half away from zero`() {
        #expect(Money(units: 50).description == "0.01")
        #expect(Money(units: -50).description == "-0.01")
        #expect(Money(units: 49).description == "0.00")
    }

    @Test func `sums and products that do not fit are nil`() {
        #expect(Money(units: .max).adding(Money(units: 1)) == nil)
        #expect(Money(units: .max).times(2) == nil)
    }
}

@Suite struct RateTableTests {
    private let table = RateTable(
        currency: "GBP",
        fixings: [
            .init(day: CivilDay(number: 20_180), perEuro: 80_000_000), .init(day: CivilDay(number: 20_182), perEuro: 84_000_000),
        ])

    @Test func `a sale takes the rate of its day, or of the last day before it`() {
        #expect(table.rate(for: .day(CivilDay(number: 20_181)))?.source == "ECB \(CivilDay(number: 20_180))")
        #expect(table.rate(for: .day(CivilDay(number: 20_180)))?.euros(for: Money(units: 1_000_000)) == Money(units: 1_250_000))
    }

    @Test func `a monthly figure takes the mean of the month's days`() throws {
        let rate = try #require(table.rate(for: .month(Month(CivilDay(number: 20_180)))))
        #expect(rate.source == "ECB mean of 2025-04")
        #expect(rate.euros(for: Money(units: 820_000)) == Money(units: 1_000_000))
    }

    @Test func `before any rate is known the built-in one holds, and an unknown currency has none`() {
        #expect(table.rate(for: .day(CivilDay(number: 10)))?.source == "built-in")
        #expect(
            RateTable(currency: "GBP", fixings: []).rate(for: .day(CivilDay(number: 0)))?.euros(for: Money(units: 77_697_800))
                == Money(units: 90_906_400))
        #expect(RateTable(currency: "USD", fixings: []).rate(for: .day(CivilDay(number: 0))) == nil)
        #expect(RateTable(currency: "EUR", fixings: []).rate(for: .day(CivilDay(number: 0))) == .euro)
    }
}

@Suite struct FoldedTests {
    @Test(arguments: [
        (" ExVatNetsales", "exvatnetsales"), ("Sales Inc VAT £ ", "sales inc vat £"), ("SELL\u{A0}OUT\nBY  EAN", "sell out by ean"),
        ("\tA\r\nB ", "a b"),
        ("ŚWIECA", "świeca"), ("Cafe\u{301}", "café"), ("", ""), ("  ", ""), ("\u{FEFF}Date", "date"),
    ])
    func `blanks, case and forms of the same letter do not tell texts apart`(text: String, folded: String) {
        #expect(Folded.text(text) == folded)
    }

    @Test func `plain text folds as any other text does`() {
        for text in ["  Sold  Qty ", "EDP 100 ML", "a\u{0B}b\u{0C}c", "X"] {
            // The mark makes the same text go the long way.
            #expect(Folded.text(text + " é") == (Folded.text(text) + " é"))
        }
    }
}
