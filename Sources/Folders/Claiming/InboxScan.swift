import Batches
import Linux

/// A file found in an inbox without having been announced by an event.
package struct FoundFile: Hashable, Sendable {
    package let place: Place
    package let fingerprint: Fingerprint
    /// How long ago content, name or mode last changed, by the kernel's note.
    package let age: Duration

    package init(place: Place, fingerprint: Fingerprint, age: Duration) {
        self.place = place
        self.fingerprint = fingerprint
        self.age = age
    }
}

/// Looks into inboxes: at start, after lost events, and once a minute.
package struct InboxScan: Sendable {
    private let root: Root

    package init(root: Root) { self.root = root }

    /// Every file there, working names too, in the order in which they last changed, so that the longest waiting comes first.
    /// Folders are no files; a vanished inbox holds none.
    package func files(in inbox: Inbox) throws(SystemFault) -> [FoundFile] {
        guard let folder = try open(inbox) else { return [] }
        let names = try folder.names()
        let now = Timestamp.now()
        var found: [FoundFile] = []
        found.reserveCapacity(names.count)
        for name in names {
            guard let status = try folder.status(of: name), status.kind != .folder else { continue }
            found.append(FoundFile(Place(inbox, name), status.fingerprint, at: now))
        }
        // The names came sorted and the sort is stable, so that files of the same instant keep a settled order.
        return found.sorted { $0.fingerprint.changed < $1.fingerprint.changed }
    }

    /// One look at one place; nil where nothing, or a folder, bears the name.
    package func look(at place: Place) throws(SystemFault) -> FoundFile? {
        guard let status = try open(place.inbox)?.status(of: place.name), status.kind != .folder else { return nil }
        return FoundFile(place, status.fingerprint, at: .now())
    }

    private func open(_ inbox: Inbox) throws(SystemFault) -> Folder? {
        do { return try root.open(inbox) } catch {
            guard error.saysNoSuchFolder else { throw error }
            return nil
        }
    }
}

extension FoundFile {
    init(_ place: Place, _ fingerprint: Fingerprint, at now: Timestamp) {
        self.init(place: place, fingerprint: fingerprint, age: fingerprint.changed.age(at: now))
    }
}
