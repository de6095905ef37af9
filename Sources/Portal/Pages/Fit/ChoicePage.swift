import Accounts
import Ledger
import Operations
import Reports
import RetailFit
import Sellout
import Web

/// The categories that a brand sells in. The scores beside them follow each tick; nothing is kept until it is saved.
enum ChoicePage {
    static let routes: [PageRoute] = [
        .get("/fit/choose", for: .brands) { request, desk throws(Refused) in
            let view = try FitView(request, desk)
            return try page(request, desk, view, view.choices)
        },
        .post("/fit/choose", for: .brands, bodyLimit: 1 << 20) { request, desk throws(Refused) in try take(request, desk) },
    ]

    private static let shownRetailers = 12

    /// Shown or saved, as the button says; the script asks without any.
    private static func take(_ request: Request, _ desk: PageDesk) throws(Refused) -> Response {
        let view = try FitView(request, desk)
        let form = try Form(request)
        let chosen = Set(form.all("choice"))
        let choices = try offered(view, desk).flatMap(\.choices).filter { chosen.contains($0.key) }
        guard form["do"] == "save" else { return try page(request, desk, view, choices) }
        guard desk.mayChoose else { throw Refused(.forbidden, "Only the brand's people and administrators save its categories.") }
        guard let brand = view.brand else { throw Refused(.unknown, "No brand belongs to your account yet.") }
        _ = try desk.desk.set(choices, ofBrand: brand.id)
        return .going(to: Link("fit", "choose", query: [("brand", view.brandInLinks)]), .chosen)
    }

    /// A category with its choices; one without subcategories is chosen itself.
    private struct Branch {
        let name: String
        let choices: [CategoryChoice]
    }

    /// What was saved is offered too, whatever has become of the products.
    private static func offered(_ view: FitView, _ desk: PageDesk) throws(Refused) -> [Branch] {
        try desk.desk.categoryTree().adding(view.choices).categories.map { category in
            let names = category.subcategories.isEmpty ? [""] : category.subcategories
            return Branch(name: category.name, choices: names.map { CategoryChoice(category: category.name, subcategory: $0) })
        }
    }

    private static func page(
        _ request: Request, _ desk: PageDesk, _ view: FitView, _ choices: [CategoryChoice]
    ) throws(Refused) -> Response {
        guard let brand = view.brand else { return .going(to: Link("fit")) }
        let ranking = try view.ranking(choices)
        let saving: HTML =
            desk.mayChoose
            ? "<button class=\"main\" name=\"do\" value=\"save\">Save \(Figures.count(choices.count, "choice"))</button>" : .nothing
        let body: HTML = """
            \(FitWay.ways(.choice, desk, brand: view.brandInLinks))
            <h1>Which categories does <bdi>\(brand.brand.name)</bdi> sell in?</h1>
            <p>The scores follow what you tick. Nothing is kept until you save it.</p>\(view.chooser(Link("fit", "choose")))
            <form class="beside" method="post" action="\(Link("fit", "choose", query: [("brand", view.brandInLinks)]))" \
            data-live="tally saving scores">\(desk.token)
            <div><h2 class="sr">Categories</h2><div class="tree">\(try branches(view, choices, desk))</div>
            <div class="keep"><p id="tally" role="status">\(FitTally(ranking).line)</p><div class="fields">\
            <div data-plain><button name="do" value="show">Show the scores</button></div><div id="saving">\(saving)</div></div></div></div>
            <section aria-labelledby="scores-title"><h2 id="scores-title">Scores with these</h2><div id="scores">\(scores(ranking, view))</div></section></form>
            """
        return Frame(title: "Categories", section: .fit, done: Done(request)).page(desk, body)
    }

    private static func branches(_ view: FitView, _ choices: [CategoryChoice], _ desk: PageDesk) throws(Refused) -> HTML {
        let chosen = Set(choices.map(\.folded))
        return try offered(view, desk).html { branch in
            let ticks = branch.choices.html { choice -> HTML in
                let name = choice.subcategory.isEmpty ? choice.category : choice.subcategory
                return """
                    <label class="check"><input type="checkbox" name="choice" value="\(choice.key)"\
                    \(chosen.contains(choice.folded) ? " checked" as HTML : .nothing)> <bdi>\(name)</bdi></label>
                    """
            }
            let all: HTML? =
                branch.choices.count > 1
                ? "<label class=\"check all\" data-scripted hidden><input type=\"checkbox\" data-branch> all of it</label>" : nil
            return "<fieldset><legend><bdi>\(branch.name)</bdi></legend>\(all)\(ticks)</fieldset>"
        }
    }

    private static func scores(_ ranking: [FitScore], _ view: FitView) -> HTML {
        guard !ranking.isEmpty else { return "<p class=\"empty\">Retailers stand here as soon as their workbook is imported.</p>" }
        let lines = ranking.prefix(shownRetailers).html { score in
            """
            <tr><td class="head" data-label="Retailer"><a href="\(RetailerPage.link(score.retailer.id, view))"><bdi>\(score.retailer.name)</bdi></a></td>\
            <td data-label="Priority">\(score.advice.mark.html)</td><td data-label="Score">\(Charts.part(score.total))</td></tr>
            """
        }
        let more: HTML? =
            ranking.count > shownRetailers
            ? """
            <p class="soft">The best \(shownRetailers) of \(Figures.count(ranking.count)). \
            <a href="\(Link("fit", query: [("brand", view.brandInLinks)]))">All, by what is saved</a></p>
            """ : nil
        return "<table><thead><tr><th>Retailer</th><th>Priority</th><th>Score</th></tr></thead><tbody>\(lines)</tbody></table>\(more)"
    }
}

extension CategoryChoice {
    /// As the form names it: both names, escaped, so that no name can hold what parts them.
    fileprivate var key: String { Link.escaped(category) + "/" + Link.escaped(subcategory) }
}
