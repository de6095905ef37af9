import Batches
import Confinement
import Folders
import Foundation
import Glibc
import Ledger
import Operations
import Pipeline
import Sellout
import Synchronization
import TestKit
import Web

@testable import selloutctl
@testable import selloutd

extension Stage {
    /// The pipeline in this process, over real folders and a real ledger file, with a reader that has no cage; and the command's
    /// shell, over connections of its own.
    static let inThisProcess = Stage(
        ask: { playground, words in try playground.shell(words) },
        open: { playground, settle in try await PipelineHouse(playground, settle: .seconds(settle)) })
}

/// A running pipeline.
final class PipelineHouse: House {
    let pipeline: SellOutPipeline
    let reader: PlainReader
    let notes = Notes()
    private let playground: Playground
    /// Nil once it was stopped: another one may open then.
    private let lock: Mutex<RootLock?>
    private let shelf: ProfileShelf
    private let folder: Mutex<ProfileFolder>

    init(
        _ playground: Playground, settle: Duration = .milliseconds(100), watch: (any Watching)? = nil,
        grace: Duration = .seconds(20), ledger: (any Bookkeeping) -> any Bookkeeping = { $0 }, crashed: Bool = false,
        prepare: (PlainReader) -> Void = { _ in }
    ) async throws {
        Claim.ignoreLeaseSignals()
        self.playground = playground
        let root = try Root(path: playground.root)
        lock = Mutex(try root.lock())
        let folder = ProfileFolder(path: playground.profiles)
        self.folder = Mutex(folder)
        shelf = ProfileShelf(folder.profiles, withheld: folder.withheld)
        reader = PlainReader(folder.profiles)
        prepare(reader)
        let book = ledger(try SQLiteLedger(path: playground.root + "/.ledger/ledger.db"))
        try book.note(resellers: folder.profiles.map(\.terms))
        var settings = SellOutPipeline.Settings()
        settings.pace = Pace(settle: settle)
        settings.grace = grace
        let workplace = Workplace(root: root, ledger: book, reader: reader, profiles: shelf, events: notes, host: "test")
        pipeline = SellOutPipeline(
            workplace, watch: watch ?? InotifyWatch(root: root), settings: settings)
        pipeline.profilesChanged(faults: folder.trouble, withheld: folder.withheld)
        playground.journal { [notes] in notes.all.joined(separator: "\n") }
        playground.beforeTheEnd { try? await self.stop() }
        try await start(crashed)
    }

    private func start(_ crashed: Bool) async throws {
        let pipeline = pipeline
        try await withCheckedThrowingContinuation { (swept: CheckedContinuation<Void, any Error>) in
            do {
                try pipeline.start(crashed: crashed) {
                } swept: {
                    swept.resume()
                }
            } catch { swept.resume(throwing: error) }
        }
    }

    func stop() async throws {
        let held = lock.withLock { lock in
            defer { lock = nil }
            return lock
        }
        guard let held else { return }
        let pipeline = pipeline
        await withCheckedContinuation { done in
            Thread.detachNewThread {
                pipeline.stop()
                done.resume()
            }
        }
        withExtendedLifetime(held) {}
    }

    func reload() async throws {
        let read = ProfileFolder(path: playground.profiles)
        let folder = folder.withLock { last in
            last = read.keeping(last)
            return last
        }
        shelf.replace(with: folder.profiles, withheld: folder.withheld)
        reader.replaceProfiles(folder.profiles)
        pipeline.profilesChanged(faults: folder.trouble, withheld: folder.withheld)
    }

    func reasonsNotReady() async throws -> String { pipeline.standing.reasonsNotReady.joined(separator: " ") }
}

/// What operators would have heard of, and what the daemon would have counted.
final class Notes: PipelineEvents {
    private let lines = Mutex<[String]>([])
    /// The daemon's own, so that what it counts is tested and not what a test would count.
    private let tally = Tally()

    /// `sellout_rows_total boxnox failed: 2`, without what has not happened and without durations.
    var counted: [String] {
        tally.families().filter { $0.kind == .counter && !$0.name.contains("sweeps") && !$0.name.contains("watcher") }
            .flatMap { family in
                family.samples.compactMap { sample in
                    guard case .number(let count) = sample.value, count > 0 else { return nil }
                    let labels = sample.labels.map(\.value).joined(separator: " ")
                    return "\(family.name.dropFirst("sellout_".count).dropLast("_total".count)) \(labels): \(Int(count))"
                }
            }
    }

    var all: [String] { lines.withLock { $0 } }

    private func add(_ line: String) { lines.withLock { $0.append(line) } }

    func claimed(_ batch: Batch) { add("claimed \(batch.filename)") }
    func began(_ batch: Batch) { add("began \(batch.filename)") }
    func answered(_ batch: Batch, _ uncounted: Uncounted, took: Duration) {
        tally.answered(batch, uncounted, took: took)
        add("answered \(batch.filename): \(batch.state)")
    }
    func renewed(_ batch: Batch) { add("answered \(batch.filename): \(batch.state)") }
    func operatorsDid(_ steps: [String: Int]) { tally.operatorsDid(steps) }
    func referenceTaken(_ fileName: String, _ message: String) { add("reference \(fileName): \(message)") }
    func troubled(_ sentence: String) { add("troubled: \(sentence)") }
    func recovered(_ what: String) { add("recovered: \(what)") }
    func swept() { add("swept") }
    func overflowed(_ reason: String) { add("overflowed: \(reason)") }
    func broke(_ sentence: String) -> Never { preconditionFailure("broke: \(sentence)") }
}

extension Playground {
    /// `selloutctl` without a process, over the ledger's file like any other program.
    func shell(_ words: [String]) throws -> CommandEnd {
        let wiring = Wiring(
            openLedger: { try SQLiteLedger(path: $0) }, readLedger: { try SQLiteLedger(onlyReading: $0) },
            profiles: { folder in
                let folder = ProfileFolder(path: folder)
                return (folder.profiles.map(\.terms), folder.faults.map(\.description))
            },
            file: { place, path in try ConfinedFile(path: path, through: PlainReader(ProfileFolder(path: place.profiles).profiles)) },
            check: { _, _, _ in throw Refused(.wrong, "Nothing is rehearsed here.") },
            verify: { try Verification(root: $0.root, ledger: try SQLiteLedger(onlyReading: try $0.readableLedgerPath())).carryOut() },
            daemonRuns: { _ in true }, now: { .now() })
        let paths = (0..<2).map { _ in beside("said-" + UUID().uuidString) }
        let descriptors = paths.map { unsafe Glibc.open($0, O_RDWR | O_CREAT | O_CLOEXEC, 0o600) }
        defer { for number in descriptors { close(number) } }
        let shell = Shell(
            commands: CommandList.all, wiring: wiring, environment: [:], output: Output(descriptor: descriptors[0]),
            complaints: Output(descriptor: descriptors[1]))
        let status = shell.run(["--root", root, "--profiles", profiles] + words)
        let said = paths.map { (try? String(contentsOfFile: $0, encoding: .utf8)) ?? "" }
        return CommandEnd(status: status, output: said[0], complaint: said[1])
    }
}

extension Playground {
    /// Another ledger with what this one holds now.
    func ledgerCopy() throws -> SQLiteLedger {
        let path = beside("copy-\(UUID().uuidString).db")
        try SQLiteLedger(path: root + "/.ledger/ledger.db").copy(to: path)
        return try SQLiteLedger(path: path)
    }

    func readProfiles() throws -> [Profile] { ProfileFolder(path: profiles).profiles }
}
