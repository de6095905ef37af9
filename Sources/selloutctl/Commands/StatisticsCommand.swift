import Calling
import Ledger
import Operations
import Sellout

/// `stats`: what came in the last days, and what became of it.
enum StatisticsCommand {
    static let all = [
        Command(
            CommandShape(
                "stats", options: [OptionShape("days", "N", "so many days back, 365 at most (30)")],
                summary: "How many files came, how many were taken, and who sent most.")
        ) { session in
            let days = try days(session.arguments)
            let statistics = try session.readingDesk().statistics(days: days)
            if session.wantsJSON { return try session.printJSON(statistics.json) }
            try print(statistics, days: days, session.output)
        }
    ]

    private static func days(_ arguments: Arguments) throws(UsageError) -> Int {
        guard let text = arguments.value("days") else { return 30 }
        guard let days = Int(text), (1...365).contains(days) else {
            throw arguments.misuse("--days wants a number from 1 to 365, not \(text).")
        }
        return days
    }

    private static func print(_ statistics: UploadStatistics, days: Int, _ output: Output) throws {
        try output.print("Since \(statistics.since), \(days == 1 ? "one day" : "\(days) days")")
        try output.print(
            "Files: \(statistics.total), of them \(statistics.completed) completed (\(statistics.successRate)), \(statistics.staging) to approve, "
                + "\(statistics.failed) failed, \(statistics.cancelled) cancelled")
        try output.print("Rows: \(statistics.validRows) valid (\(statistics.validationRate)), \(statistics.invalidRows) failed")
        try output.print("Sales booked: \(statistics.booked)\n")
        var table = Table([.left("RESELLER"), .right("FILES")], none: "No reseller has sent a file.", to: output)
        for one in statistics.busiest { try table.row([one.reseller, String(one.batches)]) }
        try table.end()
    }
}
