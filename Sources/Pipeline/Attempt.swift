import Batches
import Confinement
import Failpoints
import Folders
import Frames
import Ledger
import Linux
import Sellout

/// A file as it was sent, open for reading: in the spool, or where an operator asks about it.
struct Original {
    let name: String
    let path: String
    let size: Int64
    let content: Descriptor
    /// What its control file says; nil where none is agreed.
    var assurance: Assurance?
}

/// The same content is being read: this one is looked at again when that one's outcome is known.
struct SameContentRuns: Error, CustomStringConvertible {
    let other: BatchID

    var description: String { "The same content is being read just now, as batch \(other.short); what comes of that decides." }
}

/// One try at one file: checks it, has it read, stages its rows, and settles the batch.
struct Attempt: Sendable {
    /// What the ledger says in the end.
    struct Ended {
        let batch: Batch
        /// Reference data came while the file was read, too late for its rows.
        var isBehind = false
    }

    let ledger: any Bookkeeping
    let reader: any Reader
    let profiles: ProfileShelf
    let catalogues: CatalogueShelf
    let began: @Sendable (Batch) -> Void

    /// Nil where somebody else has changed the batch meanwhile, and there is nothing to say.
    func carryOut(_ run: Run, _ original: Original) throws -> Ended? {
        let batch = run.batch
        guard let profile = profiles.profile(of: batch.reseller) else {
            if profiles.withholds(batch.reseller) { throw WithheldFile(reseller: batch.reseller) }
            return try fail(batch, FileRefusal(noProfileOf: batch.reseller))
        }
        if let refusal = FileRefusal(name: original.name, size: original.size, largest: profile.largestFile) {
            return try fail(batch, refusal)
        }
        let digest = try ContentDigest(of: original.content, path: original.path)
        switch try ledger.beginTry(batch.id, sha256: digest.hexadecimal, at: .now()) {
        case .notPending: return nil
        case .waits(let other): throw SameContentRuns(other: other.id)
        case .duplicate(let first): return try fail(batch, FileRefusal(duplicateOf: first))
        case .notPermitted(let reseller): return try fail(batch, FileRefusal(notPermittedTo: reseller))
        case .poison(let batch): return try fail(batch, FileRefusal(poison: batch))
        case .go(let batch):
            began(batch)
            try Failpoint.tryBegun.pass()
        }
        // After the question for duplicates: of what is in the books already, nothing needs to be sent again.
        if let refusal = original.assurance.flatMap({ FileRefusal($0, contradicts: digest) }) { return try fail(batch, refusal) }
        return try extract(run, profile.terms, original, digest)
    }

    private func extract(_ run: Run, _ terms: Terms, _ original: Original, _ digest: ContentDigest) throws -> Ended? {
        let batch = run.batch
        let catalogue = try catalogues.catalogue(for: terms, in: ledger)
        var staging = Staging(ledger: ledger, run: run, terms: terms, catalogue: catalogue)
        let job = Job(purpose: .sales, reseller: batch.reseller, fileName: original.name)
        let result = try reader.read(job, original.content) { try staging.take($0) }
        try digest.confirm(original.content, path: original.path)
        switch result {
        case .success(let findings):
            try Failpoint.rowsComplete.pass()
            return try settle(batch, &staging, try comparingLayout(of: batch, staging.conclude(findings)), terms)
        case .failure(let refusal):
            var findings = Findings()
            findings.detection = staging.detection
            return try fail(batch, refusal, findings)
        }
    }

    /// Says what has changed in the layout since the reseller's last file of that kind.
    private func comparingLayout(of batch: Batch, _ findings: Findings) throws(LedgerFault) -> Findings {
        guard let headers = findings.headers, let earlier = try ledger.headers(before: batch.id, layout: headers.layout) else {
            return findings
        }
        var all = findings
        if let warning = LayoutChanges(from: earlier.headers, to: headers).warning(since: earlier.filename) { all.warnings.append(warning) }
        return all
    }

    private func settle(_ batch: Batch, _ staging: inout Staging, _ findings: Findings, _ terms: Terms) throws -> Ended? {
        do {
            let last = try staging.last()
            guard let settled = try ledger.settle(batch.id, lastChunk: last, findings, terms: terms, at: .now()) else { return nil }
            return Ended(batch: settled.record, isBehind: settled.awaitsReferenceData)
        } catch LedgerFault.refused(let sentence) {
            return try fail(batch, FileRefusal(.limitExceeded, sentence, suggestion: "Please check the figures of this file."), findings)
        }
    }

    func fail(_ batch: Batch, _ refusal: FileRefusal, _ findings: Findings? = nil) throws -> Ended? {
        do throws(LedgerFault) {
            return Ended(batch: try ledger.fail(batch.id, refusal, findings: findings, at: .now()))
        } catch {
            guard error.isOvertaken else { throw error }
            return nil
        }
    }
}

/// A file whose reseller's profile has a mistake, so that nothing can be said of it.
struct WithheldFile: Error, CustomStringConvertible {
    let reseller: String

    var description: String {
        "The profile of \(reseller) has a mistake; until it is mended its files wait. `selloutctl resellers check` names it."
    }
}

/// Why a file is not even read.
extension FileRefusal {
    private static let endings = ["xlsx", "xlsm", "xls", "csv"]

    /// Nil where the file may be read, as far as its name and size tell.
    init?(name: String, size: Int64, largest: Int) {
        let ending = name.split(separator: ".").count > 1 ? name.split(separator: ".").last.map { $0.lowercased() } ?? "" : ""
        guard FileRefusal.endings.contains(ending) else {
            let what = ending.isEmpty ? "Files without an ending are" : "Files that end in .\(ending) are"
            self.init(.fileTypeNotAllowed, "\(what) not taken.", suggestion: "Please send an Excel workbook (.xlsx) or a CSV file.")
            return
        }
        guard size <= Int64(largest) else {
            self.init(
                .fileTooLarge, "The file has \(size >> 20) MiB; at most \(largest >> 20) MiB are taken.",
                suggestion: "Please split it, or ask operations to raise the limit.")
            return
        }
        return nil
    }

    fileprivate init(noProfileOf reseller: String) {
        self.init(
            .vendorDetectionFailed, "There is no profile for \"\(reseller)\" yet.",
            suggestion: "Operations must add a profile for this reseller and retry the batch; the file is kept.")
    }

    /// Nil where the control file says that the file is whole.
    fileprivate init?(_ assurance: Assurance, contradicts digest: ContentDigest) {
        let sentence: String
        switch assurance.word {
        case .isWhole: return nil
        case .sha256(let promised):
            guard promised != digest.hexadecimal else { return nil }
            let (found, promised) = (digest.hexadecimal.prefix(12), promised.prefix(12))
            sentence = "The file is not what was sent: its SHA-256 begins with \(found), and \(assurance.name) says \(promised)."
        case .unreadable: sentence = "The control file \(assurance.name) holds no SHA-256 digest of 64 hexadecimal digits."
        case .none: sentence = "The control file \(assurance.name) did not come with this file."
        }
        self.init(.incompleteFile, sentence, suggestion: "Please send both again, the file and its control file.")
    }

    /// The sentence names the first batch, its date and its state.
    fileprivate init(duplicateOf first: Batch) {
        self.init(
            .duplicateFile,
            "The same content was received on \(first.receivedAt.day) as \"\(first.filename)\" (batch \(first.id), \(first.state.rawValue)).",
            suggestion: "Nothing to do: its sales are not counted twice.")
    }

    fileprivate init(notPermittedTo reseller: ResellerRecord) {
        let reason = reseller.reason.map { ": \($0)\($0.hasSuffix(".") ? "" : ".")" } ?? "."
        self.init(
            .uploadNotPermitted, "Files of \(reseller.name) are not taken at present\(reason)",
            suggestion: "Please ask operations. The file is kept, and can be read when uploads are permitted again.")
    }

    fileprivate init(poison batch: Batch) {
        let why = batch.crashes > 1 ? "has stopped the program twice" : "was broken off \(batch.attempts) times by the end of the program"
        self.init(.poisonFile, "Reading this file \(why); it is not tried again.", suggestion: "The file is kept; please tell operations.")
    }
}
