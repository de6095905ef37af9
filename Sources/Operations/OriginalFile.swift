import Batches
import Folders
import Linux
import Sellout

/// A batch's file as it was sent, open for reading.
package struct OriginalFile: Sendable {
    package let batch: Batch
    private let content: Descriptor
    /// For messages.
    private let path: String

    /// Piece by piece from the start. Throws at its end where this is not the file that was read.
    package func pieces(_ body: (ArraySlice<UInt8>) throws -> Void) throws {
        var buffer = [UInt8](repeating: 0, count: 256 * 1024)
        var offset: Int64 = 0
        while case let length = try content.read(into: &buffer, at: offset, path: path), length > 0 {
            try body(buffer[..<length])
            offset += Int64(length)
        }
        guard let known = batch.sha256 else { return }
        let found = try ContentDigest(of: content, path: path).hexadecimal
        guard found == known else {
            throw Refused(
                .surroundings,
                "\(path) is not the file that batch \(batch.id.short) was read from: its SHA-256 begins with \(found.prefix(12)), and the "
                    + "ledger says \(known.prefix(12)).")
        }
    }

    init(_ batch: Batch, _ file: StoredFile) throws(SystemFault) {
        self.batch = batch
        content = try file.open()
        path = file.path
    }
}

extension OperatorDesk {
    /// The file that a batch is of, from spool or archive. No link is followed below the root.
    package func original(_ given: String, below root: String) throws(Refused) -> OriginalFile {
        let batch = try batch(given)
        do throws(SystemFault) {
            let kept = try KeptOriginals(root: root)
            let inbox = Inbox.reseller(batch.reseller, batch.mode)
            if let file = try kept.file(of: batch.id, from: inbox, receivedAt: batch.receivedAt) { return try OriginalFile(batch, file) }
        } catch {
            throw Refused(.surroundings, error.description)
        }
        throw Refused(
            .unknown, "The original of batch \(batch.id.short) (\(batch.filename)) is neither in the spool nor in the archive of \(root).")
    }
}
