import Chances
import Ledger
import Sellout
import Testing

/// Random files beside a model of a few lines: after approval, the ledger holds each file's own bag for every key it names.
@Suite struct ModelTests {
    struct Key: Hashable {
        let product: Int
        let store: Int
        let day: String
        let order: String?
    }

    @Test(arguments: [true, false], [1, 2, 3] as [UInt64])
    func `whatever files come in whatever order, the ledger holds what the model holds`(living: Bool, seed: UInt64) throws {
        let house = try Fixture()
        let terms = Fixture.terms(.manual, living: living)
        var chance = Chance(seed: seed)
        var model: [Key: [SaleFigures]] = [:]
        for _ in 0..<25 {
            let file = randomFile(&chance)
            var bags: [Key: [SaleFigures]] = [:]
            for line in file {
                let key = Key(product: line.product, store: line.store, day: line.day, order: line.order)
                bags[key, default: []].append(SaleFigures(quantity: line.quantity, amount: Money(units: line.amount * 10_000)))
            }
            let same = bags.filter { model[$0.key]?.sorted() == $0.value.sorted() }.values.map(\.count).reduce(0, +)
            let restated = bags.filter { model[$0.key] != nil }.values.map(\.count).reduce(0, +) - same
            let batch = try house.take(file, terms: terms)
            // What a corrected file repeats beside its corrections is as it should be.
            #expect((living || restated > 0 ? batch.counts.unchanged : batch.counts.failed) == same)
            #expect(batch.counts.restated == restated && batch.counts.total == file.count)
            if batch.counts.processed > 0 { _ = try house.ledger.approve(batch.id, terms: terms, all: false, by: house.operatorsDeed) }
            model.merge(bags) { $1 }
        }
        let expected = model.flatMap { key, bag in bag.map { "\(key.product) \(key.store) \(key.day) \($0.quantity) \($0.amount)" } }
        let base = try Fixture.ean(0).value
        let held = try house.sales().map { sale in
            "\((Int64(sale.ean) ?? 0) - base) \(sale.store.suffix(1)) \(sale.date) \(sale.quantity) \(sale.local)"
        }
        #expect(held.sorted() == expected.sorted())
    }

    private func randomFile(_ chance: inout Chance) -> [Line] {
        (0..<Int.random(in: 1...30, using: &chance)).map { _ in
            Line(
                product: .random(in: 0...2, using: &chance), store: .random(in: 0...1, using: &chance),
                day: ["2024-12-31", "2025-01-01", "2025-02-28"].randomElement(using: &chance) ?? "",
                quantity: .random(in: 1...2, using: &chance),
                amount: .random(in: 10...11, using: &chance), order: [nil, nil, "b", "Ä"].randomElement(using: &chance) ?? nil)
        }
    }
}
