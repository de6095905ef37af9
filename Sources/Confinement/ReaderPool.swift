import Dispatch
import Frames
import Glibc
import Linux
import Synchronization

/// Readers for files. One that has read a small file well is kept a while for further files of the same reseller, and never
/// given to another's; all others are forked for their one file.
package final class ReaderPool: Sendable {
    /// So many files a reader reads at most.
    private static let mostFiles = 64
    /// So many readers wait for further files at most, of all resellers together, and so long.
    private static let mostIdle = 24
    private static let longestIdle = Duration.seconds(10)
    /// A nursery that does not answer for so long is given up: the machine may be busy, but not that busy.
    private static let patience = Duration.seconds(20)

    private let executable: String
    private let state: Mutex<State>

    private struct State {
        var profiles: [ProfileSource]
        /// Nil until it is needed, and after it has failed.
        var nursery: ReaderNursery?
        /// The one that read last stands last.
        var idle: [Idle] = []
        var isClosed = false
    }

    private struct Idle {
        let reader: ReaderProcess
        let reseller: String
        let since: ContinuousClock.Instant
    }

    /// `selloutd-reader` lies beside the programs that start it, wherever they were installed.
    package static var executableBesideThis: String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
        let me = String(decoding: buffer.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
        return me.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/selloutd-reader"
    }

    package init(executable: String, profiles: [ProfileSource]) {
        self.executable = executable
        state = Mutex(State(profiles: profiles))
    }

    /// Starts the nursery ahead, so that the first file does not wait for it. A failure is told when a file needs it.
    package func warm() { _ = try? nursery() }

    /// Files that begin from now on are read with these.
    package func replaceProfiles(_ profiles: [ProfileSource]) {
        let old = state.withLock { state in
            defer {
                state.profiles = profiles
                state.nursery = nil
                state.idle = []
            }
            return state
        }
        for idle in old.idle { idle.reader.end() }
        warm()
    }

    package func close() {
        let old = state.withLock { state in
            defer {
                state.isClosed = true
                state.nursery = nil
                state.idle = []
            }
            return state
        }
        for idle in old.idle { idle.reader.end() }
    }

    /// Readers that wait for a further file, for tests and for the curious.
    package var idle: [(reseller: String, pid: Int32)] { state.withLock { $0.idle.map { ($0.reseller, $0.reader.pid) } } }
    package var nurseryPID: Int32? { state.withLock { $0.nursery?.pid } }

    /// A reader that has begun to read the file; nil where none could be had within the file's own time.
    func begin(_ job: Job, file: Descriptor, within limit: Duration) throws(SystemFault) -> ReaderProcess? {
        while let kept = takeIdle(for: job.trial == nil ? job.reseller : "") {
            guard !kept.babbles else {
                kept.end()
                continue
            }
            do throws(SystemFault) {
                try kept.assign(job, file: file)
                return kept
            } catch { kept.end() }
        }
        guard let fresh = try fork(within: limit) else { return nil }
        try fresh.assign(job, file: file)
        return fresh
    }

    /// The reader has read its file well and may be given another one.
    func keep(_ reader: ReaderProcess, for reseller: String) {
        let isKept = state.withLock { state in
            guard !state.isClosed, !reseller.isEmpty, reader.files < ReaderPool.mostFiles, !reader.babbles,
                reader.comes(from: state.nursery),
                state.idle.count < ReaderPool.mostIdle
            else { return false }
            state.idle.append(Idle(reader: reader, reseller: reseller, since: .now))
            return true
        }
        guard isKept else {
            reader.end()
            return
        }
        let pause = ReaderPool.longestIdle
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(Int(pause.components.seconds))) { [weak self] in self?.endIdle() }
    }

    private func takeIdle(for reseller: String) -> ReaderProcess? {
        guard !reseller.isEmpty else { return nil }
        return state.withLock { state in
            state.idle.lastIndex { $0.reseller == reseller }.map { state.idle.remove(at: $0).reader }
        }
    }

    private func endIdle() {
        let over = state.withLock { state in
            let now = ContinuousClock.now
            let over = state.idle.filter { $0.since.duration(to: now) >= ReaderPool.longestIdle }
            state.idle.removeAll { $0.since.duration(to: now) >= ReaderPool.longestIdle }
            return over
        }
        for idle in over { idle.reader.end() }
    }

    /// From the nursery that there is; where that one has died, from a new one.
    private func fork(within limit: Duration) throws(SystemFault) -> ReaderProcess? {
        let nursery = try nursery()
        let patience = min(limit, ReaderPool.patience)
        do throws(SystemFault) { return try ReaderProcess(from: nursery, patience: patience) } catch {
            state.withLock { state in
                if state.nursery === nursery { state.nursery = nil }
            }
            guard error.errno != ETIMEDOUT || patience < limit else { return nil }
            return try ReaderProcess(from: self.nursery(), patience: ReaderPool.patience)
        }
    }

    /// Two that need one at the same time may start two; the one that comes later is not used.
    private func nursery() throws(SystemFault) -> ReaderNursery {
        let (present, profiles) = state.withLock { ($0.nursery, $0.profiles) }
        if let present { return present }
        let fresh = try ReaderNursery(executable: executable, profiles: profiles)
        return state.withLock { state in
            if let earlier = state.nursery { return earlier }
            if !state.isClosed { state.nursery = fresh }
            return fresh
        }
    }
}
