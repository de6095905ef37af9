import Cells

/// Whether a reseller has sent what it usually has sent by now, judged by its own earlier files alone.
package enum Freshness: Hashable, Sendable {
    /// Too few files, or too irregular ones, to expect anything.
    case unknown
    case inTime(ExpectedFile)
    /// Counted from the day by which it usually is here.
    case late(ExpectedFile, days: Int)
    /// Nothing has come for so long that nothing is expected.
    case stopped

    /// Since when files say something of a habit: who sends each half year has sent three times.
    package static func lookback(from today: CivilDay) -> CivilDay { CivilDay(number: Int32(clamping: Int(today.number) - 800)) }

    /// `arrivals` in any order, without those that were refused or cancelled.
    package init(of arrivals: [Arrival], on today: CivilDay) {
        guard let habit = Habit(of: arrivals), let due = habit.due(after: 1) else {
            self = .unknown
            return
        }
        let days = Int(today.number) - due
        guard days <= Habit.mostDaysLate else {
            self = .stopped
            return
        }
        var missing = 1
        while let next = habit.due(after: missing + 1), next + habit.grace < Int(today.number) { missing += 1 }
        guard let expected = habit.expected(missing, by: due) else {
            self = .unknown
            return
        }
        self = days > habit.grace ? .late(expected, days: days) : .inTime(expected)
    }

    /// Nil where nothing is expected.
    package var expected: ExpectedFile? {
        switch self {
        case .inTime(let file), .late(let file, _): file
        case .unknown, .stopped: nil
        }
    }

    /// `in_time`: as status and listings name it.
    package var word: String {
        switch self {
        case .unknown: "unknown"
        case .inTime: "in_time"
        case .late: "late"
        case .stopped: "stopped"
        }
    }

    package var daysLate: Int { if case .late(_, let days) = self { days } else { 0 } }
}
