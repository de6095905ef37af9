import Batches
import Cells
import Sellout
import Testing

@testable import Ledger

/// Records of the reference data, found and corrected one by one.
@Suite struct CorrectionTests {
    private let house: Fixture

    init() throws {
        house = try Fixture()
        let (one, two) = (try Fixture.ean(1), try Fixture.ean(2))
        try take(
            .products([
                Product(ean: one, functionalName: "POOL", description: "Swimming Pool 100 ml"),
                Product(ean: two, functionalName: "ROSE", description: "Rose_50%"),
            ]))
        try take(
            .mappings([
                ProductMapping(reseller: "boxnox", code: "CODE 1", ean: one), ProductMapping(reseller: "boxnox", code: "Ärmel", ean: two),
                ProductMapping(reseller: "galilu", code: "G1", ean: try Fixture.ean(7)),
            ]))
        try take(.stores([Store(reseller: "boxnox", code: "S1", name: "Sol", isOnline: false, city: "Madrid")]))
    }

    private func take(_ data: ReferenceData) throws { _ = try house.ledger.take(data, by: house.operatorsDeed) }

    private func correct(_ correction: Correction) throws -> Corrected { try house.ledger.correct(correction, by: house.operatorsDeed) }

    private func stores() throws -> [StoreEntry] { try house.ledger.stores(ReferenceFilter(reseller: "boxnox")) }

    @Test func `listings are searched by any part of code, name, EAN and description, whatever the case, and come in pages`() throws {
        func codes(_ filter: ReferenceFilter) throws -> [String] { try house.ledger.mappings(filter).map(\.mapping.code) }
        #expect(try codes(ReferenceFilter()) == ["CODE 1", "Ärmel", "G1"])
        #expect(try codes(ReferenceFilter(reseller: "boxnox", like: "ÄRM")) == ["Ärmel"])
        #expect(try codes(ReferenceFilter(like: "pool")) == ["CODE 1"])
        #expect(try codes(ReferenceFilter(like: String(try Fixture.ean(2).description.suffix(5)))) == ["Ärmel"])
        #expect(try codes(ReferenceFilter(limit: 1, offset: 1)) == ["Ärmel"])
        #expect(try house.ledger.mappings(ReferenceFilter(reseller: "galilu")).map(\.productName) == [nil])
        func products(_ filter: ReferenceFilter) throws -> [String] { try house.ledger.products(filter).map(\.functionalName) }
        #expect(try products(ReferenceFilter(like: "%")) == ["ROSE"] && products(ReferenceFilter(like: "e_5")) == ["ROSE"])
        #expect(try products(ReferenceFilter(reseller: "galilu")).isEmpty && products(ReferenceFilter(reseller: "boxnox")).count == 2)
        #expect(try house.ledger.stores(ReferenceFilter(like: "mad")).map(\.store.code) == ["S1"])
    }

    @Test func `a store is corrected once, raises the version and leaves a line with who and why`() throws {
        let version = try house.ledger.referenceVersion()
        let store = Store(reseller: "boxnox", code: "s1", name: "Sol Mayor", isOnline: true, city: "Madrid", country: "ES")
        let corrected = try correct(.store(store))
        #expect(try house.ledger.referenceVersion() == version + 1 && corrected.line != nil)
        #expect(try correct(.store(store)).line == nil && house.ledger.referenceVersion() == version + 1)
        let entry = try #require(try stores().first)
        #expect(entry.store.code == "S1" && entry.store.name == "Sol Mayor" && entry.store.isOnline && entry.store.country == "ES")
        #expect(try house.ledger.catalogue(for: Fixture.terms()).store(named: "sol mayor")?.code == "S1")
        let line = try #require(try house.ledger.audit(AuditFilter(limit: 1)).first)
        #expect(line.actor == "anna" && line.action == "set store" && line.reason.contains("looked at it (boxnox: s1 is Sol Mayor"))
    }

    @Test func `a store takes no name that another one bears`() throws {
        try take(.stores([Store(reseller: "boxnox", code: "S2", name: "Luna", isOnline: false)]))
        let fault = whatWentWrong { _ = try correct(.store(Store(reseller: "boxnox", code: "S1", name: "LUNA", isOnline: false))) }
        #expect(fault?.description.contains("merge them instead") == true)
        #expect(try stores().map(\.store.name) == ["Luna", "Sol"])
    }

    @Test func `a store that a file brought stays when the file goes, once an operator has said anything of it`() throws {
        for isEdited in [false, true] {
            let house = try Fixture()
            let id = try house.take([Line(waits: true)]).id
            #expect(try house.ledger.stores(ReferenceFilter()).map(\.isFromFile) == [true])
            if isEdited {
                let same = Store(reseller: "boxnox", code: "Store 0", name: "Store 0", isOnline: false)
                _ = try house.ledger.correct(.store(same), by: house.operatorsDeed)
            }
            _ = try house.ledger.cancel(id, by: house.operatorsDeed)
            #expect(try house.ledger.stores(ReferenceFilter()).map(\.isFromFile) == (isEdited ? [false] : []))
        }
    }

    @Test func `merged stores mean the other one, and a split takes back what went along too`() throws {
        let house = try Fixture()
        func merge(_ one: String, _ other: String) throws {
            _ = try house.ledger.merge(store: one, into: other, of: "boxnox", by: house.operatorsDeed)
        }
        func meanings() throws -> [String?] {
            let catalogue = try house.ledger.catalogue(for: Fixture.terms())
            return ["A", "B", "C"].map { catalogue.store(named: $0)?.name }
        }
        try merge("A", "B")
        try merge("B", "C")
        #expect(try meanings() == ["C", "C", "C"])
        _ = try house.ledger.correct(.splitStore(reseller: "boxnox", code: "B"), by: house.operatorsDeed)
        #expect(try meanings() == ["B", "B", "C"])
        _ = try house.ledger.correct(.splitStore(reseller: "boxnox", code: "A"), by: house.operatorsDeed)
        #expect(try meanings() == ["A", "B", "C"])
        #expect(whatWentWrong { _ = try house.ledger.correct(.splitStore(reseller: "boxnox", code: "A"), by: house.operatorsDeed) } != nil)
    }

    @Test func `a merged product's EAN, mappings and names mean the other product, and no longer after a split`() throws {
        let (one, two) = (try Fixture.ean(1), try Fixture.ean(2))
        let namings = [
            ProductNaming(ean: one), ProductNaming(code: "CODE 1"), ProductNaming(name: "pool"), ProductNaming(name: "Swimming Pool 100ml"),
        ]
        func meant() throws -> Set<EAN?> {
            let catalogue = try house.ledger.catalogue(for: Fixture.terms())
            return Set(namings.map { catalogue.product(for: $0) })
        }
        #expect(try meant() == [one])
        _ = try correct(.mergeProducts(one, into: two))
        #expect(try meant() == [two])
        #expect(whatWentWrong { _ = try correct(.mergeProducts(two, into: one)) }?.description.contains("into itself") == true)
        _ = try correct(.splitProduct(one))
        #expect(try meant() == [one])
    }

    @Test func `a product merged into one that is merged itself means the last one, and so do those that come later`() throws {
        let eans = try (1...3).map(Fixture.ean)
        try take(.products([Product(ean: eans[2], functionalName: "THIRD", description: "")]))
        _ = try correct(.mergeProducts(eans[0], into: eans[1]))
        _ = try correct(.mergeProducts(eans[1], into: eans[2]))
        #expect(try house.ledger.products(ReferenceFilter()).map(\.replacedBy) == [eans[2], eans[2], nil])
        _ = try correct(.splitProduct(eans[1]))
        #expect(try house.ledger.products(ReferenceFilter()).map(\.replacedBy) == [eans[1], nil, nil])
    }

    @Test func `stores are told with their current sales, merged ones apart`() throws {
        let house = try Fixture()
        try house.take([Line(), Line(store: 1, amount: 20), Line(store: 1, day: "2025-01-02", amount: 5)])
        let away = try house.take([Line(store: 2, amount: 90)])
        _ = try house.ledger.undo(away.id, cascade: false, by: house.operatorsDeed)
        let figures = try house.ledger.storeFigures(of: "boxnox")
        #expect(figures.map(\.store.name) == ["Store 0", "Store 1"] && figures.map(\.sales) == [1, 2])
        #expect(figures.map(\.euros.description) == ["10.00", "25.00"])
        #expect(try house.ledger.storeFigures(of: "galilu").isEmpty)
    }
}
