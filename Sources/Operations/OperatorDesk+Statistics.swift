import Batches
import Cells
import Ledger
import Reports
import Sellout
import Texts

/// What came in a period, and what the books hold month by month.
extension OperatorDesk {
    /// Of the last days, to this moment.
    package func statistics(days: Int) throws(Refused) -> UploadStatistics {
        guard (1...365).contains(days) else { throw Refused(.wrong, "\(days) days cannot be asked for; 1 to 365 can.") }
        let since = clock().earlier(by: .seconds(days * 86_400))
        return try ask { () throws(LedgerFault) in try ledger.statistics(since: since) }
    }

    /// Fails what has been pending for longer than that, of these resellers or of all. Each file is kept, and can be retried.
    package func cleanUpStuck(olderThan age: Duration = .seconds(600), of resellers: Set<String>? = nil) throws(Refused) -> [Report] {
        let deed = deed("pending for more than \(age.components.seconds) seconds")
        return try ask { () throws(LedgerFault) in
            try ledger.failStuck(pendingSince: deed.at.earlier(by: age), resellers: resellers, by: deed)
        }.map(summary)
    }
}

extension UploadStatistics {
    package var total: Int { states.values.reduce(0, +) }
    package var completed: Int { count(.completed, .partialSuccess, .approved) }
    package var staging: Int { count(.stagingComplete) }
    package var cancelled: Int { count(.cancelled) }
    package var failed: Int { count(.failed) }
    /// `75.00%`
    package var successRate: String { Self.percent(completed, of: total) }
    package var validationRate: String { Self.percent(validRows, of: validRows + invalidRows) }

    private func count(_ wanted: BatchState...) -> Int { wanted.reduce(0) { $0 + (states[$1] ?? 0) } }

    /// With two decimals, the half upwards; `0.00%` of nothing.
    static func percent(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return "0.00%" }
        let (whole, part) = (Int128(whole), Int128(part))
        let hundredths = (part * 20_000 + whole) / (2 * whole)
        let decimals = String(hundredths % 100)
        return "\(hundredths / 100).\(decimals.count == 1 ? "0" : "")\(decimals)%"
    }

    package var json: JSONValue {
        [
            "since": .text(since.description), "total": .number(total), "completed": .number(completed), "staging": .number(staging),
            "cancelled": .number(cancelled), "failed": .number(failed), "success_rate": .text(successRate),
            "valid_rows": .number(validRows), "invalid_rows": .number(invalidRows), "validation_rate": .text(validationRate),
            "sales_booked": .number(booked),
            "busiest": .array(busiest.map { ["reseller": .text($0.reseller), "batches": .number($0.batches)] }),
            "recent": .array(recent.map { Report($0, vendorName: nil).summary }),
        ]
    }
}
