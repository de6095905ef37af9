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
                "status", summary: "How things stand: batches, what waits, the last answers.",
                details: "Works with the daemon stopped; what it is doing right now is told by its own status over HTTP.")
        ) { session in
            let standing = try session.readingDesk().standing()
            let runs = session.wiring.daemonRuns(session.whereabouts.root)
            if session.wantsJSON {
                let whereabouts: JSONValue = [
                    "root": .text(session.whereabouts.root), "daemon_running": runs.map(JSONValue.bool) ?? .null,
                ]
                return try session.printJSON(.joined([whereabouts, standing.json]))
            }
            try print(standing, runs: runs, session)
        }
    ]

    private static func print(_ standing: LedgerStanding, runs: Bool?, _ session: Session) throws {
        let output = session.output
        try output.print("Root: \(session.whereabouts.root)")
        if let runs { try output.print(runs ? "selloutd is running." : "selloutd is not running.") }
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
