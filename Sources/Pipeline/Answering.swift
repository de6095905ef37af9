import Batches
import Failpoints
import Folders
import Glibc
import Ledger
import Linux
import Operations
import Reports
import Sellout

/// The last steps of files' ways: their reports into their outbox, their originals into the archive. Both can be done again.
struct Answering {
    private let workplace: Workplace
    private static let errorsAtOnce = 1000

    init(_ workplace: Workplace) { self.workplace = workplace }

    /// Publishes what is owed and archives what is done with, of one sender; what fails stays owed.
    func answer(_ ids: [BatchID], of sender: Sender) -> News {
        var conditions: [Troubles.Condition] = []
        do {
            let accounts = try workplace.ledger.account(of: ids, errors: Report.entriesListed, sums: true).filter(\.record.state.isOver)
            let owed = accounts.filter(\.record.owesReport)
            let reported = try owed.isEmpty || publish(owed, for: sender, &conditions)
            let answered = accounts.map(\.record).filter { reported || !$0.owesReport }
            let kept = archive(answered, &conditions)
            try workplace.ledger.noteAnswered(
                answered.map { Answered($0.id, published: $0.owesReport ? $0.revision : nil, isArchived: !kept.contains($0.id)) })
            if !answered.isEmpty { try Failpoint.reportNoted.pass() }
        } catch let fault as LedgerFault {
            conditions.append(Troubles.Condition(fault))
        } catch {
            conditions.append(.fails(.outbox(sender), "\(error)"))
        }
        return .answered(sender, ids, conditions)
    }

    /// Whether all of them lie in the outbox now.
    private func publish(_ accounts: [BatchAccount], for sender: Sender, _ conditions: inout [Troubles.Condition]) throws -> Bool {
        let outbox = Outbox(root: workplace.root)
        do {
            var answers: [Outbox.Answer] = []
            var outlived: [FileName] = []
            for account in accounts {
                let (batch, terms) = (account.record, workplace.profiles.profile(of: account.record.reseller)?.terms)
                func name(_ ending: ReportEnding) -> FileName { .report(on: batch.filename, of: batch.id, ending: ending) }
                let report = Report(account, vendorName: terms?.vendorName)
                // The report comes last: whoever waits for it finds all that it names.
                if report.restOfErrors != nil {
                    answers.append(Outbox.Answer(name(.errors), try allErrors(of: batch, in: outbox, of: sender)))
                } else if batch.publishedRevision > 0 {
                    outlived.append(name(.errors))
                }
                answers.append(Outbox.Answer(name(.html), BatchPage(report, in: terms?.language ?? .english).bytes))
                answers.append(Outbox.Answer(name(.json), report.jsonBytes))
            }
            try outbox.publish(answers, for: sender)
            try outbox.withdraw(outlived, from: sender)
            conditions += .outbox(of: sender, nil)
            return true
        } catch let fault as SystemFault {
            conditions += .outbox(of: sender, fault)
            return false
        }
    }

    private func allErrors(of batch: Batch, in outbox: Outbox, of sender: Sender) throws -> Outbox.Draft {
        let draft = try outbox.draft(for: sender)
        var lines = ErrorLines()
        var told = 0
        while true {
            let errors = try workplace.ledger.errors(of: batch.id, after: told, limit: Self.errorsAtOnce)
            lines.add(errors)
            try draft.append(lines.taken())
            guard !errors.isEmpty else { return draft }
            told += errors.count
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
