/// One of a crowd: where it stands, nil where it cannot go or is going already.
protocol Attendant {
    associatedtype Time: Clock where Time.Duration == Duration, Time.Instant: Sendable
    var standing: Visit<Time>.Standing? { get }
}

/// Who is connected from where, and who goes where there are too many: the one that has longest brought no whole request.
struct Crowd<Member: Attendant> {
    private typealias Standing = Visit<Member.Time>.Standing

    /// Some who may go next, the first of them last.
    private typealias Queue = [(socket: Int32, standing: Standing)]

    private let limits: ServerLimits
    private(set) var members: [Int32: Member] = [:]
    private var addresses: [Int32: UInt64] = [:]
    private var neighbours: [UInt64: Set<Int32>] = [:]
    // The key nil is for all.
    private var queues: [UInt64?: Queue] = [:]

    init(_ limits: ServerLimits) { self.limits = limits }

    /// A connection is there; `address` nil for one that came over no network. Returns who goes for it.
    mutating func began(_ socket: Int32, from address: UInt64?, _ member: Member) -> Member? {
        ended(socket)
        var goes: Member?
        if let address, let limit = limits.connectionsPerAddress, neighbours[address, default: []].count >= max(limit, 1) {
            goes = next(of: address)
        }
        if goes == nil, members.count >= limits.connectionsKept { goes = next(of: nil) }
        members[socket] = member
        if let address {
            addresses[socket] = address
            neighbours[address, default: []].insert(socket)
        }
        return goes
    }

    mutating func ended(_ socket: Int32) {
        members[socket] = nil
        guard let address = addresses.removeValue(forKey: socket) else { return }
        neighbours[address]?.remove(socket)
        guard neighbours[address]?.isEmpty == true else { return }
        neighbours[address] = nil
        queues[address] = nil
    }

    private mutating func next(of address: UInt64?) -> Member? {
        while let first = queues[address]?.popLast() {
            // Nobody who waits since later can be before one who still stands as it stood.
            if let member = members[first.socket], member.standing == first.standing { return member }
        }
        var queue = queue(of: address)
        let first = queue.popLast()
        queues[address] = queue.isEmpty ? nil : queue
        return first.flatMap { members[$0.socket] }
    }

    /// The first of those who have brought least. Of those who have brought more only the very first: before the next one is asked
    /// for, somebody may have come who has brought less.
    private func queue(of address: UInt64?) -> Queue {
        let sockets = address.map { Array(neighbours[$0, default: []]) } ?? Array(members.keys)
        let all = sockets.compactMap { socket in members[socket]?.standing.map { (socket: socket, standing: $0) } }
        guard let rank = all.map(\.standing.rank).min() else { return [] }
        let sorted = all.filter { $0.standing.rank == rank }.sorted { $0.standing.since < $1.standing.since }
        return sorted.prefix(rank == .waiting ? max(sorted.count / 16, 1) : 1).reversed()
    }
}
