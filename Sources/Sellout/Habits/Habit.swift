import Cells

/// A file that came: on which day, and up to which day its sales go.
package struct Arrival: Hashable, Sendable {
    package let day: CivilDay
    /// Nil where it is not known: the file is still to be read, or names no sale.
    package let lastDay: CivilDay?

    package init(day: CivilDay, lastDay: CivilDay?) {
        self.day = day
        self.lastDay = lastDay
    }
}

/// What a reseller is to send next, and when it usually is here.
package struct ExpectedFile: Hashable, Sendable {
    /// More than one period of the reseller's where several are missing.
    package let months: ClosedRange<Month>
    package let usuallyBy: CivilDay

    /// `2026-04`, or `2026-04 to 2026-06`.
    package var period: String {
        months.lowerBound == months.upperBound ? "\(months.lowerBound)" : "\(months.lowerBound) to \(months.upperBound)"
    }
}

/// How a reseller usually sends: every how many months, and how long after the end of a period. A sender of quarters has a habit
/// of three months and is not awaited in between.
struct Habit {
    /// From one period to the next, in months.
    let step: Int
    /// From the end of a period to the day on which its file usually is here; below zero where files come before the month is over.
    let delay: Int
    /// So many days more are no cause for concern.
    let grace: Int
    /// The month up to which everything is here.
    private let newest: MonthCount

    /// Whoever is later than this has stopped. By then the next quarter is missing too.
    static let mostDaysLate = 100

    /// Fewer first files say nothing of a habit.
    private static let fewest = 3
    /// Older ones no longer count: habits change.
    private static let most = 6
    private static let graces = 3...10

    /// Nil where no habit shows.
    init?(of arrivals: [Arrival]) {
        let firsts = FirstFile.all(arrivals)
        let telling = Array(firsts.filter { $0.isTimely }.suffix(Habit.most))
        guard let last = firsts.last, telling.count >= Habit.fewest else { return nil }
        newest = last.month
        step = Habit.usual(zip(telling, telling.dropFirst()).map { $1.month.number - $0.month.number })
        let delays = telling.map(\.delay)
        delay = Habit.usual(delays)
        // Whoever is now early, now late is given more time.
        grace = min(max(delay - delays.median, Habit.graces.lowerBound), Habit.graces.upperBound)
    }

    /// The number of the day by which the file for the period so many after the newest usually is here.
    func due(after periods: Int) -> Int? { (newest + step * periods).month.map { Int($0.lastDay.number) + delay } }

    func expected(_ periods: Int, by due: Int) -> ExpectedFile? {
        guard let first = (newest + 1).month, let last = (newest + step * periods).month, first <= last else { return nil }
        return ExpectedFile(months: first...last, usuallyBy: CivilDay(number: Int32(clamping: due)))
    }

    /// Three in four are no larger, and where there are three or fewer none is: one holiday changes no habit, and of few files the
    /// slowest one counts.
    private static func usual(_ values: [Int]) -> Int {
        let sorted = values.sorted()
        let place = (sorted.count * 3 + 3) / 4 - 1
        return sorted.indices.contains(place) ? sorted[place] : 0
    }
}

/// A file that came for a month for which nothing had come before. Corrections and second files are none.
private struct FirstFile {
    let day: Int
    let month: MonthCount

    /// From the end of the month.
    var delay: Int { day - month.lastDay }
    /// A file for a month long past was sent later than it usually is, or was a first one that caught up: it shows no habit.
    var isTimely: Bool { delay <= Habit.mostDaysLate }

    /// Files that were sent together come within so many days.
    private static let apart = 7

    /// In order of arrival, each for a later month than the one before.
    static func all(_ arrivals: [Arrival]) -> [FirstFile] {
        let known = arrivals.compactMap(FirstFile.init)
        let usual = known.filter { $0.isTimely }.map(\.delay).medianIfAny
        var firsts: [FirstFile] = []
        for file in arrivals.map({ FirstFile($0) ?? FirstFile($0, usually: usual) })
            .sorted(by: { ($0.day, $0.month.number) < ($1.day, $1.month.number) })
        {
            guard let last = firsts.last else {
                firsts.append(file)
                continue
            }
            guard file.month.number > last.month.number else { continue }
            if file.day - last.day <= apart { firsts.removeLast() }
            firsts.append(file)
        }
        return firsts
    }

    /// Nil where the file does not say up to when its sales go, or names days that were still to come in a later month: one
    /// mistyped year would make its reseller punctual for ever.
    private init?(_ arrival: Arrival) {
        guard let lastDay = arrival.lastDay else { return nil }
        let month = MonthCount(Month(lastDay))
        guard month.number <= MonthCount(Month(arrival.day)).number else { return nil }
        self.init(day: Int(arrival.day.number), month: month)
    }

    /// For the month whose end is nearest to where this reseller's files usually say it is.
    private init(_ arrival: Arrival, usually delay: Int?) {
        let present = MonthCount(Month(arrival.day))
        let day = Int(arrival.day.number)
        guard let delay else {
            self.init(day: day, month: present + -1)
            return
        }
        let end = day - delay
        let near = MonthCount(Month(CivilDay(number: Int32(clamping: end))))
        let before = near + -1
        let nearest = end - before.lastDay <= near.lastDay - end ? before : near
        self.init(day: day, month: nearest.number <= present.number ? nearest : present)
    }

    private init(day: Int, month: MonthCount) {
        self.day = day
        self.month = month
    }
}

/// A month as a number, to count with.
private struct MonthCount {
    let number: Int

    init(_ month: Month) { number = month.year * 12 + month.month - 1 }

    private init(number: Int) { self.number = number }

    static func + (one: MonthCount, months: Int) -> MonthCount { MonthCount(number: one.number + months) }

    /// Nil outside of the years that are counted with.
    var month: Month? { Month(year: number / 12, month: number % 12 + 1) }

    var lastDay: Int { Int((month?.lastDay ?? CivilDay(number: 0)).number) }
}

extension [Int] {
    /// The lower one of two in the middle.
    fileprivate var medianIfAny: Int? { isEmpty ? nil : sorted()[(count - 1) / 2] }
    fileprivate var median: Int { medianIfAny ?? 0 }
}
