import CCrypto

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

    func finish() throws(Failed) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        guard unsafe EVP_DigestFinal_ex(context, &digest, nil) == 1 else { throw Failed() }
        return digest
    }
}
