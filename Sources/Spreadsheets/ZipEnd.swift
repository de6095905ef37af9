/// The record at a ZIP container's end that says where its directory lies.
struct ZipEnd {
    let entries: Int
    let directorySize: Int
    /// In the file.
    let directoryOffset: Int
    /// What must be added to the container's own offsets, because something stands in front of it.
    let shift: Int

    init(_ file: FileBytes) throws(SpreadsheetFault) {
        let tailStart = max(0, file.size - 22 - 0xFFFF)
        let tail = try file.bytes(at: tailStart, count: file.size - tailStart)
        guard let at = ZipEnd.find(tail) else { throw .damaged("its end is missing, so it was probably cut off on the way") }
        let record = LittleEndian(tail[at...])
        guard var entries = record.u16(10), var size = record.u32(12), var offset = record.u32(16) else {
            throw .damaged("the end of its ZIP container cannot be read")
        }
        var end = tailStart + at
        if entries == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF, let wide = try ZipEnd.wide(file, before: end) {
            (entries, size, offset, end) = wide
        }
        guard size <= end, offset <= end - size else { throw .damaged("its ZIP directory lies outside of the file") }
        self.entries = entries
        directorySize = size
        directoryOffset = end - size
        shift = directoryOffset - offset
    }

    /// The last place that looks like the record and whose comment fits behind it.
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
