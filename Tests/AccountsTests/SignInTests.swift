import Chances
import Dispatch
import Synchronization
import Testing

@testable import Accounts

/// Time that stands until it is told.
final class StandingTime: Sendable {
    private let moment = Mutex(ContinuousClock.now)

    var now: ContinuousClock.Instant { moment.withLock { $0 } }
    func pass(_ time: Duration) { moment.withLock { $0 += time } }
}

@Suite struct AttemptsTests {
    private let start = ContinuousClock.now

    private func attempts(free: Int = 2, most: Int = 10_000) -> Attempts<ContinuousClock> {
        Attempts(Attempts.Rule(free: free, longestPause: .seconds(30), most: most))
    }

    @Test func `the first failures are free, then pauses double up to the longest`() {
        var attempts = attempts()
        var now = start
        var pauses: [Int64] = []
        for _ in 0..<9 {
            attempts.fail("a", at: now)
            let pause = attempts.pause(of: "a", at: now) ?? .zero
            pauses.append(pause.components.seconds)
            #expect(attempts.pause(of: "b", at: now) == nil)
            now = now.advanced(by: pause)
            #expect(attempts.pause(of: "a", at: now) == nil)
        }
        #expect(pauses == [0, 0, 1, 2, 4, 8, 16, 30, 30])
    }

    @Test func `a great many failures trap nothing`() {
        var attempts = attempts(free: 0)
        for _ in 0..<200 { attempts.fail("a", at: start) }
        #expect(attempts.pause(of: "a", at: start) == .seconds(30))
    }

    @Test func `what has not failed for long is forgotten`() {
        var attempts = attempts()
        for _ in 0..<5 { attempts.fail("a", at: start) }
        #expect(attempts.failures(of: "a", at: start.advanced(by: .seconds(899))) == 5)
        #expect(attempts.failures(of: "a", at: start.advanced(by: .seconds(900))) == 0)
        attempts.fail("a", at: start.advanced(by: .seconds(900)))
        #expect(attempts.failures(of: "a", at: start.advanced(by: .seconds(900))) == 1)
    }

    @Test func `a flood of strangers grows nothing, and whoever goes on failing is remembered through it`() {
        var attempts = attempts(most: 1000)
        for number in 0..<100_000 {
            if number % 100 == 0 { attempts.fail("stubborn", at: start) }
            attempts.fail("stranger \(number)", at: start)
            #expect(attempts.count <= 1000)
        }
        #expect(attempts.failures(of: "stubborn", at: start) == 1000)
        #expect(attempts.failures(of: "stranger 5", at: start) == 0)
    }

    /// Against a list of all failures, from which each answer is counted anew.
    @Test func `it answers as a plain list of failures would`() {
        var chance = Chance(seed: 4)
        var attempts = attempts(free: 3)
        var model: [String: (failures: Int, last: ContinuousClock.Instant)] = [:]
        var now = start
        for _ in 0..<20_000 {
            let key = "key \(Int.random(in: 0..<8, using: &chance))"
            now = now.advanced(by: .milliseconds(Int.random(in: 0..<20_000, using: &chance)))
            if Int.random(in: 0..<200, using: &chance) == 0 { now = now.advanced(by: .seconds(1000)) }
            if let known = model[key], known.last.duration(to: now) >= .seconds(900) { model[key] = nil }
            switch Int.random(in: 0..<10, using: &chance) {
            case 0:
                attempts.forget(key)
                model[key] = nil
            case 1:
                attempts.takeBack(key, at: now)
                if let known = model[key] { model[key] = known.failures > 1 ? (known.failures - 1, known.last) : nil }
            default:
                attempts.fail(key, at: now)
                model[key] = ((model[key]?.failures ?? 0) + 1, now)
            }
            let later = now.advanced(by: .seconds(Int.random(in: 0..<40, using: &chance)))
            #expect(attempts.failures(of: key, at: now) == model[key]?.failures ?? 0)
            let pauses = [0, 0, 0, 0, 1, 2, 4, 8, 16]
            let expected = model[key].map { $0.last.advanced(by: .seconds($0.failures < 9 ? pauses[$0.failures] : 30)) }
            let left = expected.map { later.duration(to: $0) } ?? .zero
            #expect(attempts.pause(of: key, at: later) == (left > .zero ? left : nil))
        }
    }
}

@Suite struct SignInPausesTests {
    private var pauses = SignInPauses<ContinuousClock>()
    private var now = ContinuousClock.now

    private static let own = "192.0.2.1"
    private static let ines = "ines@costa.example"

    /// The pause in seconds; nil where the password was looked at, and found wrong.
    private mutating func fail(_ email: String = SignInPausesTests.ines, from address: String = SignInPausesTests.own) -> Int? {
        pauses.begin(.init(email: email, address: address), at: now).map { Int($0.components.seconds) }
    }

    /// The same with the right password.
    private mutating func signIn(_ email: String = SignInPausesTests.ines, from address: String = SignInPausesTests.own) -> Int? {
        let attempt = SignInPauses<ContinuousClock>.Attempt(email: email, address: address)
        if let pause = pauses.begin(attempt, at: now) { return Int(pause.components.seconds) }
        pauses.end(attempt, .right, at: now)
        return nil
    }

    private mutating func comeWithBadToken(from address: String = SignInPausesTests.own) -> Int64? {
        pauses.badToken(from: address, at: now)?.components.seconds
    }

    @Test mutating func `an address that fails again and again waits longer and longer, whoever it asks for`() {
        for number in 0..<11 { #expect(fail("user\(number)@costa.example") == nil) }
        #expect(signIn() == 1)
        now += .seconds(1)
        #expect(fail("user12@costa.example") == nil)
        #expect(signIn() == 2 && signIn(from: "192.0.2.2") == nil)
        now += .seconds(2)
        #expect(signIn() == nil)
    }

    /// Otherwise an account of one's own would be a way to try others' passwords for ever.
    @Test mutating func `a right password does not make an address's failures undone`() {
        for number in 0..<10 { #expect(fail("user\(number)@costa.example") == nil) }
        #expect(signIn() == nil)
        #expect(fail("user11@costa.example") == nil)
        #expect(signIn() == 1)
    }

    @Test mutating func `strangers who fail for an account do not lock its user out, who may even mistype twice`() {
        for number in 0..<200 { #expect(fail(from: "198.51.100.\(number)") == nil) }
        #expect(signIn() == nil)
        for number in 0..<200 { #expect(fail(from: "198.51.101.\(number)") == nil) }
        #expect(fail() == nil && fail() == nil && signIn() == nil)
    }

    @Test mutating func `an account's pause is for those who have failed already, and never longer than half a minute`() {
        for number in 0..<200 { #expect(fail(from: "198.51.100.\(number)") == nil) }
        for number in 0..<3 { #expect(fail("user\(number)@costa.example") == nil) }
        #expect(signIn() == 30)
        now += .seconds(30)
        #expect(signIn() == nil)
    }

    @Test mutating func `an account is the same however its address is written, and known or not`() {
        for number in 0..<6 { #expect(fail("Nobody@Costa.EXAMPLE", from: "198.51.100.\(number)") == nil) }
        for _ in 0..<3 { #expect(fail("other@costa.example") == nil) }
        #expect(fail("nobody@costa.example") == 1)
    }

    @Test mutating func `what nobody looked at is no failure`() {
        for _ in 0..<500 {
            let attempt = SignInPauses<ContinuousClock>.Attempt(email: Self.ines, address: Self.own)
            #expect(pauses.begin(attempt, at: now) == nil)
            pauses.end(attempt, .undecided, at: now)
        }
    }

    @Test mutating func `of many at once only as many go on as failures are free`() {
        #expect((0..<30).count { _ in fail() == nil } == 6)
    }

    @Test mutating func `wrong tokens of an address are told wrong, then to stay away, and another address is free`() {
        for _ in 0..<301 { #expect(comeWithBadToken() == nil) }
        for _ in 0..<10_000 { #expect(comeWithBadToken() == 1) }
        #expect(comeWithBadToken(from: "192.0.2.2") == nil && signIn() == nil)
        now += .seconds(1)
        #expect(comeWithBadToken() == nil)
        #expect(comeWithBadToken() == 2)
    }

    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("2001:db8:1:2:3:4:5:6", "20010db800010002/64"),
        ("2001:db8:1:2::9", "20010db800010002/64"), ("", ""), ("a socket", "a socket"), ("2001:db8::1%eth0", "2001:db8::1%eth0"),
        (String(repeating: "x", count: 100_000), String(repeating: "x", count: 64)),
    ])
    func `addresses of one network count as one`(address: String, counted: String) { #expect(CallersAddress.counted(address) == counted) }
}

@Suite(.serialized) struct SignInTests {
    private let time = StandingTime()
    private let signIn: SignIn
    private let credentials: Credentials
    private static let password = "tide-and-salt"

    init() throws {
        let passwords = try Passwords(longestWait: .seconds(60))
        signIn = SignIn(passwords: passwords, now: { [time] in time.now })
        credentials = Credentials(user: Samples.user, passwordHash: try passwords.hash(Self.password))
    }

    private func attempt(
        _ password: String = SignInTests.password, email: String = "ines@costa.example", from address: String = "192.0.2.1",
        isActive: Bool = true
    ) -> SignInAnswer {
        signIn.attempt(email: email, password: password, from: address) { email in
            guard email.text == credentials.user.email else { return nil }
            var user = credentials.user
            user.isActive = isActive
            return Credentials(user: user, passwordHash: credentials.passwordHash)
        }
    }

    @Test func `the right password signs in, the address written in any case`() {
        #expect(attempt() == .ok(Samples.user))
        #expect(attempt(email: "INES@Costa.example") == .ok(Samples.user))
    }

    @Test func `who has no password, a program, signs in by none`() {
        let program = Credentials(user: Samples.user, passwordHash: nil)
        #expect(signIn.attempt(email: "ines@costa.example", password: Self.password, from: "") { _ in program } == .wrong)
    }

    @Test func `an unknown address, a wrong password and a user switched off get one answer in about the same time`() {
        let ways: [(String) -> SignInAnswer] = [
            { attempt("not-her-password", from: $0) }, { attempt(email: "nobody@costa.example", from: $0) },
            { attempt(from: $0, isActive: false) }, { attempt(email: "no address", from: $0) },
        ]
        var times = ways.map { _ in Duration.seconds(60) }
        for round in 0..<3 {
            for (number, ask) in ways.enumerated() {
                times[number] = min(times[number], processorTime { #expect(ask("192.0.\(number).\(round)") == .wrong) })
            }
        }
        let (longest, shortest) = (times.max() ?? .zero, times.min() ?? .zero)
        #expect(shortest > .milliseconds(5) && longest < shortest * 3)
    }

    @Test func `who fails too often is told how long to wait, and then let in`() {
        for _ in 0..<6 { #expect(attempt("wrong-wrong") == .wrong) }
        #expect(attempt() == .slowDown(seconds: 1))
        time.pass(.seconds(1))
        #expect(attempt() == .ok(Samples.user))
    }

    @Test func `a ledger that cannot be asked counts against nobody`() {
        struct Away: Error {}
        for _ in 0..<50 {
            #expect(throws: Away.self) {
                try signIn.attempt(email: "ines@costa.example", password: "x", from: "192.0.2.1") { (_) throws(Away) in throw Away() }
            }
        }
        #expect(attempt() == .ok(Samples.user))
    }

    @Test func `where no place is free the answer is to come again, and nobody has failed`() throws {
        let crowded = SignIn(passwords: try Passwords(atOnce: 1, longestWait: .zero), now: { [time] in time.now })
        let answers = Mutex<[SignInAnswer]>([])
        let queue = DispatchQueue(label: "crowd", attributes: .concurrent)
        let group = DispatchGroup()
        for number in 0..<6 {
            queue.async(group: group) {
                let answer = crowded.attempt(email: "ines@costa.example", password: Self.password, from: "192.0.3.\(number)") { _ in
                    credentials
                }
                answers.withLock { $0.append(answer) }
            }
        }
        group.wait()
        let all = answers.withLock { $0 }
        #expect(all.contains(.ok(Samples.user)) && all.allSatisfy { $0 == .ok(Samples.user) || $0 == .slowDown(seconds: 2) })
    }

    @Test func `wrong tokens are told in whole seconds how long to stay away`() {
        for _ in 0..<301 { #expect(signIn.badToken(from: "192.0.2.1") == nil) }
        #expect(signIn.badToken(from: "192.0.2.1") == 1)
        time.pass(.milliseconds(300))
        #expect(signIn.badToken(from: "192.0.2.1") == 1)
    }
}

@Suite struct EmailAddressTests {
    @Test(arguments: [("Ines@Costa.example", "ines@costa.example"), ("a@b", "a@b"), ("a.b+c'd@x-y.example", "a.b+c'd@x-y.example")])
    func `an address is kept in lower case`(written: String, text: String) { #expect(EmailAddress(written)?.text == text) }

    @Test(arguments: [
        "", "a", "@", "a@", "@b", "a@b@c", "a b@c", "a@b..c", ".a@b", "a.@b", "a@.b", "ïnes@costa.example", "a@b\n", "a@b\0", "<a@b>",
        "a,b@c", "\"a\"@b", String(repeating: "a", count: 253) + "@b", String(repeating: "a@", count: 100_000),
    ])
    func `what is no address is none`(written: String) { #expect(EmailAddress(written) == nil) }
}
