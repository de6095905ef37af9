/// Decides whether the daemon is alive: while every part answers within `patience`. Values in, values out; the driver asks
/// the parts and tells the service manager.
package struct Heartbeat<C: Clock>: Sendable where C.Duration == Duration, C.Instant: Sendable {
    /// What the driver is to do now.
    package struct Action: Hashable, Sendable {
        /// Parts to ask: those that owe no answer. A stuck part is not asked again and again into its queue.
        package let ask: [String]
        /// Empty: tell the service manager. Otherwise keep silent, because these do not answer.
        package let silent: [String]

        package var isBeatDue: Bool { silent.isEmpty }
    }

    /// The longest that a part may take to answer.
    package let patience: Duration
    /// When each part was asked the question that it has not answered yet. Time counts from the question, not from the last
    /// answer: if it is the driver that is late, the parts are not to blame.
    private var asked: [String: C.Instant?]

    package init(parts names: [String], patience: Duration) {
        self.patience = patience
        asked = Dictionary(names.map { ($0, nil) }, uniquingKeysWith: { first, _ in first })
    }

    package mutating func tick(at now: C.Instant) -> Action {
        let silent = silentParts(at: now)
        let ask = asked.filter { $0.value == nil }.map(\.key).sorted()
        for name in ask { asked[name] = .some(now) }
        return Action(ask: ask, silent: silent)
    }

    /// An answer of a part that is not known is nobody's.
    package mutating func answered(_ name: String) {
        if asked.keys.contains(name) { asked[name] = .some(nil) }
    }

    package func silentParts(at now: C.Instant) -> [String] {
        asked.filter { $0.value.map { $0.duration(to: now) > patience } ?? false }.map(\.key).sorted()
    }
}
