import CSodium
import Dispatch
import Foundation
import Synchronization

/// Why a password is not taken or not looked at, in a sentence for whoever typed it.
package enum PasswordRefused: Error, Hashable, Sendable, CustomStringConvertible {
    case tooShort
    case tooLong
    /// Too many are being worked on already; none was looked at.
    case busy
    /// libsodium could not: no memory.
    case failed

    package var description: String {
        switch self {
        case .tooShort: "A password needs \(Passwords.shortest) characters or more."
        case .tooLong: "A password may have \(Passwords.longest) bytes at most."
        case .busy: "Too many people sign in at this moment. Try again in a few seconds."
        case .failed: "There was no memory left to work on the password. Try again in a few seconds."
        }
    }
}

/// Hashes and verifies passwords with argon2id, as libsodium has it.
///
/// `INTERACTIVE` limits (64 MiB, 2 passes): a login takes under a tenth of a second, and libsodium names them for what people wait for. The
/// next larger ones take 256 MiB each, more than the service may use. Only so many run at once: their memory is what a flood of
/// logins could take.
package final class Passwords: Sendable {
    /// In characters, as the contract's `minLength`; of a person's hand.
    package static let shortest = 8
    /// In bytes, as composed.
    package static let longest = 1024

    private let places: DispatchSemaphore
    private let waiting = Atomic(0)
    private let longestWait: Duration
    private static let mostWaiting = 8
    /// Stands for the hash of who has none, so that both take the same time.
    private let nobodys: String

    package init(atOnce: Int = 2, longestWait: Duration = .seconds(2)) throws(PasswordRefused) {
        // May be called often, and from any thread.
        guard sodium_init() >= 0 else { throw .failed }
        places = DispatchSemaphore(value: max(1, atOnce))
        self.longestWait = longestWait
        nobodys = try Passwords.hash((0..<32).map { _ in CChar.random(in: .min ... .max) })
    }

    /// Whether it would be taken: told before the work on it begins.
    package static func check(_ password: String) throws(PasswordRefused) { _ = try bytes(password) }

    /// What the ledger keeps: the hash with its salt and limits, as libsodium writes it.
    package func hash(_ password: String) throws(PasswordRefused) -> String {
        let bytes = try Passwords.bytes(password)
        return try inPlace { () throws(PasswordRefused) in try Passwords.hash(bytes) }
    }

    /// `hash` is nil where there is nobody of that name, or one without a password: false then, after the same work.
    package func verify(_ password: String, against hash: String?) throws(PasswordRefused) -> Bool {
        let bytes: [CChar]
        // None that we ever took; that is no secret.
        do throws(PasswordRefused) { bytes = try Passwords.bytes(password) } catch { return false }
        let isRight = try inPlace { Passwords.verify(bytes, against: hash ?? nobodys) }
        return isRight && hash != nil
    }

    private func inPlace<Answer>(_ work: () throws(PasswordRefused) -> Answer) throws(PasswordRefused) -> Answer {
        let (before, _) = waiting.add(1, ordering: .relaxed)
        defer { waiting.subtract(1, ordering: .relaxed) }
        // Each of them holds a thread that answers requests.
        guard before < Passwords.mostWaiting, places.wait(timeout: .now() + longestWait / .seconds(1)) == .success else { throw .busy }
        defer { places.signal() }
        return try work()
    }
}

extension Passwords {
    /// One keyboard writes é as one character, another as two: both are the same password.
    private static func bytes(_ password: String) throws(PasswordRefused) -> [CChar] {
        // Unicode's FAQ on normalization: composing makes at most three times as many bytes, or a third. Nothing long is composed at all.
        guard password.utf8.count <= 3 * longest else { throw .tooLong }
        let composed = password.precomposedStringWithCanonicalMapping
        guard composed.unicodeScalars.count >= shortest else { throw .tooShort }
        guard composed.utf8.count <= longest else { throw .tooLong }
        return composed.utf8.map(CChar.init(bitPattern:))
    }

    private static func hash(_ password: [CChar]) throws(PasswordRefused) -> String {
        var text = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
        let code = unsafe crypto_pwhash_str(
            &text, password, UInt64(password.count), UInt64(crypto_pwhash_OPSLIMIT_INTERACTIVE), Int(crypto_pwhash_MEMLIMIT_INTERACTIVE))
        guard code == 0 else { throw .failed }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private static func verify(_ password: [CChar], against hash: String) -> Bool {
        unsafe crypto_pwhash_str_verify(hash, password, UInt64(password.count)) == 0
    }
}
