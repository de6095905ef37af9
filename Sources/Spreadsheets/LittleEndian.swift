/// Reads little-endian figures out of bytes; nil past their end.
struct LittleEndian {
    let bytes: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }
    init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

    func u8(_ offset: Int) -> Int? {
        offset >= 0 && offset < bytes.count ? Int(bytes[bytes.startIndex + offset]) : nil
    }

    func u16(_ offset: Int) -> Int? { figure(offset, 2).map { Int($0) } }

    func u32(_ offset: Int) -> Int? { figure(offset, 4).map { Int($0) } }

    /// Nil also where the figure is larger than any file.
    func u64(_ offset: Int) -> Int? { figure(offset, 8).flatMap { Int(exactly: $0) } }

    func double(_ offset: Int) -> Double? { figure(offset, 8).map { Double(bitPattern: $0) } }

    func slice(_ offset: Int, _ count: Int) -> ArraySlice<UInt8>? {
        guard offset >= 0, count >= 0, offset <= bytes.count, count <= bytes.count - offset else { return nil }
        return bytes[bytes.startIndex + offset..<bytes.startIndex + offset + count]
    }

    private func figure(_ offset: Int, _ width: Int) -> UInt64? {
        guard offset >= 0, offset <= bytes.count - width else { return nil }
        var value: UInt64 = 0
        for index in (0..<width).reversed() { value = value << 8 | UInt64(bytes[bytes.startIndex + offset + index]) }
        return value
    }
}
