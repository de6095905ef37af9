import Batches

extension BatchID {
    /// The name of the batch's folder, in the spool and in the archive.
    var folderName: FileName {
        guard let name = FileName(text) else { preconditionFailure("36 digits and hyphens are a file name") }
        return name
    }

    init?(folder name: FileName) { self.init(name.printable) }
}

extension FileName {
    /// `NAME.xxxxxxxx.ENDING` with the first eight digits of the batch: the same for the same batch every time, printable,
    /// and never longer than a name may be. A long NAME loses its end, at the border of a character.
    package func report(of batch: BatchID, ending: ReportEnding) -> FileName {
        let tail = ".\(batch.short).\(ending.rawValue)".utf8
        let whole = Array(printable.utf8)
        var kept = min(whole.count, Self.longest - tail.count)
        while kept < whole.count, kept > 0, whole[kept] & 0xC0 == 0x80 { kept -= 1 }
        return FileName(whole[..<kept] + Array(tail)) ?? self
    }
}

/// The kinds of files an outbox gets for a batch.
package enum ReportEnding: String, CaseIterable, Sendable {
    case json
    case html
    case corrections = "corrections.xlsx"
}
