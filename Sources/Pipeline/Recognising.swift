import Batches
import Confinement
import Failpoints
import Folders
import Frames
import Ledger
import Linux
import Sellout

/// Finds out whose a file is that came without its reseller's name. From then on it is that reseller's like any other.
struct Recognising {
    /// The most that any interface takes.
    private static let largestFile = 100 << 20

    private let workplace: Workplace

    init(_ workplace: Workplace) { self.workplace = workplace }

    /// The refusal of a file that is nobody's; else the batch as its reseller's, nil where somebody has ended it meanwhile. Done again
    /// after a crash, it comes to the same.
    func carryOut(_ batch: Batch, _ file: StoredFile) throws -> Result<Batch?, FileRefusal> {
        if let refusal = FileRefusal(name: file.name.printable, size: file.size, largest: Self.largestFile) { return .failure(refusal) }
        let reseller: String
        switch try owner(of: file) {
        case .success(let name): reseller = name
        case .failure(let refusal):
            // A file of a reseller whose profile cannot be used now may look like nobody's.
            if workplace.profiles.withholdAny { throw WithheldFile(reseller: batch.reseller) }
            return .failure(refusal)
        }
        let known: Batch
        do { known = try workplace.ledger.assign(batch.id, to: reseller, at: .now()) } catch LedgerFault.refused { return .success(nil) }
        try Failpoint.recognised.pass()
        try workplace.root.spool.hand(batch.id, from: batch.inbox, to: known.inbox)
        return .success(known)
    }

    private func owner(of file: StoredFile) throws -> Result<String, FileRefusal> {
        let content = try file.open()
        let digest = try ContentDigest(of: content, path: file.path)
        var detection: Detection?
        let job = Job(purpose: .recognition, fileName: file.name.printable)
        let result = try workplace.reader.read(job, content) { frame in
            guard case .recognised(let found) = frame, detection == nil else { throw FrameFault("a frame came that nobody asked for") }
            detection = found
        }
        try digest.confirm(content, path: file.path)
        if case .failure(let refusal) = result { return .failure(refusal) }
        // The reader is not trusted to know whom there is.
        guard let detection, workplace.profiles.profile(of: detection.profile) != nil else {
            return .failure(FileRefusal(.vendorDetectionFailed, "It cannot be told whose file this is."))
        }
        return .success(detection.profile)
    }
}
