import Folders
import Synchronization

/// A watch that tells what a test tells it.
package final class FakeWatch: Watching {
    private struct State {
        var forward: (@Sendable ([FolderEvent]) -> Void)?
        var health = WatchHealth.whole
        var refreshes = 0
    }

    private let state = Mutex(State())

    package init() {}

    package var health: WatchHealth {
        get { state.withLock { $0.health } }
        set { state.withLock { $0.health = newValue } }
    }

    package var refreshes: Int { state.withLock { $0.refreshes } }

    package func tell(_ events: FolderEvent...) { state.withLock { $0.forward }?(events) }

    package func start(_ forward: @escaping @Sendable ([FolderEvent]) -> Void) { state.withLock { $0.forward = forward } }

    package func refresh() -> WatchHealth {
        state.withLock { state in
            state.refreshes += 1
            return state.health
        }
    }

    package func stop() { state.withLock { $0.forward = nil } }
}
