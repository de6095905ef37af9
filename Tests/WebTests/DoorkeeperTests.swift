import Chances
import Testing

@testable import Web

/// Who is cut, and when.
@Suite struct DoorkeeperTests {
    private static let limits: ServerLimits = {
        var limits = ServerLimits()
        limits.head = .seconds(10)
        limits.grace = .seconds(15)
        limits.idle = .seconds(20)
        limits.slowest = 1000
        return limits
    }()

    private let limits = Self.limits

    private func at(_ seconds: Int) -> ManualClock.Instant { ManualClock.Instant(offset: .seconds(seconds)) }

    private func visit(at seconds: Int = 0) -> Visit<ManualClock> { Visit(limits, at: at(seconds)) }

    @Test func `the first head has its time from the connection's start, however often its line begins`() {
        var visit = visit()
        visit.lineCame(limits, at: at(9))
        #expect(!visit.isOverdue(at: at(9)))
        #expect(visit.isOverdue(at: at(10)))
        #expect(!visit.isIdle)
    }

    @Test func `an idle connection has its idle time, and its next head a time of its own`() {
        var visit = visit()
        visit.finishedRequest(limits, at: at(5))
        #expect(visit.isIdle)
        #expect(!visit.isOverdue(at: at(34)))
        #expect(visit.isOverdue(at: at(35)))
        visit.lineCame(limits, at: at(34))
        #expect(!visit.isOverdue(at: at(43)))
        #expect(visit.isOverdue(at: at(44)))
        #expect(!visit.isIdle)
    }

    /// A byte earns a millisecond.
    @Test(arguments: [(0, 1000, 99), (0, 500, 29), (1_000_000_000, 1, 16), (0, 0, 15)])
    func `a body may lag by the grace and not more, whatever it brought before`(first: Int, each: Int, end: Int) {
        var visit = visit()
        visit.bodyCame(limits, bytes: 0, at: at(0))
        visit.bodyCame(limits, bytes: first, at: at(0))
        var second = 0
        while second < 99, !visit.isOverdue(at: at(second)) {
            second += 1
            if !visit.isOverdue(at: at(second)) { visit.bodyCame(limits, bytes: each, at: at(second)) }
        }
        #expect(second == end)
    }

    @Test func `while the server works the client is not to blame, and an answer has time by its size`() {
        var visit = visit()
        visit.works(at: at(0))
        #expect(!visit.isOverdue(at: at(9999)))
        #expect(visit.standing == nil)
        visit.answers(limits, bytes: 5000, at: at(10_000))
        #expect(!visit.isOverdue(at: at(10_019)))
        #expect(visit.isOverdue(at: at(10_020)))
        visit.answers(limits, bytes: .max, at: at(0))
        visit.bodyCame(limits, bytes: .min, at: at(0))
    }

    private func crowd(_ connections: Int, perAddress: Int? = nil) -> Crowd<Member> {
        var limits = limits
        limits.connections = connections
        limits.connectionsPerAddress = perAddress
        return Crowd(limits)
    }

    @Test func `for one too many goes who has longest brought no whole request, then who sends, then who takes`() {
        var crowd = crowd(5)
        let members = (1...5).map { Member(Int32($0), visit(at: $0)) }
        for member in members { #expect(crowd.began(member.socket, from: nil, member) == nil) }
        members[0].visit.works(at: at(6))
        members[1].visit.answers(limits, bytes: 1, at: at(6))
        members[2].visit.bodyCame(limits, bytes: 0, at: at(7))
        members[3].visit.finishedRequest(limits, at: at(8))
        var gone: [Int32] = []
        for socket in 11...17 {
            let member = Member(Int32(socket), visit(at: socket))
            if let goes = crowd.began(member.socket, from: nil, member) {
                gone.append(goes.socket)
                crowd.ended(goes.socket)
            }
            member.visit.works(at: at(socket))
        }
        #expect(gone == [5, 4, 3, 2])
    }

    @Test func `an address above its limit makes room among its own, and never harms another's`() {
        var crowd = crowd(100, perAddress: 3)
        let own = (1...3).map { Member(Int32($0), visit(at: $0)) }
        for member in own { #expect(crowd.began(member.socket, from: 7, member) == nil) }
        for socket in 10...19 { #expect(crowd.began(Int32(socket), from: UInt64(socket), Member(Int32(socket), visit())) == nil) }
        own[0].visit.finishedRequest(limits, at: at(5))
        for (newcomer, goes) in [(4, 2), (5, 3), (6, 1)] {
            #expect(crowd.began(Int32(newcomer), from: 7, Member(Int32(newcomer), visit(at: 6)))?.socket == Int32(goes))
            crowd.ended(Int32(goes))
        }
        #expect(crowd.began(20, from: nil, Member(20, visit())) == nil)
    }

    /// The model is a plain list, searched whole each time.
    @Test func `any course of connections cuts as a plain list would`() {
        var chance = Chance(seed: 20)
        for _ in 0..<60 {
            var crowd = crowd(24, perAddress: 15)
            var model: [Member] = []
            for time in 0..<600 {
                let socket = Int32.random(in: 0..<48, using: &chance)
                guard let member = model.first(where: { $0.socket == socket }) else {
                    let member = Member(socket, visit(at: time), address: UInt64.random(in: 1...2, using: &chance))
                    let expected = leaving(model, for: member)
                    let goes = crowd.began(socket, from: member.address, member)
                    #expect(goes == expected)
                    goes?.isLeaving = true
                    model.append(member)
                    continue
                }
                switch Int.random(in: 0..<8, using: &chance) {
                case 0:
                    crowd.ended(socket)
                    model.removeAll { $0 == member }
                case 1: member.visit.finishedRequest(limits, at: at(time))
                case 2: member.visit.works(at: at(time))
                case 3: member.visit.answers(limits, bytes: 1, at: at(time))
                case 4: member.visit.bodyCame(limits, bytes: 1, at: at(time))
                default: break
                }
            }
        }
    }

    private func leaving(_ model: [Member], for newcomer: Member) -> Member? {
        func first(_ members: [Member]) -> Member? {
            members.compactMap { member in member.standing.map { (member, $0) } }
                .min { ($0.1.rank, $0.1.since) < ($1.1.rank, $1.1.since) }?.0
        }
        let own = model.filter { $0.address == newcomer.address }
        let goes = own.count >= 15 ? first(own) : nil
        return goes ?? (model.count >= 24 ? first(model) : nil)
    }
}

private final class Member: Attendant, Equatable {
    let socket: Int32
    let address: UInt64
    var visit: Visit<ManualClock>
    var isLeaving = false

    init(_ socket: Int32, _ visit: Visit<ManualClock>, address: UInt64 = 0) {
        (self.socket, self.visit, self.address) = (socket, visit, address)
    }

    var standing: Visit<ManualClock>.Standing? { isLeaving ? nil : visit.standing }

    static func == (one: Member, other: Member) -> Bool { one === other }
}

/// A clock that nobody waits for.
struct ManualClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (one: Instant, other: Instant) -> Bool { one.offset < other.offset }
    }

    var now: Instant { Instant(offset: .zero) }
    var minimumResolution: Duration { .zero }
    func sleep(until deadline: Instant, tolerance: Duration?) async throws {}
}
