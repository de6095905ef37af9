/// Decides whether the daemon is alive: while every part has answered within `patience`. Values in, values out; the driver
/// asks the parts and tells the service manager.
public struct Heartbeat<C: Clock>: Sendable where C.Duration == Duration, C.Instant: Sendable {
    /// What the driver is to do now.
    public struct Action: Hashable, Sendable {
        /// Parts to ask: those that owe no answer. A stuck part is not asked again and again into its queue.
        public let ask: [String]
        /// Empty: tell the service manager. Otherwise keep silent, because these do not answer.
        public let silent: [String]

        public var isBeatDue: Bool { silent.isEmpty }
    }

    private struct Part {
        var lastAnswer: C.Instant
        var isAsked = false
    }

    /// The longest that a part may take to answer.
    public let patience: Duration
    private var parts: [String: Part]

    /// All parts count as having answered at `now`.
    public init(parts names: [String], patience: Duration, now: C.Instant) {
        self.patience = patience
        parts = Dictionary(names.map { ($0, Part(lastAnswer: now)) }, uniquingKeysWith: { first, _ in first })
    }

    public mutating func tick(at now: C.Instant) -> Action {
        let ask = parts.filter { !$0.value.isAsked }.map(\.key).sorted()
        for name in ask { parts[name]?.isAsked = true }
        return Action(ask: ask, silent: silentParts(at: now))
    }

    /// An answer of a part that is not known is nobody's.
    public mutating func answered(_ name: String, at now: C.Instant) {
        parts[name]?.lastAnswer = now
        parts[name]?.isAsked = false
    }

    public func silentParts(at now: C.Instant) -> [String] {
        parts.filter { $0.value.lastAnswer.duration(to: now) > patience }.map(\.key).sorted()
    }
}
