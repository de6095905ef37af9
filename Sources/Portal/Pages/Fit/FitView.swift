import Accounts
import Ledger
import Operations
import RetailFit
import Web

/// Whose scores somebody looks at: people of a brand see their own brand's, whoever operates chooses one.
struct FitView {
    /// Nil where the account has no brand, or there is none at all.
    let brand: KnownBrand?
    /// To choose among; empty for people of a brand.
    let offered: [KnownBrand]
    /// Those that the brand has saved.
    let choices: [CategoryChoice]
    private let desk: PageDesk
    private let market: MarketShelf.Market

    init(_ request: Request, _ desk: PageDesk) throws(Refused) {
        self.desk = desk
        market = try desk.market.current(desk.desk)
        offered = desk.operates ? try desk.desk.brands() : []
        let own = try desk.caller.brandID.map { id throws(Refused) in try desk.desk.brand(id: id) } ?? nil
        if desk.operates, let asked = request.asked("brand"), !asked.isEmpty {
            guard let known = offered.first(where: { String($0.id) == asked }) else { throw Refused(.unknown, "There is no such brand.") }
            brand = known
        } else {
            brand = own ?? offered.first
        }
        choices = try brand.map { brand throws(Refused) in try desk.desk.choices(ofBrand: brand.id).map(\.choice) } ?? []
    }

    /// For addresses: nil where it goes without saying whose.
    var brandInLinks: String? { offered.isEmpty ? nil : brand.map { String($0.id) } }

    /// The best first, by the choices that are saved or by others.
    func ranking(_ choices: [CategoryChoice]? = nil) throws(Refused) -> [FitScore] {
        let choices = choices ?? self.choices
        let question = try desk.desk.question(
            of: brand?.id, categories: choices.map(\.category), subcategories: choices.map(\.subcategory))
        return desk.market.ranking(market, question)
    }

    /// The way to choose another brand, for those who may.
    func chooser(_ action: Link) -> HTML? {
        guard offered.count > 1 else { return nil }
        return """
            <form class="filters fields" action="\(action)" data-at-once><div><label for="brand">Brand</label><select id="brand" name="brand">\
            \(offered.html { option(String($0.id), $0.brand.name, brandInLinks) })</select></div><div><button>Show</button></div></form>
            """
    }

    /// Hidden, so that a form asks of the same brand.
    var brandField: HTML? { brandInLinks.map { "<input type=\"hidden\" name=\"brand\" value=\"\($0)\">" } }
}

/// The pages of retail fit, as each of them shows the way to the others.
enum FitWay: CaseIterable {
    case ranking, choice, own, brand, retailer, catalogue, sending, counts

    private var title: String {
        switch self {
        case .ranking: "Ranking"
        case .choice: "Categories"
        case .own: "Your page"
        case .brand, .retailer: "Profile"
        case .catalogue: "Catalogue"
        case .sending: "Import"
        case .counts: "Counts"
        }
    }

    private func link(_ desk: PageDesk, brand: String?) -> Link? {
        let readers: PageRoute.Readers
        let link: Link
        switch self {
        case .ranking: (readers, link) = (.brands, Link("fit", query: [("brand", brand)]))
        case .choice: (readers, link) = (.brands, Link("fit", "choose", query: [("brand", brand)]))
        case .own:
            guard let own = desk.caller.retailerID, desk.caller.role.isOfRetailer else { return nil }
            (readers, link) = (.retailTrade, Link("fit", "retailers", String(own)))
        case .brand: (readers, link) = (.brandKeepers, Link("fit", "brand", query: [("brand", brand)]))
        case .retailer:
            // Administrators come to a retailer's from its page.
            guard desk.caller.role.isOfRetailer else { return nil }
            (readers, link) = (.retailerKeepers, Link("fit", "retailer"))
        case .catalogue: (readers, link) = (.retailTrade, Link("fit", "catalogue"))
        case .sending: (readers, link) = (FitImportPage.readers, Link("fit", "import"))
        case .counts: (readers, link) = (.administrators, Link("fit", "counts"))
        }
        return readers.admits(desk.caller.role) ? link : nil
    }

    static func ways(_ here: FitWay?, _ desk: PageDesk, brand: String? = nil) -> HTML {
        let links = allCases.compactMap { part in part.link(desk, brand: brand).map { (part, $0) } }
        return """
            <nav class="ways" aria-label="Retail fit"><ul>\(links.html { part, link in
                "<li><a href=\"\(link)\"\(part == here ? " aria-current=\"page\"" as HTML : .nothing)>\(part.title)</a></li>"
            })</ul></nav>
            """
    }
}

extension PageDesk {
    /// Whether the caller is shown how brands fit.
    var seesScores: Bool { PageRoute.Readers.brands.admits(caller.role) }

    /// Administrators speak for a brand too; operators look.
    var mayChoose: Bool { administers || caller.role.isOfBrand }

    /// Administrators any retailer, its own people theirs.
    func mayDescribe(_ retailer: KnownRetailer) -> Bool { administers || caller.role.isOfRetailer && caller.retailerID == retailer.id }
}
