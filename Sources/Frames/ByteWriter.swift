/// Writes values one behind the other: little-endian, texts and lists with their length before them. Its memory is no array, because
/// an array asks before each number whether somebody shares it. Safe because nobody else gets at the memory, and each write makes
/// room first.
@safe struct ByteWriter: ~Copyable {
    private static let lengthBytes = 4

    private var memory: UnsafeMutableRawBufferPointer
    private var count = lengthBytes

    init() { unsafe memory = .allocate(byteCount: 1024, alignment: 1) }

    deinit { unsafe memory.deallocate() }

    /// All that was written, with the number of its bytes before it.
    consuming func frame() -> [UInt8] {
        let end = count
        count = 0
        put(UInt32(clamping: end - ByteWriter.lengthBytes))
        return unsafe [UInt8](memory[..<end])
    }

    @inline(__always) mutating func put<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number) {
        let width = MemoryLayout<Number>.size
        if unsafe memory.count - count < width { makeRoom(for: width) }
        unsafe memory.storeBytes(of: number.littleEndian, toByteOffset: count, as: Number.self)
        count += width
    }

    /// The bytes with their number before them.
    mutating func put(counted bytes: some Collection<UInt8>) {
        let length = bytes.count
        put(UInt32(clamping: length))
        if unsafe memory.count - count < length { makeRoom(for: length) }
        unsafe UnsafeMutableRawBufferPointer(rebasing: memory[count..<count + length]).copyBytes(from: bytes)
        count += length
    }

    @inline(never) private mutating func makeRoom(for more: Int) {
        let larger = unsafe UnsafeMutableRawBufferPointer.allocate(byteCount: memory.count + max(more, memory.count), alignment: 1)
        unsafe larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<count]))
        unsafe memory.deallocate()
        unsafe memory = larger
    }
}
