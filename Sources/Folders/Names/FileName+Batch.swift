import Batches

/// The names that a batch gives: to its folder in the spool and in the archive, and to its reports.
extension FileName {
    /// The batch's folder in the archive.
    init(of batch: BatchID) { self = FileName.written(batch.text) }

    /// The batch's folder in the spool, which says whose file it is and what it does: `BATCH.append.boxnox`. So the rename that
    /// makes a file ours and the note whence it came cannot be parted by a crash.
    init(of batch: BatchID, from inbox: Inbox) { self = FileName.written("\(batch).\(inbox.mode.rawValue).\(inbox.sender)") }

    /// Nil for a folder that is none of ours.
    var crate: (batch: BatchID, inbox: Inbox)? {
        let parts = printable.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let batch = BatchID(String(parts[0])), let mode = UploadMode(rawValue: String(parts[1])) else { return nil }
        let sender = Sender(folder: String(parts[2]))
        guard !parts[2].isEmpty, mode == .append || !sender.isImport else { return nil }
        return (batch, Inbox(sender: sender, mode: mode))
    }

    /// A sender's folder with a longer name could not stand in the name of a crate.
    static let longestSender = longest - BatchID().text.utf8.count - ".\(UploadMode.replaceAll.rawValue).".utf8.count

    /// `NAME.xxxxxxxx.ENDING` with the first eight digits of the batch: the same for the same batch every time, and never longer
    /// than a name may be. A long NAME loses its end, at the border of a character. `printable` is what a file's name shows as.
    package static func report(on printable: String, of batch: BatchID, ending: ReportEnding) -> FileName {
        let tail = ".\(batch.short).\(ending.rawValue)".utf8
        let whole = printable.utf8.filter { $0 != 0 && $0 != UInt8(ascii: "/") }
        var kept = min(whole.count, longest - tail.count)
        while kept < whole.count, kept > 0, whole[kept] & 0xC0 == 0x80 { kept -= 1 }
        return FileName(whole[..<kept] + Array(tail)) ?? "report"
    }

    /// For names that are put together of letters, digits and senders' names, which are no longer than `longestSender`.
    private static func written(_ text: String) -> FileName {
        guard let name = FileName(text) else { preconditionFailure("\(text) can be no file name") }
        return name
    }
}

/// The kinds of files an outbox gets for a batch.
package enum ReportEnding: String, CaseIterable, Sendable {
    case json
    case html
    case corrections = "corrections.xlsx"
    case errors = "errors.csv"
}
