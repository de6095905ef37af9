import Dispatch
import Frames
import Glibc
import Linux
import Synchronization

/// A new process for every file, and one spare started ahead, so that a small file does not wait for a start.
package final class ReaderPool: Sendable {
    private let executable: String
    private let starts = DispatchQueue(label: "reader.spare")
    private let state: Mutex<State>

    private struct State {
        var profiles: [ProfileSource]
        var spare: ReaderProcess?
        var isClosed = false
        /// A spare that was started for earlier profiles must not serve.
        var generation = 0
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
        startSpare()
    }

    /// A process to read one file, the spare where there is one that still lives.
    package func begin(_ job: Job, file: Descriptor) throws(SystemFault) -> ReaderProcess {
        let (spare, profiles) = state.withLock { state in
            defer { state.spare = nil }
            return (state.spare, state.profiles)
        }
        if let spare {
            do {
                try spare.assign(job, file: file)
                return spare
            } catch {
                _ = spare.end()
            }
        }
        let fresh = try ReaderProcess(executable: executable, profiles: profiles)
        do {
            try fresh.assign(job, file: file)
        } catch {
            _ = fresh.end()
            throw error
        }
        return fresh
    }

    package func replaceProfiles(_ profiles: [ProfileSource]) {
        let old = state.withLock { state in
            state.profiles = profiles
            state.generation += 1
            defer { state.spare = nil }
            return state.spare
        }
        _ = old?.end()
        startSpare()
    }

    package func close() {
        let spare = state.withLock { state in
            state.isClosed = true
            defer { state.spare = nil }
            return state.spare
        }
        _ = spare?.end()
    }

    /// Starts a spare where there is none. Called when a file has been read and not before: a process that starts takes more of
    /// the machine than a small file does.
    func startSpare() {
        starts.async { [self] in
            let wanted = state.withLock { $0.spare == nil && !$0.isClosed ? ($0.profiles, $0.generation) : nil }
            // A start that fails is tried again with the next file, where its failure counts.
            guard let (profiles, generation) = wanted, let fresh = try? ReaderProcess(executable: executable, profiles: profiles) else {
                return
            }
            let surplus = state.withLock { state in
                guard state.spare == nil, !state.isClosed, state.generation == generation else { return true }
                state.spare = fresh
                return false
            }
            if surplus { _ = fresh.end() }
        }
    }
}
