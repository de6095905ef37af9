import Cells

extension Timestamp {
    /// Reads a moment in UTC as people and listings write it: `2025-04-14T12:30`, `2025-04-14 12:30:05`, `2025-04-14T12:30:05.250Z`.
    package init?(_ text: String) {
        let bare = text.hasSuffix("Z") ? text.dropLast() : text[...]
        let halves = bare.split(omittingEmptySubsequences: false) { $0 == "T" || $0 == " " }
        guard halves.count == 2, let day = CivilDay(String(halves[0])) else { return nil }
        let clock = halves[1].split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(clock.count), let hour = Timestamp.two(clock[0], below: 24), let minute = Timestamp.two(clock[1], below: 60)
        else { return nil }
        var milliseconds: Int64 = 0
        if clock.count == 3 {
            let parts = clock[2].split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count <= 2, let second = Timestamp.two(parts[0], below: 60) else { return nil }
            milliseconds = second * 1000
            if parts.count == 2 {
                guard (1...3).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy(Timestamp.isDigit), let fraction = Int64(parts[1])
                else { return nil }
                milliseconds += fraction * [100, 10, 1][parts[1].utf8.count - 1]
            }
        }
        self.init(milliseconds: CivilTime(day: day).milliseconds + (hour * 60 + minute) * 60_000 + milliseconds)
    }

    /// The last moment of a day in UTC.
    package init(endOf day: CivilDay) { self.init(milliseconds: CivilTime(day: day).milliseconds + 86_399_999) }

    private static func two(_ text: Substring, below limit: Int64) -> Int64? {
        guard text.utf8.count == 2, text.utf8.allSatisfy(isDigit), let number = Int64(text), number < limit else { return nil }
        return number
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
