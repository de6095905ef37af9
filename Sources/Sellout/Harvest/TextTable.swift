import Cells
import Foundation

/// Gives equal texts the same number, so that what repeats in a column becomes a String once. A text that the workbook shares is
/// found by its index, without a look at its bytes.
struct TextTable {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// A hash table with open addressing: a text's number + 1, or 0 for a free slot.
    private var slots = [Int32](repeating: 0, count: 1024)
    /// A text's number + 2 by its index in the workbook's shared texts, or 0 where it is not known yet.
    private var byShared: [Int32] = []

    static let none: Int32 = -1

    /// The number of the cell's text; `none` if the cell is missing or blank.
    mutating func number(of cell: Cell?, in row: Row) -> Int32 {
        guard let cell else { return TextTable.none }
        if let shared = cell.sharedIndex {
            if shared < byShared.count, byShared[shared] != 0 { return byShared[shared] - 2 }
            let number = row.withText(of: cell) { self.number($0) }
            if shared >= byShared.count { byShared += [Int32](repeating: 0, count: max(shared + 1 - byShared.count, byShared.count)) }
            byShared[shared] = number + 2
            return number
        }
        if cell.kind == .text { return row.withText(of: cell) { number($0) } }
        let spelled = Array(row.string(cell).utf8)
        return number(spelled.span)
    }

    mutating func number(_ text: Span<UInt8>) -> Int32 {
        var start = 0
        var end = text.count
        while start < end, text[start] == 32 || text[start] == 9 { start += 1 }
        while end > start, text[end - 1] == 32 || text[end - 1] == 9 { end -= 1 }
        guard start < end else { return TextTable.none }
        let trimmed = text.extracting(start..<end)
        var slot = slotIndex(trimmed)
        while slots[slot] != 0 {
            if equals(slots[slot] - 1, trimmed) { return slots[slot] - 1 }
            slot = (slot + 1) & (slots.count - 1)
        }
        for index in 0..<trimmed.count { bytes.append(trimmed[index]) }
        ends.append(bytes.count)
        slots[slot] = Int32(clamping: ends.count)
        if ends.count * 2 > slots.count { grow() }
        return Int32(clamping: ends.count - 1)
    }

    /// The text with this number, without white space around it, no-break spaces included.
    func text(_ number: Int32) -> String? {
        guard let range = range(number) else { return nil }
        let text = String(copying: bytes.span.extracting(range)).precomposedStringWithCanonicalMapping
        let blanks: (Character) -> Bool = { $0.isWhitespace }
        return String(text.drop(while: blanks).reversed().drop(while: blanks).reversed())
    }

    private func range(_ number: Int32) -> Range<Int>? {
        guard number >= 0, number < ends.count else { return nil }
        return (number == 0 ? 0 : ends[Int(number) - 1])..<ends[Int(number)]
    }

    private func equals(_ number: Int32, _ text: Span<UInt8>) -> Bool {
        guard let range = range(number), range.count == text.count else { return false }
        for index in 0..<text.count where bytes[range.lowerBound + index] != text[index] { return false }
        return true
    }

    /// FNV-1a, for short texts. A file made to collide slows its own reading only, and its time limit ends that.
    private func slotIndex(_ text: Span<UInt8>) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for index in 0..<text.count { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01b3 }
        return Int(truncatingIfNeeded: hash ^ hash >> 32) & (slots.count - 1)
    }

    private mutating func grow() {
        slots = [Int32](repeating: 0, count: slots.count * 2)
        for number in 0..<ends.count {
            guard let range = range(Int32(number)) else { continue }
            var slot = slotIndex(bytes.span.extracting(range))
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(number + 1)
        }
    }
}
