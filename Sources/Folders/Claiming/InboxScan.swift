import Batches
import Glibc
import Linux

/// A file as it was seen in an inbox: at a sweep, or because an event told of it.
package struct FoundFile: Hashable, Sendable {
    package let place: Place
    package let fingerprint: Fingerprint
    /// How long ago content, name or mode last changed, by the kernel's note.
    package let age: Duration
    package let agreement: Agreement

    package init(place: Place, fingerprint: Fingerprint, age: Duration, agreement: Agreement = .nothing) {
        self.place = place
        self.fingerprint = fingerprint
        self.age = age
        self.agreement = agreement
    }

    init(_ place: Place, _ fingerprint: Fingerprint, _ agreement: Agreement = .nothing, at now: Timestamp) {
        self.init(place: place, fingerprint: fingerprint, age: fingerprint.changed.age(at: now), agreement: agreement)
    }
}

/// Looks into inboxes: at start, after lost events, once a minute, and at names that have settled.
package struct InboxScan: Sendable {
    private let root: Root

    package init(root: Root) { self.root = root }

    /// Every file there, working names too, in the order in which they last changed, so that the longest waiting comes first.
    /// Folders are no files; a vanished inbox holds none.
    package func files(in inbox: Inbox) throws(SystemFault) -> [FoundFile] {
        let now = Timestamp.now()
        let found = try eachName(in: inbox) { name, status in
            status.kind == .folder ? nil : FoundFile(Place(inbox, name), status.fingerprint, at: now)
        }
        // The names came sorted and the sort is stable, so that files of the same instant keep a settled order.
        return found.sorted { $0.fingerprint.changed < $1.fingerprint.changed }
    }

    /// What a look makes of each name there, in their order; nothing in a vanished inbox.
    func eachName<Found>(in inbox: Inbox, _ look: (FileName, FileStatus) -> Found?) throws(SystemFault) -> [Found] {
        guard let folder = try open(inbox) else { return [] }
        let names = try folder.names()
        var found: [Found] = []
        found.reserveCapacity(names.count)
        for name in names {
            if let status = try folder.status(of: name), let one = look(name, status) { found.append(one) }
        }
        return found
    }

    /// What lies in every inbox there is. One that cannot be read is among the survey's troubles, and what is known of it holds.
    package func everything() throws(SystemFault) -> (Survey, [Inbox: [FoundFile]]) {
        var survey = try root.survey()
        var found: [Inbox: [FoundFile]] = [:]
        for inbox in survey.inboxes {
            do throws(SystemFault) { found[inbox] = try files(in: inbox) } catch { survey.troubles["\(root.path)/\(inbox)"] = error }
        }
        for path in try root.foldersElsewhere(survey.inboxes) {
            survey.troubles[path] = SystemFault("rename between the spool and", path: path, errno: EXDEV)
        }
        return (survey, found)
    }

    /// One look at each place, and at its control file where one is agreed; nil where nothing, or a folder, bears the name.
    package func look(at places: [Place], agreed: ControlFile? = nil) throws(SystemFault) -> [FoundFile?] {
        var inboxes: [Inbox: Folder?] = [:]
        var found: [FoundFile?] = []
        for place in places {
            if inboxes[place.inbox] == nil { inboxes[place.inbox] = .some(try open(place.inbox)) }
            found.append(try (inboxes[place.inbox] ?? nil).flatMap { inbox throws(SystemFault) in try look(at: place, in: inbox, agreed) })
        }
        return found
    }

    private func look(at place: Place, in inbox: Folder, _ agreed: ControlFile?) throws(SystemFault) -> FoundFile? {
        guard let status = try inbox.status(of: place.name), status.kind != .folder else { return nil }
        let now = Timestamp.now()
        let agreement = try agreed.map { agreed throws(SystemFault) in
            try Agreement(of: place.name, status, by: agreed, in: inbox, at: now)
        }
        return FoundFile(place, status.fingerprint, agreement ?? .nothing, at: now)
    }

    private func open(_ inbox: Inbox) throws(SystemFault) -> Folder? {
        do { return try root.open(inbox) } catch {
            guard error.saysNoSuchFolder else { throw error }
            return nil
        }
    }
}
