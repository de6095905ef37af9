import Glibc
import Synchronization

/// Signing in with a password, and how often one may fail at it.
///
/// Whoever asks learns nothing but right or wrong: an unknown address, a wrong password and a user who is switched off get the same
/// answer after the same work.
package final class SignIn: Sendable {
    /// Whoever sets a password here shares its places with those who sign in.
    package let passwords: Passwords
    private let pauses = Mutex(SignInPauses<ContinuousClock>())
    private let now: @Sendable () -> ContinuousClock.Instant

    init(passwords: Passwords, now: @escaping @Sendable () -> ContinuousClock.Instant) {
        self.passwords = passwords
        self.now = now
    }

    package convenience init() throws(PasswordRefused) { self.init(passwords: try Passwords(), now: { .now }) }

    /// `address` is where the caller's connection comes from. `credentials` asks the ledger.
    package func attempt<Fault: Error>(
        email: String, password: String, from address: String, credentials: (EmailAddress) throws(Fault) -> Credentials?
    ) throws(Fault) -> SignInAnswer {
        let attempt = SignInPauses<ContinuousClock>.Attempt(email: email, address: address)
        if let pause = pauses.withLock({ $0.begin(attempt, at: now()) }) { return .slowDown(pause) }
        let known: Credentials?
        do throws(Fault) { known = try EmailAddress(email).map(credentials) ?? nil } catch {
            pauses.withLock { $0.end(attempt, .undecided, at: now()) }
            throw error
        }
        do throws(PasswordRefused) {
            let isRight = try passwords.verify(password, against: known?.passwordHash)
            guard isRight, let user = known?.user, user.isActive else { return .wrong }
            pauses.withLock { $0.end(attempt, .right, at: now()) }
            return .ok(user)
        } catch {
            pauses.withLock { $0.end(attempt, .undecided, at: now()) }
            return .slowDown(.seconds(2))
        }
    }

    /// Somebody came with a token that is none. How many seconds they are to stay away, nil where they need only be told that it is
    /// wrong. A good token is never kept waiting, whoever else comes from its address.
    package func badToken(from address: String) -> Int? {
        pauses.withLock { $0.badToken(from: address, at: now()) }.map(SignInAnswer.seconds)
    }
}

package enum SignInAnswer: Hashable, Sendable {
    case ok(User)
    case wrong
    /// Not looked at: it may be tried again after so many seconds.
    case slowDown(seconds: Int)

    fileprivate static func slowDown(_ pause: Duration) -> SignInAnswer { .slowDown(seconds: seconds(pause)) }

    /// Rounded up, so that who comes then has waited long enough.
    static func seconds(_ pause: Duration) -> Int {
        let (whole, rest) = pause.components
        return max(1, Int(clamping: whole) + (rest > 0 ? 1 : 0))
    }
}

/// Who has to wait before they may try again. Decides only.
struct SignInPauses<C: Clock> where C.Duration == Duration {
    struct Attempt: Sendable {
        let account: String
        let address: String

        init(email: String, address: String) {
            account = String(decoding: email.utf8.prefix(EmailAddress.longest), as: UTF8.self).lowercased()
            self.address = CallersAddress.counted(address)
        }
    }

    enum Outcome {
        case right
        /// Nobody has looked at the password.
        case undecided
    }

    private var addresses = Attempts<C>(Attempts.Rule(free: 10, longestPause: .seconds(60)))
    /// Short, and never for good: otherwise anybody could lock anybody out.
    private var accounts = Attempts<C>(Attempts.Rule(free: 5, longestPause: .seconds(30)))
    /// Checking one costs next to nothing, and a program with an old token asks often: only floods are kept away.
    private var tokens = Attempts<C>(Attempts.Rule(free: 300, longestPause: .seconds(60)))

    /// Who has failed no more than so often is somebody who mistypes: the pause that strangers have brought upon an account is not
    /// theirs.
    private static var mistyped: Int { 2 }

    /// Nil where it may go on. It counts as failed until `end` says otherwise, so that many at once are not all let through.
    mutating func begin(_ attempt: Attempt, at now: C.Instant) -> Duration? {
        if let pause = addresses.pause(of: attempt.address, at: now) { return pause }
        if addresses.failures(of: attempt.address, at: now) > Self.mistyped, let pause = accounts.pause(of: attempt.account, at: now) {
            return pause
        }
        addresses.fail(attempt.address, at: now)
        accounts.fail(attempt.account, at: now)
        return nil
    }

    /// A right password clears its account. The address keeps its other failures: who has one account of their own could try others'
    /// passwords for ever between two logins.
    mutating func end(_ attempt: Attempt, _ outcome: Outcome, at now: C.Instant) {
        addresses.takeBack(attempt.address, at: now)
        switch outcome {
        case .right: accounts.forget(attempt.account)
        case .undecided: accounts.takeBack(attempt.account, at: now)
        }
    }

    /// The pause that they are in; those who come during it are not counted.
    mutating func badToken(from address: String, at now: C.Instant) -> Duration? {
        let address = CallersAddress.counted(address)
        if let pause = tokens.pause(of: address, at: now) { return pause }
        tokens.fail(address, at: now)
        return nil
    }
}

extension SignInPauses: Sendable where C.Instant: Sendable {}

/// As what an address is counted.
enum CallersAddress {
    /// Who has one IPv6 address mostly has the whole network of 64 bits: it counts as one. Anything else counts as it is written.
    static func counted(_ address: String) -> String {
        var bytes = in6_addr()
        guard address.utf8.count <= 45, unsafe inet_pton(AF_INET6, address, &bytes) == 1 else {
            return String(decoding: address.utf8.prefix(64), as: UTF8.self)
        }
        let all = unsafe withUnsafeBytes(of: &bytes) { unsafe Array($0) }
        // RFC 4291, 2.5.5.2: an IPv4 address in IPv6's clothes.
        if all[..<12] == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255] { return all[12...].map(String.init).joined(separator: ".") }
        return all[..<8].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "/64"
    }
}
