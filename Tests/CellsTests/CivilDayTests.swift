import Cells
import Testing

@Suite struct CivilDayTests {
    @Test func `days count from 1970 and know leap years`() throws {
        #expect(CivilDay(year: 1970, month: 1, day: 1)?.number == 0)
        #expect(CivilDay(year: 2024, month: 2, day: 29)?.description == "2024-02-29")
        #expect(CivilDay(year: 2025, month: 2, day: 29) == nil)
        #expect(CivilDay(year: 2025, month: 13, day: 1) == nil)
        for number in stride(from: Int32(-700_000), to: 2_900_000, by: 997) {
            let (year, month, day) = CivilDay(number: number).components
            #expect(CivilDay(year: year, month: month, day: day)?.number == number)
        }
    }

    @Test(arguments: [
        (0, "1970-01-01"), (47_100_250, "1970-01-01T13:05:00.250"), (-1000, "1969-12-31T23:59:59"), (86_400_000, "1970-01-02"),
    ])
    func `a time shows its clock only where it is not midnight, and parts of a second only where there are some`(
        milliseconds: Int64, text: String
    ) {
        #expect(CivilTime(milliseconds: milliseconds).description == text)
    }
}
