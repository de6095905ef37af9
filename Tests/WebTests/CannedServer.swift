import Dispatch
import Foundation
import Glibc
import Synchronization
import Web

/// A server on a Unix socket that says exactly the bytes it is told to, well-formed or not, to each who asks.
final class CannedServer: Sendable {
    let address: ListenAddress
    private let number: Int32
    private let asked = Mutex<[UInt8]>([])

    /// What the last client sent.
    var request: String { String(decoding: asked.withLock { $0 }, as: UTF8.self) }

    /// `pause` stands between the answer's pieces. With `staysOpen` it does not close after the last one.
    init(_ pieces: [String], pause milliseconds: Int = 0, staysOpen: Bool = false, waitsForRequest: Bool = true) throws {
        let path = NSTemporaryDirectory() + "sellout-canned-\(UUID().uuidString.prefix(8))"
        let number = try Self.listen(at: path)
        (address, self.number) = (.unix(path: path), number)
        DispatchQueue(label: "canned").async { [weak self] in
            // Closed by the one who accepts: a number closed elsewhere may be another server's by the next `accept`.
            defer {
                close(number)
                unsafe unlink(path)
            }
            while case let client = accept(number, nil, nil), client >= 0 {
                if waitsForRequest {
                    var bytes = [UInt8](repeating: 0, count: 65_536)
                    let got = unsafe recv(client, &bytes, bytes.count, 0)
                    self?.asked.withLock { $0 = Array(bytes.prefix(max(got, 0))) }
                }
                for piece in pieces {
                    let bytes = Array(piece.utf8)
                    _ = unsafe send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL))
                    if milliseconds > 0 { WebTests.pause(milliseconds: milliseconds) }
                }
                if staysOpen { WebTests.pause(milliseconds: 2000) }
                close(client)
            }
        }
    }

    deinit { shutdown(number, Int32(SHUT_RDWR)) }

    private static func listen(at path: String) throws -> Int32 {
        let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count < 108 else { throw POSIXError(.ENAMETOOLONG) }
        unsafe withUnsafeMutableBytes(of: &name.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        let bound = unsafe withUnsafeBytes(of: &name) { bytes in
            unsafe bytes.baseAddress.map { unsafe bind(number, $0.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count)) }
        }
        guard bound == 0, Glibc.listen(number, 16) == 0 else { throw POSIXError(.EADDRINUSE) }
        return number
    }
}
