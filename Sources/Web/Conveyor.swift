import Synchronization

/// Carries a body from its connection's thread to a worker, in blocks: one is taken while the next fills. Where the worker does not
/// keep up, the connection waits.
final class Conveyor: Sendable {
    private static let block = 128 << 10

    private enum End {
        case whole(@Sendable (Response) -> Void)
        case gone
    }

    private struct State {
        var filling: [UInt8] = []
        var isAtWork = false
        var isWanted = true
        var isWaiting = false
        var end: End?
    }

    private enum Task {
        case take
        case finish(@Sendable (Response) -> Void)
        case breakOff
    }

    private let delivery: any Delivery
    private let workers: Workers
    /// Whether the connection is held still.
    private let isHeld: @Sendable () -> Bool
    /// Holds the connection; false where that cannot be any more.
    private let wait: @Sendable () -> Bool
    private let goOn: @Sendable () -> Void
    private let state = Mutex(State())

    init(
        _ delivery: any Delivery, _ workers: Workers, isHeld: @escaping @Sendable () -> Bool, wait: @escaping @Sendable () -> Bool,
        goOn: @escaping @Sendable () -> Void
    ) {
        self.delivery = delivery
        self.workers = workers
        self.isHeld = isHeld
        self.wait = wait
        self.goOn = goOn
    }

    enum Taken { case yes, notWanted, cannotWait }

    func take(_ piece: RawSpan) -> Taken {
        let (taken, starts) = state.withLock { state -> (Taken, Bool) in
            guard state.isWanted else { return (.notWanted, false) }
            unsafe piece.withUnsafeBytes { unsafe state.filling.append(contentsOf: $0) }
            guard state.filling.count >= Self.block else { return (.yes, false) }
            guard state.isAtWork else {
                state.isAtWork = true
                return (.yes, true)
            }
            // libmicrohttpd gives out all chunks that its buffer has, also after it was told to hold the connection; told twice, it
            // would have the connection in two of its lists, and lose it or crash.
            guard !isHeld() else { return (.yes, false) }
            state.isWaiting = wait()
            return (state.isWaiting ? .yes : .cannotWait, false)
        }
        if starts { workers.run { [self] in work() } }
        return taken
    }

    /// Asked once nothing more is wanted, when no worker is at the delivery any more.
    var earlyRefusal: Response? { delivery.earlyRefusal }

    /// The body has ended. `answer` gets what the delivery says when it has taken the rest.
    func finish(_ answer: @escaping @Sendable (Response) -> Void) { end(.whole(answer)) }

    /// The client is gone.
    func breakOff() { end(.gone) }

    private func end(_ end: End) {
        let starts = state.withLock { state in
            state.end = end
            defer { state.isAtWork = true }
            return !state.isAtWork
        }
        if starts { workers.run { [self] in work() } }
    }

    /// One worker at a time is here.
    private func work() {
        var block: [UInt8] = []
        while let task = nextTask(&block) {
            switch task {
            case .take:
                if unsafe !delivery.take(block.span.bytes) {
                    state.withLock { state in
                        state.isWanted = false
                        state.filling = []
                    }
                }
            case .finish(let answer): return answer(delivery.finish())
            case .breakOff: return delivery.breakOff()
            }
        }
    }

    /// Nil where there is nothing to do before more has come.
    private func nextTask(_ block: inout [UInt8]) -> Task? {
        let (task, wakes) = state.withLock { state -> (Task?, Bool) in
            if case .gone = state.end { return (.breakOff, false) }
            let wakes = state.isWaiting
            state.isWaiting = false
            if state.filling.count >= Self.block || (state.end != nil && !state.filling.isEmpty) {
                block.removeAll(keepingCapacity: true)
                swap(&block, &state.filling)
                return (.take, wakes)
            }
            if case .whole(let answer) = state.end { return (.finish(answer), wakes) }
            state.isAtWork = false
            return (nil, wakes)
        }
        if wakes { goOn() }
        return task
    }
}
