/// Finds what stands between a CSV's fields, from its first lines.
enum Delimiter {
    private static let candidates: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|")]

    /// Excel's own way to state it: a first line `sep=;`. Gives the delimiter and the length of that line with its end.
    static func stated(_ head: [UInt8]) -> (delimiter: UInt8, length: Int)? {
        guard head.count > 4, head[..<4].map({ $0 | 0x20 }) == Array("sep=".utf8), candidates.contains(head[4]) else { return nil }
        var length = 5
        if length < head.count, head[length] == UInt8(ascii: "\r") { length += 1 }
        if length < head.count, head[length] == UInt8(ascii: "\n") { length += 1 }
        return length > 5 || head.count == 5 ? (head[4], length) : nil
    }

    /// The candidate that cuts most lines into the same number of fields. Many fields, and a first line cut like the others, speak
    /// for it. A comma between digits may be a decimal one and does not count, but where nothing cuts at all it is the comma.
    static func likeliest(in head: [UInt8]) -> UInt8 {
        var best: (delimiter: UInt8, score: Double) = (candidates[0], 0)
        for candidate in candidates {
            let score = evenness(fieldCounts(head, cutBy: candidate))
            if score > best.score { best = (candidate, score) }
        }
        return best.delimiter
    }

    private static func evenness(_ counts: [Int]) -> Double {
        var lines: [Int: Int] = [:]
        for count in counts where count > 1 { lines[count, default: 0] += 1 }
        guard let usual = lines.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else { return 0 }
        let share = Double(usual.value) / Double(counts.count)
        let header = counts.first == usual.key ? 1.5 : 1.0
        return share * share * header * Double(min(usual.key, 64)).squareRoot()
    }

    private static func isDecimal(_ head: [UInt8], _ index: Int) -> Bool {
        head[index] == UInt8(ascii: ",") && index > 0 && index + 1 < head.count && head[index - 1] &- 48 < 10 && head[index + 1] &- 48 < 10
    }

    /// The number of fields of each line that is not blank. The last line may be cut off: it counts only where it is the only one.
    private static func fieldCounts(_ head: [UInt8], cutBy delimiter: UInt8) -> [Int] {
        var counts: [Int] = []
        var fields = 1
        var length = 0
        var isQuoted = false
        var isFieldStart = true
        for (index, byte) in head.enumerated() {
            if byte == UInt8(ascii: "\""), isQuoted || isFieldStart {
                isQuoted.toggle()
                isFieldStart = false
                length += 1
            } else if isQuoted {
                length += 1
            } else if byte == delimiter, !isDecimal(head, index) {
                fields += 1
                isFieldStart = true
            } else if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                if length > 0 || fields > 1 { counts.append(fields) }
                (fields, length, isFieldStart) = (1, 0, true)
            } else {
                length += 1
                isFieldStart = false
            }
        }
        if counts.isEmpty { counts.append(fields) }
        return counts
    }
}
