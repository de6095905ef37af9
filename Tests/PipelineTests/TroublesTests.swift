import Folders
import Glibc
import Linux
import Testing

@testable import Pipeline

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
        #expect(troubles.reasonsNotReady.isEmpty && !troubles.areTriedSoon)
    }

    @Test(arguments: [ENOENT, ENOTDIR, EACCES, EROFS])
    func `an outbox that is missing or shut is its reseller's trouble alone, and is tried again soon`(errno: Int32) {
        var troubles = Troubles()
        let fault = SystemFault("open", path: "boxnox/outbox", errno: errno)
        for condition in [Troubles.Condition].outbox(of: .reseller("boxnox"), fault) { _ = troubles.note(condition) }
        #expect(troubles.reasonsNotReady.isEmpty && troubles.areTriedSoon)
        #expect(troubles.byReseller["boxnox"] == troubles.all && troubles.all.count == 1)
        for condition in [Troubles.Condition].outbox(of: .reseller("boxnox"), nil) { _ = troubles.note(condition) }
        #expect(troubles.all.isEmpty && troubles.byReseller.isEmpty && !troubles.areTriedSoon)
    }

    @Test func `a disk that is full is everybody's trouble, and one outbox changes from the one to the other`() {
        var troubles = Troubles()
        func note(_ errno: Int32) {
            let fault = SystemFault("write", path: "boxnox/outbox", errno: errno)
            for condition in [Troubles.Condition].outbox(of: .reseller("boxnox"), fault) { _ = troubles.note(condition) }
        }
        note(EACCES)
        note(ENOSPC)
        #expect(troubles.all.count == 1 && troubles.reasonsNotReady == troubles.all)
        // A look at the folder finds its door open and says nothing of the disk.
        _ = troubles.note(.door(ofOutboxOf: .reseller("boxnox"), nil))
        #expect(troubles.reasonsNotReady.count == 1)
        note(EACCES)
        #expect(troubles.all.count == 1 && troubles.reasonsNotReady.isEmpty)
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
