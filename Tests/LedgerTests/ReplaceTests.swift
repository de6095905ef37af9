import Batches
import Ledger
import Sellout
import Testing

@Suite struct ReplaceTests {
    @Test func `a clean file takes the place of the sales in the months that it names, in one step, and of no others`() throws {
        let house = try Fixture()
        try house.take([Line(), Line(product: 1)])
        try house.take([Line(day: "2025-02-01")])
        let batch = try house.take([Line(amount: 50), Line(product: 1, day: "2025-01-31")], mode: .replace)
        #expect(batch.state == .completed && batch.counts == RowCounts(processed: 2))
        #expect(batch.replacement?.went == 2 && batch.replacement?.came == 2 && batch.replacement?.isTaken == true)
        #expect(try house.sales().map(\.local) == [Money(units: 100_000), Money(units: 500_000), Money(units: 100_000)])
    }

    @Test func `of the whole history it takes the place only from its own inbox, and waits while it names not all of it`() throws {
        let house = try Fixture()
        try house.take([Line(), Line(day: "2025-02-01")])
        let batch = try house.take([Line(amount: 99), Line(day: "2025-01-02")], terms: Fixture.terms(.partial), mode: .replaceAll)
        #expect(batch.state == .stagingComplete)
        #expect(batch.message.contains("It names nothing in 2025-02, of which 1 sale (1 pieces, 10.00) would be taken away"))
        #expect(batch.replacement?.went == 2 && batch.replacement?.isTaken == false)
        #expect(batch.replacement?.parts.map(\.month.description) == ["2025-01", "2025-02"])
        let approved = try house.ledger.approve(batch.id, terms: Fixture.terms(), all: false, by: house.operatorsDeed)
        #expect(approved.state == .completed && approved.replacement?.isTaken == true)
        #expect(try house.sales().map(\.local) == [Money(units: 990_000), Money(units: 100_000)])
    }

    @Test(arguments: [
        [Line(amount: 20)],  // fewer sales
        [Line(), Line(product: 1, amount: 9)],  // less money
        [Line(), Line(product: 1, quantity: 0, amount: 20)],  // fewer pieces
    ])
    func `what would take away more than it brings waits whatever the policy, and says so by month`(lines: [Line]) throws {
        let house = try Fixture()
        try house.take([Line(), Line(product: 1)])
        let batch = try house.take(lines, terms: Fixture.terms(.partial), mode: .replace)
        #expect(batch.state == .stagingComplete && batch.warnings.contains { $0.code == "REPLACES_MORE" && $0.holds })
        #expect(batch.message.contains("In 2025-01 it would take away 2 sales (2 pieces, 20.00)"))
        #expect(try house.sales().count == 2)
    }

    @Test func `a store that the file leaves out keeps it waiting though the sums are larger`() throws {
        let house = try Fixture()
        try house.take([Line(), Line(store: 1)])
        let batch = try house.take([Line(amount: 30), Line(product: 1), Line(product: 2)], mode: .replace)
        #expect(batch.state == .stagingComplete && batch.message.contains("In 2025-01 it has no sale of Store 1"))
    }

    @Test func `when it would take away other figures than reported, approving is refused once and a new report goes out`() throws {
        let house = try Fixture()
        try house.take([Line(), Line(product: 1)])
        let batch = try house.take([Line()], mode: .replace)
        _ = try house.ledger.undo(try #require(house.sales().first.flatMap { BatchID($0.batch) }), cascade: true, by: house.operatorsDeed)
        #expect(
            whatWentWrong { _ = try house.ledger.approve(batch.id, terms: Fixture.terms(), all: false, by: house.operatorsDeed) } != nil)
        #expect(try house.ledger.batch(batch.id)?.replacement?.went == 0)
        #expect(try house.ledger.approve(batch.id, terms: Fixture.terms(), all: false, by: house.operatorsDeed).state == .completed)
    }

    @Test(arguments: [ApprovalPolicy.clean, .partial])
    func `with a failed row nothing is replaced until an operator says so, and then by the valid rows`(policy: ApprovalPolicy) throws {
        let house = try Fixture()
        let terms = Fixture.terms(policy)
        try house.take([Line(), Line(product: 1)])
        let batch = try house.take([Line(amount: 99)], terms: terms, mode: .replace, malformed: 1)
        #expect(batch.state == .stagingComplete && batch.replacement?.isTaken == false)
        #expect(try house.sales().count == 2)
        let approved = try house.ledger.approve(batch.id, terms: terms, all: false, by: house.operatorsDeed)
        #expect(approved.state == .partialSuccess && approved.replacement?.went == 2 && approved.replacement?.came == 1)
        #expect(try house.sales().count == 1)
    }

    @Test func `a file without a valid sale replaces nothing, whoever asks`() throws {
        let house = try Fixture()
        try house.take([Line()])
        for malformed in [0, 2] {
            let batch = try house.take([], mode: .replace, malformed: malformed)
            #expect(batch.state == .stagingComplete)
            #expect(
                whatWentWrong { _ = try house.ledger.approve(batch.id, terms: Fixture.terms(), all: false, by: house.operatorsDeed) } != nil
            )
        }
        #expect(try house.take([Line(amount: 5)], terms: Fixture.terms(.manual), mode: .replace).state == .stagingComplete)
        #expect(try house.sales().count == 1)
    }

    @Test func `replacing with what is in the books already is a duplicate, and with what no longer is goes on`() throws {
        let house = try Fixture()
        let first = try house.take([Line()], content: "january")
        let again = try house.register(mode: .replace)
        guard case .duplicate(let holder) = try house.ledger.beginTry(again, sha256: "january", at: house.now()) else { throw Unexpected() }
        #expect(holder.id == first.id)
        _ = try house.ledger.fail(again, FileRefusal(.duplicateFile, "twice"), findings: nil, at: house.now())
        try house.take([Line(day: "2025-01-02")], content: "more of january")
        let back = try house.take([Line(), Line(day: "2025-01-03", amount: 20)], mode: .replace, content: "all of january")
        #expect(back.replacement?.went == 2)
        let twice = try house.register(mode: .replace)
        guard case .duplicate(let latest) = try house.ledger.beginTry(twice, sha256: "all of january", at: house.now()) else {
            throw Unexpected()
        }
        #expect(latest.id == back.id)
        // Nothing of the first file is in the books any more.
        #expect(try house.take([Line()], content: "january").state == .stagingComplete)
    }

    @Test func `a replacing file approved late takes nothing away that came after it`() throws {
        let house = try Fixture()
        try house.take([Line()])
        let batch = try house.take([Line(amount: 99)], mode: .replace, malformed: 1)
        try house.take([Line(day: "2025-01-02")])
        // What it would take away now is not what its report said: that is told first.
        #expect(
            whatWentWrong { _ = try house.ledger.approve(batch.id, terms: Fixture.terms(), all: false, by: house.operatorsDeed) } != nil)
        let fault = whatWentWrong { _ = try house.ledger.approve(batch.id, terms: Fixture.terms(), all: false, by: house.operatorsDeed) }
        #expect("\(fault.map { "\($0)" } ?? "")".contains("1 sale of files that came after it"))
        #expect(try house.sales().count == 2)
        #expect(try house.ledger.batch(batch.id)?.state == .stagingComplete)
    }

    @Test func `a replacing file whose turn comes late takes nothing away by itself that came after it`() throws {
        let house = try Fixture()
        try house.take([Line()])
        let late = try house.register(mode: .replace)
        try house.take([Line(day: "2025-01-03"), Line(day: "2025-01-02")])
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
        #expect(try house.settle(id, terms: terms)?.replacement?.went == 0)
        #expect(try house.sales().map(\.reseller) == ["boxnox", "galilu"])
    }
}

extension ReplaceTests {
    @Test func `an operator may widen a replacing file to everything, and is shown once what goes then`() throws {
        let house = try Fixture()
        try house.take([Line(), Line(day: "2025-02-01")])
        let batch = try house.take([Line(amount: 5)], mode: .replace)
        #expect(batch.state == .stagingComplete && batch.replacement?.went == 1)
        func approve() throws -> Batch {
            try house.ledger.approve(batch.id, terms: Fixture.terms(), all: true, by: house.operatorsDeed)
        }
        #expect(whatWentWrong { _ = try approve() } != nil)
        try house.note(batch.id, published: batch.revision, isArchived: true)
        #expect(whatWentWrong { _ = try approve() } != nil)
        #expect(try house.ledger.batch(batch.id)?.mode == .replaceAll && house.ledger.batch(batch.id)?.replacement?.went == 2)
        #expect(try approve().state == .completed)
        #expect(try house.sales().map(\.local) == [Money(units: 50_000)])
    }
}
