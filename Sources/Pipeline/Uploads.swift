import Folders
import Linux

/// Uploads that wait to be taken: whose, in which order, and which of them are left alone. Resellers take turns.
struct Uploads<Instant: InstantProtocol & Sendable>: Sendable where Instant.Duration == Duration {
    /// So many at a time share their syncs.
    private static var slice: Int { 16 }
    private static var mostErrands: Int { 4 }

    private var lines: [Sender: [HandedDrop]] = [:]
    /// Senders with a line, the one whose turn is next in front.
    private var turns: [Sender] = []
    private var underWay: [Sender: [HandedDrop]] = [:]
    /// What is never taken as it is; for the status.
    private(set) var leftAlone: [HandedDrop: Refusal] = [:]
    private var reconsiders = false
    /// When to look again at what could not be taken, and how many looks in a row were for that.
    private var again: (at: Instant, tries: Int)?

    var areIdle: Bool { underWay.isEmpty }
    var isNothingWaiting: Bool { lines.isEmpty && underWay.isEmpty && again == nil }
    var looksAgain: Instant? { again?.at }

    /// What is left alone is looked at once more.
    mutating func reconsider() { reconsiders = true }

    /// All that lies there.
    mutating func found(_ drops: [HandedDrop]) {
        let all = Set(drops)
        let taken = Set(underWay.values.joined())
        leftAlone = leftAlone.filter { all.contains($0.key) }
        lines = [:]
        for drop in drops where !taken.contains(drop) {
            guard let sender = drop.sender else {
                leftAlone[drop] = .stranger
                continue
            }
            if reconsiders || leftAlone[drop] == nil { lines[sender, default: []].append(drop) }
        }
        reconsiders = false
        let newcomers = lines.keys.filter { !turns.contains($0) }.sorted()
        turns = turns.filter { lines[$0] != nil } + newcomers
    }

    /// What to take next; whoever does it comes back with `took`.
    mutating func next(where mayTake: (Sender) -> Bool) -> (Sender, [HandedDrop])? {
        guard underWay.count < Self.mostErrands, let turn = turns.firstIndex(where: { underWay[$0] == nil && mayTake($0) }) else {
            return nil
        }
        let sender = turns.remove(at: turn)
        guard let line = lines.removeValue(forKey: sender) else { return nil }
        if line.count > Self.slice {
            lines[sender] = Array(line.dropFirst(Self.slice))
            turns.append(sender)
        }
        let drops = Array(line.prefix(Self.slice))
        underWay[sender] = drops
        return (sender, drops)
    }

    /// The first fault of the surroundings among the outcomes.
    mutating func took(_ sender: Sender, _ outcomes: [(drop: HandedDrop, outcome: ClaimOutcome)], at now: Instant) -> SystemFault? {
        underWay[sender] = nil
        var fault: SystemFault?
        var waits = false
        for (drop, outcome) in outcomes {
            leftAlone[drop] = nil
            switch outcome {
            case .claimed, .gone: break
            case .busy: waits = true
            case .refused(let refusal): leftAlone[drop] = refusal
            case .failed(let found): fault = fault ?? found
            }
        }
        if waits || fault != nil { lookAgain(at: now) } else { again = nil }
        return fault
    }

    /// After 1 s, then 2 s, and so on up to a minute.
    mutating func lookAgain(at now: Instant) {
        let tries = again?.tries ?? 0
        again = (now.advanced(by: min(.seconds(1 << min(tries, 6)), .seconds(60))), tries + 1)
    }

    /// Whether that time has come; it counts as used.
    mutating func isDue(at now: Instant) -> Bool {
        guard let due = again, due.at <= now else { return false }
        // Until the look has come back there is nothing to be woken for.
        again = (now.advanced(by: .seconds(60)), due.tries)
        return true
    }
}

/// An upload that is left alone, as the status shows it.
package struct UploadLeftAlone: Hashable, Sendable {
    package let drop: HandedDrop
    package let refusal: Refusal
}

extension UploadLeftAlone: CustomStringConvertible {
    package var description: String { "\(drop.path) \(refusal)" }
}
