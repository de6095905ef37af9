/// The directory at a ZIP container's end. It is checked as a whole before anything is unpacked.
struct ZipDirectory {
    let entries: [ZipEntry]
    /// What must be added to the container's own offsets, because something stands in front of it.
    let shift: Int
    private let byKey: [String: Int]

    /// A workbook's directory is some kilobytes long.
    private static let longest = 8 << 20
    /// Unpacked bytes that are read however well they pack.
    private static let alwaysFine = 10 << 20

    init(_ file: FileBytes, limits: Limits) throws(SpreadsheetFault) {
        let end = try ZipEnd(file)
        guard end.entries <= limits.entries else {
            throw .limit("its ZIP container holds \(end.entries) files, more than \(limits.entries)", .split)
        }
        guard end.size <= ZipDirectory.longest else { throw .limit("the directory of its ZIP container is \(end.size) bytes long", .split) }
        let directory = try file.bytes(at: end.offset, count: end.size)
        var entries: [ZipEntry] = []
        var byKey: [String: Int] = [:]
        var at = 0
        while at < directory.count {
            let (entry, length) = try ZipEntry.parse(LittleEndian(directory[at...]))
            guard entries.count < limits.entries else { throw .limit("its ZIP container holds more than \(limits.entries) files", .split) }
            let key = ZipEntry.key(entry.name)
            guard byKey.updateValue(entries.count, forKey: key) == nil || key.hasSuffix("/") else {
                throw .damaged("it holds the part \(entry.name) twice, so that nobody can say which one counts")
            }
            entries.append(entry)
            at += length
        }
        guard entries.count == end.entries, !entries.isEmpty else { throw .damaged("the directory of its ZIP container is incomplete") }
        self.entries = entries
        self.byKey = byKey
        shift = end.shift
        try checkSizes(limits, packed: file.size)
        try checkOverlaps()
    }

    /// The entry of that name, whatever its capitals and slashes.
    func entry(_ name: String) -> ZipEntry? { byKey[ZipEntry.key(name)].map { entries[$0] } }

    private func checkSizes(_ limits: Limits, packed: Int) throws(SpreadsheetFault) {
        var all = 0
        for entry in entries {
            all += entry.size
            guard entry.size <= limits.unpackedBytesPerEntry else {
                throw .limit(
                    "the part \(entry.name) would unpack to \(entry.size) bytes, more than \(limits.unpackedBytesPerEntry)", .split)
            }
            if entry.size > ZipDirectory.alwaysFine, entry.size / max(1, limits.packingRatio) > entry.packedSize {
                throw .limit("the part \(entry.name) unpacks to more than \(limits.packingRatio) times its size, as only ZIP bombs do")
            }
        }
        if all > ZipDirectory.alwaysFine, (all - ZipDirectory.alwaysFine) / max(1, limits.packingRatio) > packed {
            throw .limit("it unpacks to more than \(limits.packingRatio) times its size, as only ZIP bombs do")
        }
        guard all <= limits.unpackedBytes else {
            throw .limit("it would unpack to \(all) bytes, more than \(limits.unpackedBytes)", .split)
        }
    }

    private func checkOverlaps() throws(SpreadsheetFault) {
        var end = 0
        for entry in entries.sorted(by: { $0.headerOffset < $1.headerOffset }) {
            guard entry.headerOffset >= end else {
                throw .limit("parts of its ZIP container overlap, as only ZIP bombs do")
            }
            end = entry.extent.upperBound
        }
    }
}

/// One file in a ZIP container, as the container's directory describes it.
struct ZipEntry {
    enum Packing { case stored, deflated }

    let name: String
    let packing: Packing
    let checksum: UInt32
    let packedSize: Int
    let size: Int
    /// Where its own header lies in the file.
    let headerOffset: Int
    /// The least that header and data take up.
    var extent: Range<Int> { headerOffset..<headerOffset + 30 + nameLength + packedSize }
    private let nameLength: Int

    /// The name as it is looked up: some programs write `\` or a leading `/`, or other capitals than the workbook's relationships do.
    static func key(_ name: String) -> String {
        var key = name.lowercased()
        if key.contains("\\") { key = String(key.map { $0 == "\\" ? "/" : $0 }) }
        while key.hasPrefix("/") { key.removeFirst() }
        return key
    }

    /// Reads a central directory record; gives its length with it.
    static func parse(_ record: LittleEndian) throws(SpreadsheetFault) -> (entry: ZipEntry, length: Int) {
        guard record.u32(0) == 0x0201_4B50, let flags = record.u16(8), let method = record.u16(10), let checksum = record.u32(16),
            let packed32 = record.u32(20), let size32 = record.u32(24), let nameLength = record.u16(28), let extraLength = record.u16(30),
            let commentLength = record.u16(32), let offset32 = record.u32(42), let name = record.slice(46, nameLength),
            let extra = record.slice(46 + nameLength, extraLength)
        else { throw .damaged("the directory of its ZIP container cannot be read") }
        var figures = [size32, packed32, offset32]
        widen(&figures, from: LittleEndian(extra))
        guard flags & 1 == 0 else {
            throw SpreadsheetFault(
                .encrypted, "The file is a ZIP archive locked with a password. Send the workbook that is inside, not locked.")
        }
        guard method == 0 || method == 8 else {
            throw SpreadsheetFault(
                .unsupported, "The file is packed in a way that is not read here (ZIP method \(method)). Save it as xlsx again.")
        }
        // Far below overflow, far above any file.
        guard figures.allSatisfy({ $0 < 1 << 48 }) else { throw .damaged("its ZIP directory states impossible sizes") }
        let entry = ZipEntry(
            name: Normalization.streamSafe(String(decoding: name, as: UTF8.self)), packing: method == 0 ? .stored : .deflated,
            checksum: UInt32(truncatingIfNeeded: checksum), packedSize: figures[1], size: figures[0], headerOffset: figures[2],
            nameLength: nameLength)
        return (entry, 46 + nameLength + extraLength + commentLength)
    }

    /// Zip64: an extra field holds the figures that are all ones in the record, in this order.
    private static func widen(_ figures: inout [Int], from extra: LittleEndian) {
        guard figures.contains(0xFFFF_FFFF) else { return }
        var at = 0
        while let kind = extra.u16(at), let length = extra.u16(at + 2) {
            if kind == 1 {
                var next = at + 4
                for index in figures.indices where figures[index] == 0xFFFF_FFFF {
                    guard next + 8 <= at + 4 + length, let wide = extra.u64(next) else { break }
                    figures[index] = wide
                    next += 8
                }
                return
            }
            at += 4 + length
        }
    }
}

/// The record at a ZIP container's end that says where its directory lies.
private struct ZipEnd {
    let entries: Int
    let size: Int
    /// The directory's, in the file.
    let offset: Int
    let shift: Int

    init(_ file: FileBytes) throws(SpreadsheetFault) {
        let tailStart = max(0, file.size - 22 - 0xFFFF)
        let tail = try file.bytes(at: tailStart, count: file.size - tailStart)
        guard let at = ZipEnd.find(tail) else { throw .damaged("its end is missing, so it was probably cut off on the way") }
        let record = LittleEndian(tail[at...])
        guard var entries = record.u16(10), var size = record.u32(12), var stated = record.u32(16) else {
            throw .damaged("the end of its ZIP container cannot be read")
        }
        var end = tailStart + at
        if entries == 0xFFFF || size == 0xFFFF_FFFF || stated == 0xFFFF_FFFF, let wide = try ZipEnd.wide(file, before: end) {
            (entries, size, stated, end) = wide
        }
        guard size <= end, stated <= end - size else { throw .damaged("its ZIP directory lies outside of the file") }
        self.entries = entries
        self.size = size
        offset = end - size
        shift = offset - stated
    }

    /// The last place that looks like the record and has room for its comment behind it.
    private static func find(_ tail: [UInt8]) -> Int? {
        var at = tail.count - 22
        while at >= 0 {
            if tail[at] == 0x50, tail[at + 1] == 0x4B, tail[at + 2] == 0x05, tail[at + 3] == 0x06,
                at + 22 + Int(tail[at + 20]) + Int(tail[at + 21]) << 8 <= tail.count
            {
                return at
            }
            at -= 1
        }
        return nil
    }

    /// The zip64 record, found by the locator in front of the plain one.
    private static func wide(_ file: FileBytes, before end: Int) throws(SpreadsheetFault) -> (Int, Int, Int, Int)? {
        let locator = LittleEndian(try file.bytes(at: end - 20, count: 20))
        guard end >= 20, locator.u32(0) == 0x0706_4B50, let stated = locator.u64(8) else { return nil }
        // Where something stands in front of the container, the record is nearer to the locator than stated.
        for offset in [stated, end - 20 - 56] {
            let record = LittleEndian(try file.bytes(at: offset, count: 56))
            if record.u32(0) == 0x0606_4B50, let entries = record.u64(32), let size = record.u64(40), let start = record.u64(48) {
                return (entries, size, start, offset)
            }
        }
        return nil
    }
}
