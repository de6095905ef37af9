import Batches
import Cells
import Operations
import Sellout
import Web

/// All files, newest first.
enum BatchesPage {
    private static let size = 50

    static let routes: [PageRoute] = [
        .get("/batches", for: .whoHandlesFiles) { request, desk throws(Refused) in try page(request, desk) }
    ]

    /// Which files are asked for, as the page's address says it.
    private struct Filter {
        let reseller: String?
        let state: BatchState?
        let since: CivilDay?
        let search: String?
        let page: Int

        init(_ request: Request, _ desk: PageDesk) {
            func asked(_ name: String) -> String? { request.asked(name).flatMap { $0.isEmpty ? nil : $0 } }
            reseller = desk.ownReseller ?? asked("reseller")
            state = asked("state").flatMap(BatchState.init(rawValue:))
            since = asked("since").flatMap { CivilDay($0) }
            search = asked("q").map { String($0.prefix(200)) }
            page = min(max(1, asked("page").flatMap { Int($0) } ?? 1), 100_000)
        }

        var isAny: Bool { reseller != nil || state != nil || since != nil || search != nil }

        func link(page: Int) -> Link {
            Link(
                "batches",
                query: [
                    ("reseller", reseller), ("state", state?.rawValue), ("since", since?.description), ("q", search),
                    ("page", page > 1 ? "\(page)" : nil),
                ])
        }
    }

    private static func page(_ request: Request, _ desk: PageDesk) throws(Refused) -> Response {
        let filter = Filter(request, desk)
        let moment = filter.since.flatMap { Timestamp("\($0)T00:00:00") }
        let found = try desk.batches(
            reseller: filter.reseller, state: filter.state, search: filter.search, since: moment, limit: size + 1,
            offset: (filter.page - 1) * size)
        let body: HTML = """
            <h1>\(desk.operates ? "Files" : "Your files")</h1>\(form(filter, desk))
            \(found.isEmpty ? empty(filter) : table(Array(found.prefix(size)), desk))
            \(Paging(page: filter.page, hasMore: found.count > size, link: filter.link).html)
            """
        return Frame(title: "Files", section: .batches, done: Done(request)).page(desk, body)
    }

    private static func empty(_ filter: Filter) -> HTML {
        if filter.page > 1 { return "<p class=\"empty\">There are no more.</p>" }
        if filter.isAny { return "<p class=\"empty\">No file is like that. <a href=\"/batches\">Show all</a></p>" }
        return
            "<p class=\"empty\">Every file that comes stands here with what became of it. Drop one on <a href=\"/\">Now</a>, or by SFTP.</p>"
    }

    private static func form(_ filter: Filter, _ desk: PageDesk) -> HTML {
        let resellers: HTML? =
            desk.operates
            ? """
            <div><label for="reseller">Reseller</label><select id="reseller" name="reseller"><option value="">all</option>\
            \(desk.desk.resellers.html { option($0.reseller, $0.vendorName, filter.reseller) })</select></div>
            """ : nil
        return """
            <form class="filters fields" action="/batches" data-at-once>\(resellers)
            <div><label for="state">State</label><select id="state" name="state"><option value="">any</option>\
            \(Words.states.html { option($0.state.rawValue, $0.word, filter.state?.rawValue) })</select></div>
            <div><label for="since">Since</label><input id="since" name="since" type="date" value="\(filter.since?.description)"></div>
            <div><label for="name">Name or number</label><input id="name" name="q" type="search" maxlength="200" value="\(filter.search)"></div>
            <div><button>Show</button></div></form>
            """
    }

    static func table(_ batches: [Batch], _ desk: PageDesk, ofOne: Bool = false) -> HTML {
        """
        <table><thead><tr><th>File</th>\(desk.operates && !ofOne ? "<th>Reseller</th>" as HTML : .nothing)<th>State</th><th>Period</th>\
        <th class="n">Sales</th><th class="n">Amount</th><th>Came</th></tr></thead><tbody>
        \(batches.html { line($0, desk, ofOne: ofOne) })
        </tbody></table>
        """
    }

    private static func line(_ batch: Batch, _ desk: PageDesk, ofOne: Bool) -> HTML {
        let reseller: HTML? = desk.operates && !ofOne ? "<td data-label=\"Reseller\">\(desk.vendor(batch.reseller))</td>" : nil
        let live = desk.live.file(batch.id.text)
        let hasFigures = batch.counts.total > 0
        return """
            <tr data-row><td class="head" data-label="File"><a href="\(Link("batches", batch.id.text))"><bdi>\(batch.filename)</bdi></a></td>\
            \(reseller)<td data-label="State">\((live.map { StateMark.running($0) } ?? batch.mark).html)</td>\
            <td class="w" data-label="Period">\(Moments.period(batch.firstDay, batch.lastDay) ?? "–")</td>\
            <td class="n" data-label="Sales">\(hasFigures ? Figures.count(batch.counts.total) : "–")</td>\
            <td class="n" data-label="Amount">\(hasFigures ? batch.currency.map { Figures.money(batch.totals.local, $0) } ?? "–" : "–")</td>\
            <td class="w" data-label="Came">\(Moments.time(batch.receivedAt, now: desk.now))</td></tr>

            """
    }
}

/// One choice of a list.
func option(_ value: String, _ title: String, _ chosen: String?) -> HTML {
    "<option value=\"\(value)\"\(value == chosen ? " selected" as HTML : .nothing)>\(title)</option>"
}

/// The way to the next page and back.
struct Paging {
    let page: Int
    let hasMore: Bool
    let link: (Int) -> Link

    var html: HTML? {
        guard page > 1 || hasMore else { return nil }
        let newer: HTML? = page > 1 ? "<a rel=\"prev\" href=\"\(link(page - 1))\">← Back</a>" : nil
        let older: HTML? = hasMore ? "<a rel=\"next\" href=\"\(link(page + 1))\">More →</a>" : nil
        return "<nav class=\"pages\" aria-label=\"More of the list\">\(newer)<span class=\"soft\">Page \(page)</span>\(older)</nav>"
    }
}
