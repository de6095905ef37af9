import Glibc
import Synchronization

/// A regular file through a descriptor that someone else opened and will close. Nothing else is ever opened.
struct FileBytes: Sendable {
    let descriptor: Int32
    let size: Int
    private let mark = Mark()

    /// Where the last reading ended, for whoever asks how far it has come; all copies of this share it.
    private final class Mark: Sendable {
        let offset = Atomic(0)
    }

    var lastRead: Int { mark.offset.load(ordering: .relaxed) }

    init(descriptor: Int32) throws(SpreadsheetFault) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw SpreadsheetFault(.unreadable, "This is not a file that can be read: it is a folder, a pipe or something else.")
        }
        self.descriptor = descriptor
        size = Int(status.st_size)
    }

    /// Reads up to `count` bytes at `offset`; fewer only at the end of the file.
    func bytes(at offset: Int, count: Int) throws(SpreadsheetFault) -> [UInt8] {
        let wanted = max(0, min(count, size - max(0, offset)))
        guard offset >= 0, wanted > 0 else { return [] }
        var buffer = [UInt8](repeating: 0, count: wanted)
        let got = unsafe try buffer.withUnsafeMutableBufferPointer { target throws(SpreadsheetFault) in
            unsafe try read(at: offset, into: UnsafeMutableRawBufferPointer(target))
        }
        buffer.removeLast(wanted - got)
        return buffer
    }

    /// Fills the buffer from `offset`, as far as the file goes.
    @unsafe func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(SpreadsheetFault) -> Int {
        var done = 0
        while done < buffer.count, let base = buffer.baseAddress {
            let got = unsafe pread(descriptor, base + done, buffer.count - done, off_t(offset + done))
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw SpreadsheetFault(.unreadable, "Reading the file failed (error \(errno)).") }
            if got == 0 { break }
            done += got
        }
        mark.offset.store(offset + done, ordering: .relaxed)
        return done
    }
}

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
