/// What the kernel told of the folders. Events are hints: whoever gets one looks for himself.
package enum FolderEvent: Hashable, Sendable {
    /// Something was done to a name in an inbox.
    case touched(Place)
    /// An upload was handed over.
    case handedOver
    /// Inboxes or senders came or went: `refresh`, then scan.
    case foldersChanged
    /// Events were lost, for this reason: `refresh`, then scan.
    case overflow(reason: String)
}

/// Whether events come in for every folder.
package enum WatchHealth: Hashable, Sendable {
    case whole
    /// Some folders are only looked into by the sweep; why, and what to do about it.
    case degraded(reason: String)
}

/// A source of folder events.
package protocol Watching: Sendable {
    /// Begins to forward events, in batches and one batch at a time; nothing is watched before the first `refresh`.
    func start(_ forward: @escaping @Sendable ([FolderEvent]) -> Void)
    /// Watches every folder that is there now and no other. Done again it changes nothing; a scan has to follow, since a
    /// file that came before its folder was watched made no event.
    func refresh() -> WatchHealth
    /// No event is forwarded after this returns. Not to be called while forwarding.
    func stop()
}
