import Cells
import Testing

@Suite struct DecimalNumberTests {
    @Test(arguments: [
        ("202.48", 2_024_800), ("5147.8299999999999", 51_478_300), ("-0.00005", -1), ("1E3", 10_000_000), (".5", 5000), ("1e-9", 0),
        ("0.00004999999999999999999999", 0), ("12345678901234567890e-10", 12_345_678_901_235),
    ])
    func `text becomes ten-thousandths, rounded half away from zero`(text: String, units: Int64) throws {
        #expect(try #require(DecimalNumber(text: text.utf8)).units(places: 4) == units)
    }

    @Test(arguments: ["", "-", "1.2.3", "1e", "abc", "1,5", "1e99999", "0x10", "1 "])
    func `text that is not a number is refused`(text: String) {
        #expect(DecimalNumber(text: text.utf8) == nil)
    }

    @Test func `a thirteen digit number keeps every digit, with and without a written fraction`() {
        #expect(DecimalNumber(text: "7350154320657.0".utf8)?.whole == 7_350_154_320_657)
        #expect(DecimalNumber(text: "7.350154320657E12".utf8)?.whole == 7_350_154_320_657)
        #expect(DecimalNumber(text: "1.5".utf8)?.whole == nil)
    }

    @Test func `a number that does not fit is nil and never a trap`() {
        #expect(DecimalNumber(digits: .max, exponent: 2).units(places: 4) == nil)
        #expect(DecimalNumber(digits: .min, exponent: -1).units(places: 0) == -922_337_203_685_477_581)
        #expect(DecimalNumber(digits: 7, exponent: -300).units(places: 4) == 0)
        #expect(DecimalNumber(digits: 7, exponent: 300).whole == nil)
        #expect(DecimalNumber(Double.nan) == nil)
    }

    @Test(arguments: [0.1, 202.48, 5147.83, 1e-7, 123_456_789.123, -0.005, 6.02e23])
    func `a double survives the way there and back`(value: Double) throws {
        #expect(try #require(DecimalNumber(value)).double == value)
    }
}
