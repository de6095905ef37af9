import Cells
import Sellout
import Testing

@testable import Ledger

/// Imports of reference data: tried, numbered, and taken back.
@Suite struct ImportTests {
    private let house: Fixture
    private let day: CivilDay

    init() throws {
        house = try Fixture()
        day = try #require(CivilDay("2025-04-14"))
    }

    @discardableResult private func take(_ data: ReferenceData, after: TakenReference? = nil) throws -> TakenReference {
        try house.ledger.take(data, after: after, by: house.operatorsDeed)
    }

    private func undo(_ line: Int64?) throws -> ImportUndone {
        try house.ledger.undo(import: try #require(line), by: house.operatorsDeed)
    }

    private func products(_ names: String...) throws -> ReferenceData {
        .products(
            try names.enumerated().map { Product(ean: try Fixture.ean($0), functionalName: $1, description: "of \($1)") })
    }

    private func names() throws -> [String] { try house.ledger.products().map(\.functionalName) }

    @Test func `a preview tells what each record is and would be, what changes first, and changes nothing`() throws {
        try take(products("A", "B"))
        let (version, lines) = (try house.ledger.referenceVersion(), try house.ledger.audit(AuditFilter()).count)
        let preview = try house.ledger.preview(products("A", "C", "D"), records: 10)
        #expect(preview.change == ReferenceChange(new: 1, changed: 1, unchanged: 1))
        #expect(try preview.records.map(\.record) == (1...2).map { try Fixture.ean($0).description })
        #expect(preview.records.map(\.old) == ["B, of B", nil] && preview.records.map(\.new) == ["C, of C", "D, of D"])
        #expect(try names() == ["A", "B"] && house.ledger.referenceVersion() == version)
        #expect(try house.ledger.audit(AuditFilter()).count == lines && house.ask("SELECT count(*) FROM reference_changes") == ["2"])
        #expect(try house.ledger.preview(products("X", "Y", "Z"), records: 1).records.count == 1)
    }

    @Test func `an undo puts back what was changed, takes away what was new, and raises the version`() throws {
        try take(products("A", "B"))
        let second = try take(products("A", "C", "D"))
        let version = try house.ledger.referenceVersion()
        let undone = try undo(second.line)
        #expect(undone.putBack == 2 && undone.left.isEmpty)
        #expect(try names() == ["A", "B"] && house.ledger.referenceVersion() == version + 1)
        #expect(whatWentWrong { _ = try undo(second.line) }?.description.contains("undone already") == true)
        #expect(try house.ledger.imports(ImportFilter()).map(\.isUndone) == [true, false])
        #expect(try house.ledger.audit(AuditFilter(limit: 1)).first?.action == "undo import")
    }

    @Test func `what somebody has changed since stays and is named, whatever an undo of that makes of it`() throws {
        let first = try take(products("A", "B"))
        let second = try take(products("X"))
        let undone = try undo(first.line)
        #expect(undone.putBack == 1 && undone.left.map(\.old) == ["A, of A"] && undone.left.map(\.new) == ["X, of X"])
        #expect(try names() == ["X"])
        #expect(try undo(second.line).left.isEmpty)
        #expect(try names() == ["A"])
    }

    @Test func `an undo can be undone`() throws {
        let first = try take(products("A", "B"))
        let undone = try undo(first.line)
        #expect(try names().isEmpty)
        _ = try undo(undone.line)
        #expect(try names() == ["A", "B"] && house.ledger.imports(ImportFilter()).map(\.isUndone) == [false])
        #expect(try undo(first.line).putBack == 2)
    }

    @Test func `each kind of record comes back as it was`() throws {
        let ean = try Fixture.ean(0)
        func price(_ units: Int64) -> ReferenceData {
            .prices([ListPrice(ean: ean, currency: "EUR", price: Money(units: units), validFrom: day)])
        }
        func rate(_ perEuro: Int64) -> ReferenceData {
            .rates([PublishedRate(currency: "GBP", rate: .init(day: day, perEuro: perEuro))])
        }
        func mapping(_ number: Int) throws -> ReferenceData {
            .mappings([ProductMapping(reseller: "boxnox", code: "A", ean: try Fixture.ean(number))])
        }
        func store(_ name: String) -> ReferenceData { .stores([Store(reseller: "boxnox", code: "S", name: name, isOnline: name == "Two")]) }
        let kinds: [(ReferenceData, ReferenceData, String, String)] = [
            (price(990_000), price(1_005_000), "99.00", "100.50"), (rate(84_000_000), rate(85_500_000), "0.84", "0.855"),
            (try mapping(1), try mapping(2), try Fixture.ean(1).description, try Fixture.ean(2).description),
            (store("One"), store("Two"), "One, physical", "Two, online"),
        ]
        let contents = [
            "list_prices": "price", "fx_rates": "rate_per_euro", "product_reseller_mappings": "product_ean || code",
            "stores": "store || store_type || folded_name",
        ]
        for ((old, new, was, becomes), table) in zip(kinds, ["list_prices", "fx_rates", "product_reseller_mappings", "stores"]) {
            func content() throws -> [String] { try house.ask("SELECT \(contents[table] ?? "") FROM \(table)") }
            let first = try take(old)
            let before = try content()
            #expect(try house.ledger.preview(new, records: 1).records.map { [$0.old, $0.new] } == [[was, becomes]])
            let second = try take(new)
            #expect(try content() != before)
            _ = try undo(second.line)
            #expect(try content() == before)
            _ = try undo(first.line)
            #expect(try house.ask("SELECT count(*) FROM \(table)") == ["0"])
        }
    }

    @Test func `a store that files name by now stays, another one goes`() throws {
        func store(_ name: String) -> Store { Store(reseller: "boxnox", code: name, name: name, isOnline: false) }
        let taken = try take(.stores([store("Store 0"), store("Store 9")]))
        try house.take([Line()])
        let undone = try undo(taken.line)
        #expect(undone.putBack == 1 && undone.left.map(\.record) == ["boxnox Store 0"])
        #expect(try house.ledger.stores(ReferenceFilter()).map(\.store.code) == ["Store 0"])
    }

    @Test func `the parts of one file are one import, and imports are listed newest first in pages`() throws {
        let first = try take(products("A"))
        let both = try take(.products([Product(ean: try Fixture.ean(5), functionalName: "F", description: "")]), after: first)
        #expect(both.line == first.line && both.change == ReferenceChange(new: 2, changed: 0, unchanged: 0))
        let last = try take(.rates([PublishedRate(currency: "USD", rate: .init(day: day, perEuro: 1))]))
        let listed = try house.ledger.imports(ImportFilter())
        #expect(listed.map(\.line) == [last.line, first.line] && listed.map(\.action) == ["import rates", "import products"])
        #expect(listed.last?.reason == "looked at it (2 new, 0 changed, 0 unchanged)")
        #expect(try house.ledger.imports(ImportFilter(limit: 1, offset: 1)).map(\.line) == [first.line])
        #expect(try house.ledger.imports(ImportFilter(since: house.now())).isEmpty)
        #expect(try undo(first.line).putBack == 2)
        #expect(whatWentWrong { _ = try undo(4711) }?.description.contains("There is no import 4711") == true)
    }
}
