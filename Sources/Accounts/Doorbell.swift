import Synchronization

/// How often somebody whom nobody knows may ask for something that costs us work, or somebody else a mail.
///
/// What is asked for is counted, whatever comes of it, so that the pauses tell nobody which addresses are known.
package final class Doorbell: Sendable {
    private let counts = Mutex(Rings<ContinuousClock>())
    private let now: @Sendable () -> ContinuousClock.Instant

    package init(now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) { self.now = now }

    /// Somebody wants an account. How many seconds they are to wait; nil where they need not.
    package func registers(from address: String) -> Int? {
        counts.withLock { $0.ring(address: address, at: now()) }.map(SignInAnswer.seconds)
    }

    /// Somebody has forgotten a password.
    package func forgets(_ email: EmailAddress, from address: String) -> Int? {
        counts.withLock { $0.ring(address: address, receiver: email.text, at: now()) }.map(SignInAnswer.seconds)
    }

    /// Somebody who has signed in sends an invitation.
    package func invites(_ email: EmailAddress, by user: Int64) -> Int? {
        counts.withLock { $0.ring(address: "user \(user)", receiver: email.text, at: now()) }.map(SignInAnswer.seconds)
    }
}

/// Decides only.
struct Rings<C: Clock> where C.Duration == Duration {
    /// An office behind one address may sign up in one go.
    private var addresses = Attempts<C>(Attempts.Rule(free: 30, longestPause: .seconds(60)))
    /// Of one receiver: nobody's mailbox is to be filled by us.
    private var receivers = Attempts<C>(Attempts.Rule(free: 5, longestPause: .seconds(60)))

    /// The pause that they are in; those who come during it are not counted.
    mutating func ring(address: String, receiver: String? = nil, at now: C.Instant) -> Duration? {
        let address = CallersAddress.counted(address)
        if let pause = addresses.pause(of: address, at: now) { return pause }
        if let receiver {
            if let pause = receivers.pause(of: receiver, at: now) { return pause }
            receivers.fail(receiver, at: now)
        }
        addresses.fail(address, at: now)
        return nil
    }
}

extension Rings: Sendable where C.Instant: Sendable {}
