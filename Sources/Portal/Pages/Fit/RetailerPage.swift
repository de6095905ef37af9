import Accounts
import Cells
import Ledger
import Operations
import RetailFit
import Web

/// One retailer: how it fits and why, what it sells, where it is. The retailer's own people see the latter two of themselves.
enum RetailerPage {
    static let routes: [PageRoute] = [
        .get("/fit/retailers/{id}", for: .retailTrade) { request, desk throws(Refused) in try page(request, desk) }
    ]

    static func link(_ id: Int64, _ view: FitView) -> Link {
        Link("fit", "retailers", String(id), query: [("brand", view.brandInLinks)])
    }

    /// Where a retailer's people begin.
    static func first(_ desk: PageDesk) -> Response {
        if let own = desk.caller.retailerID { return .going(to: Link("fit", "retailers", String(own))) }
        let body: HTML = """
            \(FitWay.ways(nil, desk))<h1>No retailer yet</h1><p class="empty">No retailer belongs to your account yet. \
            <a href="\(RetailerForm.link())">Enter your retailer</a>, and its page stands here. The <a href="/fit/catalogue">catalogue</a> is open already.</p>
            """
        return Frame(title: "Retail fit", section: .fit).page(desk, body)
    }

    private static func page(_ request: Request, _ desk: PageDesk) throws(Refused) -> Response {
        let given = request.parameters["id"] ?? ""
        // Another retailer is as unknown to a retailer's people as one that is not there.
        guard let id = Int64(given), desk.seesScores || desk.caller.retailerID == id, let known = try desk.desk.retailer(id: id) else {
            throw Refused(.unknown, "There is no retailer \(given).")
        }
        let view = desk.seesScores ? try FitView(request, desk) : nil
        let link = Link("fit", "retailers", String(id))
        let products = RetailerProducts(try desk.desk.listings(ofRetailer: id), request, link: link, brand: view?.brandInLinks)
        let places = try desk.desk.places(ofRetailer: id)
        let back: HTML? = view.map {
            "<p class=\"soft\"><a href=\"\(Link("fit", query: [("brand", $0.brandInLinks)]))\">← All retailers</a></p>"
        }
        let body: HTML = """
            \(FitWay.ways(view == nil ? .own : nil, desk, brand: view?.brandInLinks))\(back)\(try fit(known, view, link))
            \(figures(known.retailer, products: products.count, places: places.count))\(products.html)\(located(places))\(terms(known, desk))
            """
        return Frame(title: known.retailer.name, section: .fit, done: Done(request)).page(desk, body)
    }
}

/// How it fits.
extension RetailerPage {
    private static func fit(_ known: KnownRetailer, _ view: FitView?, _ link: Link) throws(Refused) -> HTML {
        let ranking = try view?.ranking() ?? []
        guard let view, let brand = view.brand, let place = ranking.firstIndex(where: { $0.retailer.id == known.id }) else {
            return "<h1><bdi>\(known.retailer.name)</bdi></h1>"
        }
        let score = ranking[place]
        let mark = score.advice.mark
        return """
            \(view.chooser(link))<div class="lead \(mark.tone.rawValue)"><p class="from"><bdi>\(brand.brand.name)</bdi> · rank \(Figures.count(place + 1)) of \
            \(Figures.count(ranking.count))</p><h1><span class="\(mark.tone.rawValue)">\(mark.sign) \(mark.word).</span> \
            <bdi>\(known.retailer.name)</bdi> fits with \(score.total) of 100.</h1>
            <p><strong>\(score.advice.action).</strong> \(score.advice.notes).</p></div>
            <h2>Why</h2><dl class="why">\(score.named.html { name, weight, part in
                """
                <div><dt>\(name) <span class="soft small">\(weight) %</span></dt><dd>\(Charts.part(part.shown))</dd><dd>\(part.reason.words)</dd></div>
                """
            })</dl>
            """
    }
}

/// What is known of it.
extension RetailerPage {
    private static func figures(_ retailer: Retailer, products: Int, places: Int) -> HTML {
        func figure(_ name: HTML, _ value: Int?) -> HTML { "<div><dt>\(name)</dt><dd>\(value.map { Figures.count($0) } ?? "–")</dd></div>" }
        return """
            <h2>At a glance</h2><dl class="five">\(figure("outlets", retailer.outlets))\(figure("cities", retailer.cities))\
            \(figure("states", retailer.states))\(figure("products known", products))\(figure("days of credit", retailer.creditDays))</dl>
            """
    }

    private static func terms(_ known: KnownRetailer, _ desk: PageDesk) -> HTML {
        let retailer = known.retailer
        let facts = [
            ("Number", retailer.code), ("Trade class", retailer.category), ("Format", retailer.format), ("Sells to", retailer.saleModel),
            ("Buys", retailer.purchaseModel),
        ]
        let lines = facts.compactMap { name, value in value.flatMap { $0.isEmpty ? nil : "<dt>\(name)</dt><dd>\($0)</dd>" as HTML } }
        let list: HTML = lines.isEmpty ? "<p class=\"soft\">Nothing is said of that yet.</p>" : "<dl class=\"facts\">\(lines)</dl>"
        let form = RetailerForm.link(desk.administers ? known.id : nil)
        let change: HTML? = desk.mayDescribe(known) ? "<p><a href=\"\(form)\">Change what is said of it</a></p>" : nil
        return lines.isEmpty && change == nil ? .nothing : "<h2>How it trades</h2>\(list)\(change)"
    }

    /// Grouped by state, those with most cities first.
    private static func located(_ places: [KnownPlace]) -> HTML {
        guard !places.isEmpty else {
            return "<h2>Places</h2><p class=\"empty\">Its cities stand here as soon as a workbook names them.</p>"
        }
        let states = Dictionary(grouping: places.map(\.place), by: \.state).sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        let lines = states.html { state, places in
            """
            <tr data-row><td class="head what" data-label="State">\(state.isEmpty ? "–" : state)</td><td class="n" data-label="Cities">\(Figures.count(places.count))</td>\
            <td data-label="Which">\(places.map(\.city).filter { !$0.isEmpty }.sorted().joined(separator: ", "))</td></tr>

            """
        }
        return
            "<h2>Places</h2><table><thead><tr><th>State</th><th class=\"n\">Cities</th><th>Which</th></tr></thead><tbody>\(lines)</tbody></table>"
    }
}
