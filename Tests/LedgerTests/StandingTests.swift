import Batches
import Cells
import Ledger
import Sellout
import Testing

/// What the status and the counters ask.
@Suite struct StandingTests {
    /// The fixture's clock begins on 2025-04-18.
    private let arrived = CivilDay(number: 20_196)

    @Test func `arrivals are the files that came since a day, those that were refused or cancelled left out`() throws {
        let house = try Fixture()
        try house.take([Line(day: "2025-01-31"), Line()])
        try house.take([Line(day: "2025-01-31", waits: true)])
        let failed = try house.begun()
        _ = try house.ledger.fail(failed, FileRefusal(.timeout, "slow"), findings: nil, at: house.now())
        _ = try house.ledger.cancel(try house.register(), by: house.operatorsDeed)
        #expect(try house.ledger.arrivals(since: arrived) == ["boxnox": [Arrival(day: arrived, lastDay: CivilDay("2025-01-31"))]])
        #expect(try house.ledger.arrivals(since: CivilDay(number: arrived.number + 1)).isEmpty)
        _ = try house.register()
        #expect(try house.ledger.arrivals(since: arrived)["boxnox"]?.map(\.lastDay) == [nil, CivilDay("2025-01-31")])
    }

    @Test func `operators' steps are counted after a line, each once whatever came of it, and the daemon's are not`() throws {
        let house = try Fixture()
        let start = try house.ledger.deeds(after: .max)
        #expect(start.counts.isEmpty)
        let batch = try house.take([Line()], terms: Fixture.terms(.manual), mode: .replace)
        _ = try house.ledger.approve(batch.id, terms: Fixture.terms(.manual), all: false, by: house.operatorsDeed)
        let approved = try house.ledger.deeds(after: start.lastLine)
        #expect(approved.counts == ["approve": 1])
        _ = try house.ledger.delete(batch.id, by: house.operatorsDeed)
        let failed = try house.begun()
        _ = try house.ledger.fail(failed, FileRefusal(.timeout, "slow"), findings: nil, at: house.now())
        _ = try house.ledger.retry(failed, by: house.operatorsDeed)
        _ = try house.ledger.cancel(failed, by: house.operatorsDeed)
        _ = try house.ledger.retry(failed, by: house.operatorsDeed)
        let product = Product(ean: try Fixture.ean(5), functionalName: "FIVE", description: "")
        _ = try house.ledger.take(.products([product]), by: house.operatorsDeed)
        let all = try house.ledger.deeds(after: approved.lastLine)
        #expect(all.counts == ["delete": 1, "retry": 2, "cancel": 1, "import products": 1])
        #expect(try house.ledger.deeds(after: all.lastLine) == DeedsDone(lastLine: all.lastLine))
    }

    @Test func `how often a file was read is known, however often its report was renewed`() throws {
        let house = try Fixture()
        let id = try house.begun()
        _ = try house.ledger.fail(id, FileRefusal(.timeout, "slow"), findings: nil, at: house.now())
        #expect(try house.ledger.readings(of: id) == Readings(settled: 0, failed: 1))
        _ = try house.ledger.retry(id, by: house.operatorsDeed)
        try house.begin(id)
        try house.stage([Line()], of: id)
        _ = try house.settle(id, terms: Fixture.terms(.manual))
        _ = try house.ledger.approve(id, terms: Fixture.terms(.manual), all: false, by: house.operatorsDeed)
        #expect(try house.ledger.readings(of: id) == Readings(settled: 1, failed: 1))
    }
}
