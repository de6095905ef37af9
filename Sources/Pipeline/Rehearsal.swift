import Batches
import Confinement
import Frames
import Glibc
import Ledger
import Linux
import Operations
import Reports
import Sellout

/// What would become of a file: the same steps as a real one's, on a copy of the ledger that is thrown away.
package struct Rehearsal {
    private let ledger: any Bookkeeping
    private let reader: any Reader
    private let profiles: ProfileShelf

    /// `ledger` is changed as if the file had been dropped.
    package init(onCopy ledger: any Bookkeeping, reader: any Reader, profiles: ProfileShelf) {
        self.ledger = ledger
        self.reader = reader
        self.profiles = profiles
    }

    /// `reseller` is nil where the file itself is to tell.
    package func report(on path: String, reseller: String?) throws -> Report {
        let content = try Descriptor(opening: path, flags: O_RDONLY | O_NONBLOCK)
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let owner = try reseller ?? detected(content, name)
        var status = stat()
        guard unsafe fstat(content.number, &status) == 0 else { throw SystemFault("fstat", path: path) }
        let batch = Batch(
            id: BatchID(), reseller: owner, filename: name, mode: .append, sizeBytes: Int64(status.st_size), host: "", receivedAt: .now())
        try ledger.register([batch])
        let attempt = Attempt(ledger: ledger, reader: reader, profiles: profiles, catalogues: CatalogueShelf(), began: { _ in })
        let original = Original(name: name, path: path, size: Int64(status.st_size), content: content)
        let ended = try attempt.carryOut(Run(batch), original)
        let account =
            try ledger.account(of: [ended?.batch.id ?? batch.id], errors: Report.entriesListed, sums: false).first ?? BatchAccount(batch)
        return Report(account, vendorName: profiles.profile(of: account.record.reseller)?.terms.vendorName)
    }

    /// Whose file this is by its signs; where they do not tell, the refusal that says so.
    private func detected(_ content: Descriptor, _ name: String) throws -> String {
        struct Enough: Error {}
        var detection: Detection?
        do {
            let result = try reader.read(Job(purpose: .sales, fileName: name), content) { frame in
                guard case .recognised(let found) = frame else { return }
                detection = found
                throw Enough()
            }
            if case .failure(let refusal) = result { throw refusal }
        } catch is Enough {}
        return detection?.profile ?? ""
    }
}
