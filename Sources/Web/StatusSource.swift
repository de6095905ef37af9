/// Where the status routes take their answers from. Filled by the wiring; every call is made on the server's only thread
/// and returns what is known already, without waiting for another part: the server must answer while a part is stuck.
public protocol StatusSource: Sendable {
    /// The parts of the daemon, and whether each has answered lately.
    func parts() -> [PartState]
    /// Why no work is taken now, one sentence each; empty where all is well.
    func reasonsAgainstReadiness() -> [String]
    func statusPage() -> StatusPage
}

/// A part of the daemon (`watcher`, `limiter`, `ledger`) and whether it has answered lately.
public struct PartState: Codable, Hashable, Sendable {
    public var part: String
    public var answers: Bool

    public init(part: String, answers: Bool) {
        self.part = part
        self.answers = answers
    }
}
