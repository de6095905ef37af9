import Batches
import Folders
import Glibc
import Ledger
import Linux
import Sellout
import Texts

/// What stands around the files at one moment: how much room there is, what waits longest, what is left alone and why, what is wrong and
/// how to mend it. The daemon looks now and then; with the daemon stopped the command looks for itself.
package struct Surroundings: Sendable {
    /// A name that stays where it is.
    package struct Ignored: Hashable, Sendable {
        package let sender: String
        package let name: String
        package let reason: String
        package let since: Timestamp
        package let isStale: Bool
    }

    /// A file whose turn has not come.
    package struct File: Hashable, Sendable {
        package let sender: String
        package let name: String
        package let since: Timestamp
    }

    /// For those who may not use the room that is kept for root; nil where it cannot be asked.
    package private(set) var disk: (free: Int64, size: Int64)?
    /// With the log beside it.
    package private(set) var ledgerSize: Int64 = 0
    /// Rows that wait for a product, a store, a price or a rate.
    package private(set) var waitingRows = 0
    package private(set) var oldest: File?
    package private(set) var ignored: [Ignored] = []
    package private(set) var problems: [String] = []

    /// Below this the next large file may find no room.
    private static let leastFree: Int64 = 512 << 20
    private static let lingering = Duration.seconds(86_400)

    /// The daemon's own look: it knows already what is wrong with the folders, and which files it leaves alone.
    package init(watching root: Root, ledger: any Bookkeeping) throws(LedgerFault) {
        try self.init(root.path, ledger)
        look(into: root, isWatched: true)
    }

    /// The look of somebody who has come by. `wrong` is known to be wrong already.
    package init(passing path: String, ledger: any Bookkeeping, wrong: [String]) throws(LedgerFault) {
        try self.init(path, ledger)
        problems = wrong + problems
        // Whoever opens a root makes what is missing in it, which is the daemon's alone to do.
        let isLaid = [".spool", ".archive", ".uploads"].allSatisfy { unsafe access("\(path)/\($0)", R_OK | X_OK) == 0 }
        guard isLaid, let root = try? Root(path: path) else {
            problems.append("The folders under \(path) cannot be looked into from here: ask as the daemon's user or with sudo.")
            return
        }
        look(into: root, isWatched: false)
    }

    private init(_ root: String, _ ledger: any Bookkeeping) throws(LedgerFault) {
        disk = Self.disk(of: root)
        ledgerSize = ["ledger.db", "ledger.db-wal"].reduce(0) { $0 + Self.size(of: "\(root)/.ledger/\($1)") }
        let counts = try ledger.counts(last: 0)
        waitingRows = counts.waitingRows
        oldest = counts.oldestPending.map { File(sender: $0.reseller, name: $0.filename, since: $0.receivedAt) }
        if let disk, disk.free < Self.leastFree {
            problems.append("Only \(disk.free >> 20) MiB are free under \(root): make room there, or files cannot be taken any more.")
        }
    }

    private mutating func look(into root: Root, isWatched: Bool) {
        let scan = InboxScan(root: root)
        let now = Timestamp.now()
        do {
            let (survey, found) = try isWatched ? (root.survey(), [:]) : scan.everything()
            for inbox in survey.inboxes {
                let all = (try? scan.leftAlone(in: inbox)) ?? []
                ignored += all.filter { !isWatched || $0.refusal == .folder }.map { Ignored($0, at: now) }
                let names = Set(all.map(\.place))
                for file in found[inbox] ?? [] where !names.contains(file.place) { take(file, at: now) }
            }
            if !isWatched { problems += survey.troubles.sorted { $0.key < $1.key }.map { "\($0.value)" } }
        } catch { if !isWatched { problems.append("\(error)") } }
    }

    private mutating func take(_ file: FoundFile, at now: Timestamp) {
        let (sender, name) = (file.place.inbox.sender.description, file.place.name.printable)
        let since = now.earlier(by: max(file.age, .zero))
        if file.place.name.isWorkingName {
            guard file.age >= Self.lingering else { return }
            ignored.append(
                Ignored(
                    sender: sender, name: name, reason: "\(file.place) bears an upload tool's working name", since: since, isStale: true))
        } else if oldest.map({ since < $0.since }) ?? true {
            oldest = File(sender: sender, name: name, since: since)
        }
    }

    private static func disk(of path: String) -> (free: Int64, size: Int64)? {
        var found = statvfs()
        guard unsafe statvfs(path, &found) == 0 else { return nil }
        let unit = UInt64(found.f_frsize)
        func bytes(_ blocks: UInt64) -> Int64 { Int64(clamping: blocks.multipliedReportingOverflow(by: unit).partialValue) }
        return (bytes(UInt64(found.f_bavail)), bytes(UInt64(found.f_blocks)))
    }

    private static func size(of path: String) -> Int64 {
        var found = stat()
        return unsafe lstat(path, &found) == 0 ? Int64(found.st_size) : 0
    }
}

extension Surroundings.Ignored {
    fileprivate init(_ left: LeftAlone, at now: Timestamp) {
        self.init(
            sender: left.place.inbox.sender.description, name: left.place.name.printable, reason: left.description, since: left.since,
            isStale: left.since.age(at: now) >= .seconds(86_400))
    }

    /// As the daemon's status shows its own.
    fileprivate var json: JSONValue {
        [
            "reseller": .text(sender), "filename": .text(name), "reason": .text(reason), "since": .text(since.wholeSeconds),
            "stale": .bool(isStale),
        ]
    }
}

extension Timestamp {
    fileprivate var wholeSeconds: String { Timestamp(seconds: milliseconds / 1000).description }
}

extension Surroundings {
    /// What the daemon's status shows beside its own.
    package var room: JSONValue {
        [
            "disk_free_bytes": disk.map { .number($0.free) } ?? .null, "disk_size_bytes": disk.map { .number($0.size) } ?? .null,
            "ledger_bytes": .number(ledgerSize), "waiting_rows": .number(waitingRows),
            "oldest_waiting": oldest.map {
                ["reseller": .text($0.sender), "filename": .text($0.name), "since": .text($0.since.wholeSeconds)]
            } ?? .null,
        ]
    }

    /// The same members as the daemon's status has for these.
    package var json: JSONValue {
        .joined([
            room, ["problems": .array(problems.map(JSONValue.text)), "ignored_names": .array(ignored.map(\.json))],
        ])
    }
}
