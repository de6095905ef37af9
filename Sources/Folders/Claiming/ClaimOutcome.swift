import Linux

/// What became of the wish to claim a file. Nothing has been touched unless it is `claimed`.
package enum ClaimOutcome: Sendable {
    case claimed(StoredFile)
    /// Somebody writes to it, came back to it at the last moment, or it is not as it was seen.
    case busy
    /// Not there any more.
    case gone
    /// Never to be claimed as it is; left where it is and named in the status.
    case refused(Refusal)
    /// The surroundings did not allow it, through no fault of the file.
    case failed(SystemFault)
}

/// Why a file in an inbox, or an upload, is left alone.
package enum Refusal: String, Hashable, Sendable, CustomStringConvertible {
    case symbolicLink, hardLink, folder, special, unreadable
    /// Uploads only.
    case stranger, severalFiles, knownBatch, nobodys, shut

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
        case .stranger: "is no upload: its name says of no batch whose it is; move it away"
        case .severalFiles: "holds more than one file, or a folder; an upload is one file: upload each by itself"
        case .knownBatch: "bears the id of a batch that has been taken already; move it away"
        case .shut: "may not be taken out of its folder by the daemon; the folder's mode must let its group write"
        case .nobodys: "is meant for a reseller that has neither a profile nor a folder; add one, or move it away"
        }
    }
}
