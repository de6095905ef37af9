import Batches
import Testing

@Suite struct TimestampTests {
    private let moment = Timestamp(seconds: 1_744_633_800, nanoseconds: 250_000_001)

    @Test(arguments: [Duration.zero, .nanoseconds(1), .milliseconds(250), .seconds(86_400), .seconds(-5)])
    func `the moment of an age has that age`(age: Duration) {
        #expect(moment.earlier(by: age).age(at: moment) == age)
    }

    @Test(
        arguments: [
            ("2025-04-14T12:30:00.250Z", 1_744_633_800_250), ("2025-04-14T12:30", 1_744_633_800_000),
            ("2025-04-14 12:30:05", 1_744_633_805_000),
            ("2025-04-14T12:30:00.2", 1_744_633_800_200), ("1970-01-01T00:00Z", 0),
        ] as [(String, Int64)])
    func `a moment is read as it is written`(text: String, milliseconds: Int64) {
        #expect(Timestamp(text) == Timestamp(milliseconds: milliseconds))
    }

    @Test(arguments: [
        "", "2025-04-14", "2025-04-14T", "2025-04-14T12", "2025-04-14T24:00", "2025-04-14T12:60", "2025-04-14T+1:00", "2025-02-30T12:00",
        "2025-04-14T12:30:00.1234", "2025-04-14T12:30:00.", "2025-04-14T12:30:00+02:00", "T12:30", "2025-04-14T12:30ZZ",
    ])
    func `what is no moment is none`(text: String) { #expect(Timestamp(text) == nil) }

    @Test func `what it says of itself it reads again`() {
        let whole = Timestamp(milliseconds: 1_744_633_800_250)
        #expect(Timestamp(whole.description) == whole)
    }

    @Test func `no age makes it trap`() {
        for age in [Duration.seconds(Int64.max), .seconds(Int64.min)] {
            #expect((moment.earlier(by: age) < moment) == (age > .zero))
        }
    }
}
