import Sellout
import Texts

extension Freshness {
    /// As `selloutctl status --json` and `GET /status` show it.
    package var json: JSONValue {
        let period: JSONValue? = expected.map {
            ["from": .text($0.months.lowerBound.description), "to": .text($0.months.upperBound.description)]
        }
        return [
            "state": .text(word), "awaited": period ?? .null, "usually_by": .optional(expected?.usuallyBy.description),
            "late_days": .number(daysLate),
        ]
    }
}
