import Synchronization

/// A value that one party makes and any other may read at any time.
package final class Published<Value: Sendable>: Sendable {
    private let latest: Mutex<Value>

    package init(_ value: Value) { latest = Mutex(value) }

    package var value: Value { latest.withLock { $0 } }

    func publish(_ value: Value) { latest.withLock { $0 = value } }
}
