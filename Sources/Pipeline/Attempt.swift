import Confinement
import Failpoints
import Folders
import Frames
import Ledger
import Linux
import Sellout

/// One try at one file: checks it, reads it in the confined process, stages its rows, and settles the batch.
struct Attempt: Sendable {
    /// The file as it lies somewhere, in the spool or where an operator asks about it.
    struct Subject {
        let name: String
        let path: String
        let size: Int64
        let content: Descriptor
    }

    let ledger: any Bookkeeping
    let reading: any Reader
    let profiles: ProfileShelf
    let catalogues: CatalogueShelf
    let began: @Sendable (BatchRecord) -> Void

    /// Nil where somebody else has changed the batch meanwhile, and there is nothing to say.
    func carryOut(_ file: QueuedFile, _ subject: Subject, _ progress: Progress) throws -> BatchRecord? {
        guard let profile = profiles.profile(of: file.reseller) else {
            return try fail(
                file,
                FileRefusal(
                    .vendorDetectionFailed, "There is no profile for \"\(file.reseller)\" yet.",
                    suggestion: "Operations must add a profile for this reseller and retry the batch; the file is kept."))
        }
        if let refusal = FileRefusal(name: subject.name, size: subject.size, largest: profile.largestFile) {
            return try fail(file, refusal)
        }
        let digest = try ContentDigest(of: subject.content, path: subject.path)
        switch try ledger.beginTry(file.batch, sha256: digest.hexadecimal, at: .now()) {
        case .notPending: return nil
        case .duplicate(let first): return try fail(file, FileRefusal(duplicateOf: first))
        case .poison(let batch):
            let why =
                batch.crashes > 1 ? "has stopped the program twice" : "was broken off \(batch.attempts) times by the end of the program"
            let refusal = FileRefusal(
                .poisonFile, "Reading this file \(why); it is not tried again.", suggestion: "The file is kept; please tell operations.")
            return try fail(file, refusal)
        case .go(let batch):
            began(batch)
            try Failpoint.tryBegun.pass()
        }
        return try extract(file, profile.terms, subject, digest, progress)
    }

    private func extract(_ file: QueuedFile, _ terms: Terms, _ subject: Subject, _ digest: ContentDigest, _ progress: Progress) throws
        -> BatchRecord?
    {
        let catalogue = try catalogues.catalogue(for: terms, in: ledger)
        var staging = Staging(ledger: ledger, batch: file.batch, terms: terms, catalogue: catalogue, progress: progress)
        let job = Job(purpose: .sales, reseller: file.reseller, fileName: subject.name)
        let result = try reading.read(job, subject.content) { try staging.take($0) }
        try digest.confirm(subject.content, path: subject.path)
        switch result {
        case .success(let findings):
            try staging.flush()
            try Failpoint.rowsComplete.pass()
            return try settle(file, findings, terms)
        case .failure(let refusal):
            var findings = Findings()
            findings.detection = staging.detection
            return try fail(file, refusal, findings)
        }
    }

    private func settle(_ file: QueuedFile, _ findings: Findings, _ terms: Terms) throws -> BatchRecord? {
        do {
            return try ledger.settle(file.batch, findings, terms: terms, at: .now())
        } catch LedgerFault.refused(let sentence) {
            return try fail(file, FileRefusal(.limitExceeded, sentence, suggestion: "Please check the figures of this file."), findings)
        }
    }

    func fail(_ file: QueuedFile, _ refusal: FileRefusal, _ findings: Findings? = nil) throws -> BatchRecord? {
        do {
            return try ledger.fail(file.batch, refusal, findings: findings, at: .now())
        } catch LedgerFault.forbidden {
            return nil
        }
    }
}
