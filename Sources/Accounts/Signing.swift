import CCrypto
import Glibc
import Linux

/// What libcrypto does for tokens.
enum Signing {
    /// HMAC with SHA-256. Empty where libcrypto has no memory for it: an empty code equals nothing.
    static func hmac(_ message: some Collection<UInt8>, key: [UInt8]) -> [UInt8] {
        let message = Array(message)
        var code = [UInt8](repeating: 0, count: 32)
        var size: UInt32 = 0
        guard let keySize = Int32(exactly: key.count),
            unsafe HMAC(EVP_sha256(), key, keySize, message, message.count, &code, &size) != nil, size == code.count
        else { return [] }
        return code
    }

    /// In a time that says nothing of where they differ.
    static func areEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard !one.isEmpty, one.count == other.count else { return false }
        return unsafe CRYPTO_memcmp(one, other, one.count) == 0
    }
}

/// Owns the public key of another issuer of tokens: RSA, 2,048 bits at least.
@safe package final class IssuersKey: @unchecked Sendable {
    // Never changed after init, and libcrypto lets several threads verify with one key.
    private let key: OpaquePointer

    /// From a PEM file's bytes (`BEGIN PUBLIC KEY`).
    package init(pem: [UInt8]) throws(KeyFault) {
        guard let size = Int32(exactly: pem.count), let source = unsafe BIO_new_mem_buf(pem, size) else {
            throw KeyFault("This is no public key.")
        }
        defer { unsafe BIO_free(source) }
        // A private key would have its password asked for at the terminal; the bytes of a public one never need it.
        guard let read = unsafe PEM_read_bio_PUBKEY(source, nil, { _, _, _, _ in -1 }, nil) else {
            throw KeyFault("This is no public key in PEM form: it should begin with BEGIN PUBLIC KEY.")
        }
        guard unsafe EVP_PKEY_get_base_id(read) == EVP_PKEY_RSA, unsafe EVP_PKEY_get_bits(read) >= 2048 else {
            unsafe EVP_PKEY_free(read)
            throw KeyFault("The public key for tokens must be RSA with 2,048 bits or more.")
        }
        unsafe key = read
    }

    /// From a PEM file. A public key is no secret: who may read it is nobody's business.
    package convenience init(path: String) throws(KeyFault) {
        var bytes = [UInt8](repeating: 0, count: 64 * 1024)
        do throws(SystemFault) {
            let file = try Descriptor(opening: path, flags: O_RDONLY | O_NONBLOCK)
            bytes.removeLast(bytes.count - (try file.read(into: &bytes, at: 0, path: path)))
        } catch { throw KeyFault("The public key for tokens cannot be read. \(error)") }
        do throws(KeyFault) { try self.init(pem: bytes) } catch { throw KeyFault("\(path): \(error)") }
    }

    deinit { unsafe EVP_PKEY_free(key) }

    /// RS256: RSASSA-PKCS1-v1_5 with SHA-256.
    func hasSigned(_ message: some Collection<UInt8>, _ signature: [UInt8]) -> Bool {
        guard let context = unsafe EVP_MD_CTX_new() else { return false }
        defer { unsafe EVP_MD_CTX_free(context) }
        let message = Array(message)
        guard unsafe EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, key) == 1 else { return false }
        return unsafe EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }
}

/// Why a key cannot be used, in one sentence.
package struct KeyFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ sentence: String) { description = sentence }
}
