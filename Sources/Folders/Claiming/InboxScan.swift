import Linux

/// A file found in an inbox without having been announced by an event.
public struct FoundFile: Hashable, Sendable {
    public let place: Place
    public let fingerprint: Fingerprint
    /// How long ago content, name or mode last changed, by the kernel's note.
    public let age: Duration

    public init(place: Place, fingerprint: Fingerprint, age: Duration) {
        self.place = place
        self.fingerprint = fingerprint
        self.age = age
    }
}

/// Looks into inboxes: at start, after lost events, and once a minute.
public struct InboxScan: Sendable {
    private let root: Root

    public init(root: Root) { self.root = root }

    /// Every file there, working names too, in the order in which they last changed, so that the longest waiting comes first.
    /// Folders are no files; a vanished inbox holds none.
    public func files(in inbox: Inbox) throws(SystemFault) -> [FoundFile] {
        guard let folder = try open(inbox) else { return [] }
        let names = try folder.names()
        let now = UnixTime.now()
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
    public func look(at place: Place) throws(SystemFault) -> FoundFile? {
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
    init(_ place: Place, _ fingerprint: Fingerprint, at now: UnixTime) {
        self.init(place: place, fingerprint: fingerprint, age: fingerprint.changed.age(at: now))
    }
}
