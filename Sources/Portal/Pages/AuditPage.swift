import Batches
import Cells
import Ledger
import Operations
import Sellout
import Web

/// Who did what, when and why.
enum AuditPage {
    private static let size = 100

    static let routes: [PageRoute] = [.get("/audit") { request, desk throws(Refused) in try page(request, desk) }]

    private static func page(_ request: Request, _ desk: PageDesk) throws(Refused) -> Response {
        func asked(_ name: String) -> String? { request.asked(name).flatMap { $0.isEmpty ? nil : $0 } }
        let (reseller, since) = (asked("reseller"), asked("since").flatMap { CivilDay($0) })
        let page = min(max(1, asked("page").flatMap { Int($0) } ?? 1), 100_000)
        let moment = since.flatMap { Timestamp("\($0)T00:00:00") }
        let lines = try desk.desk.audit(reseller: reseller, since: moment, limit: size + 1, offset: (page - 1) * size)
        let body: HTML = """
            <h1>Who did what, and why</h1>
            <form class="filters fields" action="/audit" data-at-once><div><label for="reseller">About</label><select id="reseller" name="reseller">\
            <option value="">everything</option>\(desk.desk.resellers.html { option($0.reseller, $0.vendorName, reseller) })</select></div>
            <div><label for="since">Since</label><input id="since" name="since" type="date" value="\(since?.description)"></div>
            <div><button>Show</button></div></form>
            \(lines.isEmpty ? "<p class=\"empty\">Every step stands here with who took it and why. There is none like that yet.</p>" : table(lines.prefix(size), desk))
            \(Paging(page: page, hasMore: lines.count > size) { next in
                Link("audit", query: [("reseller", reseller), ("since", since?.description), ("page", next > 1 ? "\(next)" : nil)])
            }.html)
            """
        return Frame(title: "Audit", section: .audit).page(desk, body)
    }

    private static func table(_ lines: some Sequence<AuditEntry>, _ desk: PageDesk) -> HTML {
        """
        <table><thead><tr><th>When</th><th>Who</th><th>What</th><th>File</th><th>Why</th></tr></thead><tbody>
        \(lines.html { line($0, desk, withFile: true) })
        </tbody></table>
        """
    }

    static func line(_ entry: AuditEntry, _ desk: PageDesk, withFile: Bool) -> HTML {
        let link: HTML? = entry.batch.map { "<a href=\"\(Link("batches", $0))\">\(String($0.prefix(8)))</a>" }
        let none: HTML = link == nil ? " data-none" : .nothing
        let file: HTML? = withFile ? "<td class=\"w\" data-label=\"File\"\(none)>\(link ?? "–")</td>" : nil
        return """
            <tr data-row><td class="w" data-label="When">\(Moments.time(entry.at, now: desk.now))</td><td class="who" data-label="Who">\(entry.actor)</td>\
            <td class="what" data-label="What">\(what(entry.action))</td>\(file)<td data-label="Why">\(Words.plain(entry.reason))</td></tr>

            """
    }

    private static func what(_ action: String) -> String {
        switch action {
        case "register": "came"
        case "begin": "began to be read"
        case "settle": "read to its end"
        case "give back", "recover": "set back, to be read again"
        case "fail": "refused"
        case "approve": "taken in"
        case "complete": "all in the books"
        case "restate": "took the place of earlier figures"
        case "replace": "took the place of earlier sales"
        case "take again": "looked up again"
        case "cancel": "cancelled"
        case "retry": "to be read again"
        case "undo": "undone"
        case "delete": "record deleted"
        case "rebook": "booked anew"
        case "correct row": "row corrected"
        case "dismiss row": "row dismissed"
        default: action
        }
    }
}
