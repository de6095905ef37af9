import Batches
import CSodium

/// The secret of a link that a mail brings: whoever holds it may set somebody's password. Only its hash is kept.
package struct LinkToken: Sendable {
    /// What stands in the link.
    package let text: String
    package let hash: String

    private static let size = 32

    /// A new one. Throws where libsodium cannot be used.
    package init() throws(PasswordRefused) {
        // May be called often, and from any thread.
        guard sodium_init() >= 0 else { throw .failed }
        var bytes = [UInt8](repeating: 0, count: LinkToken.size)
        unsafe randombytes_buf(&bytes, bytes.count)
        text = Base64URL.text(of: bytes)
        hash = LinkToken.hash(of: bytes)
    }

    /// Nil for what is no token of ours.
    package init?(_ given: String) {
        guard given.utf8.count <= 64, let bytes = Base64URL.bytes(of: given.utf8), bytes.count == LinkToken.size else { return nil }
        text = given
        hash = LinkToken.hash(of: bytes)
    }

    /// SHA-256 without salt: nobody tries out 256 bits of chance, as they would a password.
    private static func hash(of bytes: [UInt8]) -> String {
        var digest = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
        unsafe crypto_hash_sha256(&digest, bytes, UInt64(bytes.count))
        return Base64URL.text(of: digest)
    }
}

/// What the ledger keeps of such a link. Each user has one at most: a newer one ends the one before.
package struct AccountLink: Hashable, Sendable {
    package enum Purpose: String, Hashable, Sendable {
        /// Somebody has forgotten their password.
        case reset
        /// Somebody was invited; they are switched on when they have followed it.
        case invitation

        package var lifetime: Duration {
            switch self {
            case .reset: .seconds(3600)
            case .invitation: .seconds(7 * 86_400)
            }
        }
    }

    package let purpose: Purpose
    package let hash: String
    package let until: Timestamp

    package init(_ purpose: Purpose, _ token: LinkToken, at now: Timestamp) {
        self.purpose = purpose
        hash = token.hash
        until = now.earlier(by: .zero - purpose.lifetime)
    }
}

/// Whose link it is, while it is good.
package struct LinkHolder: Hashable, Sendable {
    package let user: User
    package let purpose: AccountLink.Purpose

    package init(user: User, purpose: AccountLink.Purpose) {
        self.user = user
        self.purpose = purpose
    }
}
