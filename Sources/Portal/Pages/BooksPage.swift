import Batches
import Cells
import Ledger
import Operations
import Reports
import Sellout
import Web

/// What the books say: sales by month, by reseller, by store, as they stand or stood.
enum BooksPage {
    static let routes: [PageRoute] = [
        .get("/books") { request, desk throws(Refused) in try page(request, desk) },
        .get("/books/history") { request, desk throws(Refused) in try HistoryPage.page(request, desk) },
        .get("/books/right") { request, desk throws(Refused) in try RebookPage.page(request, desk) },
        .post("/books/right") { request, desk throws(Refused) in try RebookPage.rebook(request, desk) },
    ]

    /// Which sales are looked at, as the page's address says it.
    private struct Span {
        let reseller: String?
        let from: Month
        let to: Month
        let asOf: CivilDay?

        /// The last twelve months that have sales, where nothing is asked for.
        init(_ request: Request, last: Month) {
            func asked(_ name: String) -> String? { request.asked(name).flatMap { $0.isEmpty ? nil : $0 } }
            reseller = asked("reseller")
            let end = asked("to").flatMap { Month($0) } ?? last
            let begin = asked("from").flatMap { Month($0) } ?? end.moved(by: -11) ?? end
            from = min(begin, end)
            to = max(begin, end)
            asOf = asked("as_of").flatMap { CivilDay($0) }
        }

        var filter: SalesFilter {
            SalesFilter(reseller: reseller, from: from.firstDay, to: to.lastDay, asOf: asOf.map { Timestamp(endOf: $0) })
        }
    }

    private static func page(_ request: Request, _ desk: PageDesk) throws(Refused) -> Response {
        let last = try desk.years().values.compactMap { SalesYear($0).months.last }.max() ?? desk.month
        let span = Span(request, last: last)
        let sums = try desk.desk.sums(span.filter, byStore: span.reseller != nil)
        let body: HTML = """
            <h1>\(headline(sums, span))</h1>\(form(span, desk))
            \(sums.isEmpty ? "<p class=\"empty\">Sales stand here as soon as a file is taken in. Look at another span, or drop a file on <a href=\"/\">Now</a>.</p>" : lists(sums, span, desk))
            <p class="soft"><a href="/books/history">How a figure came about</a> · <a href="/books/right">Set right what would come out otherwise today</a></p>
            """
        return Frame(title: "Books", section: .books, done: Done(request)).page(desk, body)
    }

    private static func headline(_ sums: [SalesSum], _ span: Span) -> String {
        let period = Moments.period(span.from.firstDay, span.to.lastDay) ?? ""
        let sales = sums.reduce(0) { $0 + $1.sales }
        guard sales > 0 else { return "No sales from \(period)." }
        return
            "\(Figures.count(sales, "sale")), \(Figures.wholeMoney(euros(sums), "EUR")): \(period)\(span.asOf.map { ", as on \(Moments.day($0))" } ?? "")."
    }

    private static func euros(_ sums: some Sequence<SalesSum>) -> Money { Money(units: sums.reduce(0) { $0 &+ $1.totals.euros.units }) }

    private static func form(_ span: Span, _ desk: PageDesk) -> HTML {
        """
        <form class="filters fields" action="/books"><div><label for="reseller">Reseller</label><select id="reseller" name="reseller">\
        <option value="">all</option>\(desk.desk.resellers.html { option($0.reseller, $0.vendorName, span.reseller) })</select></div>
        <div><label for="from">From</label><input id="from" name="from" type="month" placeholder="2025-01" value="\(span.from.description)"></div>
        <div><label for="to">To</label><input id="to" name="to" type="month" placeholder="2025-12" value="\(span.to.description)"></div>
        <div><label for="as_of">As the books stood on</label><input id="as_of" name="as_of" type="date" value="\(span.asOf?.description)"></div>
        <div><button>Show</button></div></form>
        """
    }

    private static func lists(_ sums: [SalesSum], _ span: Span, _ desk: PageDesk) -> HTML {
        let byMonth = Dictionary(grouping: sums, by: \.month)
        let months = byMonth.sorted { $0.key < $1.key }
        let columns = shownMonths(of: byMonth.keys.map { $0 }).map { month in
            let sum = euros(byMonth[month] ?? [])
            return Charts.Bar(
                label: Moments.shortMonth(month), value: sum.units, text: Figures.wholeMoney(sum, "EUR"),
                isPresent: month == months.last?.key)
        }
        let parts = Dictionary(grouping: sums) { span.reseller == nil ? desk.vendor($0.reseller) : $0.store ?? "" }
            .sorted { (euros($1.value), $0.key) < (euros($0.value), $1.key) }
        let bars = parts.prefix(8).map { name, sums in
            Charts.Bar(label: name, value: max(0, euros(sums).units), text: Figures.wholeMoney(euros(sums), "EUR"))
        }
        let what = span.reseller == nil ? "reseller" : "store"
        return """
            <div class="charts"><section><h2>By month</h2>\(Charts.columns(columns, name: "Sales by month"))</section>
            <section><h2>By \(what)</h2>\(Charts.across(bars))</section></div>
            \(table("Month", months.reversed().map { (Moments.month($0.key), $0.value) }))
            \(table(what.prefix(1).uppercased() + what.dropFirst(), parts))
            """
    }

    /// The last two years at most, a month without sales too: what is missing is to be seen.
    static func shownMonths(of months: [Month]) -> [Month] {
        guard let first = months.min(), var month = months.max() else { return [] }
        var shown = [month]
        while shown.count < 24, month > first, let before = month.moved(by: -1) {
            month = before
            shown.insert(month, at: 0)
        }
        return shown
    }

    private static func table(_ title: String, _ groups: [(key: String, value: [SalesSum])]) -> HTML {
        let lines = groups.html { name, sums in
            """
            <tr data-row><td class="head" data-label="\(title)">\(name)</td><td class="n" data-label="Sales">\(Figures.count(sums.reduce(0) { $0 + $1.sales }))</td>\
            <td class="n" data-label="Pieces">\(Figures.count(sums.reduce(0 as Int64) { $0 &+ $1.totals.quantity }))</td>\
            <td class="n" data-label="As sold">\(local(sums))</td><td class="n" data-label="In euros">\(Figures.money(euros(sums), "EUR"))</td></tr>

            """
        }
        return """
            <h2>All \(title.lowercased())s</h2><table><thead><tr><th>\(title)</th><th class="n">Sales</th><th class="n">Pieces</th><th class="n">As sold</th>\
            <th class="n">In euros</th></tr></thead><tbody>\(lines)</tbody></table>
            """
    }

    /// In the currency of the sales, where all have one.
    private static func local(_ sums: [SalesSum]) -> String {
        guard let currency = sums.first?.currency, sums.allSatisfy({ $0.currency == currency }) else { return "several currencies" }
        return Figures.money(Money(units: sums.reduce(0) { $0 &+ $1.totals.local.units }), currency)
    }
}

/// How a figure came about: every booking, withdrawal and return of the sales behind it.
private enum HistoryPage {
    static func page(_ request: Request, _ desk: PageDesk) throws(Refused) -> Response {
        func asked(_ name: String) -> String? { request.asked(name).flatMap { $0.isEmpty ? nil : $0 } }
        let (reseller, store, ean) = (asked("reseller"), asked("store"), asked("ean"))
        let (from, to) = (asked("from").flatMap { CivilDay($0) }, asked("to").flatMap { CivilDay($0) })
        let isAsked = reseller != nil || store != nil || ean != nil || asked("batch") != nil
        var problem: String?
        var lines: [HistoryLine] = []
        if isAsked {
            do throws(Refused) {
                let filter = HistoryFilter(reseller: reseller, store: store, from: from, to: to, limit: 1000)
                lines = try desk.desk.history(filter, batch: asked("batch"), ean: ean)
            } catch { problem = error.sentence }
        }
        let body: HTML = """
            <p class="soft"><a href="/books">Books</a></p><h1>How a figure came about</h1>
            <p>Every sale that was booked, gave way, or came back, in the order in which it happened.</p>
            <form class="filters fields" action="/books/history"><div><label for="reseller">Reseller</label><select id="reseller" name="reseller">\
            <option value="">all</option>\(desk.desk.resellers.html { option($0.reseller, $0.vendorName, reseller) })</select></div>
            <div><label for="store">Store</label><input id="store" name="store" maxlength="200" value="\(store)"></div>
            <div><label for="ean">EAN</label><input id="ean" name="ean" inputmode="numeric" maxlength="20" value="\(ean)"></div>
            <div><label for="from">From</label><input id="from" name="from" type="date" value="\(from?.description)"></div>
            <div><label for="to">To</label><input id="to" name="to" type="date" value="\(to?.description)"></div>
            <div><button>Show</button></div></form>\(list(lines, isAsked: isAsked && problem == nil, desk))
            """
        return Frame(title: "How a figure came about", section: .books, problem: problem).page(
            desk, body, status: problem == nil ? 200 : 422)
    }

    private static func list(_ lines: [HistoryLine], isAsked: Bool, _ desk: PageDesk) -> HTML? {
        guard isAsked else { return nil }
        guard !lines.isEmpty else { return "<p class=\"empty\">No such sale was ever booked.</p>" }
        let rows = lines.html { line -> HTML in
            let sale = line.sale
            func change(_ figure: String) -> String { Figures.change(figure, isTaken: line.sign < 0) }
            return """
                <tr data-row><td class="w" data-label="When">\(Moments.time(line.at, now: desk.now))</td><td data-label="What">\(line.words)</td>\
                <td data-label="Sale">\(sale.store)<br><span class="soft small"><code>\(sale.ean)</code> \(sale.productName), \(Moments.day(sale.date))</span></td>\
                <td class="n" data-label="Pieces">\(change(Figures.count(sale.quantity)))</td>\
                <td class="n" data-label="Amount">\(change(Figures.money(sale.local, sale.currency)))</td>\
                <td data-label="File"><a href="\(Link("batches", sale.batch))">\(String(sale.batch.prefix(8)))</a></td>\
                <td data-label="Who">\(line.actor)\(line.reason.isEmpty ? .nothing : "<br><span class=\"soft small\">\(Words.plain(line.reason))</span>" as HTML)</td></tr>

                """
        }
        let more: HTML? = lines.count == 1000 ? "<p class=\"soft\">The first 1,000 are shown: ask for less.</p>" : nil
        return """
            <table><thead><tr><th>When</th><th>What</th><th>Sale</th><th class="n">Pieces</th><th class="n">Amount</th><th>File</th><th>Who</th></tr></thead>\
            <tbody>\(rows)</tbody></table>\(more)
            """
    }
}

/// Booked sales that would come out otherwise today, since a name means something else by now.
private enum RebookPage {
    static func page(_ request: Request, _ desk: PageDesk, problem: String? = nil, status: Int = 200) throws(Refused) -> Response {
        let plans = try desk.desk.rebooking()
        let sales = plans.reduce(0) { $0 + $1.sales }
        let body: HTML = """
            <p class="soft"><a href="/books">Books</a></p>
            <h1>\(sales == 0 ? "The books say what they would say today." : "\(Figures.count(sales, "sale")) would come out otherwise today.")</h1>
            <p>\(sales == 0 ? "When a mapping, a store or a price is corrected, the sales that it changes stand here." : "A mapping, a store or a price was corrected after they were booked. Booking them anew keeps what they said before.")</p>
            \(plans.html { plan($0, desk) })
            """
        return Frame(title: "Set right", section: .books, done: Done(request), problem: problem).page(desk, body, status: status)
    }

    private static func plan(_ plan: RebookPlan, _ desk: PageDesk) -> HTML {
        let currency = desk.currency(plan.reseller) ?? ""
        let lines = plan.lines.prefix(50).html { line in
            """
            <tr><td data-label="Was">\(line.old.store), <code>\(line.old.ean.description)</code></td>\
            <td data-label="Is">\(line.new.store), <code>\(line.new.ean.description)</code></td><td class="n" data-label="Sales">\(Figures.count(line.sales))</td>\
            <td class="n" data-label="Amount was">\(Figures.money(line.oldTotals.local, currency))</td>\
            <td class="n" data-label="Amount is">\(Figures.money(line.newTotals.local, currency))</td></tr>
            """
        }
        let effect = "Book \(Figures.count(plan.sales, "sale")) of \(desk.vendor(plan.reseller)) anew"
        return """
            <section class="card group"><h2>\(desk.vendor(plan.reseller))</h2><table><thead><tr><th>Was</th><th>Is</th><th class="n">Sales</th>\
            <th class="n">Amount was</th><th class="n">Amount is</th></tr></thead><tbody>\(lines)</tbody></table>
            <form method="post" action="/books/right" class="fields">\(desk.token)<input type="hidden" name="reseller" value="\(plan.reseller)">\
            <div><label>Why, for the audit log<br><input name="reason" required maxlength="500"></label></div><div><button class="main">\(effect)</button></div></form></section>
            """
    }

    static func rebook(_ request: Request, _ desk: PageDesk) throws(Refused) -> Response {
        do throws(Refused) {
            let form = try Form(request)
            guard let reseller = form["reseller"] else { throw Refused(.wrong, "Say whose sales.") }
            _ = try desk.desk.rebook(reseller: reseller, reason: try form.reason("Booking anew"))
        } catch {
            return try page(request, desk, problem: error.sentence, status: error.status)
        }
        return .going(to: Link("books", "right"), .rebooked)
    }
}
