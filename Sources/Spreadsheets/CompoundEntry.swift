/// A folder or stream in a compound file's directory.
struct CompoundEntry {
    let name: String
    let isStream: Bool
    let start: UInt32
    let size: Int
    private let neighbours: [UInt32]
    private let child: UInt32

    /// All records of the directory, the root first.
    static func list(_ directory: [UInt8]) throws(SpreadsheetFault) -> [CompoundEntry] {
        var entries: [CompoundEntry] = []
        for at in stride(from: 0, to: directory.count - 127, by: 128) {
            let record = LittleEndian(directory[at..<at + 128])
            guard let nameLength = record.u16(64), let kind = record.u8(66), let left = record.u32(68), let right = record.u32(72),
                let child = record.u32(76), let start = record.u32(116), let size = record.u32(120)
            else { break }
            let units = (0..<max(0, min(nameLength, 64) / 2 - 1)).map { UInt16(record.u16($0 * 2) ?? 0) }
            entries.append(
                CompoundEntry(
                    name: String(decoding: units, as: UTF16.self), isStream: kind == 2, start: UInt32(start), size: size,
                    neighbours: [UInt32(left), UInt32(right)], child: UInt32(child)))
        }
        guard !entries.isEmpty else { throw .damaged("its compound file has no directory") }
        return entries
    }

    /// The streams right under the root. Documents set into a workbook have folders of their own, with streams of the same names.
    static func rootStreams(_ entries: [CompoundEntry]) -> [String: CompoundEntry] {
        var found: [String: CompoundEntry] = [:]
        var seen: Set<UInt32> = []
        var waiting = entries.first.map { [$0.child] } ?? []
        while let number = waiting.popLast() {
            guard Int(number) < entries.count, seen.insert(number).inserted else { continue }
            let entry = entries[Int(number)]
            if entry.isStream { found[entry.name.lowercased()] = entry }
            waiting += entry.neighbours
        }
        return found
    }
}
