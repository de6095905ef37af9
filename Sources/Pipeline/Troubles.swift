import Folders
import Glibc
import Ledger
import Linux

/// What is wrong around the daemon, not with a file: shown in the status, turning readiness red where it keeps work from being
/// done, and gone by itself once the same thing has worked again.
package struct Troubles: Sendable {
    package enum Part: Hashable, Sendable {
        case looking, spool, ledger, archive, reader, profiles, watching
        /// Seeing which uploads were handed over, and taking them.
        case uploads
        /// The ledger's file holds what nobody has written: it is no more to be trusted until a person has seen to it, and the
        /// daemon has been started anew.
        case damage
        /// Something in the spool of which nobody knows whose it is.
        case strangers
        /// A claimed file that its sender still writes to.
        case motion
        /// Claiming out of a sender's inboxes.
        case claiming(Sender)
        case outbox(Sender)
        /// An outbox that is not there, or into which nobody may write: its owner's or a person's to mend.
        case shutOutbox(Sender)
        /// Brands' rankings, in their folders in the retail outbox.
        case rankings
        /// A folder that cannot be opened, by its path: its owner has closed it, or nobody knows why.
        case folder(String)
        /// A sender's inbox that lets nobody take files out of it.
        case closed(Sender)

        /// Folders that are only swept, and what a reseller or a person must mend, slow nobody else.
        var stopsWork: Bool {
            switch self {
            case .looking, .uploads, .spool, .ledger, .damage, .archive, .reader, .claiming, .outbox: true
            case .profiles, .watching, .strangers, .motion, .folder, .closed, .shutOutbox, .rankings: false
            }
        }

        /// Before the next sweep: reports wait for a shut outbox, though nobody else's work does.
        var isTriedSoon: Bool {
            switch self {
            case .shutOutbox, .rankings: true
            default: stopsWork
            }
        }

        /// At whose folders; nil where it is nobody's in particular.
        fileprivate var reseller: String? {
            switch self {
            case .claiming(.reseller(let name)), .outbox(.reseller(let name)), .shutOutbox(.reseller(let name)),
                .closed(.reseller(let name)):
                name
            default: nil
            }
        }
    }

    /// What somebody who has just used a part says of it.
    package enum Condition: Sendable {
        case works(Part)
        case fails(Part, String)

        var isTrouble: Bool { if case .fails = self { true } else { false } }
    }

    private var sentences: [Part: String] = [:]

    package init() {}

    /// Nil where this is no news.
    package mutating func note(_ condition: Condition) -> Condition? {
        switch condition {
        case .works(let part): sentences.removeValue(forKey: part) == nil ? nil : condition
        case .fails(let part, let sentence): sentences.updateValue(sentence, forKey: part) == sentence ? nil : condition
        }
    }

    package subscript(_ part: Part) -> String? { sentences[part] }

    package var parts: [Part] { Array(sentences.keys) }

    /// All of it, for the status.
    package var all: [String] { sentences.values.sorted() }

    package var reasonsNotReady: [String] { sentences.filter { $0.key.stopsWork }.values.sorted() }

    /// What is wrong at each reseller's folders.
    package var byReseller: [String: [String]] {
        Dictionary(grouping: sentences.filter { $0.key.reseller != nil }, by: { $0.key.reseller ?? "" }).mapValues {
            $0.map(\.value).sorted()
        }
    }

    package var areTriedSoon: Bool { sentences.keys.contains(where: \.isTriedSoon) }

    /// No new file is claimed while there is nowhere to put it or to enter it.
    package var allowClaiming: Bool { sentences[.ledger] == nil && sentences[.spool] == nil }

    /// Nothing at all is begun, and nothing is told to anybody.
    package var endWork: Bool { sentences[.damage] != nil }
}

extension Troubles.Condition {
    /// What the ledger could not do.
    init(_ fault: LedgerFault) {
        if case .damage = fault { self = .fails(.damage, "\(fault)") } else { self = .fails(.ledger, "\(fault)") }
    }
}

extension [Troubles.Condition] {
    /// Of a sender's outbox. A disk that is full is everybody's trouble; a folder that is missing or closed is that sender's alone.
    static func outbox(of sender: Sender, _ fault: SystemFault?) -> [Troubles.Condition] {
        let others = fault.flatMap { $0.isOfTheFolderItself ? nil : $0 }
        return [.door(ofOutboxOf: sender, fault), others.map { .fails(.outbox(sender), "\($0)") } ?? .works(.outbox(sender))]
    }
}

extension Troubles.Condition {
    /// Whether a sender's outbox can be written into, as far as the folder itself tells.
    static func door(ofOutboxOf sender: Sender, _ fault: SystemFault?) -> Troubles.Condition {
        guard let fault, fault.isOfTheFolderItself else { return .works(.shutOutbox(sender)) }
        return .fails(.shutOutbox(sender), "Reports for \(sender) wait until selloutd can write into its outbox. \(fault)")
    }
}

extension SystemFault {
    fileprivate var isOfTheFolderItself: Bool { [ENOENT, ENOTDIR, ELOOP, EACCES, EPERM, EROFS].contains(errno) }
}

extension Troubles.Part: CustomStringConvertible {
    package var description: String {
        switch self {
        case .looking: "looking into the inboxes"
        case .uploads: "taking uploads"
        case .spool: "the spool"
        case .ledger: "the ledger"
        case .damage: "the ledger's file"
        case .archive: "the archive"
        case .reader: "the reader"
        case .profiles: "reading the profiles"
        case .watching: "watching the folders"
        case .strangers: "what lies in the spool"
        case .motion: "reading files that stand still"
        case .claiming(let sender): "claiming from \(sender)"
        case .outbox(let sender), .shutOutbox(let sender): "\(sender)/outbox"
        case .rankings: "brands' rankings in retail/outbox"
        case .folder(let path): path
        case .closed(let sender): "taking files out of \(sender)/inbox"
        }
    }
}
