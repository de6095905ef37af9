import Batches
import Confinement
import Foundation
import Glibc
import Ledger
import Operations
import Pipeline
import Reports
import Sellout
import Texts
import Web

/// What the command is connected to: the ledger, the profiles, the confined reader, and whether a daemon runs.
struct Wiring: Sendable {
    var openLedger: @Sendable (_ path: String) throws -> any Bookkeeping
    /// For commands that change nothing: no writer keeps them waiting.
    var readLedger: @Sendable (_ path: String) throws -> any Bookkeeping
    /// The profiles of a folder, and a sentence for each that cannot be read.
    var profiles: @Sendable (_ folder: String) throws -> (terms: [Terms], faults: [String])
    /// A look into a file through the confined reader.
    var file: @Sendable (_ whereabouts: Whereabouts, _ path: String) throws -> any FileViewing
    /// What would become of a file, as if it had been dropped; nothing is changed.
    var check: @Sendable (_ whereabouts: Whereabouts, _ path: String, _ reseller: String?) throws -> Rehearsed
    /// How much a file looks like each reseller's, the likeliest first.
    var signs: @Sendable (_ whereabouts: Whereabouts, _ path: String) throws -> [ProfileSigns] = { _, _ in [] }
    /// Where the daemon of the ledger at a path worked last; nil where there is none, or it cannot be asked.
    var remembered: @Sendable (_ ledger: String) -> DaemonsFolders? = { _ in nil }
    /// Whether ledger and archive agree.
    var verify: @Sendable (_ whereabouts: Whereabouts) throws -> Verification.Outcome = { _ in Verification.Outcome() }
    /// Nil where that cannot be told.
    var daemonRuns: @Sendable (_ root: String) -> Bool?
    /// What the daemon of a root says of how things stand; nil where it cannot be asked.
    var daemonsStatus: @Sendable (_ root: String) -> JSONValue? = { _ in nil }
    /// The same as the command sees it for itself. `wrong` is known to be wrong already.
    var surroundings: @Sendable (_ whereabouts: Whereabouts, _ wrong: [String]) throws -> Surroundings? = { _, _ in nil }
    var now: @Sendable () -> Timestamp
    /// Asks who sits at the terminal, and gives the answer, nil at its end. Nil where nobody sits there.
    var ask: (@Sendable (_ question: String) -> String?)? = nil
    /// The same for a password: what is typed is not shown.
    var askSecretly: (@Sendable (_ question: String) -> String?)? = nil
    /// A line of standard input, nil at its end.
    var nextLine: @Sendable () -> String? = { nil }
}

/// What would become of a file, and what was not looked at to say so.
struct Rehearsed: Sendable {
    let report: Report
    /// Why there was no ledger to compare with; nil where there was one.
    var missingLedger: String?

    /// Nil where everything was looked at.
    var caution: String? {
        missingLedger.map { reason in
            "Duplicates, mappings, stores, prices and rates were not looked at, so a real drop may come out otherwise. \(reason)"
        }
    }

    /// The report, and where something was not looked at, what that is.
    var json: JSONValue { caution.map { .joined([report.operatorsJSON, ["not_looked_at": .text($0)]]) } ?? report.operatorsJSON }
}

extension Wiring {
    /// What the command stands on when operators call it.
    static let connected = Wiring(
        openLedger: { path in try SQLiteLedger(path: path) },
        readLedger: { path in try SQLiteLedger(onlyReading: path) },
        profiles: { folder in
            let folder = ProfileFolder(path: folder)
            return (folder.profiles.map(\.terms), folder.faults.map(\.description))
        },
        file: { whereabouts, path in try ConfinedFile(path: path, through: reading(ProfileFolder(path: whereabouts.profiles))) },
        check: { whereabouts, path, reseller in try rehearse(whereabouts, path, reseller) },
        signs: { whereabouts, path in
            let folder = ProfileFolder(path: whereabouts.profiles)
            let file = try ConfinedFile(path: path, through: reading(folder))
            return ProfileSigns.all(of: try FileGlimpse.of(file), among: folder.profiles)
        },
        remembered: { path in
            guard FileManager.default.isReadableFile(atPath: path) else { return nil }
            return try? SQLiteLedger.daemonsFolders(ofLedgerAt: path)
        },
        verify: { whereabouts in
            try Verification(
                root: whereabouts.root, ledger: try SQLiteLedger(onlyReading: try whereabouts.readableLedgerPath())
            ).carryOut()
        },
        daemonRuns: { root in daemonRuns(root) }, daemonsStatus: { root in daemonsStatus(root) },
        surroundings: { whereabouts, wrong in
            let ledger = try SQLiteLedger(onlyReading: try whereabouts.readableLedgerPath())
            return try Surroundings(passing: whereabouts.root, ledger: ledger, wrong: wrong)
        },
        now: { Timestamp.now() }, ask: asking, askSecretly: askingSecretly, nextLine: { readLine() })

    private static var asking: (@Sendable (String) -> String?)? {
        guard isatty(STDIN_FILENO) == 1 else { return nil }
        return { question in
            show(question)
            return readLine()?.trimmingCharacters(in: .whitespaces)
        }
    }

    private static var askingSecretly: (@Sendable (String) -> String?)? {
        guard isatty(STDIN_FILENO) == 1 else { return nil }
        return { question in
            var before = termios()
            guard unsafe tcgetattr(STDIN_FILENO, &before) == 0 else { return nil }
            var silent = before
            // Without signals too, as getpass(3) does it: a terminal that an interrupt leaves silent stays so.
            silent.c_lflag &= ~tcflag_t(ECHO | ISIG)
            guard unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0 else { return nil }
            defer {
                _ = unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
                show("\n")
            }
            show(question)
            let line = readLine()
            // Control-C, which was typed like a letter.
            return line?.contains("\u{3}") == true ? nil : line
        }
    }

    /// On standard error, so that a question is seen where the output goes into a file.
    private static func show(_ question: String) {
        let errors = Output(descriptor: STDERR_FILENO)
        try? errors.write(Array(question.utf8))
        try? errors.flush()
    }

    private static let timeLimit = Duration.seconds(1800)

    private static func reading(_ folder: ProfileFolder) -> ConfinedReader {
        ConfinedReader(pool: ReaderPool(executable: ReaderPool.executableBesideThis, profiles: folder.sources), timeLimit: timeLimit)
    }

    /// On a copy of the ledger, so that the answer is what the daemon would say, duplicates and restated figures included.
    private static func rehearse(_ whereabouts: Whereabouts, _ path: String, _ reseller: String?) throws -> Rehearsed {
        let folder = ProfileFolder(path: whereabouts.profiles)
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("sellout-check-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: scratch) }
        let copy = scratch.appendingPathComponent("ledger.db").path
        var missing: String?
        let real: String?
        do throws(Refused) { real = try whereabouts.readableLedgerPath() } catch {
            real = nil
            missing = error.sentence
        }
        if let real { try SQLiteLedger(onlyReading: real).copy(to: copy) }
        let rehearsal = Rehearsal(
            onCopy: try SQLiteLedger(path: copy), reader: reading(folder),
            profiles: ProfileShelf(folder.profiles, withheld: folder.withheld))
        return Rehearsed(report: try rehearsal.report(on: path, reseller: reseller), missingLedger: missing)
    }

    /// Over the socket that the daemon keeps for those of its group.
    private static func daemonsStatus(_ root: String) -> JSONValue? {
        let client = HTTPClient(.unix(path: root + "/.run/selloutd.sock"), deadline: .seconds(5))
        guard let reply = try? client.get("/status"), reply.status == 200 else { return nil }
        return try? JSONValue(reading: reply.body)
    }

    /// The daemon's lock names its process; nil where that may not be seen.
    private static func daemonRuns(_ root: String) -> Bool? {
        let lock = root + "/.ledger/lock"
        guard FileManager.default.fileExists(atPath: lock) else { return false }
        guard let text = try? String(contentsOfFile: lock, encoding: .utf8) else { return nil }
        guard let pid = Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)) else { return false }
        return (try? String(contentsOfFile: "/proc/\(pid)/comm", encoding: .utf8)) == "selloutd\n"
    }
}
