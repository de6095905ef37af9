import Batches
import Failpoints
import Folders
import Ledger
import Linux
import Sellout

/// Takes a sender's settled files into the spool and enters them into the ledger, a slice of them together.
struct Intake {
    private let workplace: Workplace

    init(_ workplace: Workplace) { self.workplace = workplace }

    func take(_ wishes: [Claim.Wish], from sender: Sender) -> News {
        let outcomes = Claim(root: workplace.root).take(wishes)
        let files = outcomes.compactMap { outcome -> StoredFile? in if case .claimed(let file) = outcome { file } else { nil } }
        defer { workplace.root.spool.letGo(files.map(\.batch)) }
        let told = Array(zip(wishes.map(\.place), outcomes)).map { (place: $0, outcome: $1) }
        guard case .reseller(let reseller) = sender, !files.isEmpty else { return .claimed(sender, told, entered: [], []) }
        let batches = files.map { Batch($0, of: reseller, host: workplace.host) }
        do {
            try enter(batches)
            return .claimed(sender, told, entered: batches, [.works(.ledger)])
        } catch {
            // The files are safe in the spool and are adopted when the ledger works again.
            return .claimed(sender, told, entered: [], [.fails(.ledger, "\(error)")])
        }
    }

    func enter(_ batches: [Batch]) throws {
        try workplace.ledger.register(batches)
        try Failpoint.batchRegistered.pass()
        for batch in batches { workplace.events.claimed(batch) }
    }
}

extension Batch {
    init(_ file: StoredFile, of reseller: String, host: String) {
        self.init(
            id: file.batch, reseller: reseller, filename: file.name.printable, mode: file.inbox.mode, sizeBytes: file.size, host: host,
            receivedAt: file.receivedAt)
    }

    /// Where its file came from.
    var inbox: Inbox { .reseller(reseller, mode) }
}

/// Watches what there is, and looks into every inbox.
struct InboxSurvey {
    private let root: Root
    private let watch: any Watching

    init(_ root: Root, _ watch: any Watching) {
        self.root = root
        self.watch = watch
    }

    func look() -> Look {
        let watching: Troubles.Condition =
            switch watch.refresh() {
            case .whole: .works(.watching)
            case .degraded(let reason): .fails(.watching, reason)
            }
        do throws(SystemFault) {
            let (survey, found) = try InboxScan(root: root).everything()
            return Look(survey, found: found, [watching, .works(.looking)])
        } catch {
            return Look(nil, found: [:], [watching, .fails(.looking, "\(error)")])
        }
    }
}
