/// A name that stays in an inbox, as the status shows it.
package struct Waiting: Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        /// It was touched again and again, or is empty.
        case unsettled
        /// Somebody has it open for writing.
        case beingWritten
        /// An upload tool's working name.
        case workingName
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
        case .refused(let refusal): "\(place) \(refusal)"
        }
    }
}
