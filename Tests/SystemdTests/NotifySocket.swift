import Foundation
import Glibc

/// A service manager's end: a datagram socket named in `NOTIFY_SOCKET`. For exit tests alone, since the environment is the
/// whole process'.
final class NotifySocket {
    private let number: Int32

    /// A name that begins with `@` is an abstract one, as in `NOTIFY_SOCKET` itself.
    init(_ name: String) throws {
        number = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        unsafe setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(name.utf8)
        if bytes.first == UInt8(ascii: "@") { bytes[0] = 0 }
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        guard number >= 0, bytes.count < capacity else { throw POSIXError(.ENAMETOOLONG) }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
        let bound = unsafe withUnsafeBytes(of: &address) { bytes in
            unsafe bytes.baseAddress.map { unsafe bind(number, $0.assumingMemoryBound(to: sockaddr.self), length) }
        }
        guard bound == 0 else { throw POSIXError(.EADDRINUSE) }
        unsafe setenv("NOTIFY_SOCKET", name, 1)
    }

    deinit { close(number) }

    /// The next notification; throws where none comes.
    func receive() throws -> String {
        var bytes = [UInt8](repeating: 0, count: 8192)
        let got = unsafe bytes.withUnsafeMutableBytes { unsafe recv(number, $0.baseAddress, $0.count, 0) }
        guard got >= 0 else { throw POSIXError(.ETIMEDOUT) }
        return String(decoding: bytes[..<got], as: UTF8.self)
    }

    /// Nil where nothing waits.
    func receiveIfAny() -> String? {
        var bytes = [UInt8](repeating: 0, count: 8192)
        let got = unsafe bytes.withUnsafeMutableBytes { unsafe recv(number, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT)) }
        return got < 0 ? nil : String(decoding: bytes[..<got], as: UTF8.self)
    }
}

/// A name of this process' own.
func socketName(abstract: Bool) -> String {
    let name = "sellout-notify-\(getpid())"
    return abstract ? "@" + name : NSTemporaryDirectory() + name
}
