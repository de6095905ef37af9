import Batches

/// Whose folders: a reseller's, or those where operators drop reference data.
package enum Sender: Hashable, Sendable, CustomStringConvertible {
    case reseller(String)
    case reference

    static let referenceFolder = "reference"

    /// The folder's name in the root.
    package var description: String {
        switch self {
        case .reseller(let name): name
        case .reference: Self.referenceFolder
        }
    }

    init(folder: String) { self = folder == Self.referenceFolder ? .reference : .reseller(folder) }
}

/// One place where files are dropped, by its meaning rather than by a descriptor: its folder may vanish and come back.
package struct Inbox: Hashable, Sendable, CustomStringConvertible {
    package let sender: Sender
    package let mode: UploadMode

    package static let reference = Inbox(sender: .reference, mode: .append)

    package static func reseller(_ name: String, _ mode: UploadMode = .append) -> Inbox { Inbox(sender: .reseller(name), mode: mode) }

    private init(sender: Sender, mode: UploadMode) {
        self.sender = sender
        self.mode = mode
    }

    /// Reads what `description` wrote.
    package init?(_ path: String) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 2, !parts[0].isEmpty, parts[1] == "inbox" else { return nil }
        let sender = Sender(folder: String(parts[0]))
        switch parts.dropFirst(2) {
        case []: self.init(sender: sender, mode: .append)
        case ["replace"] where sender != .reference: self.init(sender: sender, mode: .replace)
        default: return nil
        }
    }

    /// The path in the root: `boxnox/inbox/replace`.
    package var description: String { mode == .replace ? "\(sender)/inbox/replace" : "\(sender)/inbox" }
}

/// A name in an inbox.
package struct Place: Hashable, Sendable, CustomStringConvertible {
    package let inbox: Inbox
    package let name: FileName

    package init(_ inbox: Inbox, _ name: FileName) {
        self.inbox = inbox
        self.name = name
    }

    package var description: String { "\(inbox)/\(name)" }
}
