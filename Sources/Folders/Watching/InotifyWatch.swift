import Dispatch
import Linux
import Synchronization

/// Watches the root, its senders' folders and their inboxes with one inotify descriptor, which a queue of its own drains.
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
        state.withLock { state in
            guard state.forward != nil else { return .degraded(reason: "The watch has not been started.") }
            do throws(SystemFault) {
                if state.pump == nil { state.pump = try InotifyPump(on: queue) { [weak self] in self?.take($0) } }
            } catch {
                return .degraded(reason: error.inotifyReason)
            }
            return state.pump?.inotify.map { establish(&state.map, with: $0) } ?? .whole
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

    private func take(_ drained: Result<[InotifyEvent], SystemFault>) {
        let (meaning, forward) = state.withLock { state in
            switch drained {
            case .success(let events): (state.map.meaning(of: events), state.forward)
            case .failure(let fault): ([.overflow(reason: fault.description)], state.forward)
            }
        }
        if !meaning.isEmpty { forward?(meaning) }
    }

    /// Each folder is watched before what it holds is listed, so that what comes later makes an event.
    private func establish(_ map: inout WatchMap, with inotify: Inotify) -> WatchHealth {
        var targets: [Int32: WatchMap.Target] = [:]
        var fault: SystemFault?
        func watch(_ folder: Folder, as target: WatchMap.Target) {
            do throws(SystemFault) {
                targets[try inotify.watch(folder, for: target == .home ? .inHomes : .inInboxes)] = target
            } catch { fault = fault ?? error }
        }
        do {
            watch(root.folder, as: .home)
            for (sender, home) in try root.homes() {
                watch(home, as: .home)
                guard let inbox = try home.folder("inbox") else { continue }
                guard case .reseller(let name) = sender else {
                    watch(inbox, as: .inbox(.reference))
                    continue
                }
                watch(inbox, as: .inbox(.reseller(name)))
                if let replace = try inbox.folder("replace") { watch(replace, as: .inbox(.reseller(name, .replace))) }
            }
            for gone in map.targets.keys where targets[gone] == nil { inotify.unwatch(gone) }
            map.targets = targets
        } catch {
            map.targets.merge(targets) { $1 }
            fault = fault ?? error
        }
        if let fault { return .degraded(reason: fault.inotifyReason) }
        return root.remoteFileSystem.map {
            .degraded(
                reason: "\(root.path) lies on \($0), which tells nothing of other machines' changes; the sweep finds them, once a minute.")
        } ?? .whole
    }
}
