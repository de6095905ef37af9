import Batches
import Ledger
import Operations
import Reports
import Sellout
import Web

/// Who sends files: how each stands, and each on a page of its own.
enum ResellersPage {
    static let routes: [PageRoute] = [
        .get("/resellers") { request, desk throws(Refused) in try list(request, desk) },
        .get("/resellers/{name}") { request, desk throws(Refused) in try one(request, desk) },
        step("permission") { desk, name, form throws(Refused) in
            let allows = form["allow"] == "yes"
            _ = try desk.permit(allows, reseller: name, reason: try form.reason(allows ? "Switching uploads on" : "Switching uploads off"))
            return allows ? .permitted : .forbidden
        },
        step("identity") { desk, name, form throws(Refused) in
            // A field that is empty takes back what was said before.
            func said(_ field: String) -> String? { form.has(field) ? form[field] ?? "" : nil }
            let change = ResellerChange(
                name: said("name"), country: said("country"), currency: said("currency"), ownerName: said("owner_name"),
                ownerEmail: said("owner_email"), isActive: form.has("name") ? form.has("is_active") : nil)
            _ = try desk.set(change, of: name, reason: form["reason"] ?? "")
            return .saved
        },
    ]

    private static func step(
        _ name: String, _ take: @escaping @Sendable (OperatorDesk, String, Form) throws(Refused) -> Done
    ) -> PageRoute {
        .post("/resellers/{name}/\(name)", for: .administrators) { request, desk throws(Refused) in
            let reseller = request.parameters["name"] ?? ""
            do throws(Refused) {
                return .going(to: Link("resellers", reseller), try take(desk.desk, reseller, try Form(request)))
            } catch {
                return try one(request, desk, problem: error.sentence, status: error.status)
            }
        }
    }

    private static func list(_ request: Request, _ desk: PageDesk) throws(Refused) -> Response {
        let standing = try desk.standing()
        let years = try desk.years()
        let late = standing.late.count
        let lines = standing.resellers.html { line($0, years[$0.name] ?? [], desk) }
        let body: HTML = """
            <h1>\(Figures.count(standing.resellers.count, "reseller")); \(late == 0 ? "nobody is late." : "\(late) \(late == 1 ? "is" : "are") late.")</h1>
            \(standing.resellers.isEmpty ? "<p class=\"empty\">Whoever has a profile stands here. <a href=\"/profiles\">Profiles</a> says how to make one.</p>" : "<table><thead><tr><th>Reseller</th><th>Last file</th><th>When</th><th>Next</th><th>12 months</th><th class=\"n\">Files</th></tr></thead><tbody>\(lines)</tbody></table>" as HTML)
            """
        return Frame(title: "Resellers", section: .resellers, done: Done(request)).page(desk, body)
    }

    private static func line(_ reseller: LedgerStanding.Reseller, _ year: [SalesSum], _ desk: PageDesk) -> HTML {
        let files = reseller.batches.values.reduce(0, +)
        let none: HTML = reseller.last == nil ? " data-none" : .nothing
        return """
            <tr data-row><td class="head" data-label="Reseller"><a href="\(Link("resellers", reseller.name))">\(reseller.vendorName ?? reseller.name)</a></td>\
            <td data-label="Last file">\(reseller.last.map(\.mark.html) ?? "<span class=\"soft\">none yet</span>")</td>\
            <td class="w" data-label="When"\(none)>\(reseller.last.map { Moments.time($0.receivedAt, now: desk.now) } ?? "–")</td>\
            <td data-label="Next">\(next(reseller.freshness))</td><td data-label="12 months"\(none)>\(SalesYear(year).spark)</td>\
            <td class="n" data-label="Files">\(Figures.count(files))</td></tr>

            """
    }

    /// What is awaited.
    static func next(_ freshness: Freshness) -> HTML {
        guard let expected = freshness.expected else {
            return freshness == .stopped ? "<span class=\"soft\">– has stopped</span>" : "<span class=\"soft\">not known yet</span>"
        }
        let period = Moments.period(expected.months.lowerBound.firstDay, expected.months.upperBound.lastDay) ?? ""
        if freshness.daysLate > 0 { return "\(StateMark.late(days: freshness.daysLate).html) <span class=\"soft\">\(period)</span>" }
        return "\(period) <span class=\"soft\">by \(Moments.shortDay(expected.usuallyBy))</span>"
    }

    private static func one(
        _ request: Request, _ desk: PageDesk, problem: String? = nil, status: Int = 200
    ) throws(Refused) -> Response {
        let name = request.parameters["name"] ?? ""
        let page = try ResellerPage(name, desk)
        let frame = Frame(title: desk.vendor(name), section: .resellers, done: Done(request), problem: problem)
        return frame.page(desk, page.html, status: status)
    }
}

/// One reseller.
private struct ResellerPage {
    private let name: String
    private let terms: Terms?
    /// Nil for one whose profile the daemon has not seen yet.
    private let record: ResellerRecord?
    private let standing: LedgerStanding.Reseller?
    private let batches: [Batch]
    private let year: SalesYear
    private let desk: PageDesk

    init(_ name: String, _ desk: PageDesk) throws(Refused) {
        self.name = name
        self.desk = desk
        record = try desk.desk.resellerRecords().first { $0.slug == name }
        batches = try desk.batches(reseller: name, limit: 12)
        terms = desk.desk.resellers.first { $0.reseller == name }
        standing = try desk.standing().resellers.first { $0.name == name }
        year = SalesYear(try desk.years()[name] ?? [])
    }

    var html: HTML {
        """
        <p class="soft"><a href="/resellers">Resellers</a></p><h1>\(desk.vendor(name))</h1>\(sentence)
        \(chart)<h2>Last files</h2>\(files)\(permission)\(facts)\(desk.administers ? identity : .nothing)
        """
    }

    private var sentence: HTML {
        let last: HTML? = batches.first.map { "The last file came \(Moments.time($0.receivedAt, now: desk.now)): \($0.mark.html). " }
        let next: HTML? = standing.map { "Next: \(ResellersPage.next($0.freshness))." }
        return "<p>\(last ?? "No file has come yet. ")\(next)</p>"
    }

    private var chart: HTML? {
        guard let currency = year.sums.last?.currency, let last = year.months.last else { return nil }
        let bars = year.months.map { month in
            let units = year.sums.filter { $0.month == month && $0.currency == currency }.reduce(0) { $0 &+ $1.totals.local.units }
            return Charts.Bar(
                label: Moments.shortMonth(month), value: units, text: Figures.wholeMoney(Money(units: units), currency),
                isPresent: month == last)
        }
        return "<h2>Sales by month, up to \(Moments.month(last))</h2>\(Charts.columns(bars, name: "Sales by month"))"
    }

    private var files: HTML {
        guard !batches.isEmpty else {
            return "<p class=\"empty\">Its files stand here as soon as one has come to <code>\(name)/inbox</code>.</p>"
        }
        return
            "\(BatchesPage.table(batches, desk, ofOne: true))<p><a href=\"\(Link("batches", query: [("reseller", name)]))\">All its files</a></p>"
    }

    private var permission: HTML? {
        guard let record else { return nil }
        let state = record.canUpload ? StateMark("✓", "may send files", .good) : StateMark("✕", "may not send files", .bad)
        let why: HTML? = record.reason.flatMap { $0.isEmpty ? nil : "<p class=\"plain\">\($0)</p>" }
        let effect = record.canUpload ? "Take no more files of \(desk.vendor(name))" : "Take files of \(desk.vendor(name)) again"
        let form: HTML? =
            desk.administers
            ? """
            <form method="post" action="\(Link("resellers", name, "permission"))" class="fields">\(desk.token)\
            <input type="hidden" name="allow" value="\(record.canUpload ? "no" : "yes")"><div><label for="why">Why: they read it too</label>\
            <input id="why" name="reason" required maxlength="500"></div><div><button\(record.canUpload ? " class=\"danger\"" as HTML : .nothing)>\(effect)</button></div></form>
            """ : nil
        return """
            <h2>Permission</h2><div class="card"><p class="plain">\(state.html)</p>\(why)\(form)<p>It counts for files from now on, over \
            SFTP and HTTP alike. Files that are here already are not touched.</p></div>
            """
    }

    private var identity: HTML? {
        guard let record else { return nil }
        func field(_ name: String, _ title: String, _ value: String?, _ more: HTML = .nothing) -> HTML {
            "<div><label>\(title)<br><input name=\"\(name)\" maxlength=\"200\" value=\"\(value)\"\(more)></label></div>"
        }
        return """
            <h2>Who they are</h2><form method="post" action="\(Link("resellers", name, "identity"))">\(desk.token)<div class="fields">\
            \(field("name", "Name", record.name))\(field("country", "Country", record.country))\(field("currency", "Currency", record.currency))\
            \(field("owner_name", "Owner’s name", record.ownerName))\(field("owner_email", "Owner’s e-mail", record.ownerEmail, " type=\"email\""))</div>
            <div class="fields"><div><label class="check"><input type="checkbox" name="is_active"\(record.isActive ? " checked" : "")> shown to programs that ask for the resellers</label></div>\
            \(field("reason", "Why, for the audit log", nil))<div><button class="main">Save who they are</button></div></div>\
            <p class="soft small">Number for programs: <code>\(record.uuid)</code></p></form>
            """
    }

    private var facts: HTML? {
        guard let terms else { return "<p class=\"soft\">It has no profile, so its files cannot be read.</p>" }
        return """
            <h2>How its files are taken</h2><dl class="facts"><dt>Folder</dt><dd><code>\(name)/inbox</code></dd><dt>Country</dt><dd>\(terms.country.isEmpty ? "–" : terms.country)</dd>\
            <dt>Currency</dt><dd>\(terms.currency), amounts \(terms.vatIncluded ? "with" : "without") VAT</dd>\
            <dt>Approval</dt><dd>\(ProfileWords.approval(terms.approval))</dd>\
            <dt>New stores</dt><dd>\(terms.storesAreOpen ? "taken on first sight" : "wait until somebody has entered them")</dd>\
            <dt>Earlier months</dt><dd>\(terms.isLivingDocument ? "stand in each file again" : "stand in no later file")</dd></dl>
            """
    }
}

/// A profile's terms in words.
enum ProfileWords {
    static func approval(_ policy: ApprovalPolicy) -> String {
        switch policy {
        case .clean: "by itself where nothing is in doubt"
        case .partial: "by itself, also where rows failed; doubts wait"
        case .manual: "always by hand"
        }
    }
}
