import Confinement
import Failpoints
import Folders
import Frames
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
                try Failpoint.settled.pass()
                workplace.events.answered(ended, took: progress.began.duration(to: .now))
            }
            answering.answer(file.batch)
        } catch LedgerFault.broken(let sentence) {
            workplace.events.broke(sentence)
        } catch let fault as LedgerFault {
            giveBack(file, fault, at: .ledger)
        } catch is FileInMotion {
            // Somebody still holds it open from before its claim: it is read again when it stands still.
            debts.owe(file.batch)
            workplace.surroundings.report(.spool, "\(file.fileName) is still being changed by whoever sent it.")
        } catch {
            giveBack(file, error, at: error is SystemFault ? .reader : .spool)
        }
    }

    /// The try was not the file's fault: it does not count.
    private func giveBack(_ file: QueuedFile, _ error: any Error, at part: Surroundings.Part) {
        workplace.note(error, at: part)
        debts.owe(file.batch)
    }

    /// Nil where somebody else has changed the batch meanwhile, and there is nothing to say.
    private func read(_ file: QueuedFile, _ progress: Progress) throws -> BatchRecord? {
        guard let name = BatchName(file.batch.text), let stored = try answering.stored(name) else {
            return try fail(file, .parsingError, "The file of this batch is neither in the spool nor in the archive.", "Please send it again.")
        }
        guard let profile = workplace.profiles.profile(of: file.reseller) else {
            return try fail(
                file, .vendorDetectionFailed, "There is no profile for \"\(file.reseller)\" yet.",
                "Operations must add a profile for this reseller and retry the batch; the file is kept.")
        }
        if let refusal = FileRefusal(of: stored, largest: profile.largestFile) { return try fail(file, refusal) }
        let content = try stored.open()
        let digest = try ContentDigest(of: content, path: stored.path)
        switch try workplace.ledger.beginTry(file.batch, sha256: digest.hexadecimal, at: workplace.now()) {
        case .notPending: return nil
        case .duplicate(let first): return try fail(file, FileRefusal(duplicateOf: first))
        case .poison:
            return try fail(
                file, .poisonFile, "Reading this file has stopped the program twice; it is not tried again.",
                "The file is kept; please tell operations.")
        case .go(let batch):
            workplace.events.began(batch)
            try Failpoint.tryBegun.pass()
        }
        return try extract(file, profile.terms, content, digest, stored.path, progress)
    }

    private func extract(
        _ file: QueuedFile, _ terms: Terms, _ content: Descriptor, _ digest: ContentDigest, _ path: String, _ progress: Progress
    ) throws -> BatchRecord? {
        let catalogue = try workplace.catalogues.catalogue(for: terms, in: workplace.ledger)
        var staging = Staging(ledger: workplace.ledger, batch: file.batch, terms: terms, catalogue: catalogue, progress: progress)
        let job = Job(purpose: .sales, reseller: file.reseller, fileName: file.fileName)
        let result = try workplace.reading.carryOut(job, file: content) { try staging.take($0) }
        try digest.confirm(content, path: path)
        switch result {
        case .success(let findings):
            try staging.flush()
            try Failpoint.rowsComplete.pass()
            return try workplace.ledger.settle(file.batch, findings, terms: terms, at: workplace.now())
        case .failure(let refusal):
            var findings = Findings()
            findings.detection = staging.detection
            return try fail(file, refusal, findings)
        }
    }

    private func fail(_ file: QueuedFile, _ type: FileErrorType, _ message: String, _ suggestion: String) throws -> BatchRecord? {
        try fail(file, FileRefusal(type, message, suggestion: suggestion))
    }

    private func fail(_ file: QueuedFile, _ refusal: FileRefusal, _ findings: Findings? = nil) throws -> BatchRecord? {
        do {
            return try workplace.ledger.fail(file.batch, refusal, findings: findings, at: workplace.now())
        } catch LedgerFault.forbidden {
            return nil
        }
    }
}
