import Batches
import Failpoints
import Folders
import Ledger
import Linux
import Reports
import Sellout
import Synchronization

/// The last steps of a file's way: its report into the outbox, its original into the archive. Both can be done again.
final class Answering: Sendable {
    private let workplace: Workplace
    /// Two may want to answer the same batch, one with what has just become old: a batch always has the same lock.
    private let locks = (0..<16).map { _ in Lock() }

    private final class Lock: Sendable {
        let mutex = Mutex(())
    }

    init(_ workplace: Workplace) { self.workplace = workplace }

    /// Publishes what is owed and archives what is done with; a trouble is noted, and the rest stays owed.
    func answer(_ id: BatchID) {
        let name = id
        locks[Int(truncatingIfNeeded: UInt(bitPattern: id.hashValue) % 16)].mutex.withLock { _ in
            do {
                guard let batch = try workplace.ledger.batch(id), batch.state.isOver else { return }
                if batch.owesReport {
                    guard publish(batch, name) else { return }
                }
                if try !batch.isArchived || workplace.root.spool.file(of: name) != nil { archive(batch, name) }
                workplace.works(.ledger)
            } catch {
                workplace.note(error, at: .ledger)
            }
        }
    }

    private func publish(_ batch: BatchRecord, _ name: BatchID) -> Bool {
        let part = Surroundings.Part.outbox(batch.reseller)
        do {
            let bytes = try Report(batch, in: workplace.ledger, profiles: workplace.profiles).jsonBytes
            let fileName = try stored(name)?.name ?? FileName(batch.filename) ?? "report"
            let outbox = Outbox(root: workplace.root)
            try outbox.publish(bytes, as: fileName.report(of: name, ending: .json), for: .reseller(batch.reseller))
            workplace.works(part)
            try workplace.ledger.notePublished(batch.id, revision: batch.revision)
            try Failpoint.reportNoted.pass()
            return true
        } catch let fault as LedgerFault {
            workplace.note(fault, at: .ledger)
        } catch {
            workplace.note(error, at: part)
        }
        return false
    }

    private func archive(_ batch: BatchRecord, _ name: BatchID) {
        do {
            if let month = ArchiveMonth(of: batch.receivedAt) { try workplace.root.archive.put(name, receivedIn: month) }
            workplace.works(.archive)
            try workplace.ledger.noteArchived(batch.id)
        } catch let fault as LedgerFault {
            workplace.note(fault, at: .ledger)
        } catch {
            workplace.note(error, at: .archive)
        }
    }

    func stored(_ name: BatchID) throws(SystemFault) -> StoredFile? {
        if let file = try workplace.root.spool.file(of: name) { return file }
        return try workplace.root.archive.file(of: name)
    }
}
