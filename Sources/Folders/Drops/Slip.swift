import Batches

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
    var notes: UploadNotes { UploadNotes(receivedAt: receivedAt, uploader: uploader) }
}

extension Sender {
    /// Who may stand on a slip. A file for the reference data or of an audience is never an upload, and a sender needs a name that a folder may bear.
    var mayUpload: Bool {
        guard self != .reference, self != .audience, let name = FileName(description), name.plainText == description else { return false }
        return !name.isWorkingName && name.bytes.count <= FileName.longestSender
    }
}
