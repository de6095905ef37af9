import Batches
import Folders
import Ledger
import Linux
import Reports
import Sellout
import Synchronization

/// Compares archive and ledger. A ledger that was put back from a copy does not know the files that came since the copy was made.
package struct Inventory: Sendable {
    /// What the archive keeps and the ledger has never heard of.
    package struct Unheard: Sendable {
        /// In order of arrival.
        package var batches: [Batch] = []
        package var references: [StoredFile] = []
        /// Of these nobody knows whose they are: their crates are from before crates said it, and no outbox holds their report.
        package var nobodys: [BatchID] = []
        /// Months that could not be looked through.
        package var faults: [SystemFault] = []
    }

    private let root: Root
    private let ledger: any Bookkeeping
    private let host: String

    /// So many ids are asked for at once, so that the ledger answers others in between.
    private static let slice = 2000

    package init(of root: Root, ledger: any Bookkeeping, host: String) {
        self.root = root
        self.ledger = ledger
        self.host = host
    }

    /// `seen` is told of every batch that the archive keeps.
    package func unheard(seen: ([BatchID]) -> Void = { _ in }) throws -> Unheard {
        let contents = ArchiveContents(of: root)
        var unheard = Unheard()
        var crates: [(batch: BatchID, shelf: Archive.Shelf)] = []
        for shelf in try contents.shelves() {
            do throws(SystemFault) {
                let batches = try contents.batches(on: shelf)
                seen(batches)
                crates += batches.map { ($0, shelf) }
            } catch { unheard.faults.append(error) }
        }
        // In the order of the ledger's index, which is then read once from its start to its end.
        crates.sort { $0.batch.text < $1.batch.text }
        var originals: [ArchivedOriginal] = []
        for start in stride(from: 0, to: crates.count, by: Self.slice) {
            let slice = crates[start..<min(start + Self.slice, crates.count)]
            let unknown = Set(try ledger.unheardOf(among: slice.map(\.batch)))
            for crate in slice where unknown.contains(crate.batch) {
                do throws(SystemFault) {
                    if let original = try contents.original(of: crate.batch, on: crate.shelf) { originals.append(original) }
                } catch { unheard.faults.append(error) }
            }
        }
        originals.sort { ($0.receivedAt, $0.batch.text) < ($1.receivedAt, $1.batch.text) }
        try sort(originals, into: &unheard)
        return unheard
    }

    private func sort(_ originals: [ArchivedOriginal], into unheard: inout Unheard) throws {
        let silent = originals.filter { $0.inbox == nil }.map(\.batch)
        let reports = silent.isEmpty ? [:] : try SentReports(root: root).find(silent)
        for original in originals {
            switch original.inbox?.sender {
            case .some(let sender) where !sender.isImport:
                unheard.batches.append(batch(original, of: sender.description, original.inbox?.mode ?? .append))
            case .some(let sender):
                let inbox = Inbox(sender: sender, mode: .append)
                let stored = try root.archive.file(of: original.batch, from: inbox, receivedAt: original.receivedAt)
                if let stored { unheard.references.append(stored) }
            case nil:
                let about = reports[original.batch.short] ?? []
                if let origin = about.lazy.compactMap({ origin(of: original, $0.sender, $0.bytes) }).first {
                    unheard.batches.append(batch(original, of: origin.reseller, origin.mode))
                } else if !about.contains(where: { $0.sender.isImport }) {
                    // A reference file of then was never entered under its batch's name.
                    unheard.nobodys.append(original.batch)
                }
            }
        }
    }

    /// Whoever may write into an outbox of his own cannot speak for another's file.
    private func origin(of original: ArchivedOriginal, _ sender: Sender, _ report: [UInt8]) -> ReportedOrigin? {
        guard let origin = ReportedOrigin(json: report), origin.batch == original.batch, Sender(folder: origin.reseller) == sender else {
            return nil
        }
        return origin
    }

    private func batch(_ original: ArchivedOriginal, of reseller: String, _ mode: UploadMode) -> Batch {
        Batch(
            id: original.batch, reseller: reseller, filename: original.name.printable, mode: mode, sizeBytes: original.size, host: host,
            uploader: original.uploader, receivedAt: original.receivedAt)
    }
}

extension Inventory {
    /// Enters them as pending: each is read again from the archive.
    package func takeAgain(_ batches: [Batch], by deed: Deed) throws(LedgerFault) {
        for start in stride(from: 0, to: batches.count, by: Self.slice) {
            try ledger.takeAgain(Array(batches[start..<min(start + Self.slice, batches.count)]), by: deed)
        }
    }
}

/// What the archive keeps and the ledger did not know at the start.
final class Arrears: Sendable {
    /// Nil until archive and ledger have been compared.
    private let references = Mutex<[StoredFile]?>(nil)

    var areKnown: Bool { references.withLock { $0 != nil } }

    /// Reference files that are still to be taken again, as far as nobody has taken them meanwhile.
    func references(in ledger: any Bookkeeping) throws(LedgerFault) -> [StoredFile] {
        let all = references.withLock { $0 ?? [] }
        guard !all.isEmpty else { return [] }
        let left = Set(try ledger.unheardOf(among: all.map(\.batch)))
        references.withLock { $0 = $0?.filter { left.contains($0.batch) } }
        return all.filter { left.contains($0.batch) }
    }

    func note(_ found: [StoredFile]) { references.withLock { $0 = found } }
}
