/// Who has failed how often, and how long they have to wait for it. Decides only, whatever it counts: addresses, accounts.
struct Attempts<C: Clock> where C.Duration == Duration {
    struct Rule: Sendable {
        /// So many failures cost nothing: people mistype.
        let free: Int
        /// The first pause is a second, and each further failure doubles it up to this.
        let longestPause: Duration
        /// All is forgotten when nothing has failed for so long.
        var memory = Duration.seconds(900)
        /// So many are remembered. Of more, those that have failed least lately are forgotten.
        var most = 10_000
    }

    private struct Record {
        var failures = 0
        var last: C.Instant
    }

    private let rule: Rule
    /// When `young` is half of what may be remembered it becomes `old`, and what was old is forgotten; so nothing is ever searched for
    /// the oldest. Whoever fails is young again.
    private var young: [String: Record] = [:]
    private var old: [String: Record] = [:]

    init(_ rule: Rule) { self.rule = rule }

    /// How many are remembered.
    var count: Int { young.count + old.count }

    func failures(of key: String, at now: C.Instant) -> Int { record(of: key, at: now)?.failures ?? 0 }

    /// How long they have to wait from now on; nil where they may try.
    func pause(of key: String, at now: C.Instant) -> Duration? {
        guard let record = record(of: key, at: now) else { return nil }
        let left = now.duration(to: record.last.advanced(by: pause(after: record.failures)))
        return left > .zero ? left : nil
    }

    mutating func fail(_ key: String, at now: C.Instant) {
        let failures = failures(of: key, at: now)
        forget(key)
        if young.count >= max(1, rule.most / 2) { (old, young) = (young, [:]) }
        young[key] = Record(failures: failures + 1, last: now)
    }

    /// What was counted as a failure beforehand was none.
    mutating func takeBack(_ key: String, at now: C.Instant) {
        guard var record = record(of: key, at: now) else { return }
        record.failures -= 1
        let isYoung = young[key] != nil
        forget(key)
        guard record.failures > 0 else { return }
        if isYoung { young[key] = record } else { old[key] = record }
    }

    mutating func forget(_ key: String) {
        young[key] = nil
        old[key] = nil
    }

    private func record(of key: String, at now: C.Instant) -> Record? {
        guard let record = young[key] ?? old[key], record.last.duration(to: now) < rule.memory else { return nil }
        return record
    }

    private func pause(after failures: Int) -> Duration {
        let beyond = failures - rule.free
        guard beyond > 0 else { return .zero }
        return min(rule.longestPause, .seconds(1 << min(beyond - 1, 30)))
    }
}

extension Attempts: Sendable where C.Instant: Sendable {}
