import Batches
import Failpoints
import Folders
import Glibc
import Ledger
import Linux
import Reports
import Sellout

/// The last steps of files' ways: their reports into their outbox, their originals into the archive. Both can be done again.
struct Answering {
    private let workplace: Workplace

    init(_ workplace: Workplace) { self.workplace = workplace }

    /// Publishes what is owed and archives what is done with, of one sender; what fails stays owed.
    func answer(_ ids: [BatchID], of sender: Sender) -> News {
        var conditions: [Troubles.Condition] = []
        do {
            let batches = try ids.compactMap { id throws(LedgerFault) in try workplace.ledger.batch(id) }.filter(\.state.isOver)
            let owed = batches.filter(\.owesReport)
            var unanswered: Set<BatchID> = []
            if !owed.isEmpty {
                let condition = publish(owed, for: sender)
                conditions.append(condition)
                if case .fails = condition { unanswered = Set(owed.map(\.id)) }
            }
<<<<<<< HEAD
            let answered = batches.filter { !unanswered.contains($0.id) }
            let kept = archive(answered, &conditions)
            for batch in answered {
                if batch.owesReport { try workplace.ledger.notePublished(batch.id, revision: batch.revision) }
                if !kept.contains(batch.id) { try workplace.ledger.noteArchived(batch.id) }
            }
            if !answered.isEmpty { try Failpoint.reportNoted.pass() }
=======
        }
    }

    private func publish(_ batch: BatchRecord, _ name: BatchID) -> Bool {
        let part = Surroundings.Part.outbox(batch.reseller)
        do {
            guard let report = try Report(of: batch.id, in: workplace.ledger, profiles: workplace.profiles) else { return false }
            let bytes = report.jsonBytes
            let fileName = try stored(name)?.name ?? FileName(batch.filename) ?? "report"
            let outbox = Outbox(root: workplace.root)
            try outbox.publish(bytes, as: fileName.report(of: name, ending: .json), for: .reseller(batch.reseller))
            workplace.works(part)
            try workplace.ledger.noteAnswered([Answered(batch.id, published: report.batch.revision, isArchived: false)])
            try Failpoint.reportNoted.pass()
            return true
>>>>>>> 6ded6d4 (The ledger reads and writes by column, shares commits, and answers in slices)
        } catch let fault as LedgerFault {
            conditions.append(.fails(.ledger, "\(fault)"))
        } catch {
            conditions.append(.fails(.outbox(sender), "\(error)"))
        }
        return .answered(sender, ids, conditions)
    }

    private func publish(_ batches: [Batch], for sender: Sender) -> Troubles.Condition {
        do {
<<<<<<< HEAD
            let answers = try batches.map { batch in
                let report = try Report(batch, in: workplace.ledger, profiles: workplace.profiles)
                return Outbox.Answer(.report(on: batch.filename, of: batch.id, ending: .json), report.jsonBytes)
            }
            try Outbox(root: workplace.root).publish(answers, for: sender)
            return .works(.outbox(sender))
=======
            if let month = ArchiveMonth(of: batch.receivedAt) { try workplace.root.archive.put(name, receivedIn: month) }
            workplace.works(.archive)
            try workplace.ledger.noteAnswered([Answered(batch.id, published: nil, isArchived: true)])
>>>>>>> 6ded6d4 (The ledger reads and writes by column, shares commits, and answers in slices)
        } catch let fault as LedgerFault {
            return .fails(.ledger, "\(fault)")
        } catch {
            return .fails(.outbox(sender), "\(error)")
        }
    }

    /// The batches that could not be put away.
    private func archive(_ batches: [Batch], _ conditions: inout [Troubles.Condition]) -> Set<BatchID> {
        let moves = batches.compactMap { Archive.Move($0.id, from: $0.inbox, receivedAt: $0.receivedAt) }
        do throws(SystemFault) {
            var faults = try workplace.root.archive.put(moves)
            for (batch, fault) in faults where fault.errno == ENOENT {
                // Somebody has taken it away; asking again would not bring it back.
                workplace.events.troubled("The original of batch \(batch) is neither in the spool nor in the archive.")
                faults[batch] = nil
            }
            conditions.append(faults.values.first.map { .fails(.archive, "\($0)") } ?? .works(.archive))
            return Set(faults.keys)
        } catch {
            conditions.append(.fails(.archive, "\(error)"))
            return Set(batches.map(\.id))
        }
    }
}

extension Report {
    /// What the ledger says of the batch now.
    init(_ batch: Batch, in ledger: any Bookkeeping, profiles: ProfileShelf) throws(LedgerFault) {
        self.init(
            batch, vendorName: profiles.profile(of: batch.reseller)?.terms.vendorName,
            errors: try ledger.errors(of: batch.id, after: 0, limit: Report.entriesListed),
            errorCounts: try ledger.errorCounts(of: batch.id),
            restatements: try ledger.restatements(of: batch.id), rates: try ledger.rates(of: batch.id))
    }
}
