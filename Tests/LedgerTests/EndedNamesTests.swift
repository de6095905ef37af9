import Cells
import Sellout
import Testing

@testable import Ledger

/// Mappings, stores and products that mean nothing any more from a day on.
@Suite struct EndedNamesTests {
    private let house: Fixture
    private let end: CivilDay

    init() throws {
        house = try Fixture()
        end = try #require(CivilDay("2025-01-05"))
        try map(0, to: 0)
    }

    private func map(_ code: Int, to ean: Int) throws {
        let mapping = ProductMapping(reseller: "boxnox", code: "CODE \(code)", ean: try Fixture.ean(ean))
        _ = try house.ledger.take(.mappings([mapping]), by: house.operatorsDeed)
    }

    private func endMapping(from day: CivilDay?) throws -> Corrected {
        try house.ledger.correct(.endMapping(reseller: "boxnox", code: "code 0", from: day), by: house.operatorsDeed)
    }

    /// Two sales of one name, of which the later one waits because the name ended between them. What is valid is booked.
    private func halfEnded() throws -> Batch {
        let id = try house.begun()
        var chunk = try Fixture.chunk([Line(), Line(day: "2025-01-10", quantity: 3, waits: true)])
        chunk.products = [StagedProduct(naming: chunk.products[0].naming, ean: try Fixture.ean(0), endedFrom: end)]
        let store = try house.ledger.stores(ReferenceFilter()).first?.store
        chunk.stores = [StagedStore(naming: chunk.stores[0].naming, store: store)]
        return try #require(
            try house.ledger.settle(id, lastChunk: chunk, Findings(), terms: Fixture.terms(.partial), at: house.now())
        ).record
    }

    /// Another look, with the reference data of today.
    private func lookAgain(_ batch: Batch) throws -> Batch {
        let catalogue = try house.ledger.catalogue(for: Fixture.terms())
        var resolver = Resolver(terms: Fixture.terms(), catalogue: catalogue)
        let waiting = try house.ledger.waiting(of: batch.id)
        var chunk = ResolvedRows(referenceVersion: catalogue.version)
        for product in waiting.products {
            let ean = resolver.name(product: product.naming)
            chunk.products.append(StagedProduct(naming: product.naming, ean: ean, endedFrom: resolver.endOfLastProduct))
        }
        chunk.stores = waiting.stores.map { StagedStore(naming: $0.naming, store: resolver.name(store: $0.naming)) }
        for (number, draft) in waiting.rows {
            var row = StagedRow(draft: draft, local: nil, euros: nil, rate: nil)
            switch resolver.resolve(draft, sheet: { _ in "S" }) {
            case .sale(let sale): row = StagedRow(draft: draft, local: sale.local, euros: sale.euros, rate: sale.rate)
            case .waits(let errors): chunk.errors += errors
            case nil: continue
            }
            chunk.rows.append((number, row))
        }
        chunk.rates = resolver.rates
        return try house.ledger.resettle(batch.id, chunk, terms: Fixture.terms(.partial), at: house.now())
    }

    private func booked() throws -> [String] { try house.sales().map { "\($0.date) \($0.ean) \($0.store)" }.sorted() }

    @Test func `an end stays in the listing, in the catalogue and in the audit log, and is taken back`() throws {
        let version = try house.ledger.referenceVersion()
        #expect(try endMapping(from: end).sentence == "boxnox: code 0 means nothing for sales from 2025-01-05 on")
        #expect(try house.ledger.mappings(ReferenceFilter()).map(\.mapping.endedFrom) == [end])
        #expect(try house.ledger.referenceVersion() == version + 1)
        #expect(try house.ledger.audit(AuditFilter(limit: 1)).first?.action == "end mapping")
        #expect(try endMapping(from: end).line == nil)
        let naming = ProductNaming(code: "CODE 0")
        let catalogue = try house.ledger.catalogue(for: Fixture.terms())
        #expect(catalogue.meaning(of: naming)?.endedFrom == end && catalogue.product(for: naming) != nil)
        _ = try endMapping(from: nil)
        #expect(try house.ledger.mappings(ReferenceFilter()).map(\.mapping.endedFrom) == [nil])
    }

    @Test func `an import that says the same again leaves an end alone, one that says otherwise lifts it`() throws {
        _ = try endMapping(from: end)
        try map(0, to: 0)
        #expect(try house.ledger.mappings(ReferenceFilter()).map(\.mapping.endedFrom) == [end])
        try map(0, to: 1)
        #expect(try house.ledger.mappings(ReferenceFilter()).map(\.mapping.endedFrom) == [nil])
    }

    @Test func `what waits because its name ended is listed with its figures, and not what waits for something else`() throws {
        let batch = try halfEnded()
        #expect(batch.state == .partialSuccess && batch.counts.failed == 1)
        let unmapped = try house.ledger.unmapped(reseller: nil)
        #expect(unmapped.map(\.code) == ["CODE 0"] && unmapped.map(\.endedFrom) == [end])
        #expect(unmapped.map(\.waits.quantity) == [3] && unmapped.map(\.waits.since) == [batch.receivedAt])
    }

    @Test func `late rows are taken when the end is taken back, and mean what the name means then`() throws {
        _ = try endMapping(from: end)
        let batch = try halfEnded()
        let (early, late) = ("2025-01-01 \(try Fixture.ean(0)) Store 0", "2025-01-10")
        #expect(try lookAgain(batch).counts.failed == 1 && booked() == [early])
        try map(0, to: 1)
        #expect(try lookAgain(batch).state == .completed)
        #expect(try booked() == [early, "\(late) \(try Fixture.ean(1)) Store 0"])
        #expect(try house.ledger.unmapped(reseller: nil).isEmpty)
        // The early one means the other product too by now: that is a rebooking.
        #expect(try house.ledger.rebooking(Fixture.terms()).sales == 1)
    }

    @Test func `rows of a store that was merged while they waited are booked at the other one`() throws {
        let batch = try house.take([Line(), Line(product: 1, day: "2025-01-10", waits: true)], terms: Fixture.terms(.partial))
        _ = try house.ledger.merge(store: "Store 0", into: "Sol", of: "boxnox", by: house.operatorsDeed)
        try map(1, to: 1)
        #expect(try lookAgain(batch).state == .completed)
        #expect(try booked().map { $0.hasSuffix("Sol") } == [false, true])
    }

    @Test func `sales that were booked before their name ended stay, and a living document's are unchanged`() throws {
        let living = Fixture.terms(.partial, living: true)
        try house.take([Line()], terms: living)
        _ = try endMapping(from: CivilDay("2024-01-01"))
        #expect(try house.ledger.rebooking(living).sales == 0)
        #expect(try house.take([Line(), Line(day: "2025-01-02")], terms: living).counts.unchanged == 1)
        #expect(try booked().count == 2)
    }

    @Test func `unknown stores of closed resellers are listed, and so are ended ones`() throws {
        let closed = Fixture.terms(.partial, open: false)
        let batch = try house.take([Line(quantity: 2, waits: true), Line(day: "2025-01-02", waits: true)], terms: closed)
        let found = try house.ledger.unknownStores(reseller: "boxnox")
        #expect(found.map(\.name) == ["Store 0"] && found.map(\.waits.rows) == [2] && found.map(\.waits.quantity) == [3])
        #expect(found.map(\.waits.local) == [Money(units: 200_000)] && found.map(\.waits.since) == [batch.receivedAt])
        #expect(try house.ledger.unknownStores(reseller: "galilu").isEmpty)
    }
}
