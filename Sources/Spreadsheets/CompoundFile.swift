/// Microsoft's compound file: a small file system of sectors inside one file, around old workbooks and around locked new ones.
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

    /// The sectors that follow each other from one on. A chain that is longer than the table runs in a circle.
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

    /// The allocation table: its own sectors are listed in the header, and in further sectors where there are many.
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
