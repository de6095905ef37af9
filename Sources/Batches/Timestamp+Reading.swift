import Cells

extension Timestamp {
    /// `2026-03-31T12:00`, with seconds and their parts where wanted, in UTC, which a `Z` at the end may say. A day alone is its start.
    package init?(_ text: String) {
        let parts = (text.hasSuffix("Z") ? text.dropLast() : text[...]).split(separator: "T", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let day = CivilDay(String(parts[0])) else { return nil }
        var milliseconds = CivilTime(day: day).milliseconds
        if parts.count == 2 {
            guard let time = Timestamp.milliseconds(of: parts[1]) else { return nil }
            milliseconds += time
        }
        self.init(milliseconds: milliseconds)
    }

    /// The last moment of a day in UTC.
    package init(endOf day: CivilDay) { self.init(milliseconds: CivilTime(day: day).milliseconds + 86_399_999) }

    /// `12:00`, `12:00:30`, `12:00:30.250`
    private static func milliseconds(of time: Substring) -> Int64? {
        let halves = time.split(separator: ".", omittingEmptySubsequences: false)
        let fields = halves[0].split(separator: ":", omittingEmptySubsequences: false)
        guard halves.count <= 2, (2...3).contains(fields.count), halves.count == 1 || fields.count == 3 else { return nil }
        var numbers: [Int64] = []
        for (field, below) in zip(fields, [24, 60, 60] as [Int64]) {
            guard field.utf8.count == 2, let number = digits(field), number < below else { return nil }
            numbers.append(number)
        }
        var part: Int64 = 0
        if halves.count == 2 {
            guard (1...9).contains(halves[1].utf8.count), digits(halves[1]) != nil,
                let thousandths = digits((halves[1] + "00").prefix(3))
            else { return nil }
            part = thousandths
        }
        return ((numbers[0] * 60 + numbers[1]) * 60 + (numbers.count > 2 ? numbers[2] : 0)) * 1000 + part
    }

    private static func digits(_ text: some StringProtocol) -> Int64? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int64(text) : nil
    }
}
