import Confinement
import Frames
import Linux
import Reading
import Sellout
import Synchronization

/// Reads files as the confined reader does, in this process and without a cage.
package final class PlainReader: Reader {
    private let profiles: Mutex<[Profile]>
    /// What happens before a file is read: a test may hold it up or let it fail.
    private let before: Mutex<@Sendable (Job) throws -> Void>

    package init(_ profiles: [Profile], before: @escaping @Sendable (Job) throws -> Void = { _ in }) {
        self.profiles = Mutex(profiles)
        self.before = Mutex(before)
    }

    package func before(_ body: @escaping @Sendable (Job) throws -> Void) { before.withLock { $0 = body } }

    package func replaceProfiles(_ all: [Profile]) { profiles.withLock { $0 = all } }

    package func read(_ job: Job, _ file: Descriptor, take: (Frame) throws -> Void) throws -> Result<Findings, FileRefusal> {
        try before.withLock { $0 }(job)
        var result: Result<Findings, FileRefusal>?
        try withoutActuallyEscaping(take) { take in
            let reading = FileReading(profiles: profiles.withLock { $0 }) { frame in
                switch frame {
                case .finished(let findings): result = .success(findings)
                case .refused(let refusal): result = .failure(refusal)
                case .recognised, .harvested, .progress, .rows, .sheet, .header, .draft: try take(frame)
                }
            }
            try reading.carryOut(job, descriptor: file.number)
        }
        return result ?? .failure(FileRefusal(.parsingError, "The file could not be read: its reader said nothing."))
    }
}
