/// Decides which connections have had their time: those that did not finish a request within `limit` of their start or of
/// their last finished request.
struct Patience<C: Clock> where C.Duration == Duration {
    let limit: Duration
    private var since: [Int32: C.Instant] = [:]

    init(limit: Duration) { self.limit = limit }

    mutating func began(_ socket: Int32, at now: C.Instant) { since[socket] = now }

    /// A finished request starts the time anew. One that never began was closed meanwhile.
    mutating func finishedRequest(_ socket: Int32, at now: C.Instant) {
        if since[socket] != nil { since[socket] = now }
    }

    mutating func ended(_ socket: Int32) { since[socket] = nil }

    func overdue(at now: C.Instant) -> [Int32] {
        since.filter { $0.value.duration(to: now) >= limit }.map(\.key).sorted()
    }
}
