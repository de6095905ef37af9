import Batches
import Calling
import Cells
import Reports
import Sellout

/// Which part of a listing is asked for: `--limit`, `--offset`.
struct Page {
    let limit: Int
    let offset: Int

    /// One more than is shown, by which it is seen that there are more.
    var wanted: Int { limit == .max ? .max : limit + 1 }

    /// Of all things there are, those of this page and perhaps one more.
    func cut<Thing>(_ all: [Thing]) -> [Thing] { Array(all.dropFirst(offset).prefix(wanted)) }

    static func options(_ usual: String) -> [OptionShape] {
        [OptionShape("limit", "N", "so many at most (\(usual))"), OptionShape("offset", "N", "without the first N (0)")]
    }

    static func since(_ what: String) -> OptionShape { OptionShape("since", "T", "\(what) from this day, month or moment on, in UTC") }
}

extension Arguments {
    func page(of usual: Int) throws(UsageError) -> Page {
        guard let text = value("offset") else { return Page(limit: try limit(or: usual), offset: 0) }
        guard let offset = Int(text), offset >= 0 else { throw misuse("--offset wants a number from 0 on, not \(text).") }
        return Page(limit: try limit(or: usual), offset: offset)
    }

    /// A day or a month begins with its first moment.
    func since() throws(UsageError) -> Timestamp? {
        guard let text = value("since") else { return nil }
        if let moment = Timestamp(text) { return moment }
        guard let day = CivilDay(text) ?? Month(text)?.firstDay else {
            throw misuse(
                "--since wants a day such as 2025-04-17, a month such as 2025-04 or a moment such as 2025-04-17T12:30, not \(text).")
        }
        return Timestamp(milliseconds: CivilTime(day: day).milliseconds)
    }
}
