import Cells
import Sellout

/// All retailers with what they sell, summed up once, so that any choice of categories is scored at once.
package struct FitMarket: Sendable {
    /// A retailer as lists show it.
    package struct Stand: Hashable, Sendable {
        package let id: Int64
        package let name: String
        package let category: String
        package let format: String
        package let outlets: Int

        package init(id: Int64, name: String, category: String, format: String, outlets: Int) {
            self.id = id
            self.name = name
            self.category = category
            self.format = format
            self.outlets = outlets
        }
    }

    /// What a retailer sells in one subcategory.
    struct Shelf: Hashable, Sendable {
        let subcategory: Int32
        var prices = ExactSum()
        var margins = ExactSum()
    }

    struct Assortment: Sendable {
        let stand: Stand
        let ownClass: Int32?
        var sellsAny = false
        /// Few: searched one by one.
        var categories: [Int32] = []
        var shelves: [Shelf] = []
        var prices = ExactSum()
        var margins = ExactSum()
    }

    var assortments: [Assortment] = []
    /// Names of categories and subcategories, folded; each has a number.
    private var numbers: [String: Int32] = [:]
    private var placeOf: [Int64: Int] = [:]

    package init() {}

    /// The number of a name of a category or subcategory; nil for the empty one.
    package mutating func number(of name: String) -> Int32? {
        let folded = Folded.text(name)
        guard !folded.isEmpty else { return nil }
        if let number = numbers[folded] { return number }
        let number = Int32(truncatingIfNeeded: numbers.count)
        numbers[folded] = number
        return number
    }

    func known(_ name: String) -> Int32? { numbers[Folded.text(name)] }

    package mutating func add(_ stand: Stand) {
        placeOf[stand.id] = assortments.count
        assortments.append(Assortment(stand: stand, ownClass: number(of: stand.category)))
    }

    /// That a retailer sells a product of these numbers. Retailers come first.
    package mutating func add(to retailer: Int64, category: Int32?, subcategory: Int32?, price: Exact?, margin: Exact?) {
        guard let place = placeOf[retailer] else { return }
        assortments[place].add(category: category, subcategory: subcategory, price: price, margin: margin)
    }

    func assortment(of retailer: Int64) -> Assortment? { placeOf[retailer].map { assortments[$0] } }

    package var stands: [Stand] { assortments.map(\.stand) }
}

extension FitMarket.Assortment {
    fileprivate mutating func add(category: Int32?, subcategory: Int32?, price: Exact?, margin: Exact?) {
        sellsAny = true
        if let category, !categories.contains(category) { categories.append(category) }
        if let price { prices.add(price) }
        if let margin { margins.add(margin) }
        guard let subcategory else { return }
        let place = shelves.firstIndex { $0.subcategory == subcategory } ?? shelves.count
        if place == shelves.count { shelves.append(FitMarket.Shelf(subcategory: subcategory)) }
        if let price { shelves[place].prices.add(price) }
        if let margin { shelves[place].margins.add(margin) }
    }
}
