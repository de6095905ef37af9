import Batches
import Folders
import Operations
import Sellout
import Synchronization

/// The contents that were handed over and are not yet over, so that the same file sent twice at once is one upload. What came before this
/// process began, the ledger knows.
package final class UploadRegister: Sendable {
    private struct Content: Hashable {
        let sha256: String
        let reseller: String
    }

    private let handed = Mutex<[Content: Batch]>([:])
    /// Those that were handed over, until the ledger knows them: between the daemon's taking and its entering they lie nowhere.
    private let onTheirWay = Mutex<[BatchID: Batch]>([:])
    /// So many are remembered; a file that was told twice all the same, the daemon finds.
    private static let most = 20_000

    /// Remembers what waits from before this process began.
    package init(drops: DropFolder) {
        for drop in (try? drops.waiting()) ?? [] {
            if let sha256 = drops.sha256(of: drop) { note(sha256, of: drop.slip) }
        }
    }

    /// Nil where the content is new and is this slip's from now on; else the upload that has it.
    func enter(_ sha256: String, of slip: Slip, in desk: OperatorDesk) throws -> Batch? {
        let content = Content(sha256: sha256, reseller: slip.sender.description)
        if let first = try desk.holder(ofContent: sha256, reseller: content.reseller) { return first }
        while true {
            let other = handed.withLock { handed -> Batch? in
                if let other = handed[content] { return other }
                if handed.count >= Self.most { handed.removeAll() }
                handed[content] = Batch(slip)
                return nil
            }
            guard let other else { return nil }
            if let now = try present(other, desk) { return now }
            handed.withLock { if $0[content]?.id == other.id { $0[content] = nil } }
        }
    }

    /// The upload as it stands, if it still has its content.
    private func present(_ other: Batch, _ desk: OperatorDesk) throws -> Batch? {
        do throws(Refused) {
            let batch = try desk.batch(other.id.text)
            return batch.state == .failed || batch.state == .cancelled ? nil : batch
        } catch {
            guard error.reason == .unknown else { throw error }
            // Being handed over just now, or waiting for the daemon.
            return try desk.wasDeleted(other.id) ? nil : other
        }
    }

    /// For uploads that are not refused for their content.
    func note(_ sha256: String, of slip: Slip) {
        handed.withLock { handed in
            if handed.count >= Self.most { handed.removeAll() }
            handed[Content(sha256: sha256, reseller: slip.sender.description)] = Batch(slip)
        }
    }

    func handedOver(_ slip: Slip, named filename: String, size: Int64) {
        var batch = Batch(slip)
        batch.filename = filename
        batch.sizeBytes = size
        onTheirWay.withLock { ways in
            if ways.count >= Self.most { ways.removeAll() }
            ways[slip.batch] = batch
        }
    }

    /// The ledger may know some of them already.
    var underway: [Batch] { onTheirWay.withLock { Array($0.values) } }

    func arrived(_ batches: some Sequence<BatchID>) { onTheirWay.withLock { ways in for batch in batches { ways[batch] = nil } } }

    func forget(_ batch: BatchID) {
        arrived([batch])
        handed.withLock { handed in
            for (content, other) in handed where other.id == batch { handed[content] = nil }
        }
    }
}

extension Batch {
    fileprivate init(_ slip: Slip) {
        self.init(
            id: slip.batch, reseller: slip.sender.description, filename: "", mode: slip.mode, sizeBytes: 0, host: "",
            receivedAt: slip.receivedAt)
        uploader = slip.uploader
    }
}
