import Batches
import Dispatch
import Linux
import Synchronization

/// Watches the root, its senders' folders, their inboxes, and where uploads are handed over, with one inotify descriptor, which a queue of its own drains.
package final class InotifyWatch: Watching {
    private struct State: Sendable {
        /// Opened late and, where that failed, tried again with the next refresh.
        var pump: InotifyPump?
        var map = WatchMap()
        /// Set by `start`, cleared by `stop`.
        var forward: (@Sendable ([FolderEvent]) -> Void)?
    }

    private let root: Root
    private let queue = DispatchQueue(label: "folders.watch", qos: .userInitiated)
    private let state = Mutex(State())

    package init(root: Root) { self.root = root }

    package func start(_ forward: @escaping @Sendable ([FolderEvent]) -> Void) { state.withLock { $0.forward = forward } }

    package func refresh() -> WatchHealth {
        do throws(SystemFault) {
            guard let inotify = try pump()?.inotify else { return .degraded(reason: "The watch has not been started.") }
            return try establish(with: inotify)
        } catch {
            return .degraded(reason: error.inotifyReason)
        }
    }

    package func stop() {
        let pump = state.withLock { state in
            let pump = state.pump
            state = State()
            return pump
        }
        pump?.stop()
    }

    private func pump() throws(SystemFault) -> InotifyPump? {
        let (present, isStarted) = state.withLock { ($0.pump, $0.forward != nil) }
        if let present { return present }
        guard isStarted else { return nil }
        let fresh = try InotifyPump(on: queue) { [weak self] in self?.take($0) }
        state.withLock { $0.pump = fresh }
        return fresh
    }

    private func take(_ drained: Result<[InotifyEvent], SystemFault>) {
        let (meaning, forward) = state.withLock { state in
            switch drained {
            case .success(let events): (state.map.meaning(of: events), state.forward)
            case .failure(let fault): ([.overflow(reason: fault.description)], state.forward)
            }
        }
        if !meaning.isEmpty { forward?(meaning) }
    }

    /// Each folder is watched before what it holds is listed, so that what comes later makes an event. A folder that cannot be
    /// opened is its own trouble, and whoever takes the survey tells of it.
    private func establish(with inotify: Inotify) throws(SystemFault) -> WatchHealth {
        var targets: [Int32: WatchMap.Target] = [:]
        var fault: SystemFault?
        func watch(_ folder: Folder, _ kinds: InotifyEvent.Kinds, as target: WatchMap.Target) {
            do throws(SystemFault) {
                let watch = try inotify.watch(folder, for: kinds)
                targets[watch] = target
                // At once, since its events may come before the others are watched.
                state.withLock { $0.map.targets[watch] = target }
            } catch { fault = fault ?? error }
        }
        // Where it cannot be opened, whoever looks into it tells of it.
        if let drops = try? root.openDrops() { watch(drops.handed, .inUploads, as: .uploads) }
        _ = try root.survey { folder, inbox in
            watch(folder, inbox == nil ? .inHomes : .inInboxes, as: inbox.map { .inbox($0) } ?? .home)
        }
        let gone = state.withLock { state in
            let gone = state.map.targets.keys.filter { targets[$0] == nil }
            state.map.targets = targets
            return gone
        }
        for watch in gone { inotify.unwatch(watch) }
        if let fault { return .degraded(reason: fault.inotifyReason) }
        return root.remoteFileSystem.map {
            .degraded(
                reason: "\(root.path) lies on \($0), which tells nothing of other machines' changes; the sweep finds them, once a minute.")
        } ?? .whole
    }
}

/// What each watch is on, and what its events therefore mean.
struct WatchMap: Sendable {
    enum Target: Hashable, Sendable {
        /// The root or a sender's folder, in which inboxes come and go.
        case home
        case inbox(Inbox)
        case uploads
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
            // Ends of watches that we took away ourselves. Anything else comes from a folder that is only just watched.
            return event.kinds.contains(.watchEnded) ? nil : .foldersChanged
        }
        if event.kinds.contains(.watchEnded) { targets[event.watch] = nil }
        guard event.kinds.isDisjoint(with: [.watchEnded, .watchedRemoved, .watchedMoved, .unmounted]) else { return .foldersChanged }
        guard let name = event.name else { return nil }
        switch target {
        case .uploads: return .handedOver
        case .home: return event.kinds.contains(.isFolder) ? .foldersChanged : nil
        case .inbox(let inbox):
            guard event.kinds.contains(.isFolder) else { return .touched(Place(inbox, name)) }
            return inbox.mode == .append && UploadMode.replacing.contains { $0.folder == name } ? .foldersChanged : nil
        }
    }
}
