/// What is known of one name in an inbox.
struct SettlingEntry<Instant: InstantProtocol & Sendable>: Sendable where Instant.Duration == Duration {
    /// When the name was first heard of; found at start, when it last changed.
    let firstSeen: Instant
    /// The last event on it, or change found in it.
    var lastStir: Instant
    /// What the last look saw, and since when looks have seen the same. Nil before the first look.
    var seen: (fingerprint: Fingerprint, since: Instant)?
    var reason: Waiting.Reason
    /// Looks in a row that found a writer.
    var busyTries = 0
    /// When to look next; nil while nobody needs to.
    var due: Instant?
    /// The line on the agenda that counts; others are out of date.
    var ticket: UInt64?

    init(firstSeen: Instant, name: FileName) {
        self.firstSeen = firstSeen
        lastStir = firstSeen
        reason = name.isWorkingName ? .workingName : .unsettled
    }

    /// A look is still to come. While one is going on, only an event brings another.
    var isDue: Bool { due != nil }

    var isRefused: Bool { if case .refused = reason { true } else { false } }

    var isUnconfirmed: Bool { if case .unconfirmed = reason { true } else { false } }

    /// Takes in what a look saw and says whether that differs from the look before.
    mutating func look(_ fingerprint: Fingerprint, at now: Instant) -> Bool {
        if let seen, seen.fingerprint == fingerprint { return false }
        let isChange = seen != nil
        seen = (fingerprint, now)
        return isChange
    }

    mutating func stir(at now: Instant) {
        lastStir = now
        busyTries = 0
        if reason != .workingName { reason = .unsettled }
    }
}
