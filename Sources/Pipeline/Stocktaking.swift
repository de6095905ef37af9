import Batches
import Folders
import Ledger
import Linux
import Sellout

/// Takes stock of spool and ledger: what has begun and has no end yet. At start, after another process has changed the ledger, once
/// a minute: there is no second code path for recovery. The first time the archive is looked through before anything else, so that
/// what is taken again from there comes before what is new.
struct Stocktaking {
    private let workplace: Workplace

    init(_ workplace: Workplace) { self.workplace = workplace }

    func carryOut() -> News {
        do {
            var stock = Stock()
            var conditions = try takeInventory()
            stock.references = try workplace.arrears.references(in: workplace.ledger)
            conditions += try adopt(&stock)
            let unfinished = try workplace.ledger.unfinished()
            stock.pending = unfinished.pending
            stock.unanswered += unfinished.owingReports + unfinished.unarchived
            stock.resettleable = unfinished.awaitingReferenceData
            stock.fits = try workplace.ledger.brandsOwedFit()
            let clearing = try Clearing(workplace).carryOut(unfinished.deleted)
            try letAudienceGo(at: .now())
            return .stock(stock, [.works(.ledger), .works(.spool)] + conditions + clearing)
        } catch LedgerFault.broken(let sentence) {
            workplace.events.broke(sentence)
        } catch let fault as LedgerFault {
            return .stock(nil, [Troubles.Condition(fault)])
        } catch {
            return .stock(nil, [.fails(.spool, "\(error)")])
        }
    }

    /// Batches that have been kept as long as they may be. Stock is taken once a minute: none stays much longer than its days, and the next
    /// stock goes on where very many are due.
    func letAudienceGo(at now: Timestamp) throws(LedgerFault) {
        guard let kept = workplace.keepAudience else { return }
        let before = Timestamp(milliseconds: now.milliseconds - kept.components.seconds * 1000)
        let deed = Deed(actor: "selloutd", reason: "kept for \(kept.components.seconds / 86_400) days", at: now)
        _ = try workplace.ledger.deleteAudienceBatches(before: before, most: Self.mostLetGo, by: deed)
    }

    private static let mostLetGo = 20

    private func takeInventory() throws -> [Troubles.Condition] {
        guard !workplace.arrears.areKnown else { return [] }
        let inventory = Inventory(of: workplace.root, ledger: workplace.ledger, host: workplace.host)
        let unheard: Inventory.Unheard
        do { unheard = try inventory.unheard() } catch let fault as SystemFault { return [.fails(.archive, "\(fault)")] }
        let count = unheard.batches.count + unheard.references.count
        if count > 0 {
            workplace.events.troubled(
                "The archive holds \(count) \(count == 1 ? "file" : "files") that the ledger has never heard of: an older copy of it was put "
                    + "back. They are taken again from the archive.")
        }
        try inventory.takeAgain(
            unheard.batches, by: Deed(actor: "selloutd", reason: "in the archive, and not in the ledger", at: .now()))
        for batch in unheard.batches { workplace.events.claimed(batch) }
        if let first = unheard.nobodys.first {
            workplace.events.troubled(
                "The archive holds \(unheard.nobodys.count) that the ledger has never heard of and that do not say whose they are, \(first) "
                    + "first: selloutctl verify lists them.")
        }
        // What could not be looked through now is looked through with the next stock.
        if let fault = unheard.faults.first { return [.fails(.archive, "\(fault)")] }
        workplace.arrears.note(unheard.references)
        return []
    }

    /// Spool folders that the ledger does not know were claimed just before the process died.
    private func adopt(_ stock: inout Stock) throws -> [Troubles.Condition] {
        let spool = workplace.root.spool
        try spool.tidy()
        let files = try spool.files()
        let fates = try workplace.ledger.fates(of: files.map(\.batch))
        var found: [StoredFile] = []
        for file in files {
            guard !file.inbox.sender.isImport else {
                stock.references.append(file)
                continue
            }
            let reseller = file.inbox.sender.description
            switch fates[file.batch] ?? .neverHeardOf {
            // Without its profile nobody knows whether a control file belongs to it.
            case .neverHeardOf where workplace.profiles.withholds(reseller): continue
            case .neverHeardOf: found.append(file)
            // An operator has deleted it before its file was put away.
            case .deleted:
                guard let move = Archive.Move(file) else { continue }
                _ = try workplace.root.archive.put([move])
                try workplace.root.archive.remove(file.batch, receivedAt: file.receivedAt)
            // A ledger that was put back from a copy may take it for archived.
            case .known(let batch):
                try rename(file, as: batch)
                if batch.isArchived, batch.state.isOver { stock.unanswered.append(Owed(batch.id, of: batch.reseller)) }
            }
        }
        let claiming = try Intake(workplace).adopt(found)
        let strangers = try spool.strangers()
        guard let first = strangers.first else { return claiming + [.works(.strangers)] }
        let others = strangers.count > 1 ? " and \(strangers.count - 1) more" : ""
        let sentence = "\(first)\(others) lies in the spool and says of no batch whose it is. Move it out of there."
        return claiming + [.fails(.strangers, sentence)]
    }

    /// The process died between the ledger's word on whose file it is and the crate's.
    private func rename(_ file: StoredFile, as batch: Batch) throws(SystemFault) {
        guard [file.inbox.sender, batch.inbox.sender].contains(.operations), file.inbox.sender != batch.inbox.sender,
            file.inbox.mode == batch.mode
        else { return }
        try workplace.root.spool.hand(batch.id, from: file.inbox, to: batch.inbox)
    }

    /// The tries of these were not their files' fault. The ledger takes as many as it can.
    func giveBack(_ batches: [BatchID]) -> News {
        var taken: [BatchID] = []
        var condition = Troubles.Condition.works(.ledger)
        for batch in batches {
            do throws(LedgerFault) {
                try workplace.ledger.giveBack(batch)
                taken.append(batch)
            } catch {
                if error.isOvertaken { taken.append(batch) } else { condition = Troubles.Condition(error) }
            }
        }
        return .gaveBack(taken, [condition])
    }
}
