/// A part of the daemon (`watcher`, `limiter`, `ledger`) and whether it has answered lately.
public struct PartState: Codable, Hashable, Sendable {
    public var part: String
    public var answers: Bool

    public init(part: String, answers: Bool) {
        self.part = part
        self.answers = answers
    }
}
