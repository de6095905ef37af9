/// How long files are left in peace.
package struct Pace: Hashable, Sendable {
    /// Quiet time after the last event or change, before a file is claimed; 2 s by default, 0 for programs that rename whole
    /// files in.
    package let settle: Duration
    /// The same for a file of no bytes, which uploaders create before they write.
    package let emptySettle: Duration
    /// How long a name may stay unclaimed before it is shown as waiting.
    package let lingering: Duration

    package init(settle: Duration = .seconds(2), emptySettle: Duration = .seconds(30), lingering: Duration = .seconds(86400)) {
        self.settle = settle
        self.emptySettle = max(settle, emptySettle)
        self.lingering = lingering
    }

    /// Between two looks that are to prove, where leases cannot be had, that nobody writes.
    var steady: Duration { max(settle, .seconds(1)) }

    /// Before the next look at a file that a writer has open; its closing is an event that makes it shorter.
    func pause(afterTries tries: Int) -> Duration {
        min(max(settle, .milliseconds(250)) * (1 << min(tries, 8)), .seconds(60))
    }
}
