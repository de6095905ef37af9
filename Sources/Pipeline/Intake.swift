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
        var outcomes = Claim(root: workplace.root).take(wishes)
        let files = outcomes.compactMap(\.file)
        defer { workplace.root.spool.letGo(files.map(\.batch)) }
        let faults = takeControlFiles(of: files, from: sender)
        if !faults.isEmpty { outcomes = outcomes.map { $0.file.flatMap { faults[$0.batch] }.map(ClaimOutcome.failed) ?? $0 } }
        let told = Array(zip(wishes.map(\.place), outcomes)).map { (place: $0, outcome: $1) }
        let claimed = outcomes.compactMap(\.file)
        guard !sender.isImport, !claimed.isEmpty else { return .claimed(sender, told, entered: [], []) }
        do {
            return .claimed(sender, told, entered: try enter(claimed), [.works(.ledger)])
        } catch let fault as LedgerFault {
            // The files are safe in the spool and are adopted when the ledger works again.
            return .claimed(sender, told, entered: [], [Troubles.Condition(fault)])
        } catch {
            return .claimed(sender, told, entered: [], [.fails(.ledger, "\(error)")])
        }
    }

    /// Enters files that lie in the spool since a crash or a fault.
    func adopt(_ files: [StoredFile]) throws -> [Troubles.Condition] {
        var faults: [BatchID: SystemFault] = [:]
        var conditions: [Troubles.Condition] = []
        for (sender, files) in Dictionary(grouping: files, by: \.inbox.sender) {
            let found = takeControlFiles(of: files, from: sender)
            if let fault = found.values.first { conditions.append(.fails(Troubles.Part(fault, at: sender), "\(fault)")) }
            faults.merge(found) { first, _ in first }
        }
        let adopted = files.filter { faults[$0.batch] == nil }
        if !adopted.isEmpty { _ = try enter(adopted) }
        return conditions
    }

    /// Before anybody looks at the inbox again, so that none of them vouches for a second file. A file with a fault is not to be
    /// entered: it is safe in the spool, and is adopted when its control file can be moved.
    private func takeControlFiles(of files: [StoredFile], from sender: Sender) -> [BatchID: SystemFault] {
        // What was uploaded came without one, and whole: what lies beside its name in the inbox is another file's.
        let dropped = files.filter { $0.upload == nil }
        guard let agreed = workplace.profiles.controlFile(of: sender), !dropped.isEmpty else { return [:] }
        return ControlFileRemoval(root: workplace.root).move(agreed, of: dropped)
    }

    func enter(_ files: [StoredFile]) throws -> [Batch] {
        let batches = files.map { Batch($0, host: workplace.host) }
        try workplace.ledger.register(batches)
        try Failpoint.batchRegistered.pass()
        for batch in batches { workplace.events.claimed(batch) }
        return batches
    }
}

extension ClaimOutcome {
    var file: StoredFile? { if case .claimed(let file) = self { file } else { nil } }
}

extension Batch {
    fileprivate init(_ file: StoredFile, host: String) {
        self.init(
            id: file.batch, reseller: file.inbox.sender.description, filename: file.name.printable, mode: file.inbox.mode,
            sizeBytes: file.size, host: host, uploader: file.upload?.uploader, receivedAt: file.receivedAt)
    }

    /// Where its file came from.
    package var inbox: Inbox { Inbox(sender: Sender(folder: reseller), mode: mode) }
}

/// Looks at names in one sender's inboxes.
struct InboxVisit {
    private let workplace: Workplace

    init(_ workplace: Workplace) { self.workplace = workplace }

    func look(at places: [Place], of sender: Sender) -> Result<[FoundFile?], SystemFault> {
        Result { () throws(SystemFault) in
            try InboxScan(root: workplace.root).look(at: places, agreed: workplace.profiles.controlFile(of: sender))
        }
    }
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
            let senders = Set(survey.inboxes.map(\.sender)).sorted()
            let outboxes = senders.map { Troubles.Condition.door(ofOutboxOf: $0, Outbox(root: root).fault(for: $0)) }
            return Look(survey, found: found, [watching, .works(.looking)] + outboxes)
        } catch {
            return Look(nil, found: [:], [watching, .fails(.looking, "\(error)")])
        }
    }
}
