import Failpoints
import Folders
import Ledger
import Linux
import Sellout

/// One file's way from its turn to the ledger's word on it.
struct Journey {
    private let workplace: Workplace

    init(_ workplace: Workplace) { self.workplace = workplace }

    func run(_ run: Run) -> RunEnd {
        let batch = run.batch
        do {
            switch try read(run) {
            case .recognised(let known): return .recognised(known)
            case .ended(nil): return .overtaken(batch)
            case .ended(let ended?):
                try Failpoint.settled.pass()
                let took = run.began.duration(to: .now)
                workplace.events.answered(ended.batch, Uncounted(ended.batch, in: workplace.ledger), took: took)
                return .settled(ended.batch, isBehind: ended.isBehind)
            }
        } catch is WithheldFile {
            // It stays pending: the next stock finds it, and then its turn waits for the profile.
            return .overtaken(batch)
        } catch let fault as LedgerFault where fault.isOvertaken {
            return .overtaken(batch)
        } catch LedgerFault.broken(let sentence) {
            workplace.events.broke(sentence)
        } catch let fault as LedgerFault {
            return .givenBack(Troubles.Condition(fault))
        } catch let twin as SameContentRuns {
            return .waits(batch, for: twin.other)
        } catch is FileInMotion {
            // Somebody still holds it open from before its claim: it is read again when it stands still.
            let sentence = "\(batch.filename) is still being changed by whoever sent it; it is read when it stands still."
            return .givenBack(.fails(.motion, sentence))
        } catch {
            return .givenBack(.fails(error is SystemFault ? .reader : .spool, "\(error)"))
        }
    }

    private enum Outcome {
        /// Nil where somebody else has changed the batch meanwhile, and there is nothing to say.
        case ended(Attempt.Ended?)
        case recognised(Batch)
    }

    private func read(_ run: Run) throws -> Outcome {
        let events = workplace.events
        let attempt = Attempt(
            ledger: workplace.ledger, reader: workplace.reader, profiles: workplace.profiles, catalogues: workplace.catalogues,
            began: { events.began($0) })
        guard let file = try stored(run.batch) else {
            let refusal = FileRefusal(
                .parsingError, "The file of this batch is neither in the spool nor in the archive.", suggestion: "Please send it again.")
            return .ended(try attempt.fail(run.batch, refusal))
        }
        if run.batch.reseller == Batch.unrecognised {
            switch try Recognising(workplace).carryOut(run.batch, file) {
            case .success(let known?): return .recognised(known)
            case .success(nil): return .ended(nil)
            case .failure(let refusal): return .ended(try attempt.fail(run.batch, refusal))
            }
        }
        let agreed = file.upload == nil ? workplace.profiles.controlFile(of: file.inbox.sender) : nil
        let original = Original(
            name: file.name.printable, path: file.path, size: file.size, content: try file.open(),
            assurance: try agreed.map { try file.assurance(by: $0) })
        return .ended(try attempt.carryOut(run, original))
    }

    /// In the spool; a retried batch's file lies in the archive already, and is read there.
    private func stored(_ batch: Batch) throws(SystemFault) -> StoredFile? {
        if let file = try workplace.root.spool.file(of: batch.id, from: batch.inbox) { return file }
        return try workplace.root.archive.file(of: batch.id, from: batch.inbox, receivedAt: batch.receivedAt)
    }
}
