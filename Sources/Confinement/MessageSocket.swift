import CLinux
import Frames
import Glibc
import Linux

/// One end of the socket between daemon and reader: messages as their length and their bytes, some with an open descriptor.
/// Used by one thread at a time.
final class MessageSocket {
    private let descriptor: Descriptor
    private var buffer: [UInt8] = []
    private var start = 0

    init(_ descriptor: Descriptor) { self.descriptor = descriptor }

    /// Two ends that belong together; both close when another program is started.
    static func pair() throws(SystemFault) -> (Descriptor, Descriptor) {
        var sockets: [Int32] = [-1, -1]
        guard unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &sockets) == 0 else {
            throw SystemFault("socketpair")
        }
        return (Descriptor(owning: sockets[0]), Descriptor(owning: sockets[1]))
    }

    /// From now on the other side's silence is a fault, EAGAIN, after so long.
    func wait(atMost time: Duration) throws(SystemFault) {
        let (seconds, attoseconds) = time.components
        var limit = timeval(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
        guard unsafe setsockopt(descriptor.number, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size)) == 0 else {
            throw SystemFault("setsockopt(SO_RCVTIMEO)")
        }
    }

    /// The one way of sending that the cage allows.
    func write(_ bytes: [UInt8]) throws(SystemFault) { try descriptor.write(bytes) }

    /// Sends all bytes, and a descriptor with the first of them.
    func send(_ bytes: [UInt8], with file: Descriptor? = nil) throws(SystemFault) {
        var done = 0
        while done < bytes.count {
            let sent = retrying {
                unsafe bytes.withUnsafeBytes {
                    unsafe linux_send_with_descriptor(
                        descriptor.number, $0.baseAddress.map { unsafe $0 + done }, bytes.count - done, done == 0 ? file?.number ?? -1 : -1)
                }
            }
            guard sent > 0 else { throw SystemFault("send between daemon and reader") }
            done += sent
        }
    }

    /// The next message without its length, waited for; nil where the other side is gone. Half a message before that is its death.
    func next() throws -> [UInt8]? {
        guard try fill(to: 4) else { return nil }
        let count = MessageSocket.length(buffer[start..<start + 4])
        guard count <= Frame.longest else { throw FrameFault("a frame of \(count) bytes is too long") }
        guard try fill(to: 4 + count) else { return nil }
        defer { start += 4 + count }
        return Array(buffer[start + 4..<start + 4 + count])
    }

    /// Bytes that came and that nobody has asked for, or the end.
    var holdsMore: Bool {
        var byte: UInt8 = 0
        let seen = unsafe recv(descriptor.number, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT))
        return seen >= 0 || start < buffer.count
    }

    private func fill(to wanted: Int) throws(SystemFault) -> Bool {
        guard buffer.count - start < wanted else { return true }
        buffer.removeFirst(start)
        start = 0
        while buffer.count < wanted {
            let before = buffer.count
            let room = max(wanted - before, 1 << 16)
            buffer.append(contentsOf: repeatElement(0, count: room))
            let received = retrying {
                unsafe buffer.withUnsafeMutableBytes {
                    unsafe Glibc.read(descriptor.number, $0.baseAddress.map { unsafe $0 + before }, room)
                }
            }
            buffer.removeLast(room - max(0, received))
            if received < 0 { throw SystemFault("receive from the reader") }
            if received == 0 { return false }
        }
        return true
    }

    /// A message that may bring a descriptor: read byte by byte as long as it is, since a descriptor comes with its own bytes and
    /// would be lost with a read that goes beyond them.
    func nextOrder() throws -> (bytes: [UInt8], file: Descriptor?)? {
        guard let head = try receive(4) else { return nil }
        let count = MessageSocket.length(head.bytes[...])
        guard count <= Frame.longest, let body = try receive(count) else { return nil }
        return (body.bytes, head.file ?? body.file)
    }

    private func receive(_ count: Int) throws(SystemFault) -> (bytes: [UInt8], file: Descriptor?)? {
        var bytes = [UInt8](repeating: 0, count: count)
        var file: Descriptor?
        var done = 0
        while done < count {
            var arrived: Int32 = -1
            let received = retrying {
                unsafe bytes.withUnsafeMutableBytes {
                    unsafe linux_receive_with_descriptor(
                        descriptor.number, $0.baseAddress.map { unsafe $0 + done }, count - done, &arrived)
                }
            }
            if arrived >= 0 { file = Descriptor(owning: arrived) }
            if received < 0 { throw SystemFault("receive orders") }
            if received == 0 { return nil }
            done += received
        }
        return (bytes, file)
    }

    private static func length(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reversed().reduce(0) { $0 << 8 | Int($1) } }
}
