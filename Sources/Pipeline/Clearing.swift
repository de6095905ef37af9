import Batches
import Folders
import Ledger
import Linux
import Sellout

/// Takes away what lies in outbox and archive of batches that operators have deleted. Done twice, it does nothing.
struct Clearing {
    private let workplace: Workplace

    init(_ workplace: Workplace) { self.workplace = workplace }

    func carryOut(_ deleted: [Batch]) throws(LedgerFault) -> [Troubles.Condition] {
        var conditions: [Troubles.Condition] = []
        var cleared: [Answered] = []
        for batch in deleted {
            let sender = Sender(folder: batch.reseller)
            do throws(SystemFault) {
                let reports = ReportEnding.allCases.map { FileName.report(on: batch.filename, of: batch.id, ending: $0) }
                try Outbox(root: workplace.root).withdraw(reports, from: sender)
                try workplace.root.archive.remove(batch.id, receivedAt: batch.receivedAt)
                cleared.append(Answered(batch.id, published: nil, isArchived: false))
            } catch {
                conditions.append(.fails(.outbox(sender), "\(error)"))
            }
        }
        if !cleared.isEmpty { try workplace.ledger.noteAnswered(cleared) }
        return conditions
    }
}
