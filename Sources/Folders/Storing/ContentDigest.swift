import CCrypto
import Linux

/// The SHA-256 of a file's content, and the fingerprint that the file had before and after it was read.
package struct ContentDigest: Hashable, Sendable {
    package let sha256: [UInt8]
    package let fingerprint: Fingerprint

    /// Throws where the file has been touched since: what was read of it in between may be neither old nor new.
    package func confirm(_ file: Descriptor, path: String) throws {
        guard try FileStatus(of: file, path: path).fingerprint == fingerprint else { throw FileInMotion(path: path) }
    }

    package var hexadecimal: String { SHA256Stream.hexadecimal(sha256) }

    /// Reads all of the file, from its start. `path` is for messages.
    package init(of file: Descriptor, path: String) throws {
        let lease: Lease?
        switch Lease.ask(for: file) {
        case .writerHasItOpen: throw FileInMotion(path: path)
        case .granted(let granted): lease = granted
        case .notToBeHad: lease = nil
        }
        let before = try FileStatus(of: file, path: path).fingerprint
        let hash = try SHA256Stream()
        // One byte more than there is, so that the end is seen with the content.
        var buffer = [UInt8](repeating: 0, count: Int(clamping: min(before.size + 1, 256 * 1024)))
        var offset: Int64 = 0
        while case let length = try file.read(into: &buffer, at: offset, path: path), length > 0 {
            try hash.add(buffer[..<length])
            offset += Int64(length)
        }
        guard try FileStatus(of: file, path: path).fingerprint == before, offset == before.size, lease?.isBeingBroken != true else {
            throw FileInMotion(path: path)
        }
        sha256 = try hash.finish()
        fingerprint = before
    }
}

/// A file that somebody wrote to while it was read, or has open for writing; to be read again later.
package struct FileInMotion: Error, Hashable, Sendable, CustomStringConvertible {
    package let path: String
    package var description: String { "\(path) is still being written; it is read again when it stands still." }
}

/// Owns one libcrypto digest context.
@safe final class SHA256Stream {
    /// libcrypto refused; only lack of memory or a build of it without SHA-256 brings that about.
    struct Failed: Error {}

    private let context: OpaquePointer

    init() throws(Failed) {
        guard let made = unsafe EVP_MD_CTX_new() else { throw Failed() }
        unsafe context = made
        guard unsafe EVP_DigestInit_ex(made, EVP_sha256(), nil) == 1 else { throw Failed() }
    }

    deinit { unsafe EVP_MD_CTX_free(context) }

    func add(_ bytes: ArraySlice<UInt8>) throws(Failed) {
        guard unsafe bytes.withUnsafeBytes({ unsafe EVP_DigestUpdate(context, $0.baseAddress, $0.count) }) == 1 else { throw Failed() }
    }

    func add(_ piece: RawSpan) throws(Failed) {
        guard unsafe piece.withUnsafeBytes({ unsafe EVP_DigestUpdate(context, $0.baseAddress, $0.count) }) == 1 else { throw Failed() }
    }

    static func hexadecimal(_ digest: [UInt8]) -> String {
        digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    func finish() throws(Failed) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        guard unsafe EVP_DigestFinal_ex(context, &digest, nil) == 1 else { throw Failed() }
        return digest
    }
}
