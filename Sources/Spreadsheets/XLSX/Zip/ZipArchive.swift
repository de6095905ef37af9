import CISAL

/// A ZIP container: parts by name, unpacked and checked while they are read.
struct ZipArchive {
    let directory: ZipDirectory
    private let file: FileBytes
    private let limits: Limits

    init(_ file: FileBytes, limits: Limits) throws(SpreadsheetFault) {
        self.file = file
        self.limits = limits
        directory = try ZipDirectory(file, limits: limits)
    }

    /// The entry of that name, whatever its capitals and slashes.
    func entry(_ name: String) -> ZipEntry? { directory.entry(name) }

    /// The entry's bytes, unpacked on the way and compared with its size and checksum at the end.
    func open(_ entry: ZipEntry) throws(SpreadsheetFault) -> any ByteSource {
        let header = LittleEndian(try file.bytes(at: entry.headerOffset + directory.shift, count: 30))
        guard header.u32(0) == 0x0403_4B50, let nameLength = header.u16(26), let extraLength = header.u16(28) else {
            throw .damaged("the part \(entry.name) is not where its ZIP directory says")
        }
        let start = entry.headerOffset + directory.shift + 30 + nameLength + extraLength
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
}

/// Unpacks a raw deflate stream block by block.
@safe private final class Inflation: ByteSource {
    private let packed: any ByteSource
    private let part: String
    private let state: UnsafeMutablePointer<inflate_state>
    private let input: UnsafeMutableRawBufferPointer

    init(_ packed: any ByteSource, part: String) {
        self.packed = packed
        self.part = part
        unsafe state = UnsafeMutablePointer.allocate(capacity: 1)
        unsafe isal_inflate_init(state)
        unsafe state.pointee.crc_flag = UInt32(ISAL_DEFLATE)
        unsafe state.pointee.avail_in = 0
        unsafe input = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 64)
    }

    deinit {
        unsafe state.deallocate()
        unsafe input.deallocate()
    }

    @unsafe func read(into buffer: UnsafeMutableRawBufferPointer) throws(SpreadsheetFault) -> Int {
        guard let target = unsafe buffer.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return 0 }
        let room = UInt32(clamping: buffer.count)
        unsafe state.pointee.next_out = target
        unsafe state.pointee.avail_out = room
        while unsafe state.pointee.avail_out > 0, unsafe state.pointee.block_state != ISAL_BLOCK_FINISH {
            var isOver = false
            if unsafe state.pointee.avail_in == 0 {
                let got = unsafe try packed.read(into: input)
                isOver = got == 0
                unsafe state.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
                unsafe state.pointee.avail_in = UInt32(got)
            }
            let before = unsafe state.pointee.avail_out
            let result = unsafe isal_inflate(state)
            guard result >= ISAL_DECOMP_OK, result != ISAL_NEED_DICT else { throw .damaged("the part \(part) cannot be unpacked") }
            // Nothing is left to put in, and nothing more comes out.
            if isOver, unsafe state.pointee.avail_out == before, unsafe state.pointee.block_state != ISAL_BLOCK_FINISH {
                throw .damaged("the part \(part) ends too early, so the file was cut off")
            }
        }
        return unsafe Int(room - state.pointee.avail_out)
    }
}

/// A part's unpacked bytes, counted and summed on the way. Reading to the end fails unless size and checksum are the directory's.
private final class CheckedPart: ByteSource {
    private let source: any ByteSource
    private let entry: ZipEntry
    private var count = 0
    private var checksum: UInt32 = 0

    init(_ source: any ByteSource, entry: ZipEntry) {
        self.source = source
        self.entry = entry
    }

    @unsafe func read(into buffer: UnsafeMutableRawBufferPointer) throws(SpreadsheetFault) -> Int {
        let got = unsafe try source.read(into: buffer)
        if got == 0 {
            guard unsafe buffer.isEmpty || count == entry.size && checksum == entry.checksum else {
                throw .damaged("the part \(entry.name) has changed since the file was made (its checksum is wrong)")
            }
            return 0
        }
        count += got
        guard count <= entry.size else { throw .damaged("the part \(entry.name) is longer than its ZIP directory says") }
        unsafe checksum = crc32_gzip_refl(checksum, buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt64(got))
        return got
    }
}
