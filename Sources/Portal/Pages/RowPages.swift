import Batches
import Ledger
import Operations
import Reports
import Sellout
import Texts
import Web

/// The failed rows of a batch one by one, and one row with all that is known of it.
enum RowPages {
    private static let size = 100

    static let routes: [PageRoute] = [
        .get("/batches/{id}/rows", for: .whoHandlesFiles) { request, desk throws(Refused) in try list(request, desk) },
        .get("/batches/{id}/rows/{sheet}/{row}") { request, desk throws(Refused) in try row(request, desk) },
        .post("/batches/{id}/rows") { request, desk throws(Refused) in try settle(request, desk) },
    ]

    private static func list(_ request: Request, _ desk: PageDesk) throws(Refused) -> Response {
        let batch = try desk.batch(request.parameters["id"] ?? "")
        let type = request.asked("type").flatMap(RowErrorType.init(rawValue:))
        let page = min(max(1, request.asked("page").flatMap { Int($0) } ?? 1), 100_000)
        var errors: [RowError] = []
        do {
            try desk.desk.errors(of: batch, type: type, limit: size + 1, offset: (page - 1) * size) { errors += $0 }
        } catch { throw Refused(any: error) }
        let groups = try desk.desk.errorGroups(of: batch, by: .type)
        let fields = try desk.desk.errorGroups(of: batch, by: .field)
        let kinds = groups.html { group in
            let link = Link("batches", batch.id.text, "rows", query: [("type", group.first.type.rawValue)])
            let isHere = group.first.type == type
            return """
                <tr data-row><td class="head" data-label="Kind"><a href="\(link)"\(isHere ? " aria-current=\"true\"" as HTML : .nothing)>\
                \(Words.kind(group.first.type).capitalizedFirst)</a></td><td class="n" data-label="Times">\(Figures.count(group.errors))</td>\
                <td class="n" data-label="Rows">\(Figures.count(group.rows))</td></tr>
                """
        }
        let named = fields.html { group in
            """
            <tr><td class="head" data-label="Field">\((group.key.map(Words.field) ?? "the whole row").capitalizedFirst)</td>\
            <td class="n" data-label="Times">\(Figures.count(group.errors))</td><td class="n" data-label="Rows">\(Figures.count(group.rows))</td></tr>
            """
        }
        let title = type.map { "Rows: \(Words.kind($0))" } ?? "Rows that need a look"
        let body: HTML = """
            <p class="soft"><a href="\(Link("batches", batch.id.text))"><bdi>\(batch.filename)</bdi></a></p><h1>\(title)</h1>
            <div class="charts"><section><h2>By kind</h2><table><thead><tr><th>Kind</th><th class="n">Times</th><th class="n">Rows</th></tr></thead>\
            <tbody>\(kinds)</tbody></table></section><section><h2>By field</h2><table><thead><tr><th>Field</th><th class="n">Times</th>\
            <th class="n">Rows</th></tr></thead><tbody>\(named)</tbody></table></section></div>
            <h2>Row by row</h2>
            \(errors.isEmpty ? "<p class=\"empty\">Rows that need a look stand here. There are none.</p>" : ErrorRows(Array(errors.prefix(size)), of: batch, desk).html)
            \(Paging(page: page, hasMore: errors.count > size) { next in
                Link("batches", batch.id.text, "rows", query: [("type", type?.rawValue), ("page", next > 1 ? "\(next)" : nil)])
            }.html)
            """
        return Frame(title: title, section: .batches, done: Done(request)).page(desk, body)
    }

    private static func place(_ request: Request) throws(Refused) -> RowPlace {
        guard let row = request.parameters["row"].flatMap({ Int($0) }), row > 0, row <= Int(Int32.max) else {
            throw Refused(.unknown, "There is no such row.")
        }
        return RowPlace(sheet: request.parameters["sheet"], row: row)
    }

    private static func row(_ request: Request, _ desk: PageDesk) throws(Refused) -> Response {
        let batch = try desk.batch(request.parameters["id"] ?? "")
        return try RowStoryPage(batch, try place(request), desk).page(done: Done(request))
    }

    /// `set.quantity=3` for each part that is to be said anew; parts that are left as they were sent are no correction.
    private static func settle(_ request: Request, _ desk: PageDesk) throws(Refused) -> Response {
        let batch = try desk.batch(request.parameters["id"] ?? "")
        let form = try Form(request)
        let isDismissal = form["do"] == "dismiss"
        do throws(Refused) {
            let place = try RowPlace(form)
            if isDismissal {
                _ = try desk.desk.dismiss(batch.id.text, place, reason: try form.reason("Dismissing a row"))
            } else {
                let words = SalePart.allCases.compactMap { part -> String? in
                    guard let value = form["set.\(part.rawValue)"], value != form["was.\(part.rawValue)"] else { return nil }
                    return "\(part.rawValue)=\(value)"
                }
                _ = try desk.desk.correct(batch.id.text, place, words, isSure: form.has("sure"), reason: form["reason"] ?? "")
            }
        } catch {
            return try BatchPage.page(batch.id.text, desk, problem: error.sentence, status: error.status)
        }
        return .going(to: Link("batches", batch.id.text), isDismissal ? .dismissed : .corrected)
    }
}

/// One row: what it says, what is wrong with it, what was said of it, and a form for all of it.
private struct RowStoryPage {
    private let batch: Batch
    private let story: RowStory
    private let desk: PageDesk

    init(_ batch: Batch, _ place: RowPlace, _ desk: PageDesk) throws(Refused) {
        self.batch = batch
        self.desk = desk
        story = try desk.desk.row(batch.id.text, place)
    }

    func page(done: Done?) -> Response {
        let title = "Row \(Figures.count(story.row)) of “\(story.sheet)”"
        let body: HTML = """
            <p class="soft"><a href="\(Link("batches", batch.id.text))"><bdi>\(batch.filename)</bdi></a></p><h1>\(title)</h1>
            \(story.errors.html { "<p>\(Words.plain($0.message)) \($0.suggestion.map(Words.plain))</p>" })
            \(story.sales.html(sale))\(cells)\(settled)
            """
        return Frame(title: title, section: .batches, done: done).page(desk, body)
    }

    private func sale(_ sale: RowStory.Sale) -> HTML {
        let parts = SalePart.allCases.filter { $0 != .price }
        let facts = parts.compactMap { part in sale.parts.text(part).map { (part, $0) } }.html { part, text in
            "<dt>\(Words.field(part.rawValue).capitalizedFirst)</dt><dd><code>\(text)</code></dd>"
        }
        let mayBeSettled = [.malformed, .waiting, .repeated].contains(sale.standing) && batch.state.may(become: .approved)
        return """
            <section class="card group"><h2>\(standing(sale.standing))</h2><dl class="facts">\(facts)</dl>\(mayBeSettled ? form(sale) : .nothing)</section>
            """
    }

    private func form(_ sale: RowStory.Sale) -> HTML {
        let shown: [SalePart] = [.product, .store, .date, .quantity, .amount]
        let fields = shown.html { part in
            let text = sale.parts.text(part)
            return """
                <div><label>\(Words.field(part.rawValue).capitalizedFirst)<br><input name="set.\(part.rawValue)" maxlength="200" value="\(text)"></label>\
                <input type="hidden" name="was.\(part.rawValue)" value="\(text)"></div>
                """
        }
        let place: [(String, String?)] = [
            ("sheet", story.sheet), ("row", "\(story.row)"), ("column", sale.columns.first),
            ("product", sale.columns.isEmpty ? sale.parts.text(.product) : nil),
            ("store", sale.columns.isEmpty ? sale.parts.text(.store) : nil),
        ]
        let hidden = place.html { name, value in value.map { "<input type=\"hidden\" name=\"\(name)\" value=\"\($0)\">" } ?? .nothing }
        return """
            <form method="post" action="\(Link("batches", batch.id.text, "rows"))">\(desk.token)\(hidden)<div class="fields">\(fields)</div>
            <div class="fields"><div><label>Why<br><input name="reason" maxlength="500"></label></div>\
            <div><label class="check"><input type="checkbox" name="sure"> I am sure, although it can hardly be true</label></div>\
            <div><button class="main" name="do" value="correct">Correct this row</button></div>\
            <div><button class="danger" name="do" value="dismiss">Dismiss it: no sale</button></div></div></form>
            """
    }

    /// The row as it stands in the file, cell by cell.
    private var cells: HTML? {
        guard !story.errors.isEmpty, let rows = desk.sources.rawRows?(batch)?["rows"]?.items,
            let row = rows.first(where: { $0["row"]?.whole == Int64(story.row) && $0["sheet"]?.text == story.sheet }),
            case .object(let cells)? = row["cells"], !cells.isEmpty
        else { return nil }
        let facts = cells.html { cell in
            let title = row["headers"]?[cell.name]?.text.map { " <span class=\"soft\">\($0)</span>" as HTML }
            return "<dt>\(cell.name)\(story.row)\(title)</dt><dd><code>\(cell.value.shownText)</code></dd>"
        }
        return "<h2>As it stands in the file</h2><dl class=\"facts\">\(facts)</dl>"
    }

    private var settled: HTML? {
        guard !story.settled.isEmpty else { return nil }
        let lines = story.settled.html { one in
            "<li>\(Moments.time(one.by.at, now: desk.now)), \(one.by.actor): \(one.row.sentence)</li>"
        }
        return "<h2>What was said of it</h2><ul>\(lines)</ul>"
    }

    private func standing(_ standing: RowStory.Standing) -> String {
        switch standing {
        case .malformed: "Cannot be read as it stands"
        case .waiting: "Waits for a name that means something"
        case .repeated: "Is in the books already"
        case .unchanged: "Was in the books already"
        case .dismissed: "Dismissed: no sale"
        case .valid: "Ready"
        case .booked: "In the books"
        }
    }
}
