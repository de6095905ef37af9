import Cells
import Sellout
import Testing

@Suite struct StoreClusterTests {
    private func store(_ name: String, code: String? = nil, city: String = "", online: Bool = false, sales: Int = 1) -> StoreFigures {
        StoreFigures(
            Store(reseller: "boxnox", code: code ?? name, name: name, isOnline: online, city: city), sales: sales,
            euros: Money(units: Int64(sales) * 10_000))
    }

    private func clusters(_ stores: StoreFigures...) -> [[String]] {
        StoreCluster.all(among: stores).map { $0.members.map(\.figures.store.code) }
    }

    @Test(arguments: [
        ("El Corte Inglés, Madrid", "EL CORTE INGLES MADRID", StoreCluster.Likeness.spelling), ("Gran Via 12", "Granvia 12", .spelling),
        ("L’Or Lyon", "L'Or - Lyon", .spelling), ("Madrid Castellana", "Castellana / Madrid", .order),
        ("Abanuc Serrano", "Abanuc Serrano Store", .place), ("Perfumeria Sol", "Perfumeira Sol", .typing),
    ])
    func `two ways to write a store are one cluster`(one: String, other: String, why: StoreCluster.Likeness) {
        let found = StoreCluster.all(among: [store(one, sales: 2), store(other)])
        #expect(found.map { $0.members.map(\.likeness) } == [[nil, why]])
    }

    @Test(arguments: [
        ("Store 1", "Store 2"), ("El Corte Verde", "El Corte Verde Madrid"), ("Madrid", "Perfumeria Madrid"), ("Berlin", "Merlin"),
        ("Douglas Bern", "Douglas Berg"), ("Abanuc Gran Via 12", "Abanuc Gran Via 21"), ("Galeries Nice", "Boutique Nice"),
        ("Kiosk 10412", "Kiosk 10413"),
    ])
    func `stores that share a word, or differ in a number or a short word, are two`(one: String, other: String) {
        #expect(clusters(store(one), store(other)).isEmpty)
    }

    @Test func `the city tells two stores apart, and tells that a further word is only the city`() {
        #expect(clusters(store("Perfumeria Sol", code: "1", city: "Madrid"), store("Perfumería Sol", code: "2", city: "Sevilla")).isEmpty)
        #expect(clusters(store("Perfumeria Sol", city: "Madrid"), store("Perfumeria Sol Madrid")).count == 1)
        #expect(clusters(store("Perfumeria Sol"), store("Perfumeria Sol Online", online: true)).isEmpty)
    }

    @Test func `a chain's name of one word under two codes of its own is two stores, unless the city is the same`() {
        #expect(clusters(store("Douglas", code: "101"), store("DOUGLAS", code: "102")).isEmpty)
        #expect(clusters(store("Douglas", code: "101", city: "Bern"), store("Douglás", code: "102", city: "bern")).count == 1)
        #expect(clusters(store("Abanúc"), store("Abanuc")).count == 1)
    }

    @Test func `the store that sold most comes first, and a third way to write it is of the same cluster`() {
        #expect(
            clusters(
                store("Perfumeira Sol"), store("Perfumeria Sol", sales: 9), store("Sol Perfumeria", sales: 3), store("Abanuc", sales: 50))
                == [["Perfumeria Sol", "Sol Perfumeria", "Perfumeira Sol"]])
    }
}
