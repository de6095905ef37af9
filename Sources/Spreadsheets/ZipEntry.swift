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
        try widen(&figures, from: LittleEndian(extra))
        guard flags & 1 == 0 else {
            throw SpreadsheetFault(.encrypted, "The file is protected with a password. Remove the password and send it again.")
        }
        guard method == 0 || method == 8 else {
            throw SpreadsheetFault(
                .unsupported, "The file is packed in a way that is not read here (ZIP method \(method)). Save it as xlsx again.")
        }
        // Far below overflow, far above any file.
        guard figures.allSatisfy({ $0 < 1 << 48 }) else { throw .damaged("its ZIP directory states impossible sizes") }
        let entry = ZipEntry(
            name: String(decoding: name, as: UTF8.self), packing: method == 0 ? .stored : .deflated,
            checksum: UInt32(truncatingIfNeeded: checksum), packedSize: figures[1], size: figures[0], headerOffset: figures[2],
            nameLength: nameLength)
        return (entry, 46 + nameLength + extraLength + commentLength)
    }

    /// Zip64: figures that are all ones stand in an extra field instead, in this order.
    private static func widen(_ figures: inout [Int], from extra: LittleEndian) throws(SpreadsheetFault) {
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
