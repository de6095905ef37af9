import Ledger
import Reports
import RetailFit
import Texts

/// Which retailers a brand fits.
extension OperatorDesk {
    /// With these choices, or with those that it has saved.
    package func fitReport(ofBrand name: String, choosing choices: [CategoryChoice]? = nil) throws(Refused) -> FitReport {
        let id = try brand(named: name).id
        let asking = try ask { () throws(LedgerFault) in try ledger.fitAsking(ofBrand: id) }
        guard let asking else { throw Refused(.unknown, "There is no brand \(name) any more.") }
        let chosen = choices ?? asking.choices
        guard !chosen.isEmpty else {
            throw Refused(
                .wrong,
                "\(asking.brand.brand.name) has chosen no categories yet. Name some with --categories \"Hair: Serums, Dyes; Skin: Masks\", or "
                    + "choose them on the dashboard.")
        }
        let market = try market().market
        return FitReport(
            asking.brand.brand, choices: chosen, scores: market.scores(for: asking.question(choosing: chosen)), at: clock())
    }

    /// However it is written: case and blanks make no difference.
    package func brand(named name: String) throws(Refused) -> KnownBrand {
        if let known = try ask({ () throws(LedgerFault) in try ledger.brand(named: name) }) { return known }
        let names = try ask { () throws(LedgerFault) in try ledger.brands().map(\.brand.name) }
        if let near = Nearest.name(to: name, among: names) { throw Refused(.unknown, "There is no brand \(name); is \(near) meant?") }
        guard !names.isEmpty else {
            throw Refused(.unknown, "There is no brand \(name): none has registered, and no workbook of a brand has come.")
        }
        let some = names.prefix(Self.brandsNamed).joined(separator: ", ")
        throw Refused(.unknown, "There is no brand \(name); known are \(some)\(names.count > Self.brandsNamed ? ", …" : ".")")
    }

    private static let brandsNamed = 10

    /// A sentence on those of the choices that nobody offers; nil where there is none. They count all the same: the list is open.
    package func caution(on choices: [CategoryChoice]) throws(Refused) -> String? {
        let tree = try categoryTree()
        let unknown = tree.unknown(choices)
        guard let first = unknown.first else { return nil }
        let category = tree.category(first.category)
        let question = Nearest.question(
            for: category == nil ? first.category : first.subcategory, among: category?.subcategories ?? tree.categories.map(\.name))
        return "Not among the categories on offer: \(CategoryChoice.words(unknown))\(question)"
    }
}
