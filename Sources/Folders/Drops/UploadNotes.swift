import Batches
import Linux

/// What a crate says of a file that did not come into its reseller's own inbox: when it came, and who uploaded it. Other crates have
/// no such notes before they are put away.
package struct UploadNotes: Hashable, Sendable {
    package let receivedAt: Timestamp
    /// The UUID of a user; nil where what the slip said is none.
    package let uploader: String?

    static let uploaderName: FileName = ".uploader"
    static let names = [Origin.name, uploaderName]
    private static let nobody = "unknown"
    /// An upload that says it has waited for longer has a wrong clock.
    private static let longestWait = Duration.seconds(366 * 86_400)

    init(receivedAt: Timestamp, uploader: String?) {
        self.receivedAt = receivedAt
        self.uploader = uploader
    }

    /// Nil for what lies in its reseller's own inbox. In the operators' lie files of anybody, and what resellers have agreed about their
    /// own does not count for those.
    init?(droppedIn inbox: Inbox) {
        guard inbox.sender == .operations else { return nil }
        self.init(receivedAt: .now(), uploader: nil)
    }

    /// As our own crates say it; nil in crates of what was no upload.
    init?(in crate: Folder) {
        guard let uploader = crate.note(Self.uploaderName), let origin = Origin(of: crate) else { return nil }
        self.init(receivedAt: origin.receivedAt, uploader: Self.isUUID(uploader) ? uploader : nil)
    }

    /// What another program has written beside an upload. A time that cannot be becomes `now`.
    init(claimedIn crate: Folder, at now: Timestamp) {
        let said = Origin(of: crate)?.receivedAt
        let isPossible = said.map { $0 <= now && $0.age(at: now) <= Self.longestWait } ?? false
        let uploader = crate.note(Self.uploaderName)
        self.init(receivedAt: isPossible ? said ?? now : now, uploader: uploader.flatMap { Self.isUUID($0) ? $0 : nil })
    }

    /// Done twice, the first stay.
    func write(in crate: Folder, from inbox: Inbox) throws(SystemFault) {
        try crate.noteOnce(Origin(inbox: inbox, receivedAt: receivedAt).text, as: Origin.name)
        try crate.noteOnce(uploader ?? Self.nobody, as: Self.uploaderName)
    }

    /// As our users' are written: 36 characters, lower case.
    private static func isUUID(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 36
            && bytes.enumerated().allSatisfy { place, byte in
                [8, 13, 18, 23].contains(place) ? byte == UInt8(ascii: "-") : "0123456789abcdef".utf8.contains(byte)
            }
    }
}

extension Folder {
    /// Nothing is in it, or only what says whose its file would be.
    var holdsOnlyNotes: Bool {
        get throws(SystemFault) {
            for name in try names() {
                guard let status = try status(of: name) else { continue }
                guard status.kind == .symbolicLink, UploadNotes.names.contains(name) else { return false }
            }
            return true
        }
    }
}
