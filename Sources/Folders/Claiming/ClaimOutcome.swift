import Batches

/// A file that is now ours, in the spool under its batch.
package struct ClaimedFile: Hashable, Sendable {
    package let batch: BatchID
    package let place: Place
    package let size: Int64
    package let receivedAt: Timestamp
}

/// What became of the wish to claim a file. Nothing has been touched unless it is `claimed`.
package enum ClaimOutcome: Hashable, Sendable {
    case claimed(ClaimedFile)
    /// Somebody writes to it, came back to it at the last moment, or it has not yet been seen to stand still.
    case busy
    /// Not there any more.
    case gone
    /// Never to be claimed as it is; left where it is and named in the status.
    case refused(Refusal)
}

/// Why a file in an inbox is left alone.
package enum Refusal: String, Hashable, Sendable, CustomStringConvertible {
    case symbolicLink, hardLink, folder, special, unreadable

    init?(_ status: FileStatus) {
        switch status.kind {
        case .symbolicLink: self = .symbolicLink
        case .folder: self = .folder
        case .other: self = .special
        case .regular:
            guard status.links > 1 else { return nil }
            self = .hardLink
        }
    }

    package var description: String {
        switch self {
        case .symbolicLink: "is a symbolic link; only plain files are taken"
        case .hardLink: "has a second name elsewhere (a hard link); only files with one name are taken"
        case .folder: "is a folder; only plain files are taken"
        case .special: "is no plain file (a pipe, a socket or a device)"
        case .unreadable: "may not be read by the daemon; its mode must let the group read it"
        }
    }
}
