import Folders
import Linux

/// What lies at one sender's door: the names in its inboxes, which of them have settled, and whether anything keeps them from
/// being claimed. Somebody is at the door with one errand at a time.
struct Doorstep<Instant: InstantProtocol & Sendable>: Sendable where Instant.Duration == Duration {
    /// So many files at a time: others get their turn in between, and stopping waits for no more than these.
    static var slice: Int { 16 }

    enum Errand {
        /// See what bears these names.
        case visit([Place])
        case claim([Claim.Wish])
    }

    private var settling: Settling<Instant>
    /// Settled names that are still to be looked at, the next one last.
    private var ripe: [Place] = []
    /// Looked at, and to be claimed.
    private var wishes: [Claim.Wish] = []
    private(set) var isVisited = false
    /// After a fault nothing is claimed here for a while, longer with each one in a row.
    private var pause: (until: Instant, faults: Int)?

    init(pace: Pace) { settling = Settling(pace: pace) }

    var inboxes: Set<Inbox> { settling.inboxes }

    /// Nothing is to be claimed here, as far as is known.
    var isQuiet: Bool { ripe.isEmpty && wishes.isEmpty && settling.nextLook == nil }

    /// When there may be something to do here, by the clock alone; nil while only events and sweeps can change anything.
    func wakes(after now: Instant) -> Instant? {
        guard !isVisited else { return nil }
        let next = ripe.isEmpty && wishes.isEmpty ? settling.nextLook : now
        return next.map { max($0, pause?.until ?? $0) }
    }

    /// Names for the status: refused ones, and those that have been waiting for a day.
    func waiting(at now: Instant) -> [Waiting] { settling.waiting(at: now) }

    mutating func touched(_ place: Place, at now: Instant) { settling.touched(place, at: now) }

    mutating func scanned(_ inbox: Inbox, found: [FoundFile], at now: Instant) { settling.scanned(inbox, found: found, at: now) }

    mutating func forget(_ inbox: Inbox) { settling.forget(inbox) }

    /// What to do at the door now; whoever does it comes back with `looked`, `claimed` or `failed`.
    mutating func nextErrand(at now: Instant) -> Errand? {
        guard !isVisited, pause.map({ $0.until <= now }) ?? true else { return nil }
        if wishes.isEmpty, ripe.isEmpty { ripe = settling.due(at: now).reversed() }
        if !wishes.isEmpty {
            isVisited = true
            defer { wishes = [] }
            return .claim(wishes)
        }
        guard !ripe.isEmpty else { return nil }
        isVisited = true
        let places = Array(ripe.suffix(Self.slice).reversed())
        ripe.removeLast(places.count)
        return .visit(places)
    }

    mutating func looked(at places: [Place], found: [FoundFile?], at now: Instant) {
        isVisited = false
        for (place, file) in zip(places, found) {
            guard case .claim(let steady) = settling.looked(place, found: file, at: now), let file else { continue }
            wishes.append(Claim.Wish(place, seen: file.fingerprint, isSteady: steady != nil))
        }
    }

    /// The surroundings' faults among the outcomes: the first of them, nil where there was none.
    mutating func claimed(_ outcomes: [(place: Place, outcome: ClaimOutcome)], at now: Instant) -> SystemFault? {
        isVisited = false
        var fault: SystemFault?
        for (place, outcome) in outcomes {
            switch outcome {
            case .claimed, .gone: settling.forget(place)
            case .busy: settling.busy(place, at: now)
            case .refused(let refusal): settling.refused(place, refusal)
            case .failed(let found):
                fault = fault ?? found
                settling.postponed(place, until: now)
            }
        }
        if fault == nil { pause = nil } else { pauseLonger(at: now) }
        return fault
    }

    /// Nothing could be seen at the door.
    mutating func failed(_ places: [Place], at now: Instant) {
        isVisited = false
        for place in places { settling.postponed(place, until: now) }
        pauseLonger(at: now)
    }

    /// 1 s, then 2 s, and so on up to a minute.
    private mutating func pauseLonger(at now: Instant) {
        let faults = (pause?.faults ?? 0) + 1
        pause = (now.advanced(by: min(.seconds(1 << min(faults - 1, 6)), .seconds(60))), faults)
    }
}
