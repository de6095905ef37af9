/// A part of the daemon (`watcher`, `limiter`, `ledger`) and whether it has answered lately.
package struct PartState: Codable, Hashable, Sendable {
    package var part: String
    package var answers: Bool

    package init(part: String, answers: Bool) {
        self.part = part
        self.answers = answers
    }
}
