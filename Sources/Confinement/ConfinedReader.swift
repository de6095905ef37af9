import Dispatch
import Frames
import Glibc
import Linux
import Sellout
import Synchronization

/// Whoever reads a file and tells of it in frames.
package protocol Reader: Sendable {
    /// `take` is called for every frame before the last. What it throws ends the reading and is passed on.
    func read(_ job: Job, _ file: Descriptor, take: (Frame) throws -> Void) throws -> Result<Findings, FileRefusal>
}

/// Reads each file in a process in a cage, within a time limit. If that process dies or breaks its limits, that is the file's
/// outcome; the daemon does not notice otherwise.
package struct ConfinedReader: Reader {
    /// Only a reader whose file was small is kept: it has had little of the machine's memory, and little of its own time.
    private static let smallFile = 1 << 20
    /// Over the life of a reader all its files' time counts against its CPU limit.
    private static let shortTime = Duration.seconds(2)

    private let pool: ReaderPool
    private let timeLimit: Duration

    package init(pool: ReaderPool, timeLimit: Duration) {
        self.pool = pool
        self.timeLimit = timeLimit
    }

    package func read(_ job: Job, _ file: Descriptor, take: (Frame) throws -> Void) throws -> Result<Findings, FileRefusal> {
        guard let reader = try pool.begin(job, file: file, within: timeLimit) else { return .failure(timedOut) }
        let clock = TimeLimit(timeLimit, of: reader)
        let began = ContinuousClock.now
        do {
            while let frame = try reader.next() {
                switch frame {
                case .finished(let findings):
                    let isInTime = clock.stop()
                    let isSmall = lseek(file.number, 0, SEEK_END) <= ConfinedReader.smallFile
                    if isInTime, isSmall, job.trial == nil, began.duration(to: .now) < ConfinedReader.shortTime {
                        pool.keep(reader, for: job.reseller)
                    } else {
                        reader.end()
                    }
                    return .success(findings)
                case .refused(let refusal):
                    clock.stop()
                    reader.end()
                    return .failure(refusal)
                case .recognised, .harvested, .progress, .rows, .sheet, .header, .draft: try take(frame)
                }
            }
        } catch let fault as FrameFault {
            clock.stop()
            reader.end()
            return .failure(FileRefusal(.parsingError, "The file could not be read: \(fault).", suggestion: ConfinedReader.advice))
        } catch {
            clock.stop()
            reader.end()
            throw error
        }
        let isInTime = clock.stop()
        return .failure(death(reader.end(), timedOut: !isInTime))
    }

    private static let advice = "The file is kept; please tell operations, or save it anew and send it again."

    private var timedOut: FileRefusal {
        FileRefusal(
            .timeout, "Reading the file took longer than \(timeLimit.components.seconds) seconds.", suggestion: ConfinedReader.advice)
    }

    private func death(_ end: ChildProcess.End, timedOut: Bool) -> FileRefusal {
        if timedOut || end.signal == SIGXCPU { return self.timedOut }
        if end.signal == SIGPROF {
            return FileRefusal(
                .timeout, "Reading the file takes more computing than a file of its size may take.", suggestion: ConfinedReader.advice)
        }
        // A reader that may have no more memory dies of it like of any trap; what it had by then tells the two apart.
        if end.peakMemory >= Cage.memory / 2 {
            return FileRefusal(
                .limitExceeded, "Reading the file needs more memory than a report may take.", suggestion: ConfinedReader.advice)
        }
        let how = end.signal != 0 ? "by signal \(end.signal)" : "with exit code \(end.exitCode)"
        return FileRefusal(.parsingError, "The file could not be read: its reader stopped \(how).", suggestion: ConfinedReader.advice)
    }
}

/// Kills a reader when its time is over.
private final class TimeLimit: Sendable {
    // A dispatch source may be cancelled from any thread.
    nonisolated(unsafe) private let timer: any DispatchSourceTimer
    /// Set by whichever comes first: the end of the time, or of the reading.
    private let isOver = Atomic(false)

    init(_ limit: Duration, of reader: ReaderProcess) {
        let timer = DispatchSource.makeTimerSource()
        unsafe self.timer = timer
        let seconds = Int(clamping: limit.components.seconds)
        timer.schedule(deadline: .now() + .nanoseconds(seconds &* 1_000_000_000 &+ Int(limit.components.attoseconds / 1_000_000_000)))
        timer.setEventHandler { [weak self] in
            guard let self, !isOver.exchange(true, ordering: .relaxed) else { return }
            reader.kill()
        }
        timer.activate()
    }

    /// False where the time was over first.
    @discardableResult func stop() -> Bool {
        unsafe timer.cancel()
        return !isOver.exchange(true, ordering: .relaxed)
    }
}
