/// What one connection's client is at, and until when it may be. A value; time comes from outside.
struct Visit<C: Clock>: Sendable where C.Duration == Duration, C.Instant: Sendable {
    private enum Stage: Hashable {
        /// The next request has not begun.
        case idle
        case head
        case body
        /// The server is at it; the client is not to blame.
        case working
        case answer
    }

    /// How little it has brought; where there are too many, the least goes first.
    enum Rank: Int, Hashable, Comparable {
        case waiting, sending, taking

        static func < (one: Rank, other: Rank) -> Bool { one.rawValue < other.rawValue }
    }

    /// Its place among the others.
    struct Standing: Hashable {
        let rank: Rank
        let since: C.Instant
    }

    private var stage = Stage.head
    private var since: C.Instant
    private var deadline: C.Instant?

    init(_ limits: ServerLimits, at now: C.Instant) {
        since = now
        deadline = now.advanced(by: limits.head)
    }

    /// Nil while the server works for it: it has brought a whole request.
    var standing: Standing? {
        switch stage {
        case .idle, .head: Standing(rank: .waiting, since: since)
        case .body: Standing(rank: .sending, since: since)
        case .answer: Standing(rank: .taking, since: since)
        case .working: nil
        }
    }

    /// No request is under way.
    var isIdle: Bool { stage == .idle }

    func isOverdue(at now: C.Instant) -> Bool { deadline.map { $0 <= now } ?? false }

    /// A request's first line is there. The first one's time began with the connection.
    mutating func lineCame(_ limits: ServerLimits, at now: C.Instant) {
        guard stage == .idle else { return }
        stage = .head
        deadline = now.advanced(by: limits.head)
    }

    /// The head is whole, or more of the body has come. Who is faster than it must be may lag by `grace`, never more.
    mutating func bodyCame(_ limits: ServerLimits, bytes: Int, at now: C.Instant) {
        let longest = now.advanced(by: limits.grace)
        guard stage == .body, let deadline else { return go(.body, now, until: longest) }
        self.deadline = min(deadline.advanced(by: limits.time(for: bytes)), longest)
    }

    mutating func works(at now: C.Instant) { go(.working, now, until: nil) }

    mutating func answers(_ limits: ServerLimits, bytes: Int, at now: C.Instant) {
        go(.answer, now, until: now.advanced(by: limits.grace + limits.time(for: bytes)))
    }

    mutating func finishedRequest(_ limits: ServerLimits, at now: C.Instant) {
        go(.idle, now, until: now.advanced(by: limits.idle + limits.head))
    }

    private mutating func go(_ next: Stage, _ now: C.Instant, until end: C.Instant?) { (stage, since, deadline) = (next, now, end) }
}

extension ServerLimits {
    /// For so many bytes at the slowest.
    fileprivate func time(for bytes: Int) -> Duration { .milliseconds(min(max(bytes, 0), 1 << 40) * 1000 / max(slowest, 1)) }
}
