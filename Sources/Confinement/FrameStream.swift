import CLinux
import Frames
import Glibc
import Linux
import Synchronization

/// Frames as they come through a pipe: so many bytes, then the bytes.
final class FrameStream: Sendable {
    private static let setPipeSize: Int32 = 1031
    private let descriptor: Descriptor
    private let buffer = Mutex(Buffer())

    private struct Buffer {
        var bytes: [UInt8] = []
        var start = 0
    }

    init(reading descriptor: Descriptor) { self.descriptor = descriptor }

    /// A wide pipe lets reader and ledger work at the same time; where the system's limit is lower it stays as it is.
    func widen() { _ = fcntl(descriptor.number, FrameStream.setPipeSize, 1 << 20) }

    func next() throws -> [UInt8]? {
        try buffer.withLock { buffer in
            guard try fill(&buffer, to: 4) else { return nil }
            var count = 0
            for index in 0..<4 { count |= Int(buffer.bytes[buffer.start + index]) << (8 * index) }
            guard count <= Frame.longest else { throw FrameFault("a frame of \(count) bytes is too long") }
            guard try fill(&buffer, to: 4 + count) else { return nil }
            let frame = Array(buffer.bytes[buffer.start + 4..<buffer.start + 4 + count])
            buffer.start += 4 + count
            return frame
        }
    }

    /// False where the pipe ended before; half a frame before the end is the reader's death.
    private func fill(_ buffer: inout Buffer, to wanted: Int) throws(SystemFault) -> Bool {
        guard buffer.bytes.count - buffer.start < wanted else { return true }
        buffer.bytes.removeFirst(buffer.start)
        buffer.start = 0
        while buffer.bytes.count < wanted {
            let before = buffer.bytes.count
            let room = max(wanted - before, 1 << 16)
            buffer.bytes.append(contentsOf: repeatElement(0, count: room))
            let received = retrying {
                unsafe buffer.bytes.withUnsafeMutableBytes {
                    unsafe read(descriptor.number, $0.baseAddress.map { unsafe $0 + before }, room)
                }
            }
            buffer.bytes.removeLast(room - max(0, received))
            if received < 0 { throw SystemFault("read from the reader") }
            if received == 0 { return false }
        }
        return true
    }
}
