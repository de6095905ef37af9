import Pipeline
import Testing

@Suite struct SurroundingsTests {
    @Test func `nothing is claimed while the ledger is in trouble, and claiming goes on once it works`() {
        let surroundings = Surroundings()
        #expect(surroundings.allowsClaiming)
        surroundings.report(.ledger, "The disk is full.")
        #expect(!surroundings.allowsClaiming)
        #expect(surroundings.reasonsNotReady == ["The disk is full."])
        #expect(surroundings.clear(.ledger))
        #expect(surroundings.allowsClaiming && surroundings.reasonsNotReady.isEmpty)
    }

    @Test func `a mistaken profile is shown but stops nobody else's work`() {
        let surroundings = Surroundings()
        surroundings.report(.profiles, "boxnox.json5: currency: is missing.")
        #expect(surroundings.sentences == ["boxnox.json5: currency: is missing."])
        #expect(surroundings.reasonsNotReady.isEmpty)
    }

    @Test func `the same sentence is news only once`() {
        let surroundings = Surroundings()
        #expect(surroundings.report(.outbox("a"), "read-only"))
        #expect(!surroundings.report(.outbox("a"), "read-only"))
        #expect(surroundings.report(.outbox("a"), "full"))
    }
}
