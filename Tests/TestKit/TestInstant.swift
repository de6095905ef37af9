/// Time that moves only when a test moves it.
package struct TestInstant: InstantProtocol, Hashable, Sendable {
    package var sinceStart: Duration = .zero

    package init(sinceStart: Duration = .zero) { self.sinceStart = sinceStart }

    package func advanced(by duration: Duration) -> TestInstant { TestInstant(sinceStart: sinceStart + duration) }
    package func duration(to other: TestInstant) -> Duration { other.sinceStart - sinceStart }
    package static func < (one: TestInstant, other: TestInstant) -> Bool { one.sinceStart < other.sinceStart }
    package static func after(_ seconds: Double) -> TestInstant { TestInstant(sinceStart: .seconds(seconds)) }
}
