/// Decides which connections are cut: those whose client has had its time, and, where there are too many, the one that has longest
/// brought no whole request. Values in, values out.
struct Patience<C: Clock>: Sendable where C.Duration == Duration, C.Instant: Sendable {
    /// Why a connection is cut.
    enum Reason: Hashable, Sendable {
        case tooMany
        /// Its request, or the taking of its answer, took too long.
        case tooSlow
        /// It had no request under way.
        case idle
    }

    struct Cut: Hashable, Sendable {
        let socket: Int32
        let reason: Reason
    }

    private enum Stage: Hashable {
        /// The next request has not begun.
        case idle
        case head
        case body
        /// The server is at it; the client is not to blame.
        case working
        case answer
    }

    private struct Connection {
        let address: UInt64?
        var stage: Stage
        /// In the order in which connections came to be as they are; tells an entry in a line from an older one.
        var turn: UInt64
        var deadline: C.Instant?
        var isLeaving = false
    }

    private let limits: ServerLimits
    private var connections: [Int32: Connection] = [:]
    private var counts: [UInt64: Int] = [:]
    private var lines: [LineName: Line] = [:]
    private var turns: UInt64 = 0

    init(_ limits: ServerLimits) { self.limits = limits }

    /// A connection is there; `address` nil for one that came over no network. Returns who goes for it.
    mutating func began(_ socket: Int32, from address: UInt64?, at now: C.Instant) -> [Cut] {
        ended(socket)
        var cuts: [Cut] = []
        if let address {
            let count = counts[address, default: 0]
            counts[address] = count + 1
            if let limit = limits.connectionsPerAddress, count >= max(limit, 1) { cuts += leave(of: address) }
        }
        if cuts.isEmpty, connections.count >= limits.connectionsKept { cuts += leave(of: nil) }
        connections[socket] = Connection(address: address, stage: .idle, turn: 0)
        enter(socket, .head, until: now.advanced(by: limits.head))
        return cuts
    }

    /// A request's first line is there.
    mutating func lineCame(_ socket: Int32, at now: C.Instant) {
        guard connections[socket]?.stage == .idle else { return }
        connections[socket]?.stage = .head
        connections[socket]?.deadline = now.advanced(by: limits.head)
    }

    /// The request's head is whole, or more of its body has come. A client that is faster than it must be may lag by `grace`, never more.
    mutating func bodyCame(_ socket: Int32, bytes: Int, at now: C.Instant) {
        let longest = now.advanced(by: limits.grace)
        guard let connection = connections[socket], connection.stage == .body, let deadline = connection.deadline else {
            enter(socket, .body, until: longest)
            return
        }
        let earned = deadline.advanced(by: time(for: bytes))
        connections[socket]?.deadline = min(earned, longest)
    }

    mutating func works(_ socket: Int32) { enter(socket, .working, until: nil) }

    mutating func answers(_ socket: Int32, bytes: Int, at now: C.Instant) {
        enter(socket, .answer, until: now.advanced(by: limits.grace + time(for: bytes)))
    }

    mutating func finishedRequest(_ socket: Int32, at now: C.Instant) {
        enter(socket, .idle, until: now.advanced(by: limits.idle + limits.head))
    }

    mutating func ended(_ socket: Int32) {
        guard let address = connections.removeValue(forKey: socket)?.address, let count = counts[address] else { return }
        counts[address] = count > 1 ? count - 1 : nil
        if count <= 1 { for rank in Rank.allCases { lines[LineName(address: address, rank: rank)] = nil } }
    }

    /// Those whose time is over, each once.
    mutating func overdue(at now: C.Instant) -> [Cut] {
        var cuts: [Cut] = []
        for (socket, connection) in connections where !connection.isLeaving {
            guard let deadline = connection.deadline, deadline <= now else { continue }
            connections[socket]?.isLeaving = true
            cuts.append(Cut(socket: socket, reason: connection.stage == .idle ? .idle : .tooSlow))
        }
        return cuts
    }

    private func time(for bytes: Int) -> Duration {
        .milliseconds(min(max(bytes, 0), 1 << 40) * 1000 / max(limits.slowest, 1))
    }

    private mutating func enter(_ socket: Int32, _ stage: Stage, until deadline: C.Instant?) {
        guard var connection = connections[socket] else { return }
        turns += 1
        (connection.stage, connection.deadline, connection.turn) = (stage, deadline, turns)
        connections[socket] = connection
        guard let rank = Rank(stage) else { return }
        let limit = 2 * connections.count + 64
        for address in [nil, connection.address].prefix(connection.address == nil ? 1 : 2) {
            let name = LineName(address: address, rank: rank)
            lines[name, default: Line()].append(socket, turns)
            if lines[name, default: Line()].count > limit { lines[name]?.keep { connections[$0]?.turn == $1 } }
        }
    }

    /// The one that has stood longest, of those who have brought least.
    private mutating func leave(of address: UInt64?) -> [Cut] {
        for rank in Rank.allCases {
            let name = LineName(address: address, rank: rank)
            let next = lines[name]?.next { socket, turn in
                guard let connection = connections[socket] else { return false }
                return connection.turn == turn && !connection.isLeaving
            }
            guard let socket = next else { continue }
            connections[socket]?.isLeaving = true
            return [Cut(socket: socket, reason: .tooMany)]
        }
        return []
    }

    /// Who goes first where there are too many. Whom the server works for does not go: it has brought a whole request.
    private enum Rank: Int, Hashable, CaseIterable {
        case waiting, sending, taking

        init?(_ stage: Stage) {
            switch stage {
            case .idle, .head: self = .waiting
            case .body: self = .sending
            case .answer: self = .taking
            case .working: return nil
            }
        }
    }

    private struct LineName: Hashable {
        let address: UInt64?
        let rank: Rank
    }
}

/// Sockets in the order in which they came to stand here. Those that have gone on are found out when their turn comes.
private struct Line {
    private var entries: [(socket: Int32, turn: UInt64)] = []
    private var first = 0

    var count: Int { entries.count }

    mutating func append(_ socket: Int32, _ turn: UInt64) { entries.append((socket, turn)) }

    /// Drops those who stand here no more.
    mutating func keep(stands: (Int32, UInt64) -> Bool) {
        entries = entries[first...].filter { stands($0.socket, $0.turn) }
        first = 0
    }

    /// Removes and returns the first who still stands here.
    mutating func next(stands: (Int32, UInt64) -> Bool) -> Int32? {
        while first < entries.count {
            let (socket, turn) = entries[first]
            first += 1
            if stands(socket, turn) { return socket }
        }
        entries = []
        first = 0
        return nil
    }
}
