import Glibc
import Linux

/// What the server shows for itself under TLS, and the key that proves it. Read once: what is new on the disk counts after a restart.
package struct Certificate: Sendable {
    /// Both as PEM.
    let chain: String
    let key: String

    package init(chain chainPath: String, key keyPath: String) throws(CertificateFault) {
        chain = try Self.read(chainPath, holding: "CERTIFICATE")
        key = try Self.read(keyPath, holding: "PRIVATE KEY")
    }

    private static let largest = 1 << 20

    private static func read(_ path: String, holding what: String) throws(CertificateFault) -> String {
        let bytes: [UInt8]
        do throws(SystemFault) {
            let file = try Descriptor(opening: path, flags: O_RDONLY | O_NOCTTY)
            bytes = unsafe [UInt8](unsafeUninitializedCapacity: largest) { room, count in
                count = max(retrying { unsafe Glibc.read(file.number, room.baseAddress, largest) }, 0)
            }
        } catch {
            throw CertificateFault(path: path, reason: "\(error)")
        }
        guard let text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(0), text.contains("-----BEGIN "),
            text.contains("\(what)-----")
        else { throw CertificateFault(path: path, reason: "\(path) holds no \(what.lowercased()) in PEM form.") }
        return text
    }
}

/// A certificate or a key that cannot be used.
package struct CertificateFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let path: String
    let reason: String

    package var description: String { "TLS: \(reason)" }
}
