import Glibc

/// Nobody reads what is printed any more: not an error, just the end.
struct ReaderGone: Error {}

/// What is printed could not be written.
struct OutputFault: Error, CustomStringConvertible {
    let errno: Int32

    var description: String {
        let reason = unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
        return "Writing the output failed: \(reason)."
    }
}

/// Standard output, gathered into large writes. Bound to the thread that prints.
final class Output {
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    init(descriptor: Int32 = STDOUT_FILENO) { self.descriptor = descriptor }

    var isTerminal: Bool { isatty(descriptor) == 1 }

    func print(_ line: String) throws {
        buffer.append(contentsOf: line.utf8)
        buffer.append(UInt8(ascii: "\n"))
        try flushIfLarge()
    }

    func write(_ bytes: [UInt8]) throws {
        buffer.append(contentsOf: bytes)
        try flushIfLarge()
    }

    func flush() throws {
        var done = 0
        defer { buffer.removeAll(keepingCapacity: true) }
        while done < buffer.count {
            let written = unsafe buffer.withUnsafeBytes { bytes in
                unsafe bytes.baseAddress.map { unsafe Glibc.write(descriptor, $0 + done, bytes.count - done) } ?? 0
            }
            if written > 0 {
                done += written
            } else if errno == EPIPE {
                throw ReaderGone()
            } else if errno != EINTR {
                throw OutputFault(errno: errno)
            }
        }
    }

    private func flushIfLarge() throws {
        if buffer.count >= 1 << 16 { try flush() }
    }
}

@available(*, unavailable) extension Output: Sendable {}
