import Batches
import Failpoints
import Folders
import Ledger
import Linux
import Sellout

/// One file's way, from its turn to its answer.
struct Journey: Sendable {
    private let workplace: Workplace
    private let answering: Answering
    private let debts: Debts

    init(_ workplace: Workplace, answering: Answering, debts: Debts) {
        self.workplace = workplace
        self.answering = answering
        self.debts = debts
    }

    func run(_ file: QueuedFile, _ progress: Progress) {
        do {
            if let ended = try read(file, progress) {
                workplace.works(.ledger)
                workplace.works(.reader)
                workplace.works(.motion)
                try Failpoint.settled.pass()
                workplace.events.answered(ended, took: progress.began.duration(to: .now))
            }
            answering.answer(file.batch)
        } catch LedgerFault.forbidden {
            // An operator cancelled it meanwhile; the reader has been stopped, and the report says so.
            answering.answer(file.batch)
        } catch LedgerFault.broken(let sentence) {
            workplace.events.broke(sentence)
        } catch let fault as LedgerFault {
            giveBack(file, fault, at: .ledger)
        } catch is FileInMotion {
            // Somebody still holds it open from before its claim: it is read again when it stands still.
            debts.owe(file.batch)
            workplace.note("\(file.fileName) is still being changed by whoever sent it; it is read when it stands still.", at: .motion)
        } catch {
            giveBack(file, error, at: error is SystemFault ? .reader : .spool)
        }
    }

    /// Whether reference data has come while the file was read, too late for its rows: nothing else would tell of that before
    /// the next sweep.
    func leavesRowsToResolve(_ file: QueuedFile) -> Bool {
        guard let batches = try? workplace.ledger.awaitingReferenceData() else { return false }
        return batches.contains { $0.id == file.batch }
    }

    /// The try was not the file's fault: it does not count.
    private func giveBack(_ file: QueuedFile, _ error: any Error, at part: Surroundings.Part) {
        workplace.note(error, at: part)
        debts.owe(file.batch)
    }

    /// Nil where somebody else has changed the batch meanwhile, and there is nothing to say.
    private func read(_ file: QueuedFile, _ progress: Progress) throws -> BatchRecord? {
        let events = workplace.events
        let attempt = Attempt(
            ledger: workplace.ledger, reading: workplace.reading, profiles: workplace.profiles, catalogues: workplace.catalogues,
            began: { events.began($0) })
        guard let stored = try answering.stored(file.batch) else {
            return try attempt.fail(
                file,
                FileRefusal(
                    .parsingError, "The file of this batch is neither in the spool nor in the archive.", suggestion: "Please send it again."
                ))
        }
        let subject = Attempt.Subject(name: stored.name.printable, path: stored.path, size: stored.size, content: try stored.open())
        return try attempt.carryOut(file, subject, progress)
    }
}
