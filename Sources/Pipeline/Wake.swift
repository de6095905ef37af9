import Synchronization

/// Lets parts that are made before the reconciler ask it to look.
final class Wake: Sendable {
    private let look = Mutex<(@Sendable (Reconciler.Scope) -> Void)?>(nil)

    func connect(_ look: @escaping @Sendable (Reconciler.Scope) -> Void) { self.look.withLock { $0 = look } }

    func call(_ scope: Reconciler.Scope) { look.withLock { $0 }?(scope) }
}
