import Batches
import Ledger
import Operations
import Reports
import Sellout
import Web

/// The first page: what is to be done, what is running, how each reseller stands, and a place to drop a file.
enum NowPage {
    static let routes: [PageRoute] = [
        .get("/", for: .everybody) { request, desk throws(Refused) in
            // Whoever signs in arrives here; for brands and retailers another page is the first.
            guard desk.caller.role.handlesFiles else { return .going(to: Link("fit")) }
            return try page(request, desk)
        }
    ]

    private static func page(_ request: Request, _ desk: PageDesk) throws(Refused) -> Response {
        let lists = try desk.operates ? ResellerLines(desk).html : OwnFiles.html(desk)
        let body: HTML = """
            <h1 class="sr">Now</h1><div data-events="/events">
            <section aria-labelledby="todo-title"><h2 id="todo-title">To do</h2><div id="todo" aria-live="polite">\(try ToDo(desk).html)</div></section>
            <section aria-labelledby="running-title" id="running">\(Running(desk).html)</section>
            <section id="resellers">\(lists)</section></div>
            \(try DropPlace(desk).html)
            """
        return Frame(title: "Now", section: .now, done: Done(request)).page(desk, body)
    }

    /// What the page shows anew by itself, by the element's id.
    static func parts(_ desk: PageDesk) throws(Refused) -> [(id: String, html: HTML)] {
        [
            ("todo", try ToDo(desk).html), ("running", Running(desk).html),
            ("resellers", try desk.operates ? ResellerLines(desk).html : OwnFiles.html(desk)),
        ]
    }
}

/// One line for each reseller.
private struct ResellerLines {
    private let desk: PageDesk
    private let resellers: [LedgerStanding.Reseller]
    private let years: [String: [SalesSum]]

    init(_ desk: PageDesk) throws(Refused) {
        self.desk = desk
        resellers = try desk.standing().resellers
        years = try desk.years()
    }

    var html: HTML {
        guard !resellers.isEmpty else {
            return """
                <h2>Resellers</h2><p class="empty">Each reseller stands here with its last file. A reseller is there as soon as it has a \
                profile and a folder; <a href="/profiles">Profiles</a> says how to make one.</p>
                """
        }
        return """
            <h2>Resellers</h2><table><thead><tr><th>Reseller</th><th>Last file</th><th>Period</th><th>When</th><th>12 months</th>\
            <th class="n">Amount</th></tr></thead><tbody>
            \(resellers.html(line))
            </tbody></table>
            """
    }

    private func line(_ reseller: LedgerStanding.Reseller) -> HTML {
        let running = desk.live.files.first { $0.reseller == reseller.name }
        let last = reseller.last
        let amount: HTML =
            running != nil
            ? "…"
            : last.flatMap { batch in batch.currency.map { "\(Figures.wholeMoney(batch.totals.local, $0))" as HTML } }.flatMap { text in
                last?.counts.processed ?? 0 > 0 ? text : nil
            } ?? "–"
        // A phone leaves out what there is nothing to say of.
        let none: HTML = last == nil && running == nil ? " data-none" : .nothing
        return """
            <tr data-row><td class="head" data-label="Reseller"><a href="\(Link("resellers", reseller.name))">\(reseller.vendorName ?? reseller.name)</a></td>\
            <td data-label="Last file">\(mark(reseller, running))</td>\
            <td class="w" data-label="Period"\(none)>\(period(reseller, running))</td>\
            <td data-label="When" class="w"\(none)>\(when(reseller, running))</td>\
            <td data-label="12 months"\(none)>\(spark(reseller))</td>\
            <td class="n" data-label="Amount"\(none)>\(amount)</td></tr>

            """
    }

    private func mark(_ reseller: LedgerStanding.Reseller, _ running: LiveFile?) -> HTML {
        if let running { return "<a class=\"plain\" href=\"\(Link("batches", running.batch))\">\(StateMark.running(running).html)</a>" }
        if isAwaited(reseller) {
            return reseller.freshness.daysLate > 0 ? StateMark.late(days: reseller.freshness.daysLate).html : StateMark.expected.html
        }
        guard let last = reseller.last else { return "<span class=\"soft\">none yet</span>" }
        return "<a class=\"plain\" href=\"\(Link("batches", last.id.text))\">\(last.mark.html)</a>"
    }

    /// The last file has gone well and the next one is due, or late.
    private func isAwaited(_ reseller: LedgerStanding.Reseller) -> Bool {
        guard let last = reseller.last, last.state == .completed, let expected = reseller.freshness.expected else { return false }
        return reseller.freshness.daysLate > 0 || expected.usuallyBy <= desk.now.day
    }

    private func period(_ reseller: LedgerStanding.Reseller, _ running: LiveFile?) -> String {
        if running == nil, isAwaited(reseller), let expected = reseller.freshness.expected {
            return Moments.period(expected.months.lowerBound.firstDay, expected.months.upperBound.lastDay) ?? "–"
        }
        return reseller.last.flatMap { Moments.period($0.firstDay, $0.lastDay) } ?? "–"
    }

    private func when(_ reseller: LedgerStanding.Reseller, _ running: LiveFile?) -> HTML {
        if running != nil { return "reading" }
        guard let last = reseller.last else { return "–" }
        let time = Moments.time(last.receivedAt, now: desk.now)
        return isAwaited(reseller) ? "last: \(time)" : time
    }

    private func spark(_ reseller: LedgerStanding.Reseller) -> HTML {
        SalesYear(years[reseller.name] ?? []).spark
    }
}

/// A reseller's own last files.
private enum OwnFiles {
    static func html(_ desk: PageDesk) throws(Refused) -> HTML {
        let files = try desk.batches(limit: 10)
        guard !files.isEmpty else {
            return "<h2>Your files</h2><p class=\"empty\">Your files stand here with what became of them. Drop the first one below.</p>"
        }
        return "<h2>Your files</h2>\(BatchesPage.table(files, desk))<p><a href=\"/batches\">All your files</a></p>"
    }
}
