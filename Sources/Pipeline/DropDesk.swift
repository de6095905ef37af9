import Batches
import Folders
import Ledger
import Linux
import Operations
import Sellout

/// Takes uploads that were handed over into the spool and enters them into the ledger, a slice of them together.
struct DropDesk {
    private let workplace: Workplace

    init(_ workplace: Workplace) { self.workplace = workplace }

    func look() -> News { .handed(Result { () throws(SystemFault) in try DropClaim(root: workplace.root).handed() }) }

    func take(_ drops: [HandedDrop], of sender: Sender) -> News {
        let claim = DropClaim(root: workplace.root)
        do {
            guard try isSomebody(sender) else { return .took(sender, drops.map { ($0, .refused(.nobodys)) }, entered: [], []) }
            let fates = try workplace.ledger.fates(of: claim.ids(of: drops))
            let known = Set(fates.filter { $0.value != .neverHeardOf }.keys)
            let outcomes = claim.take(drops, known: known)
            let files = outcomes.compactMap(\.file)
            defer { workplace.root.spool.letGo(files.map(\.batch)) }
            let told = Array(zip(drops, outcomes)).map { (drop: $0, outcome: $1) }
            guard !files.isEmpty, !sender.isImport else { return .took(sender, told, entered: [], []) }
            do {
                return .took(sender, told, entered: try Intake(workplace).enter(files), [.works(.ledger)])
            } catch {
                // The files are safe in the spool and are adopted when the ledger works again.
                return .took(sender, told, entered: [], [condition(error)])
            }
        } catch let fault as SystemFault {
            return .took(sender, drops.map { ($0, .failed(fault)) }, entered: [], [])
        } catch {
            return .took(sender, drops.map { ($0, .busy) }, entered: [], [condition(error)])
        }
    }

    /// A reseller of whom there is neither a folder nor a profile is a slip of somebody's pen. One that has a profile alone gets an
    /// outbox for its reports.
    private func isSomebody(_ sender: Sender) throws(SystemFault) -> Bool {
        if try workplace.root.hasHome(of: sender) { return true }
        guard sender == .operations || sender.isImport || workplace.profiles.profile(of: sender.description) != nil else { return false }
        // Where none can be made its reports are owed, and the status says so, as of any outbox that is missing.
        try? workplace.root.makeOutboxOfUploader(sender)
        return true
    }

    private func condition(_ error: any Error) -> Troubles.Condition {
        (error as? LedgerFault).map { Troubles.Condition($0) } ?? .fails(.ledger, "\(error)")
    }
}
