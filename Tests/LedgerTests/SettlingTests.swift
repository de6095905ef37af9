import Cells
import Ledger
import Sellout
import Testing

@Suite struct SettlingTests {
    @Test func `clean approves a clean file at once, and a failed row keeps the whole file waiting`() throws {
        let house = try Fixture()
        let clean = try house.take([Line(), Line(product: 1)])
        #expect(clean.state == .completed && clean.message == "2 sales taken.")
        #expect(clean.firstDay == CivilDay("2025-01-01") && clean.currency == "EUR" && clean.endedAt != nil)
        let unclean = try house.take([Line(day: "2025-02-01")], malformed: 2)
        #expect(unclean.state == .stagingComplete && unclean.counts == RowCounts(processed: 1, failed: 2))
        #expect(unclean.message == "Waits for approval: 2 rows wait or need correction: 2 INVALID_QUANTITY.")
        #expect(try house.sales().count == 2)
    }

    @Test func `partial takes the valid rows at once, but never disagreeing totals and never nothing`() throws {
        let house = try Fixture()
        let partial = Fixture.terms(.partial)
        let some = try house.take([Line()], terms: partial, malformed: 1)
        #expect(some.state == .partialSuccess && some.counts == RowCounts(processed: 1, failed: 1))
        var findings = Findings()
        findings.controlTotals = [ControlTotal(scope: "file", file: .init(quantity: 5), extracted: .init(quantity: 1))]
        let disagreeing = try house.take([Line(day: "2025-02-01")], terms: partial, findings: findings)
        #expect(disagreeing.state == .stagingComplete && disagreeing.controlTotals == findings.controlTotals)
        #expect(try house.take([], terms: partial, malformed: 3).state == .stagingComplete)
        let empty = try house.take([], terms: partial)
        #expect(empty.state == .stagingComplete && empty.warnings.map(\.code) == ["NO_SALES"])
        #expect(try house.sales().count == 1)
    }

    @Test func `manual never approves by itself, and an operator takes what is valid`() throws {
        let house = try Fixture()
        let manual = Fixture.terms(.manual)
        let batch = try house.take([Line()], terms: manual, malformed: 1)
        #expect(batch.state == .stagingComplete)
        #expect(try house.sales().isEmpty)
        #expect(try house.ledger.approve(batch.id, terms: manual, all: false, by: house.operatorsDeed).state == .partialSuccess)
        #expect(try house.sales().count == 1)
        #expect(whatWentWrong { _ = try house.ledger.approve(batch.id, terms: manual, all: false, by: house.operatorsDeed) } != nil)
        #expect(try house.sales().count == 1)
    }

    @Test func `a monthly file's repeated rows are errors that name the batch that brought them first`() throws {
        let house = try Fixture()
        let first = try house.take([Line(), Line(product: 1)])
        let second = try house.take([Line(), Line(product: 2)], terms: Fixture.terms(.partial))
        #expect(second.state == .partialSuccess && second.counts == RowCounts(processed: 1, failed: 1))
        let error = try #require(try house.ledger.errors(of: second.id, after: 0, limit: 10).first)
        #expect(error.type == .duplicateTransaction && error.row == 2 && error.sheet == "SELL OUT")
        #expect(error.message.contains(first.id.short) && error.message.contains("2025-04-18"))
        #expect(try house.account(of: second.id).errorCounts.map(\.type) == ["DUPLICATE_TRANSACTION"])
    }

    @Test func `a corrected monthly file is restated and not counted twice`() throws {
        let house = try Fixture()
        try house.take([Line(), Line(product: 1)])
        let corrected = try house.take([Line(quantity: 2, amount: 20)], terms: Fixture.terms(.partial))
        #expect(corrected.state == .stagingComplete && corrected.counts == RowCounts(processed: 1, restated: 1))
        _ = try house.ledger.approve(corrected.id, terms: Fixture.terms(), all: false, by: house.operatorsDeed)
        #expect(try house.sales().map(\.quantity) == [1, 2])
    }

    @Test func `identical rows within one file are sales of their own`() throws {
        let house = try Fixture()
        #expect(try house.take([Line(), Line(), Line()]).counts == RowCounts(processed: 3))
    }

    @Test func `new stores are named once, and are known from then on`() throws {
        let house = try Fixture()
        let first = try house.take([Line(), Line(store: 1)])
        #expect(first.warnings == [Warning("NEW_STORE", "New stores: Store 0, Store 1.", count: 2)])
        #expect(try house.take([Line(day: "2025-02-01"), Line(store: 1, day: "2025-02-01")]).warnings.isEmpty)
        #expect(try house.ledger.catalogue(for: Fixture.terms()).store(named: "store  1")?.isOnline == true)
        #expect(try house.sales().map(\.storeIsOnline) == [false, true, false, true])
    }

    @Test func `errors come in pages in the order of the file`() throws {
        let house = try Fixture()
        let id = try house.begun()
        var chunk = StagedChunk(referenceVersion: 1)
        chunk.sheets = ["SELL OUT"]
        chunk.errors = (1...25).map { Fixture.error(.invalidDateFormat, row: $0) }
        chunk.malformedRows = 25
        try house.ledger.stage(chunk, of: id)
        _ = try house.settle(id)
        var rows: [Int] = []
        while true {
            let page = try house.ledger.errors(of: id, after: rows.count, limit: 10)
            if page.isEmpty { break }
            rows += page.map(\.row)
        }
        #expect(rows == Array(1...25))
        #expect(try house.account(of: id).errorCounts.first?.count == 25)
    }

    @Test func `sums that do not fit are refused and trap nowhere`() throws {
        let house = try Fixture()
        let id = try house.begun()
        var chunk = try Fixture.chunk([Line(), Line()])
        for place in chunk.rows.indices { chunk.rows[place].euros = Money(units: .max) }
        try house.ledger.stage(chunk, of: id)
        guard case .refused = whatWentWrong({ _ = try house.settle(id) }) else {
            throw Unexpected()
        }
        #expect(try house.ledger.batch(id)?.state == .processing)
        #expect(try house.ask("SELECT count(*) FROM stores") == ["0"])
    }

    @Test func `errors found late take their place in the order of the file`() throws {
        let house = try Fixture()
        try house.take([Line()])
        let id = try house.begun()
        var chunk = try Fixture.chunk([Line(), Line(product: 1)])
        chunk.sheets = ["SELL OUT", "AUGUST"]
        chunk.malformedRows = 2
        chunk.errors = [
            RowError(sheet: "AUGUST", row: 1, type: .invalidQuantity, message: "no number"), Fixture.error(.invalidEAN, row: 9),
        ]
        try house.ledger.stage(chunk, of: id)
        _ = try house.settle(id)
        let types = try house.ledger.errors(of: id, after: 0, limit: 9).map(\.type)
        #expect(types == [.duplicateTransaction, .invalidEAN, .invalidQuantity])
        #expect(try house.ledger.errors(of: id, after: 2, limit: 9).map(\.row) == [1])
    }
}
