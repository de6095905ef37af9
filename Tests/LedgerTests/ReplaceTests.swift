import Batches
import Ledger
import Sellout
import Testing

@Suite struct ReplaceTests {
    @Test func `a clean file takes the place of all the reseller's sales in one step`() throws {
        let house = try Fixture()
        try house.take([Line(), Line(product: 1)])
        try house.take([Line(day: "2025-02-01")])
        let batch = try house.take([Line(amount: 99)], mode: .replace)
        #expect(batch.state == .completed && batch.replacement == Replacement(went: 3, came: 1))
        #expect(batch.counts == RowCounts(processed: 1))
        #expect(try house.sales().map(\.local) == [Money(units: 990_000)])
    }

    @Test(arguments: [ApprovalPolicy.clean, .partial])
    func `with a failed row nothing is replaced until an operator says so, and then by the valid rows`(policy: ApprovalPolicy) throws {
        let house = try Fixture()
        let terms = Fixture.terms(policy)
        try house.take([Line(), Line(product: 1)])
        let batch = try house.take([Line(amount: 99)], terms: terms, mode: .replace, malformed: 1)
        #expect(batch.state == .stagingComplete && batch.replacement == nil)
        #expect(try house.sales().count == 2)
        let approved = try house.ledger.approve(batch.id, terms: terms, by: house.operatorsDeed)
        #expect(approved.state == .partialSuccess && approved.replacement == Replacement(went: 2, came: 1))
        #expect(try house.sales().count == 1)
    }

    @Test func `a file without a valid sale replaces nothing, whoever asks`() throws {
        let house = try Fixture()
        try house.take([Line()])
        for malformed in [0, 2] {
            let batch = try house.take([], mode: .replace, malformed: malformed)
            #expect(batch.state == .stagingComplete)
            #expect(whatWentWrong { _ = try house.ledger.approve(batch.id, terms: Fixture.terms(), by: house.operatorsDeed) } != nil)
        }
        #expect(try house.take([Line(amount: 5)], terms: Fixture.terms(.manual), mode: .replace).state == .stagingComplete)
        #expect(try house.sales().count == 1)
    }

    @Test func `replacing with what is the whole ledger already is a duplicate, and with what no longer is goes on`() throws {
        let house = try Fixture()
        let first = try house.take([Line()], content: "january")
        let again = try house.register(mode: .replace)
        guard case .duplicate(let holder) = try house.ledger.beginTry(again, sha256: "january", at: house.now()) else { throw Unexpected() }
        #expect(holder.id == first.id)
        _ = try house.ledger.fail(again, FileRefusal(.duplicateFile, "twice"), findings: nil, at: house.now())
        try house.take([Line(day: "2025-02-01")], content: "february")
        let back = try house.take([Line()], mode: .replace, content: "january")
        #expect(back.replacement == Replacement(went: 2, came: 1))
        let twice = try house.register(mode: .replace)
        guard case .duplicate(let latest) = try house.ledger.beginTry(twice, sha256: "january", at: house.now()) else { throw Unexpected() }
        #expect(latest.id == back.id)
    }

    @Test func `a replacing file approved late takes nothing away that came after it`() throws {
        let house = try Fixture()
        try house.take([Line()])
        let batch = try house.take([Line(amount: 99)], mode: .replace, malformed: 1)
        try house.take([Line(day: "2025-02-01")])
        let fault = whatWentWrong { _ = try house.ledger.approve(batch.id, terms: Fixture.terms(), by: house.operatorsDeed) }
        #expect("\(fault.map { "\($0)" } ?? "")".contains("1 sale of files that came after it"))
        #expect(try house.sales().count == 2)
        #expect(try house.ledger.batch(batch.id)?.state == .stagingComplete)
    }

    @Test func `a replacing file whose turn comes late takes nothing away by itself that came after it`() throws {
        let house = try Fixture()
        try house.take([Line()])
        let late = try house.register(mode: .replace)
        try house.take([Line(day: "2025-02-01"), Line(day: "2025-02-02")])
        try house.begin(late)
        try house.stage([Line(amount: 99)], of: late)
        let batch = try #require(try house.settle(late))
        #expect(batch.state == .stagingComplete && batch.message.contains("2 sales of files that came after it would be replaced too"))
        #expect(try house.sales().count == 3)
    }

    @Test func `another reseller's sales stay`() throws {
        let house = try Fixture()
        try house.take([Line()])
        let id = BatchID()
        try house.ledger.register([
            Batch(id: id, reseller: "galilu", filename: "g.csv", mode: .replace, sizeBytes: 1, host: "here", receivedAt: house.now())
        ])
        try house.begin(id)
        try house.stage([Line(amount: 7)], of: id)
        let terms = Terms(reseller: "galilu", vendorName: "Galilu", currency: "EUR")
        #expect(try house.settle(id, terms: terms)?.replacement == Replacement(went: 0, came: 1))
        #expect(try house.sales().map(\.reseller) == ["boxnox", "galilu"])
    }
}
