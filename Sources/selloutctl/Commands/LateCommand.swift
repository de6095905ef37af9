import Calling
import Operations
import Sellout

/// `late`: who has not sent what it usually has sent by now.
enum LateCommand {
    static let all = [
        Command(
            CommandShape(
                "late", summary: "Who has not sent what it usually has sent by now.",
                details:
                    "Judged by each reseller's own earlier files: how often they come, and how long after the end of a month. Three must have come. Whoever is more than 100 days late has stopped and is not listed."
            )
        ) { session in
            var listing = Listing(
                session,
                [.left("RESELLER"), .left("AWAITED"), .left("USUALLY BY"), .right("DAYS LATE"), .left("LAST FILE")], none: "Nobody is late."
            )
            for reseller in try session.readingDesk().standing().late {
                guard let expected = reseller.freshness.expected else { continue }
                try listing.add(
                    reseller.json,
                    [
                        reseller.name, expected.period, expected.usuallyBy.description, String(reseller.freshness.daysLate),
                        StatusCommand.lastFile(of: reseller),
                    ])
            }
            try listing.end()
        }
    ]
}
