import Dispatch
import Synchronization
import Testing

@testable import Accounts

@Suite struct PasswordsTests {
    private let passwords: Passwords

    init() throws { passwords = try Passwords() }

    @Test func `a hash fits its password, is salted and says its limits`() throws {
        let (one, other) = (try passwords.hash("tide-and-salt"), try passwords.hash("tide-and-salt"))
        #expect(one != other && one.hasPrefix("$argon2id$v=19$m=65536,t=2,p=1$"))
        #expect(try passwords.verify("tide-and-salt", against: one))
        #expect(try !passwords.verify("Tide-and-salt", against: one))
        #expect(try !passwords.verify("tide-and-salt\0", against: one))
    }

    @Test func `one letter composed or in parts is one password`() throws {
        let hash = try passwords.hash("Ine\u{302}s-Costa")
        #expect(try passwords.verify("In\u{EA}s-Costa", against: hash))
    }

    @Test(arguments: [
        ("", PasswordRefused.tooShort), ("1234567", .tooShort), ("e\u{301}\u{302}e\u{301}e\u{301}e\u{301}", .tooShort),
        (String(repeating: "x", count: 1025), .tooLong), (String(repeating: "é", count: 513), .tooLong),
        (String(repeating: "x", count: 1 << 20), .tooLong),
    ])
    func `a password too short or too long is refused with a sentence, and fits nothing`(password: String, expected: PasswordRefused) throws
    {
        #expect(throws: expected) { try passwords.hash(password) }
        #expect(try !passwords.verify(password, against: nil))
        #expect(!expected.description.isEmpty)
    }

    @Test(arguments: ["12345678", "pässwört", String(repeating: "x", count: 1024), "with\0zero", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦"])
    func `a password of any letters is taken`(password: String) throws {
        #expect(try passwords.verify(password, against: try passwords.hash(password)))
    }

    @Test(arguments: ["", "$argon2id$", "plain", "$argon2id$v=19$m=65536,t=2,p=1$x", String(repeating: "$", count: 5000)])
    func `what is no hash fits nothing`(hash: String) throws { #expect(try !passwords.verify("tide-and-salt", against: hash)) }

    @Test func `nobody's password fits nothing and takes as long as a wrong one`() throws {
        let hash = try passwords.hash("tide-and-salt")
        func time(_ hash: String?) throws -> Duration {
            var least = Duration.seconds(60)
            for _ in 0..<3 {
                least = min(least, try processorTime { _ = try passwords.verify("wrong-wrong", against: hash) })
            }
            return least
        }
        #expect(try !passwords.verify("tide-and-salt", against: nil))
        let (wrong, nobody) = (try time(hash), try time(nil))
        #expect(nobody > wrong / 3 && wrong > nobody / 3 && nobody > .milliseconds(5))
    }

    @Test func `of a crowd some are told to come again, and none waits for long`() throws {
        let narrow = try Passwords(atOnce: 1, longestWait: .milliseconds(20))
        let hash = try narrow.hash("tide-and-salt")
        let answers = Mutex<(right: Int, busy: Int)>((0, 0))
        let began = ContinuousClock.now
        let group = DispatchGroup()
        for _ in 0..<40 {
            let queue = DispatchQueue(label: "crowd")
            queue.async(group: group) {
                let isRight = try? narrow.verify("tide-and-salt", against: hash)
                answers.withLock { if isRight == true { $0.right += 1 } else { $0.busy += 1 } }
            }
        }
        group.wait()
        #expect(answers.withLock { $0.right >= 1 && $0.busy >= 1 && $0.right + $0.busy == 40 })
        #expect(began.duration(to: .now) < .seconds(20))
        #expect(try narrow.verify("tide-and-salt", against: hash))
    }
}
