import Foundation
import Glibc
import Texts
import Web

/// A client that sends exactly the bytes it is told to, well-formed or not.
final class RawClient: Sendable {
    private let number: Int32

    init(_ server: WebServer) throws {
        let port: UInt16
        switch server.address {
        case .inet(_, let chosen), .inet6(_, let chosen): port = chosen
        case .off, .unix: throw POSIXError(.ENOTCONN)
        }
        let family = if case .inet6 = server.address { AF_INET6 } else { AF_INET }
        number = socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        // A server that neither answers nor closes fails the test instead of hanging it.
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        unsafe setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        guard number >= 0, connect(family: family, port: port) == 0 else { throw POSIXError(.ECONNREFUSED) }
    }

    deinit { close(number) }

    private func connect(family: Int32, port: UInt16) -> Int32 {
        if family == AF_INET6 {
            var name = sockaddr_in6()
            name.sin6_family = sa_family_t(AF_INET6)
            name.sin6_port = port.bigEndian
            unsafe inet_pton(AF_INET6, "::1", &name.sin6_addr)
            return unsafe withUnsafeBytes(of: &name) { unsafe connect($0) }
        }
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = port.bigEndian
        unsafe inet_pton(AF_INET, "127.0.0.1", &name.sin_addr)
        return unsafe withUnsafeBytes(of: &name) { unsafe connect($0) }
    }

    private func connect(_ name: UnsafeRawBufferPointer) -> Int32 {
        guard let start = name.baseAddress else { return -1 }
        return unsafe Glibc.connect(number, start.assumingMemoryBound(to: sockaddr.self), socklen_t(name.count))
    }

    /// False once the server has closed.
    @discardableResult func send(_ bytes: some Sequence<UInt8>) -> Bool {
        let all = Array(bytes)
        var done = 0
        while done < all.count {
            let sent = unsafe all.withUnsafeBytes {
                unsafe Glibc.send(number, $0.baseAddress.map { unsafe $0 + done }, $0.count - done, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { return false }
            done += sent
        }
        return true
    }

    @discardableResult func send(_ text: String) -> Bool { send(text.utf8) }

    /// Says that nothing more will come.
    func endSending() { shutdown(number, Int32(SHUT_WR)) }

    /// Its end will be a reset and no orderly close.
    func willReset() {
        var linger = Glibc.linger(l_onoff: 1, l_linger: 0)
        unsafe setsockopt(number, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
    }

    /// What has come, waiting for something; nil when the server has closed, or reset, the connection.
    func receive() throws -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let got = unsafe bytes.withUnsafeMutableBytes { unsafe recv(number, $0.baseAddress, $0.count, 0) }
        if got < 0, errno == EAGAIN { throw POSIXError(.ETIMEDOUT) }
        return got > 0 ? Array(bytes[..<got]) : nil
    }

    /// Everything until the server closes.
    func receiveAll() throws -> String {
        var all: [UInt8] = []
        while let bytes = try receive() { all += bytes }
        return String(decoding: all, as: UTF8.self)
    }

    /// One answer, of a connection that stays open: to the end of the body that its Content-Length announces.
    func receiveAnswer() throws -> RawAnswer {
        var all: [UInt8] = []
        while true {
            if let answer = RawAnswer(String(decoding: all, as: UTF8.self)), answer.isWhole { return answer }
            guard let more = try receive() else { throw POSIXError(.ECONNRESET) }
            all += more
        }
    }
}

/// An answer taken apart.
struct RawAnswer {
    let status: Int
    let headers: [String: String]
    let body: String

    init?(_ text: String) {
        guard let end = text.range(of: "\r\n\r\n") else { return nil }
        let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
        guard let first = lines.first?.split(separator: " "), first.count >= 2, let status = Int(first[1]) else { return nil }
        self.status = status
        headers = Dictionary(
            lines.dropFirst().compactMap { line in
                line.firstIndex(of: ":").map {
                    (line[..<$0].lowercased(), line[line.index(after: $0)...].trimmingCharacters(in: .whitespaces))
                }
            }, uniquingKeysWith: { $0 + ", " + $1 })
        body = String(text[end.upperBound...])
    }

    /// The body as JSON; throws where it is none.
    var json: JSONValue { get throws { try JSONValue(reading: body.utf8) } }

    var isWhole: Bool { body.utf8.count >= Int(headers["content-length"] ?? "0") ?? 0 }
}

/// For a pace of sending; no test waits for something to have happened.
func pause(milliseconds: Int) {
    var time = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
    _ = unsafe nanosleep(&time, nil)
}
