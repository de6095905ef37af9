import Calling
import Operations
import Reports
import Sellout
import Texts

/// `status`: how things stand, also with the daemon stopped.
enum StatusCommand {
    static let all = [
        Command(
            CommandShape(
                "status", summary: "How things stand: batches, what waits, the last answers, what is wrong and how to mend it.",
                details:
                    "Works with the daemon stopped too, by looking for itself; what it is doing right now is told by its own status over HTTP."
            )
        ) { session in
            let standing = try session.readingDesk().standing()
            let runs = session.wiring.daemonRuns(session.whereabouts.root)
            let around = try Around(session, runs: runs)
            if session.wantsJSON {
                let whereabouts: JSONValue = [
                    "root": .text(session.whereabouts.root), "daemon_running": runs.map(JSONValue.bool) ?? .null,
                ]
                return try session.printJSON(.joined([whereabouts, standing.json, around.json]))
            }
            try print(standing, around, runs: runs, session)
        }
    ]

    private static func print(_ standing: LedgerStanding, _ around: Around, runs: Bool?, _ session: Session) throws {
        let output = session.output
        try output.print("Root: \(session.whereabouts.root)")
        if let runs { try output.print(runs ? "selloutd is running." : "selloutd is not running.") }
        try around.printRoom(to: output)
        let states = BatchState.allCases.compactMap { state in standing.batches[state].map { "\($0) \(state.rawValue)" } }
        try output.print("Batches: \(states.isEmpty ? "none" : states.joined(separator: ", "))")
        try output.print("Waiting for approval: \(standing.waitingForApproval)")
        try output.print("Rows that wait for reference data: \(standing.waitingRows)")
        try output.print("Reports owed: \(standing.owedReports)\n")
        try resellers(standing, output)
        try output.print("\nLast answers:")
        var table = BatchCommands.table(none: "none yet", output)
        for report in standing.lastAnswers { try table.row(BatchCommands.fields(report)) }
        try table.end()
        try around.printTroubles(to: output)
    }

    private static func resellers(_ standing: LedgerStanding, _ output: Output) throws {
        var table = Table(
            [
                .left("RESELLER"), .right("WAITING"), .right("READING"), .right("TO APPROVE"), .right("DONE"), .right("FAILED"),
                .right("LATE"), .left("LAST FILE"),
            ],
            none: "No reseller has a profile, and none has sent a file.", to: output)
        for reseller in standing.resellers {
            func count(_ states: BatchState...) -> String { String(states.reduce(0) { $0 + (reseller.batches[$1] ?? 0) }) }
            try table.row([
                reseller.name, count(.pending), count(.processing, .approved), count(.stagingComplete), count(.completed, .partialSuccess),
                count(.failed), lateness(reseller.freshness), lastFile(of: reseller),
            ])
        }
        try table.end()
    }

    static func lastFile(of reseller: LedgerStanding.Reseller) -> String {
        reseller.last.map { "\($0.receivedAt) \($0.filename)" } ?? "-"
    }

    private static func lateness(_ freshness: Freshness) -> String {
        switch freshness {
        case .late(_, let days): days == 1 ? "1 day" : "\(days) days"
        case .stopped: "stopped"
        case .unknown, .inTime: "-"
        }
    }
}

/// What stands around the files, as the daemon says it or, where it does not run, as the command has seen it: one list for both.
private struct Around {
    private static let members = ["disk_free_bytes", "disk_size_bytes", "ledger_bytes", "oldest_waiting", "problems", "ignored_names"]

    let json: JSONValue

    init(_ session: Session, runs: Bool?) throws {
        let root = session.whereabouts.root
        var said = runs == false ? nil : session.wiring.daemonsStatus(root)
        if said == nil {
            let stopped = "selloutd is not running: files are kept where they are. Start it: systemctl start selloutd."
            let silent = "selloutd could not be asked over \(root)/.run/selloutd.sock: ask as its user or with sudo."
            let faults = try session.wiring.profiles(session.whereabouts.profiles).faults
            said = try session.wiring.surroundings(session.whereabouts, [runs == false ? stopped : silent] + faults)?.json
        }
        guard case .object(let all)? = said else {
            json = [:]
            return
        }
        json = .object(all.filter { Around.members.contains($0.name) })
    }

    func printRoom(to output: Output) throws {
        if let free = json["disk_free_bytes"]?.whole, let size = json["disk_size_bytes"]?.whole {
            try output.print("Disk: \(Around.size(free)) of \(Around.size(size)) free")
        }
        if let ledger = json["ledger_bytes"]?.whole { try output.print("Ledger: \(Around.size(ledger))") }
        guard let oldest = json["oldest_waiting"] else { return }
        let file = ["reseller", "filename", "since"].compactMap { oldest[$0]?.text }
        try output.print("Oldest waiting file: \(file.count == 3 ? Printable.line("\(file[0])/\(file[1]), since \(file[2])") : "none")")
    }

    func printTroubles(to output: Output) throws {
        guard let problems = json["problems"]?.items, let ignored = json["ignored_names"]?.items else { return }
        try output.print(problems.isEmpty ? "\nNothing is wrong." : "\nWhat is wrong:")
        for problem in problems.compactMap(\.text) { try output.print("- \(Printable.line(problem))") }
        guard !ignored.isEmpty else { return }
        try output.print("\nLeft alone:")
        var table = Table([.left("SENDER"), .left("NAME"), .left("SINCE"), .left("WHY")], none: "", to: output)
        for name in ignored { try table.row(["reseller", "filename", "since", "reason"].map { name[$0]?.text ?? "-" }) }
        try table.end()
    }

    /// `12.3 GiB`
    private static func size(_ bytes: Int64) -> String {
        let units = [("GiB", Int64(1) << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]
        guard let (unit, one) = units.first(where: { bytes >= $0.1 }) else { return "\(bytes) bytes" }
        return "\(bytes / one).\(bytes % one * 10 / one) \(unit)"
    }
}
