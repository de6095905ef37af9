import Cells
import Settings

/// What a reseller's figures usually look like, and what happens where they do not: the batch waits, or the report warns. Nothing is
/// ever changed for it.
package struct Expectations: Hashable, Sendable {
    package enum Answer: String, CaseIterable, Sendable {
        case ignore, warn, hold
    }

    /// Sales before this year, or in the future.
    package var dates = Answer.hold
    package var firstYear = 2000
    /// A row's pieces against the file's others.
    package var quantity = Answer.hold
    /// The file's average price, its average quantity and its sum, against what the reseller usually sends.
    package var usual = Answer.warn
    /// The price of a piece against the list price, and against the same product elsewhere in the file.
    package var price = Answer.hold
    package var sameOrderLine = Answer.hold
    /// A store's name that is a number, or reads like a product's.
    package var stores = Answer.hold
    /// More than one row in ten that fails, where valid rows are taken at once.
    package var errorRate = Answer.warn

    package init() {}

    init(_ node: SettingsNode) {
        dates = node.choice("dates", default: dates)
        firstYear = node.whole("first_year", in: 1990...2100) ?? firstYear
        quantity = node.choice("quantity", default: quantity)
        usual = node.choice("usual", default: usual)
        price = node.choice("price", default: price)
        stores = node.choice("stores", default: stores)
        sameOrderLine = node.choice("same_order_line", default: sameOrderLine)
        errorRate = node.choice("error_rate", default: errorRate)
        node.nothingElse()
    }
}
