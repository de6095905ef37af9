import Batches
import Failpoints
import Glibc
import Linux

/// An upload that was handed over, as it was seen.
package struct HandedDrop: Hashable, Sendable {
    /// Its crate's.
    package let name: FileName
    /// Nil for what is no upload.
    package let sender: Sender?
    /// When it was handed over, by the kernel's note.
    package let since: Timestamp
    let batch: BatchID?

    /// For messages.
    package var path: String { ".uploads/handed/\(name)" }

    package init(_ name: FileName, since: Timestamp) {
        self.name = name
        self.since = since
        let crate = name.crate.flatMap { $0.inbox.sender.mayUpload ? $0 : nil }
        sender = crate?.inbox.sender
        batch = crate?.batch
    }
}

/// Takes uploads into the spool, as `Claim` takes files out of inboxes: by the same steps, and as distrustful of what it finds.
package struct DropClaim: Sendable {
    private let root: Root

    package init(root: Root) { self.root = root }

    /// All that lies there, what was handed over first in front.
    package func handed() throws(SystemFault) -> [HandedDrop] {
        let folder = try root.openDrops().handed
        var found: [HandedDrop] = []
        for name in try folder.namesAsTheyCome() {
            guard let status = try folder.status(of: name) else { continue }
            found.append(HandedDrop(name, since: status.fingerprint.changed))
        }
        return found.sorted { ($0.since, $0.name) < ($1.since, $1.name) }
    }

    /// The outcomes in the order of `drops`. Batches that are claimed stay in the spool's hand until it is told to let go. Those that
    /// are `known` were taken before, and are not taken again.
    package func take(_ drops: [HandedDrop], known: Set<BatchID>) -> [ClaimOutcome] {
        let handed: Folder
        do { handed = try root.openDrops().handed } catch { return drops.map { _ in .failed(error) } }
        var outcomes = drops.map { _ in ClaimOutcome.gone }
        var removals: [Removal] = []
        var batches: Set<BatchID> = []
        for (number, drop) in drops.enumerated() {
            do throws(SystemFault) {
                switch try look(at: drop, in: handed, number, known.union(batches)) {
                case .free(let removal):
                    removals.append(removal)
                    if let batch = drop.batch { batches.insert(batch) }
                case .not(let outcome): outcomes[number] = outcome
                }
            } catch { outcomes[number] = error.saysNoSuchFolder ? .gone : .failed(error) }
        }
        outcomes = Claim(root: root).take(removals, outcomes)
        for (drop, outcome) in zip(drops, outcomes) {
            // What cannot be cleared away now is found empty later.
            if case .claimed = outcome { try? clear(drop, from: handed) }
        }
        return outcomes.map { outcome in
            // A folder that lets nobody take its file out is no trouble of anybody else's.
            guard case .failed(let fault) = outcome, [EACCES, EPERM].contains(fault.errno) else { return outcome }
            return .refused(.shut)
        }
    }

    package func ids(of drops: [HandedDrop]) -> [BatchID] { drops.compactMap(\.batch) }

    private enum Look {
        case free(Removal)
        case not(ClaimOutcome)
    }

    private func look(at drop: HandedDrop, in handed: Folder, _ number: Int, _ known: Set<BatchID>) throws(SystemFault) -> Look {
        guard let (batch, inbox) = drop.name.crate, drop.sender != nil else { return .not(.refused(.stranger)) }
        guard let crate = try handed.folder(drop.name) else {
            return .not(try handed.status(of: drop.name) == nil ? .gone : .refused(.stranger))
        }
        guard try !crate.holdsOnlyNotes else {
            // Its file has been taken.
            try clear(drop, from: handed)
            return .not(.gone)
        }
        guard let name = try onlyFile(in: crate) else { return .not(.refused(.severalFiles)) }
        guard let status = try crate.status(of: name) else { return .not(.gone) }
        if let refusal = Refusal(status) { return .not(.refused(refusal)) }
        guard !known.contains(batch), try root.spool.file(of: batch, from: inbox) == nil else { return .not(.refused(.knownBatch)) }
        // Another errand has one of the same id.
        guard !root.spool.isInHand(batch) else { return .not(.busy) }
        let now = Timestamp.now()
        let isSteady = status.fingerprint.changed.age(at: now) >= DropClaim.steady
        let place = Place(inbox, name)
        switch try Finding(Claim.Wish(place, seen: status.fingerprint, isSteady: isSteady), in: crate) {
        case .not(let outcome): return .not(outcome)
        case .free(let file, let lease):
            let notes = UploadNotes(claimedIn: crate, at: now)
            return .free(Removal(number, batch, place, crate, file, lease, root.spool, upload: notes))
        }
    }

    /// Where leases cannot be had, a file that was sealed so long ago is written by nobody.
    private static let steady = Duration.seconds(1)

    /// The one thing in it that is no note of ours; nil where there are more.
    private func onlyFile(in crate: Folder) throws(SystemFault) -> FileName? {
        var found: FileName?
        for name in try crate.names() {
            if UploadNotes.names.contains(name), try crate.status(of: name)?.kind == .symbolicLink { continue }
            guard found == nil else { return nil }
            found = name
        }
        return found
    }

    private func clear(_ drop: HandedDrop, from handed: Folder) throws(SystemFault) {
        guard try handed.folder(drop.name)?.holdsOnlyNotes == true else { return }
        try handed.removeCrate(drop.name)
        try Failpoint.dropCleared.pass()
    }
}
