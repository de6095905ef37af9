import Batches
import Linux

/// What stands beside an upload: whose it is, how it is meant, who sent it, and when it came. All of it is the batch's for good.
package struct Slip: Hashable, Sendable {
    package let batch: BatchID
    /// A reseller, or `operations` where the file itself is to tell whose it is.
    package let sender: Sender
    package let mode: UploadMode
    /// The UUID of the user who sent it.
    package let uploader: String
    package let receivedAt: Timestamp

    package init(batch: BatchID, sender: Sender, mode: UploadMode, uploader: String, receivedAt: Timestamp) {
        self.batch = batch
        self.sender = sender
        self.mode = mode
        self.uploader = uploader
        self.receivedAt = receivedAt
    }

    var inbox: Inbox { Inbox(sender: sender, mode: mode) }
}

/// The note in a crate that says whose upload the file was. Crates of files that came into an inbox have none.
enum UploaderNote {
    static let name: FileName = ".uploader"

    /// Done twice, the first stays. Nil is kept too: the file was an upload, and nobody knows whose.
    static func write(_ uploader: String?, in crate: Folder) throws(SystemFault) {
        try crate.noteOnce(uploader ?? "unknown", as: name)
    }

    static func isThere(in crate: Folder) -> Bool { crate.note(name) != nil }

    /// Nil where there is no note, or what it says is no UUID.
    static func uploader(in crate: Folder) -> String? { crate.note(name).flatMap { isUUID($0) ? $0 : nil } }

    /// As our users' are written: 36 characters, lower case.
    static func isUUID(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 36
            && bytes.enumerated().allSatisfy { place, byte in
                [8, 13, 18, 23].contains(place) ? byte == UInt8(ascii: "-") : "0123456789abcdef".utf8.contains(byte)
            }
    }
}

extension Sender {
    /// Who may stand on a slip. A file for the reference data is never an upload, and a sender needs a name that a folder may bear.
    var mayUpload: Bool {
        guard self != .reference, let name = FileName(description), name.plainText == description else { return false }
        return !name.isWorkingName && name.bytes.count <= FileName.longestSender
    }
}
