import Frames
import Glibc
import Linux
import Sellout

/// The reader's own end: orders on its standard input, frames on its standard output.
public final class ReaderPost {
    private let orders = Descriptor(owning: 0)
    private let frames = Descriptor(owning: 1)

    public init() {}

    /// The next order, and the file that came with it; nil when the daemon is gone.
    public func receive() throws -> (order: Order, file: Descriptor?)? {
        guard let head = try orders.receive(4) else { return nil }
        var count = 0
        for index in 0..<4 { count |= Int(head.bytes[index]) << (8 * index) }
        guard count <= Frame.longest, let body = try orders.receive(count) else { return nil }
        return (try Order(body.bytes), head.file ?? body.file)
    }

    public func send(_ frame: Frame) throws {
        let bytes = frame.encoded()
        guard bytes.count <= Frame.longest else {
            throw FileRefusal(.limitExceeded, "A row of this file is too large to be read.")
        }
        try frames.write(bytes)
    }
}
