/// A ZIP container's directory, checked before anything is unpacked.
struct ZipArchive {
    let entries: [ZipEntry]
    private let file: FileBytes
    private let limits: Limits
    private let byKey: [String: Int]

    init(_ file: FileBytes, limits: Limits) throws(SpreadsheetFault) {
        self.file = file
        self.limits = limits
        let end = try ZipEnd(file)
        guard end.entries <= limits.entries else {
            throw .limit("its ZIP container holds \(end.entries) files, more than \(limits.entries)")
        }
        guard end.directorySize <= 8 << 20 else { throw .limit("the directory of its ZIP container is \(end.directorySize) bytes long") }
        let directory = try file.bytes(at: end.directoryOffset, count: end.directorySize)
        var entries: [ZipEntry] = []
        var byKey: [String: Int] = [:]
        var at = 0
        while at < directory.count {
            let (entry, length) = try ZipEntry.parse(LittleEndian(directory[at...]))
            guard entries.count < limits.entries else { throw .limit("its ZIP container holds more than \(limits.entries) files") }
            byKey[ZipEntry.key(entry.name)] = entries.count
            entries.append(entry)
            at += length
        }
        guard entries.count == end.entries, !entries.isEmpty else { throw .damaged("the directory of its ZIP container is incomplete") }
        self.entries = entries
        self.byKey = byKey
        shift = end.shift
        try checkSizes()
        try checkOverlaps()
    }

    /// Bytes in front of the container that its offsets do not count.
    private let shift: Int

    /// The entry of that name, whatever its capitals and slashes.
    func entry(_ name: String) -> ZipEntry? { byKey[ZipEntry.key(name)].map { entries[$0] } }

    /// The entry's bytes, unpacked on the way and checked against its size and checksum at the end.
    func open(_ entry: ZipEntry) throws(SpreadsheetFault) -> any ByteSource {
        let header = LittleEndian(try file.bytes(at: entry.headerOffset + shift, count: 30))
        guard header.u32(0) == 0x0403_4B50, let nameLength = header.u16(26), let extraLength = header.u16(28) else {
            throw .damaged("the part \(entry.name) is not where its ZIP directory says")
        }
        let start = entry.headerOffset + shift + 30 + nameLength + extraLength
        guard start + entry.packedSize <= file.size else { throw .damaged("the part \(entry.name) is cut off") }
        let packed = FileSource(file, from: start, count: entry.packedSize)
        return CheckedPart(entry.packing == .stored ? packed : Inflation(packed, part: entry.name), entry: entry)
    }

    /// A whole small part in memory.
    func contents(_ entry: ZipEntry) throws(SpreadsheetFault) -> ByteWindow {
        let tooLong = SpreadsheetFault.limit("the part \(entry.name) is longer than \(limits.descriptionBytes) bytes")
        guard entry.size <= limits.descriptionBytes else { throw tooLong }
        let text = try MarkupEncoding.utf8(try open(entry))
        let window = ByteWindow(text, capacity: 32 << 10, largest: limits.descriptionBytes * 2, fault: tooLong)
        while !window.isLast { try window.slide(dropping: 0) }
        return window
    }

    private func checkSizes() throws(SpreadsheetFault) {
        var all = 0
        for entry in entries {
            all += entry.size
            guard entry.size <= limits.unpackedBytesPerEntry else {
                throw .limit("the part \(entry.name) would unpack to \(entry.size) bytes, more than \(limits.unpackedBytesPerEntry)")
            }
            if entry.size > 10 << 20, entry.size / max(1, limits.packingRatio) > entry.packedSize {
                throw .limit("the part \(entry.name) unpacks to more than \(limits.packingRatio) times its size, as only ZIP bombs do")
            }
        }
        guard all <= limits.unpackedBytes else { throw .limit("it would unpack to \(all) bytes, more than \(limits.unpackedBytes)") }
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
