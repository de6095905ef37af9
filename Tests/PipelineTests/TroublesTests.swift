import Folders
import Pipeline
import Testing

@Suite struct TroublesTests {
    @Test func `nothing is claimed while the ledger is in trouble, and claiming goes on once it works`() {
        var troubles = Troubles()
        #expect(troubles.allowClaiming)
        _ = troubles.note(.fails(.ledger, "The disk is full."))
        #expect(!troubles.allowClaiming)
        #expect(troubles.reasonsNotReady == ["The disk is full."])
        #expect(troubles.note(.works(.ledger)) != nil)
        #expect(troubles.allowClaiming && troubles.reasonsNotReady.isEmpty)
    }

    @Test(arguments: [Troubles.Part.profiles, .folder("/srv/sellout/boxnox"), .closed(.reseller("boxnox")), .watching, .motion])
    func `what a person or a reseller must mend is shown but stops nobody else's work`(part: Troubles.Part) {
        var troubles = Troubles()
        _ = troubles.note(.fails(part, "boxnox.json5: currency: is missing."))
        #expect(troubles.all == ["boxnox.json5: currency: is missing."])
        #expect(troubles.reasonsNotReady.isEmpty && !troubles.stopWork)
    }

    @Test func `the same sentence is news only once, and so is its end`() {
        var troubles = Troubles()
        let outbox = Troubles.Part.outbox(.reseller("a"))
        #expect(troubles.note(.fails(outbox, "read-only")) != nil)
        #expect(troubles.note(.fails(outbox, "read-only")) == nil)
        #expect(troubles.note(.fails(outbox, "full")) != nil)
        #expect(troubles.note(.works(outbox)) != nil)
        #expect(troubles.note(.works(outbox)) == nil)
    }
}
