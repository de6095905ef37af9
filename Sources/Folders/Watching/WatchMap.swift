/// What each watch is on, and what its events therefore mean.
struct WatchMap: Sendable {
    enum Target: Hashable, Sendable {
        /// The root or a sender's folder, in which inboxes come and go.
        case home
        case inbox(Inbox)
    }

    var targets: [Int32: Target] = [:]

    /// The meaning of one drained batch, each event once, in order.
    mutating func meaning(of events: [InotifyEvent]) -> [FolderEvent] {
        var said: Set<FolderEvent> = []
        return events.compactMap { meaning(of: $0) }.filter { said.insert($0).inserted }
    }

    private mutating func meaning(of event: InotifyEvent) -> FolderEvent? {
        if event.kinds.contains(.queueOverflowed) { return .overflow(reason: "The kernel's queue of folder events ran over.") }
        guard let target = targets[event.watch] else {
            // Ends of watches that we took away ourselves.
            if event.kinds.contains(.watchEnded) { return nil }
            return .overflow(reason: "An event came from a folder that is watched no more.")
        }
        if event.kinds.contains(.watchEnded) { targets[event.watch] = nil }
        guard event.kinds.isDisjoint(with: [.watchEnded, .watchedRemoved, .watchedMoved, .unmounted]) else { return .foldersChanged }
        guard let name = event.name else { return nil }
        switch target {
        case .home: return event.kinds.contains(.isFolder) ? .foldersChanged : nil
        case .inbox(let inbox):
            guard event.kinds.contains(.isFolder) else { return .touched(Place(inbox, name)) }
            return name == "replace" && inbox.mode == .append && !event.kinds.contains(.changedStatus) ? .foldersChanged : nil
        }
    }
}
