import Glibc

/// One connection to a server, on which nothing waits longer than a deadline.
struct ClientSocket: ~Copyable {
    private let number: Int32
    private let deadline: ContinuousClock.Instant

    init(to address: ListenAddress, deadline: ContinuousClock.Instant) throws(HTTPClientFault) {
        self.deadline = deadline
        number = socket(address.family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard number >= 0 else { throw .unreachable(errno: errno) }
        while unsafe address.withName({ unsafe Glibc.connect(number, $0, $1) }) != 0 {
            switch errno {
            case EINTR: continue
            // A Unix socket whose queue is full; the kernel does not say when there is room.
            case EAGAIN: try rest()
            case EINPROGRESS:
                _ = try wait(for: POLLOUT)
                var reason: Int32 = 0
                var length = socklen_t(MemoryLayout<Int32>.size)
                guard unsafe getsockopt(number, SOL_SOCKET, SO_ERROR, &reason, &length) == 0, reason == 0 else {
                    throw .unreachable(errno: reason)
                }
                return
            default: throw .unreachable(errno: errno)
            }
        }
    }

    deinit { close(number) }

    /// False where the server has begun to answer, or has closed, before it had everything.
    func send(_ bytes: RawSpan) throws(HTTPClientFault) -> Bool {
        var done = 0
        while done < bytes.byteCount {
            guard try wait(for: POLLOUT | POLLIN) & POLLIN == 0 else { return false }
            let sent = unsafe bytes.withUnsafeBytes { bytes in
                unsafe Glibc.send(number, bytes.baseAddress.map { unsafe $0 + done }, bytes.count - done, Int32(MSG_NOSIGNAL))
            }
            if sent > 0 {
                done += sent
            } else if errno == EPIPE || errno == ECONNRESET {
                return false
            } else if errno != EAGAIN && errno != EINTR {
                throw .unreachable(errno: errno)
            }
        }
        return true
    }

    /// Adds what has come; false where the server has closed.
    func receive(into bytes: inout [UInt8], atMost most: Int = 65_536) throws(HTTPClientFault) -> Bool {
        var got = 0
        repeat {
            _ = try wait(for: POLLIN)
            let fresh = unsafe [UInt8](unsafeUninitializedCapacity: most) { room, count in
                got = unsafe recv(number, room.baseAddress, most, 0)
                count = max(got, 0)
            }
            bytes += fresh
        } while got < 0 && (errno == EAGAIN || errno == EINTR)
        guard got >= 0 else { throw .broken("The server has cut the connection.") }
        return got > 0
    }

    private func wait(for events: Int32) throws(HTTPClientFault) -> Int32 {
        while true {
            let left = ContinuousClock.now.duration(to: deadline).milliseconds
            guard left > 0 else { throw .late }
            var entry = pollfd(fd: number, events: Int16(truncatingIfNeeded: events), revents: 0)
            let ready = unsafe poll(&entry, 1, Int32(clamping: left))
            if ready > 0 {
                // An error or a hang-up is for the call that follows to find.
                let found = Int32(entry.revents)
                return found & (POLLERR | POLLHUP) == 0 ? found : events & ~POLLIN | (found & POLLIN)
            }
            guard ready == 0 || errno == EINTR else { throw .unreachable(errno: errno) }
        }
    }

    private func rest() throws(HTTPClientFault) {
        guard ContinuousClock.now < deadline else { throw .late }
        var time = timespec(tv_sec: 0, tv_nsec: 2_000_000)
        _ = unsafe nanosleep(&time, nil)
    }
}
