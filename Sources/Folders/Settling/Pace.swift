import Batches

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

/// A name that stays in an inbox, as the status shows it.
package struct Waiting: Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        /// It was touched again and again, or is empty.
        case unsettled
        /// Somebody has it open for writing.
        case beingWritten
        /// An upload tool's working name.
        case workingName
        /// Its control file does not lie beside it, or has not settled yet; shown from the first moment on.
        case unconfirmed(ControlFile)
        /// A control file whose file has not been claimed.
        case controlFile
        /// It is nothing that may be claimed; shown from the first moment on.
        case refused(Refusal)
    }

    package let place: Place
    package let since: Duration
    package let reason: Reason
}

extension Waiting: CustomStringConvertible {
    package var description: String {
        switch reason {
        case .unsettled: "\(place) is not settled yet"
        case .beingWritten: "\(place) is being written"
        case .workingName: "\(place) bears an upload tool's working name"
        case .unconfirmed(let control): "\(place) waits for its control file \(place.name)\(control.ending)"
        case .controlFile: "\(place) is a control file whose file has not been taken"
        case .refused(let refusal): "\(place) \(refusal)"
        }
    }
}
