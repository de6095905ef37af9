import Cells
import Ledger
import Sellout
import Testing

/// What others read: the views, the listings, reference data, and what a deletion leaves behind.
@Suite struct BooksTests {
    @Test func `analysts read decimals, names and dates with plain SQL`() throws {
        let house = try Fixture()
        let product = Product(ean: try Fixture.ean(0), functionalName: "SWIMMING POOL", description: "EDP 100 ml")
        _ = try house.ledger.take(.products([product]), by: house.operatorsDeed)
        let batch = try house.take([Line(store: 1, day: "2024-02-29", quantity: -2, amount: -10)])
        let row = try house.ask(
            """
            SELECT batch_id || '|' || reseller || '|' || store || '|' || store_type || '|' || product_ean || '|' || product_name || '|' || sale_date
                || '|' || year || '|' || month || '|' || quantity || '|' || is_return || '|' || sales_local || '|' || currency || '|' || sales_eur
            FROM sales WHERE reseller = 'boxnox'
            """)
        #expect(
            row == [
                "\(batch.id)|boxnox|Store 1|online|\(try Fixture.ean(0))|SWIMMING POOL|2024-02-29|2024|2|-2|1|-10.0|EUR|-10.0"
            ])
        #expect(try house.ask("SELECT first_date || ' ' || sales_eur FROM upload_batches_decimal") == ["2024-02-29 -10.0"])
        #expect(try house.ask("SELECT count(*) FROM staging_sales_decimal") == ["0"])
        #expect(try house.ask("SELECT batch_id || sheet || row_number || (withdrawn_at IS NULL) FROM journal") == ["\(batch.id)SELL OUT21"])
        try house.take([Line(waits: true)])
        #expect(try house.ask("SELECT outcome || ' ' || sheet || ' ' || row_number FROM staging_sales_decimal") == ["waiting SELL OUT 2"])
    }

    @Test func `sales are listed in order and filtered, and the listing stops when told`() throws {
        let house = try Fixture()
        let first = try house.take([Line(), Line(day: "2025-03-01")])
        try house.take([Line(day: "2025-02-01")])
        #expect(try house.sales().map(\.date.description) == ["2025-01-01", "2025-03-01", "2025-02-01"])
        #expect(try house.sales(SalesFilter(batch: first.id)).count == 2)
        #expect(try house.sales(SalesFilter(from: CivilDay("2025-02-01"), to: CivilDay("2025-02-28"))).count == 1)
        #expect(try house.sales(SalesFilter(reseller: "galilu")).isEmpty)
        var seen = 0
        try house.ledger.sales(SalesFilter()) { _ in
            seen += 1
            return false
        }
        #expect(seen == 1)
    }

    @Test func `taking reference data twice changes nothing the second time`() throws {
        let house = try Fixture()
        let ean = try Fixture.ean(0)
        let day = try #require(CivilDay("2025-04-14"))
        let kinds: [(ReferenceData, ReferenceData)] = [
            (
                .products([Product(ean: ean, functionalName: "A", description: "")]),
                .products([Product(ean: ean, functionalName: "A", description: "b")])
            ),
            (
                .mappings([ProductMapping(reseller: "boxnox", code: "A", ean: ean)]),
                .mappings([ProductMapping(reseller: "boxnox", code: " a", ean: try Fixture.ean(1))])
            ),
            (
                .stores([Store(reseller: "boxnox", code: "A", name: "A", isOnline: false)]),
                .stores([Store(reseller: "boxnox", code: "a", name: "A", isOnline: true)])
            ),
            (
                .prices([ListPrice(ean: ean, currency: "EUR", price: Money(units: 1), validFrom: day)]),
                .prices([ListPrice(ean: ean, currency: "EUR", price: Money(units: 2), validFrom: day)])
            ),
            (
                .rates([PublishedRate(currency: "EUR", rate: .init(day: day, perEuro: 1))]),
                .rates([PublishedRate(currency: "EUR", rate: .init(day: day, perEuro: 2))])
            ),
        ]
        for (data, other) in kinds {
            let before = try house.ledger.referenceVersion()
            #expect(try house.ledger.take(data, by: house.operatorsDeed) == ReferenceChange(new: 1, changed: 0, unchanged: 0))
            #expect(try house.ledger.take(data, by: house.operatorsDeed) == ReferenceChange(new: 0, changed: 0, unchanged: 1))
            #expect(try house.ledger.referenceVersion() == before + 1)
            #expect(try house.ledger.take(other, by: house.operatorsDeed) == ReferenceChange(new: 0, changed: 1, unchanged: 0))
        }
        let catalogue = try house.ledger.catalogue(for: Fixture.terms())
        #expect(try catalogue.product(for: ProductNaming(code: " a ")) == Fixture.ean(1))
        #expect(catalogue.price(of: ean, on: day) == Money(units: 2))
        #expect(catalogue.store(named: "A")?.isOnline == true)
        #expect(try house.ledger.audit(AuditFilter()).contains { $0.action == "import rates" && $0.actor == "anna" })
    }

    @Test func `a deleted batch leaves the listings, and its sales and a line with their sums stay`() throws {
        let house = try Fixture()
        let batch = try house.take([Line(), Line(product: 1, quantity: 3, amount: 20)])
        let kept = try house.take([Line(day: "2025-02-01")])
        _ = try house.ledger.delete(batch.id, by: house.operatorsDeed)
        #expect(try house.ledger.batch(batch.id) == nil)
        #expect(try house.ledger.batches(BatchFilter()).map(\.id) == [kept.id])
        #expect(try house.sales().map(\.batch) == [batch.id.text, batch.id.text, kept.id.text])
        let line = try #require(try house.ledger.audit(AuditFilter(batch: batch.id)).first)
        #expect(line.action == "delete" && line.actor == "anna")
        #expect(line.reason == "looked at it (2 sales of boxnox from april.csv stay in the books: quantity 4, 30.00 EUR, 30.00 EUR)")
        #expect(try house.ask("SELECT count(*) FROM staging_sales WHERE batch = 1") == ["0"])
        #expect(whatWentWrong { _ = try house.ledger.retry(batch.id, by: house.operatorsDeed) } != nil)
    }

    @Test func `a failed batch keeps its refusal and findings and no rows`() throws {
        let house = try Fixture()
        let id = try house.begun()
        try house.stage([Line()], of: id, malformed: 1)
        var findings = Findings()
        findings.detection = Detection(profile: "boxnox", signs: ["a", "b", "c"])
        let refusal = FileRefusal(.missingSheet, "The sheet is missing.", suggestion: "Add it.")
        let failed = try house.ledger.fail(id, refusal, findings: findings, at: house.now())
        #expect(failed.state == .failed && failed.owesReport && failed.refusal == refusal)
        #expect(try house.ledger.batch(id) == failed)
        #expect(try house.ledger.batch(id)?.detection?.confidence == .medium)
        #expect(try house.account(of: id).errorCounts.isEmpty)
        #expect(try house.ask("SELECT count(*) FROM staging_sales") == ["0"])
    }

    @Test func `batches are found by the beginning of their id, by reseller and by state, newest first`() throws {
        let house = try Fixture()
        let first = try house.register()
        let second = try house.take([Line()]).id
        #expect(try house.ledger.batches(BatchFilter(resellers: ["boxnox"])).map(\.id) == [second, first])
        #expect(try house.ledger.batches(BatchFilter(states: [.pending])).map(\.id) == [first])
        #expect(try house.ledger.batches(idPrefix: first.short.uppercased(), deleted: false).map(\.id) == [first])
        #expect(try house.ledger.batches(idPrefix: "%", deleted: false).isEmpty)
    }
}
