/// Microsoft's compound file (MS-CFB): a small file system of sectors inside one file. Old workbooks and locked new ones lie in one.
struct CompoundFile {
    private let file: FileBytes
    private let sectorSize: Int
    private let smallSectorSize = 64
    private let smallStreamLimit: Int
    private let table: [UInt32]
    private let smallTable: [UInt32]
    private let smallSectors: [UInt32]
    /// The streams of the root folder under their names in lower case.
    private let streams: [String: CompoundEntry]

    private static let endOfChain: UInt32 = 0xFFFF_FFFE
    private static let damaged = SpreadsheetFault.damaged(
        "its compound file points outside of itself, so it was probably cut off on the way")

    init(_ file: FileBytes) throws(SpreadsheetFault) {
        let header = LittleEndian(try file.bytes(at: 0, count: 512))
        guard let shift = header.u16(30), shift == 9 || shift == 12, header.u16(32) == 6, let directory = header.u32(48),
            let smallStreamLimit = header.u32(56), let smallStart = header.u32(60), let moreStart = header.u32(68)
        else { throw .damaged("the header of its compound file cannot be read") }
        self.file = file
        self.smallStreamLimit = smallStreamLimit
        sectorSize = 1 << shift
        let inHeader = (0..<109).map { UInt32(header.u32(76 + $0 * 4) ?? 0xFFFF_FFFF) }
        table = try CompoundFile.table(file, sectorSize, inHeader: inHeader, more: UInt32(moreStart))
        let sectors = CompoundFile.Sectors(file: file, size: sectorSize)
        let entries = try CompoundEntry.list(try sectors.bytes(of: CompoundFile.chain(from: UInt32(directory), in: table)))
        smallTable = try sectors.figures(of: CompoundFile.chain(from: UInt32(smallStart), in: table))
        smallSectors = try CompoundFile.chain(from: entries.first?.start ?? CompoundFile.endOfChain, in: table)
        streams = CompoundEntry.rootStreams(entries)
    }

    func has(_ name: String) -> Bool { streams[name.lowercased()] != nil }

    func stream(_ name: String) throws(SpreadsheetFault) -> CompoundStream? {
        guard let entry = streams[name.lowercased()] else { return nil }
        let isSmall = entry.size < smallStreamLimit
        let unit = isSmall ? smallSectorSize : sectorSize
        var extents: [Range<Int>] = []
        for sector in try CompoundFile.chain(from: entry.start, in: isSmall ? smallTable : table) {
            let offset = try isSmall ? smallOffset(sector) : (Int(sector) + 1) * sectorSize
            if let last = extents.last, last.upperBound == offset {
                extents[extents.count - 1] = last.lowerBound..<offset + unit
            } else {
                extents.append(offset..<offset + unit)
            }
        }
        let room = extents.reduce(0) { $0 + $1.count }
        guard entry.size <= room, extents.allSatisfy({ $0.lowerBound < file.size }) else { throw CompoundFile.damaged }
        return CompoundStream(file, extents: extents, size: entry.size)
    }

    private func smallOffset(_ sector: UInt32) throws(SpreadsheetFault) -> Int {
        let offset = Int(sector) * smallSectorSize
        guard offset / sectorSize < smallSectors.count else { throw CompoundFile.damaged }
        return (Int(smallSectors[offset / sectorSize]) + 1) * sectorSize + offset % sectorSize
    }

    /// The sectors that follow each other, beginning with `start`. A chain that is longer than the table runs in a circle.
    private static func chain(from start: UInt32, in table: [UInt32]) throws(SpreadsheetFault) -> [UInt32] {
        var sectors: [UInt32] = []
        var next = start
        while next != endOfChain, next != 0xFFFF_FFFF {
            guard Int(next) < table.count, sectors.count < table.count else { throw damaged }
            sectors.append(next)
            next = table[Int(next)]
        }
        return sectors
    }

    /// The allocation table. The header lists its sectors, and further sectors list those that the header has no room for.
    private static func table(_ file: FileBytes, _ size: Int, inHeader: [UInt32], more: UInt32) throws(SpreadsheetFault) -> [UInt32] {
        let sectors = Sectors(file: file, size: size)
        let most = file.size / size + 1
        var places = inHeader.filter { $0 < 0xFFFF_FFFA }
        var next = more
        var rounds = 0
        while next < 0xFFFF_FFFA {
            let figures = try sectors.figures(of: [next])
            guard rounds < most, let last = figures.last else { throw damaged }
            places += figures.dropLast().filter { $0 < 0xFFFF_FFFA }
            next = last
            rounds += 1
        }
        guard places.count <= most else { throw damaged }
        return try sectors.figures(of: places)
    }

    private struct Sectors {
        let file: FileBytes
        let size: Int

        func bytes(of sectors: [UInt32]) throws(SpreadsheetFault) -> [UInt8] {
            var all: [UInt8] = []
            for sector in sectors { all += try file.bytes(at: (Int(sector) + 1) * size, count: size) }
            return all
        }

        func figures(of sectors: [UInt32]) throws(SpreadsheetFault) -> [UInt32] {
            let bytes = LittleEndian(try bytes(of: sectors))
            return (0..<bytes.bytes.count / 4).map { UInt32(bytes.u32($0 * 4) ?? 0) }
        }
    }
}

/// A folder or stream in a compound file's directory.
private struct CompoundEntry {
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

    /// The streams right under the root. Documents inside a workbook have folders of their own, with streams of the same names.
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

/// A stream of a compound file: pieces of the file, in order.
struct CompoundStream {
    let size: Int
    private let file: FileBytes
    private let extents: [Range<Int>]
    /// Where each extent begins in the stream.
    private let starts: [Int]

    init(_ file: FileBytes, extents: [Range<Int>], size: Int) {
        self.file = file
        self.extents = extents
        self.size = size
        var starts: [Int] = []
        var start = 0
        for extent in extents {
            starts.append(start)
            start += extent.count
        }
        self.starts = starts
    }

    /// Up to `count` bytes; fewer at the stream's end, or at the file's where it was cut off.
    func bytes(at offset: Int, count: Int) throws(SpreadsheetFault) -> [UInt8] {
        guard offset >= 0, offset < size else { return [] }
        var wanted = min(count, size - offset)
        var index = piece(holding: offset)
        var inside = offset - starts[index]
        var all: [UInt8] = []
        all.reserveCapacity(wanted)
        while wanted > 0, index < extents.count {
            let length = min(wanted, extents[index].count - inside)
            let got = try file.bytes(at: extents[index].lowerBound + inside, count: length)
            all += got
            if got.count < length { break }
            wanted -= length
            inside = 0
            index += 1
        }
        return all
    }

    private func piece(holding offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }
}
