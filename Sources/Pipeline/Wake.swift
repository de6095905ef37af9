import Synchronization

/// Lets parts that are made before the reconciler ask it to look.
final class Wake: Sendable {
    private let look = Mutex<(@Sendable () -> Void)?>(nil)

    func connect(_ look: @escaping @Sendable () -> Void) { self.look.withLock { $0 = look } }

    func call() { look.withLock { $0 }?() }
}
