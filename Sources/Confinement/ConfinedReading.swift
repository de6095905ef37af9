import Dispatch
import Frames
import Glibc
import Linux
import Sellout
import Synchronization

/// Reads one file through the pool, within a time limit, and says how it went. If the process dies or breaks its limits, that
/// is the file's outcome; the daemon does not notice otherwise.
package struct ConfinedReading: Sendable {
    private let pool: ReaderPool
    private let timeLimit: Duration

    package init(pool: ReaderPool, timeLimit: Duration) {
        self.pool = pool
        self.timeLimit = timeLimit
    }

    /// `take` is called for every frame before the last. What it throws ends the reading and is passed on.
    package func carryOut(_ job: Job, file: Descriptor, take: (Frame) throws -> Void) throws -> Result<Findings, FileRefusal> {
        defer { pool.startSpare() }
        let reader = try pool.begin(job, file: file)
        let clock = TimeLimit(timeLimit, of: reader)
        do {
            while let frame = try reader.next() {
                switch frame {
                case .finished(let findings):
                    clock.cancel()
                    _ = reader.end()
                    return .success(findings)
                case .refused(let refusal):
                    clock.cancel()
                    _ = reader.end()
                    return .failure(refusal)
                case .ready: break
                case .recognised, .harvested, .rows, .sheet: try take(frame)
                }
            }
        } catch let fault as FrameFault {
            clock.cancel()
            _ = reader.end()
            return .failure(FileRefusal(.parsingError, "The file could not be read: \(fault).", suggestion: ConfinedReading.advice))
        } catch {
            clock.cancel()
            _ = reader.end()
            throw error
        }
        clock.cancel()
        return .failure(death(reader.end(), timedOut: clock.hasStruck))
    }

    private static let advice = "The file is kept; please tell operations, or save it anew and send it again."

    private func death(_ end: ReaderProcess.End, timedOut: Bool) -> FileRefusal {
        if timedOut || end.signal == SIGXCPU {
            return FileRefusal(
                .timeout, "Reading the file took longer than \(timeLimit.components.seconds) seconds.", suggestion: ConfinedReading.advice)
        }
        // A reader that may have no more memory dies of it like of any trap; what it had by then tells the two apart.
        if end.peakMemory >= ReaderLimits.memory / 2 {
            return FileRefusal(
                .limitExceeded, "Reading the file needs more memory than a report may take.", suggestion: ConfinedReading.advice)
        }
        let how = end.signal != 0 ? "by signal \(end.signal)" : "with exit code \(end.exitCode)"
        return FileRefusal(.parsingError, "The file could not be read: its reader stopped \(how).", suggestion: ConfinedReading.advice)
    }
}

/// Kills a reader when its time is over.
private final class TimeLimit: Sendable {
    // A dispatch source may be cancelled from any thread.
    nonisolated(unsafe) private let timer: any DispatchSourceTimer
    private let struck = Mutex(false)

    init(_ limit: Duration, of reader: ReaderProcess) {
        let timer = DispatchSource.makeTimerSource()
        unsafe self.timer = timer
        timer.schedule(
            deadline: .now()
                + .nanoseconds(
                    Int(clamping: limit.components.seconds) &* 1_000_000_000 &+ Int(limit.components.attoseconds / 1_000_000_000)))
        timer.setEventHandler { [weak self] in
            self?.struck.withLock { $0 = true }
            reader.kill()
        }
        timer.activate()
    }

    var hasStruck: Bool { struck.withLock { $0 } }

    func cancel() { unsafe timer.cancel() }
}
