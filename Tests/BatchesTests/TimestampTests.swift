import Batches
import Testing

@Suite struct TimestampTests {
    private let moment = Timestamp(seconds: 1_744_633_800, nanoseconds: 250_000_001)

    @Test(arguments: [Duration.zero, .nanoseconds(1), .milliseconds(250), .seconds(86_400), .seconds(-5)])
    func `the moment of an age has that age`(age: Duration) {
        #expect(moment.earlier(by: age).age(at: moment) == age)
    }

    @Test func `no age makes it trap`() {
        for age in [Duration.seconds(Int64.max), .seconds(Int64.min)] {
            #expect((moment.earlier(by: age) < moment) == (age > .zero))
        }
    }
}
