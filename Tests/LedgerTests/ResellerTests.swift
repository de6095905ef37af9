import Batches
import Sellout
import Testing

@testable import Ledger

/// Who the resellers are, what operators say of them, and whether their files are taken.
@Suite struct ResellerTests {
    private let house: Fixture

    init() throws { house = try Fixture() }

    private var boxnox: ResellerRecord { get throws { try #require(try house.ledger.reseller("boxnox")) } }

    private func note(_ slug: String = "boxnox", newMayUpload: Bool = true) throws {
        let terms = Terms(reseller: slug, vendorName: "BOXNOX", country: "Poland", currency: "PLN")
        try house.ledger.note(resellers: [terms], newMayUpload: newMayUpload)
    }

    private func verdict(_ id: BatchID) throws -> TryVerdict { try house.ledger.beginTry(id, sha256: id.text, at: house.now()) }

    private func isPermitted(_ id: BatchID) throws -> Bool {
        switch try verdict(id) {
        case .go: true
        case .notPermitted: false
        default: throw Unexpected()
        }
    }

    @Test func `a reseller gets its UUID once, be it by its profile or by a file, and keeps it`() throws {
        try note()
        _ = try house.register()
        let first = try boxnox
        try house.ledger.register([
            Batch(id: BatchID(), reseller: "galilu", filename: "g.csv", mode: .append, sizeBytes: 1, host: "here", receivedAt: house.now())
        ])
        try note("galilu")
        try note()
        #expect(try house.ledger.resellers().map(\.slug) == ["boxnox", "galilu"])
        #expect(try boxnox == first)
        #expect(BatchID(first.uuid) != nil)
        #expect(try house.ledger.reseller(uuid: first.uuid) == first && house.ledger.reseller(uuid: BatchID().text) == nil)
        #expect(try Set(house.ledger.resellers().map(\.uuid)).count == 2)
    }

    @Test func `the profile says who it is, an operator's word wins, and what was said can be taken back`() throws {
        try note()
        #expect(try (boxnox.name, boxnox.country, boxnox.currency) == ("BOXNOX", "Poland", "PLN"))
        let change = ResellerChange(name: "Box", country: "Norway", currency: "NOK", ownerName: "Thoko", ownerEmail: "t@box.example")
        _ = try house.ledger.set(change, of: "boxnox", by: house.operatorsDeed)
        try note()
        #expect(try (boxnox.name, boxnox.country, boxnox.currency) == ("Box", "Norway", "NOK"))
        #expect(try (boxnox.ownerName, boxnox.ownerEmail) == ("Thoko", "t@box.example"))
        let left = try house.ledger.set(ResellerChange(country: "", currency: "", isActive: false), of: "boxnox", by: house.operatorsDeed)
        #expect((left.name, left.country, left.currency) == ("Box", "Poland", "PLN"))
        #expect(!left.isActive && left.canUpload)
        // What files are read by is the profile's alone.
        #expect(try house.ledger.notedResellers().map(\.currency) == ["PLN"])
        let lines = try house.ledger.audit(AuditFilter(reseller: "boxnox"))
        #expect(
            lines.map(\.action) == ["set reseller", "set reseller"] && lines.allSatisfy { $0.actor == "anna" && $0.reseller == "boxnox" })
        #expect(lines[0].reason == "country taken back, currency taken back, not active; looked at it")
    }

    @Test func `one without a profile is called by its folder, and the operators' own inbox is no reseller`() throws {
        _ = try house.register()
        let dropped = Batch(
            id: BatchID(), reseller: Batch.unrecognised, filename: "x.csv", mode: .append, sizeBytes: 1, host: "here",
            receivedAt: house.now())
        try house.ledger.register([dropped])
        #expect(try house.ledger.resellers().map(\.name) == ["boxnox"])
        #expect(try boxnox.currency == nil && boxnox.country.isEmpty && boxnox.canUpload)
        #expect(try house.ledger.reseller(Batch.unrecognised) == nil)
        guard case .refused = whatWentWrong({ _ = try house.ledger.permit(false, reseller: Batch.unrecognised, by: house.operatorsDeed) })
        else { throw Unexpected() }
    }

    @Test func `what comes after uploads were forbidden is refused, what was there before is read, and permission mends it`() throws {
        let before = try house.register("before.csv")
        let forbidden = try house.ledger.permit(false, reseller: "boxnox", by: house.operatorsDeed)
        #expect(!forbidden.canUpload && forbidden.reason == "looked at it")
        let after = try house.register("after.csv")
        // Said twice, it reaches no further back and no less far.
        _ = try house.ledger.permit(false, reseller: "boxnox", by: house.operatorsDeed)
        guard case .notPermitted(let reseller) = try verdict(after) else { throw Unexpected() }
        #expect(reseller.reason == "looked at it")
        #expect(try house.ledger.batch(after)?.state == .pending)
        #expect(try isPermitted(before))
        _ = try house.ledger.fail(after, FileRefusal(.uploadNotPermitted, "no"), findings: nil, at: house.now())
        _ = try house.ledger.retry(after, by: house.operatorsDeed)
        #expect(try !isPermitted(after))
        let permitted = try house.ledger.permit(true, reseller: "boxnox", by: Deed(actor: "ben", at: house.now()))
        #expect(permitted.canUpload && permitted.reason == nil)
        #expect(try isPermitted(after))
        let lines = try house.ledger.audit(AuditFilter(reseller: "boxnox")).filter { $0.batch == nil }
        #expect(lines.map(\.action) == ["permit uploads", "forbid uploads", "forbid uploads"])
        #expect(lines.map(\.actor) == ["ben", "anna", "anna"] && lines.map(\.reason) == ["", "looked at it", "looked at it"])
    }

    @Test func `new resellers may upload or not as configured, and those whom somebody has decided on stay as they are`() throws {
        try note("old")
        _ = try house.register()
        _ = try house.ledger.permit(true, reseller: "asked", by: house.operatorsDeed)
        for slug in ["old", "boxnox", "asked", "new"] { try note(slug, newMayUpload: false) }
        let may = Dictionary(uniqueKeysWithValues: try house.ledger.resellers().map { ($0.slug, $0.canUpload) })
        #expect(may == ["old": true, "boxnox": false, "asked": true, "new": false])
        #expect(try !isPermitted(try house.register()))
    }

    @Test func `a file from the operators' inbox becomes its reseller's once, while it waits`() throws {
        func dropped(_ name: String) throws -> BatchID {
            let batch = Batch(
                id: BatchID(), reseller: Batch.unrecognised, filename: name, mode: .append, sizeBytes: 1, host: "here",
                uploader: "someone", receivedAt: house.now())
            try house.ledger.register([batch])
            return batch.id
        }
        let id = try dropped("a.csv")
        let assigned = try house.ledger.assign(id, to: "boxnox", at: house.now())
        #expect(assigned.reseller == "boxnox" && assigned.uploader == "someone")
        #expect(try house.ledger.assign(id, to: "boxnox", at: house.now()) == assigned && house.ledger.batch(id) == assigned)
        #expect(try house.ledger.audit(AuditFilter(batch: id)).map(\.action) == ["recognised", "register"])
        #expect(try house.ledger.count(of: BatchFilter(resellers: ["boxnox"])) == 1)
        guard case .refused = whatWentWrong({ _ = try house.ledger.assign(id, to: "galilu", at: house.now()) }) else { throw Unexpected() }
        let gone = try dropped("b.csv")
        _ = try house.ledger.cancel(gone, by: house.operatorsDeed)
        guard case .refused = whatWentWrong({ _ = try house.ledger.assign(gone, to: "boxnox", at: house.now()) }) else {
            throw Unexpected()
        }
        // Whoever may not upload may not have it done by others either.
        _ = try house.ledger.permit(false, reseller: "boxnox", by: house.operatorsDeed)
        let late = try dropped("c.csv")
        _ = try house.ledger.assign(late, to: "boxnox", at: house.now())
        #expect(try !isPermitted(late))
    }
}
