import Dispatch
import Synchronization

/// A few threads for what may take long. What finds none free waits in line.
final class Workers: Sendable {
    private struct State {
        var free: [Int]
        var line: [(@Sendable () -> Void)?] = []
        var first = 0

        // Nothing is let go or made under the lock: who waits for it spins.
        mutating func next() -> (@Sendable () -> Void)? {
            guard first < line.count else {
                line.removeAll(keepingCapacity: true)
                first = 0
                return nil
            }
            defer { first += 1 }
            return line[first].take()
        }
    }

    // A queue each: a concurrent queue would wait for a free processor before it takes another thread.
    private let queues: [DispatchQueue]
    private let state: Mutex<State>

    init(_ count: Int) {
        queues = (0..<count).map { DispatchQueue(label: "web.worker.\($0)") }
        state = Mutex(State(free: Array(0..<count)))
    }

    func run(_ work: @escaping @Sendable () -> Void) {
        let place = state.withLock { state in
            if state.free.isEmpty { state.line.append(work) }
            return state.free.popLast()
        }
        guard let place else { return }
        queues[place].async { [self] in
            work()
            while let next = state.withLock({ state in
                let next = state.next()
                if next == nil { state.free.append(place) }
                return next
            }) { next() }
        }
    }

    /// Returns when all that was to be done is done. Nobody may give more meanwhile.
    func drain() {
        for queue in queues { queue.sync {} }
    }
}
