import Batches
import Testing

@testable import Accounts

@Suite struct AccountLinkTests {
    @Test func `each token is another one of 32 bytes, and is known again by its hash alone`() throws {
        let tokens = try (0..<100).map { _ in try LinkToken() }
        #expect(Set(tokens.map(\.text)).count == 100 && Set(tokens.map(\.hash)).count == 100)
        for token in tokens {
            #expect(token.text.utf8.count == 43 && Base64URL.bytes(of: token.text.utf8)?.count == 32)
            #expect(LinkToken(token.text)?.hash == token.hash && token.hash != token.text)
        }
    }

    /// FIPS 180-4 over 32 zeros, reckoned by sha256sum.
    @Test func `the hash is SHA-256`() {
        let zeros = String(repeating: "A", count: 43)
        #expect(LinkToken(zeros)?.hash == "Zmh6rfhivXdsj8GLjp-OIAiXFIVu4jOzkCpZHQ1fKSU")
    }

    @Test(arguments: [
        "", "r9Xk2", String(repeating: "A", count: 42), String(repeating: "A", count: 44), String(repeating: "A", count: 42) + "B",
        String(repeating: "A", count: 42) + "=", String(repeating: "A", count: 42) + "\n", String(repeating: "é", count: 43),
        String(repeating: "A", count: 1_000_000),
    ])
    func `what we never wrote is no token`(given: String) { #expect(LinkToken(given) == nil) }

    @Test func `a reset link is good for an hour, an invitation for seven days`() throws {
        let token = try LinkToken()
        #expect(AccountLink(.reset, token, at: Samples.now).until.age(at: Samples.now) == .seconds(-3600))
        #expect(AccountLink(.invitation, token, at: Samples.now).until.age(at: Samples.now) == .seconds(-7 * 86_400))
    }
}

@Suite struct DoorbellTests {
    private let time = StandingTime()
    private let doorbell: Doorbell

    init() { doorbell = Doorbell(now: { [time] in time.now }) }

    private func address(_ text: String) throws -> EmailAddress { try #require(EmailAddress(text)) }

    @Test func `who opens account after account has to wait, longer and longer, and another address need not`() {
        for _ in 0..<31 { #expect(doorbell.registers(from: "192.0.2.1") == nil) }
        #expect(doorbell.registers(from: "192.0.2.1") == 1 && doorbell.registers(from: "192.0.2.2") == nil)
        time.pass(.seconds(1))
        #expect(doorbell.registers(from: "192.0.2.1") == nil && doorbell.registers(from: "192.0.2.1") == 2)
        time.pass(.seconds(900))
        #expect(doorbell.registers(from: "192.0.2.1") == nil)
    }

    @Test func `nobody's mailbox is filled, from however many addresses it is asked for`() throws {
        let ines = try address("ines@costa.example")
        for number in 0..<6 { #expect(doorbell.forgets(ines, from: "192.0.2.\(number)") == nil) }
        #expect(doorbell.forgets(ines, from: "192.0.2.7") == 1)
        #expect(try doorbell.forgets(address("rui@costa.example"), from: "192.0.2.7") == nil)
        time.pass(.seconds(1))
        #expect(doorbell.forgets(ines, from: "192.0.2.7") == nil)
    }

    @Test func `one address cannot write to ever more people, signed in or not`() throws {
        for number in 0..<31 { #expect(try doorbell.forgets(address("a\(number)@costa.example"), from: "192.0.2.1") == nil) }
        #expect(try doorbell.forgets(address("b@costa.example"), from: "192.0.2.1") == 1)
        for number in 0..<31 { #expect(try doorbell.invites(address("c\(number)@costa.example"), by: 7) == nil) }
        #expect(try doorbell.invites(address("d@costa.example"), by: 7) == 1 && doorbell.invites(address("d@costa.example"), by: 8) == nil)
    }
}
