import Batches
import Dispatch
import Sellout
import Synchronization

/// Runs files as the limiter admits them, each on a lane of its own.
package final class Works: Sendable {
    package typealias Run = @Sendable (QueuedFile, Progress) -> Void

    private let state: Mutex<State>
    private let run: Run
    private let idle = DispatchSemaphore(value: 0)

    private struct State {
        var limiter: Limiter
        var running: [BatchID: Progress] = [:]
        /// Waiting or running: a file is never in the works twice.
        var known: Set<BatchID> = []
        /// Serial queues, since a thread of its own comes with each: a concurrent queue has no more threads than the machine
        /// has cores, and a file that hangs would hold up the others.
        var lanes: [DispatchQueue]
        var isOpen = true
        var someoneWaits = false
    }

    package init(limiter: Limiter, run: @escaping Run) {
        self.run = run
        state = Mutex(State(limiter: limiter, lanes: (0..<limiter.maxFiles).map { DispatchQueue(label: "file.\($0)") }))
    }

    /// A file that is already waiting or running is left as it is.
    package func add(_ file: QueuedFile) {
        state.withLock { state in
            guard state.known.insert(file.batch).inserted else { return }
            state.limiter.add(file)
        }
        pump()
    }

    package func knows(_ batch: BatchID) -> Bool { state.withLock { $0.known.contains(batch) } }

    package func isRunning(_ batch: BatchID) -> Bool { state.withLock { $0.running[batch] != nil } }

    /// Starts nothing new, and waits until what runs has ended, but no longer than that. The batches still running then.
    package func close(waiting limit: Duration) -> [BatchID] {
        let wait = state.withLock { state in
            state.isOpen = false
            state.someoneWaits = !state.running.isEmpty
            return state.someoneWaits
        }
        if wait { _ = idle.wait(timeout: .now() + .milliseconds(Int(limit / .milliseconds(1)))) }
        return state.withLock { Array($0.running.keys) }
    }

    package func snapshot() -> WorksSnapshot {
        state.withLock {
            WorksSnapshot(
                maxFiles: $0.limiter.maxFiles, maxFilesPerReseller: $0.limiter.maxFilesPerReseller, waiting: $0.limiter.waitingByReseller,
                running: $0.running.values.sorted { $0.began < $1.began })
        }
    }

    private func pump() {
        while let (file, progress, lane) = next() {
            lane.async { [self] in
                run(file, progress)
                end(file, lane)
                pump()
            }
        }
    }

    private func next() -> (QueuedFile, Progress, DispatchQueue)? {
        state.withLock { state in
            guard state.isOpen, !state.lanes.isEmpty, let file = state.limiter.admit() else { return nil }
            let progress = Progress(file)
            state.running[file.batch] = progress
            return (file, progress, state.lanes.removeLast())
        }
    }

    private func end(_ file: QueuedFile, _ lane: DispatchQueue) {
        let isIdle = state.withLock { state in
            state.limiter.done(file)
            state.running[file.batch] = nil
            state.known.remove(file.batch)
            state.lanes.append(lane)
            return state.someoneWaits && state.running.isEmpty
        }
        if isIdle { idle.signal() }
    }
}

/// What runs and waits at one moment.
package struct WorksSnapshot: Sendable {
    package let maxFiles: Int
    package let maxFilesPerReseller: Int
    package let waiting: [String: Int]
    package let running: [Progress]
}

/// How far one running file has come.
package final class Progress: Sendable {
    package let file: QueuedFile
    package let began = ContinuousClock.now
    private let count = Mutex(0)

    init(_ file: QueuedFile) { self.file = file }

    package var rows: Int { count.withLock { $0 } }

    func add(rows: Int) { count.withLock { $0 += rows } }
}
