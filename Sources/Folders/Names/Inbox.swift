import Batches

/// Whose folders: a reseller's, or those where operators drop reference data, or files of any reseller that tell themselves whose
/// they are.
package enum Sender: Hashable, Sendable, CustomStringConvertible {
    case reseller(String)
    case reference
    /// Workbooks for retail fit.
    case retail
    /// Records of people and companies.
    case audience
    case operations

    static let referenceFolder = "reference"
    static let retailFolder = "retail"
    static let audienceFolder = "audience"
    static let operationsFolder = "operations"

    /// Its files are taken over as a whole when their turn comes: they are no batches, and taking one twice changes nothing.
    package var isImport: Bool { [.reference, .retail, .audience].contains(self) }

    /// The folder's name in the root.
    package var description: String {
        switch self {
        case .reseller(let name): name
        case .reference: Self.referenceFolder
        case .retail: Self.retailFolder
        case .audience: Self.audienceFolder
        case .operations: Self.operationsFolder
        }
    }

    package init(folder: String) {
        switch folder {
        case Self.referenceFolder: self = .reference
        case Self.retailFolder: self = .retail
        case Self.audienceFolder: self = .audience
        case Self.operationsFolder: self = .operations
        default: self = .reseller(folder)
        }
    }
}

extension Sender: Comparable {
    package static func < (one: Sender, other: Sender) -> Bool { one.description < other.description }
}

/// One place where files are dropped, by its meaning rather than by a descriptor: its folder may vanish and come back.
package struct Inbox: Hashable, Sendable, CustomStringConvertible {
    package let sender: Sender
    package let mode: UploadMode

    package static let reference = Inbox(sender: .reference, mode: .append)

    package static func reseller(_ name: String, _ mode: UploadMode = .append) -> Inbox { Inbox(sender: .reseller(name), mode: mode) }

    package init(sender: Sender, mode: UploadMode) {
        self.sender = sender
        self.mode = mode
    }

    /// The path in the root: `boxnox/inbox/replace`.
    package var description: String { "\(sender)/inbox\(mode.folder.map { "/\($0.printable)" } ?? "")" }
}

extension UploadMode {
    static let replacing: [UploadMode] = [.replace, .replaceAll]

    /// The folder in an inbox in which files are meant so; nil for the inbox itself.
    var folder: FileName? {
        switch self {
        case .append: nil
        case .replace: "replace"
        case .replaceAll: "replace-all"
        }
    }
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
