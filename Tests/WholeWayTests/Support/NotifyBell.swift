import Dispatch
import Foundation
import Glibc
import Synchronization

/// The service manager's end of `Type=notify`: a datagram socket that is drained all the time, as systemd's is.
final class NotifyBell: Sendable {
    let path: String
    private let heard: Heard
    // A dispatch source may be cancelled from any thread.
    nonisolated(unsafe) private let source: any DispatchSourceRead

    private final class Heard: Sendable {
        let messages = Mutex<[String]>([])
    }

    init(at path: String) throws {
        self.path = path
        let number = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard number >= 0, bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { throw POSIXError(.ENAMETOOLONG) }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        let bound = unsafe withUnsafeBytes(of: &address) { bytes in
            unsafe bytes.baseAddress.map {
                unsafe bind(number, $0.assumingMemoryBound(to: sockaddr.self), socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        // Whoever the daemon runs as may ring.
        guard bound == 0, unsafe chmod(path, 0o777) == 0 else { throw POSIXError(.EADDRINUSE) }
        let heard = Heard()
        self.heard = heard
        unsafe source = DispatchSource.makeReadSource(fileDescriptor: number, queue: DispatchQueue(label: "notify"))
        unsafe source.setEventHandler {
            var buffer = [UInt8](repeating: 0, count: 8192)
            while case let got = unsafe buffer.withUnsafeMutableBytes({ unsafe recv(number, $0.baseAddress, $0.count, 0) }), got >= 0 {
                let message = String(decoding: buffer[..<got], as: UTF8.self)
                heard.messages.withLock { $0.append(message) }
            }
        }
        unsafe source.setCancelHandler {
            close(number)
            _ = unsafe unlink(path)
        }
        unsafe source.resume()
    }

    deinit { unsafe source.cancel() }

    /// Every line heard so far, in order.
    var lines: [String] { heard.messages.withLock { $0.flatMap { $0.split(separator: "\n").map(String.init) } } }

    func count(of line: String) -> Int { lines.count { $0 == line } }
}
