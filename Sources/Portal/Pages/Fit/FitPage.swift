import Operations
import RetailFit
import Sellout
import Web

/// How well a brand fits the retailers, the best first.
enum FitPage {
    private static let size = 50

    static let routes: [PageRoute] = [
        .get("/fit", for: .retailTrade) { request, desk throws(Refused) in
            desk.seesScores ? try page(request, desk) : RetailerPage.first(desk)
        }
    ]

    /// Which retailers are asked for, as the page's address says it.
    private struct Filter {
        var category: String?
        var format: String?
        var priority: FitAdvice?
        var name: String?
        let page: Int

        init(_ request: Request) {
            func asked(_ name: String) -> String? { request.asked(name).flatMap { $0.isEmpty ? nil : $0 } }
            category = asked("category")
            format = asked("format")
            priority = asked("priority").flatMap { word in FitAdvice.allCases.first { $0.inLinks == word } }
            name = asked("name").map { String($0.prefix(200)) }
            page = min(max(1, asked("page").flatMap { Int($0) } ?? 1), 100_000)
        }

        var isAny: Bool { category != nil || format != nil || priority != nil || name != nil }

        /// Those that it lets through, with their rank among all.
        func chosen(from ranking: [FitScore]) -> [(rank: Int, score: FitScore)] {
            let (category, format) = (category.map(Folded.text), format.map(Folded.text))
            let name = name?.lowercased()
            return ranking.enumerated().compactMap { place, score in
                guard priority.map({ $0 == score.advice }) ?? true, category.map({ $0 == Folded.text(score.retailer.category) }) ?? true,
                    format.map({ $0 == Folded.text(score.retailer.format) }) ?? true,
                    name.map({ score.retailer.name.lowercased().contains($0) }) ?? true
                else { return nil }
                return (place + 1, score)
            }
        }

        func link(page: Int, _ view: FitView) -> Link {
            Link(
                "fit",
                query: [
                    ("brand", view.brandInLinks), ("category", category), ("format", format), ("priority", priority?.inLinks),
                    ("name", name), ("page", page > 1 ? String(page) : nil),
                ])
        }

        func link(_ priority: FitAdvice?, _ view: FitView) -> Link {
            var other = self
            other.priority = priority
            return other.link(page: 1, view)
        }
    }

    private static func page(_ request: Request, _ desk: PageDesk) throws(Refused) -> Response {
        let view = try FitView(request, desk)
        let frame = Frame(title: "Retail fit", section: .fit, done: Done(request))
        guard let brand = view.brand else { return frame.page(desk, withoutBrand(desk)) }
        let (filter, ranking) = (Filter(request), try view.ranking())
        let tally = FitTally(ranking)
        let body: HTML = """
            \(FitWay.ways(.ranking, desk, brand: view.brandInLinks))<h1>\(headline(tally, ranking.count, brand.brand.name))</h1>
            <p>\(over(view))</p>\(ranking.isEmpty ? nothing(desk) : list(ranking, filter, tally, view))
            """
        return frame.page(desk, body)
    }

    private static func headline(_ tally: FitTally, _ all: Int, _ brand: String) -> HTML {
        let high = tally.count(.high)
        guard all > 0 else { return "No retailer is known yet." }
        guard high > 0 else { return "<bdi>\(brand)</bdi> has no retailer of high priority among \(Figures.count(all))." }
        return "<bdi>\(brand)</bdi> fits \(Figures.count(high)) of \(Figures.count(all, "retailer")) well."
    }

    /// What was chosen, or that it is to be done.
    private static func over(_ view: FitView) -> HTML {
        let link = Link("fit", "choose", query: [("brand", view.brandInLinks)])
        guard !view.choices.isEmpty else {
            return
                "No category is chosen yet, so the scores say little. <a href=\"\(link)\">Choose the categories that the brand sells in</a>"
        }
        var seen: Set<String> = []
        let names = view.choices.map(\.category).filter { seen.insert(Folded.text($0)).inserted }
        let shown = names.prefix(4).joined(separator: ", ") + (names.count > 4 ? " and \(names.count - 4) more" : "")
        return "By \(Figures.count(view.choices.count, "choice")) in \(shown). <a href=\"\(link)\">Choose others</a>"
    }

    private static func withoutBrand(_ desk: PageDesk) -> HTML {
        let words: HTML =
            desk.operates
            ? "Brands stand here as soon as one is made, or comes with a product workbook. <a href=\"/fit/import\">Import one</a>"
            : "No brand belongs to your account yet. <a href=\"\(BrandForm.link())\">Enter your brand</a>, and its scores stand here."
        return "\(FitWay.ways(.ranking, desk))<h1>No brand yet</h1><p class=\"empty\">\(words)</p>"
    }

    private static func nothing(_ desk: PageDesk) -> HTML {
        """
        <p class="empty">Retailers stand here, the best first, as soon as their workbook is imported. <a href="/fit/import">Import it</a></p>
        """
    }

    private static func list(_ ranking: [FitScore], _ filter: Filter, _ tally: FitTally, _ view: FitView) -> HTML {
        let chosen = filter.chosen(from: ranking)
        let from = (filter.page - 1) * size
        let shown = chosen.dropFirst(from).prefix(size)
        let empty: HTML =
            filter.page > 1
            ? "<p class=\"empty\">There are no more.</p>"
            : "<p class=\"empty\">No retailer is like that. <a href=\"\(Link("fit", query: [("brand", view.brandInLinks)]))\">Show all</a></p>"
        let found: HTML? =
            filter.isAny && !chosen.isEmpty
            ? "<p class=\"soft\">\(Figures.count(chosen.count)) of \(Figures.count(ranking.count)) are like that.</p>" : nil
        return """
            \(tally.figures { filter.link($0, view) })
            <h2>Retailers, the best first</h2>\(form(ranking, filter, view))\(found)\(shown.isEmpty ? empty : table(shown, view))
            \(Paging(page: filter.page, hasMore: chosen.count > from + size) { filter.link(page: $0, view) }.html)
            """
    }

    private static func form(_ ranking: [FitScore], _ filter: Filter, _ view: FitView) -> HTML {
        func values(_ value: (FitScore) -> String) -> [String] { Set(ranking.map(value)).subtracting([""]).sorted() }
        let brand: HTML? =
            view.offered.count > 1
            ? """
            <div><label for="brand">Brand</label><select id="brand" name="brand">\
            \(view.offered.html { option(String($0.id), $0.brand.name, view.brandInLinks) })</select></div>
            """ : view.brandField
        return """
            <form class="filters fields" action="/fit" data-at-once>\(brand)
            <div><label for="category">Category</label><select id="category" name="category"><option value="">all</option>\
            \(values(\.retailer.category).html { option($0, $0, filter.category) })</select></div>
            <div><label for="format">Format</label><select id="format" name="format"><option value="">all</option>\
            \(values(\.retailer.format).html { option($0, $0, filter.format) })</select></div>
            <div><label for="priority">Priority</label><select id="priority" name="priority"><option value="">any</option>\
            \(FitAdvice.allCases.html { option($0.inLinks, $0.rawValue, filter.priority?.inLinks) })</select></div>
            <div><label for="name">Part of the name</label><input id="name" name="name" type="search" maxlength="200" value="\(filter.name)"></div>
            <div><button>Show</button></div></form>
            """
    }

    private static func table(_ shown: some Sequence<(rank: Int, score: FitScore)>, _ view: FitView) -> HTML {
        """
        <table class="ranked"><thead><tr><th class="n">Rank</th><th>Retailer</th><th class="n">Score</th><th>Priority</th><th>Category</th><th>Range</th>\
        <th>Margin</th><th>Price</th><th class="n">Outlets</th></tr></thead><tbody>
        \(shown.html { line($0.rank, $0.score, view) })
        </tbody></table>
        """
    }

    private static func line(_ rank: Int, _ score: FitScore, _ view: FitView) -> HTML {
        let retailer = score.retailer
        let kind = [retailer.format, retailer.category].filter { !$0.isEmpty }.joined(separator: " · ")
        return """
            <tr data-row><td class="n" data-label="Rank">\(Figures.count(rank))</td><td class="head" data-label="Retailer">\
            <a href="\(RetailerPage.link(retailer.id, view))"><bdi>\(retailer.name)</bdi></a><br><span class="soft small">\(kind)</span></td>\
            <td class="n" data-label="Score"><strong>\(score.total)</strong></td><td data-label="Priority">\(score.advice.mark.html)</td>\
            \(score.named.html { "<td data-label=\"\($0.name)\">\(Charts.part($0.part.shown))</td>" })\
            <td class="n" data-label="Outlets">\(Figures.count(retailer.outlets))</td></tr>

            """
    }
}
