import Batches
import Folders
import Ledger
import Sellout

/// Something that is done by one errand at a time, again and again.
struct Chore: Sendable {
    var isWanted = false
    var isUnderWay = false
    private(set) var wasDone = false

    /// Wished for while it is under way, it is done again: the one under way may have passed by what has come since.
    mutating func begins() -> Bool { begins(if: isWanted) }

    mutating func begins(if wanted: Bool) -> Bool {
        guard wanted, !isUnderWay else { return false }
        isWanted = false
        isUnderWay = true
        return true
    }

    mutating func done() {
        isUnderWay = false
        wasDone = true
    }
}

/// Batches that are owed an answer, by whose outbox gets it; at each outbox one errand at a time.
struct Answers: Sendable {
    /// So many reports share the sync of their folder.
    private static let slice = 32

    private var owed: [Sender: [BatchID]] = [:]
    private var known: Set<BatchID> = []
    private var busy: Set<Sender> = []

    var areIdle: Bool { owed.isEmpty && busy.isEmpty }

    func owes(_ sender: Sender) -> Bool { owed[sender] != nil || busy.contains(sender) }

    mutating func owe(_ batch: Owed) {
        guard known.insert(batch.id).inserted else { return }
        owed[Sender(folder: batch.reseller), default: []].append(batch.id)
    }

    mutating func owe(_ batch: Batch) { owe(Owed(batch.id, of: batch.reseller)) }

    mutating func next() -> (Sender, [BatchID])? {
        guard let sender = owed.keys.first(where: { !busy.contains($0) }), let all = owed[sender] else { return nil }
        let slice = Array(all.prefix(Answers.slice))
        owed[sender] = all.count > slice.count ? Array(all.dropFirst(slice.count)) : nil
        // What comes from here on may be more than the errand finds.
        known.subtract(slice)
        busy.insert(sender)
        return (sender, slice)
    }

    mutating func done(_ sender: Sender) { busy.remove(sender) }

    /// What is under way comes to its end.
    mutating func forget() {
        owed = [:]
        known = []
    }
}
