import Audience
import Batches
import Ledger
import Operations
import Reports
import Web

/// Audience batches, to be chosen from; and one of them as a table.
enum StudioPage {
    private static let size = 50

    static let routes: [PageRoute] = [
        .get("/studio", for: .everybody) { request, desk throws(Refused) in try list(request, desk) },
        .get("/studio/{upload}", for: .everybody) { request, desk throws(Refused) in try page(request, desk) },
        .get("/studio/{upload}/export.csv", for: .everybody) { request, desk throws(Refused) in
            let (view, export) = try export(request, desk)
            return file(view, "csv", "text/csv; charset=utf-8", export.csvBytes)
        },
        .get("/studio/{upload}/export.xlsx", for: .everybody) { request, desk throws(Refused) in
            let (view, export) = try export(request, desk)
            do {
                return file(
                    view, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", try export.workbookBytes())
            } catch { throw Refused(any: error) }
        },
    ]

    private static func list(_ request: Request, _ desk: PageDesk) throws(Refused) -> Response {
        let number = min(max(1, request.asked("page").flatMap { Int($0) } ?? 1), 100_000)
        let found = try desk.desk.audienceBatches(for: AudienceReach(desk.caller), limit: size + 1, offset: (number - 1) * size)
        var owners: [Int64: String] = [:]
        for owner in Set(found.compactMap(\.owner)) where desk.administers { owners[owner] = try desk.desk.owner(id: owner) }
        let body: HTML = """
            <h1>\(found.isEmpty && number == 1 ? "No audience batch is here yet." : "Choose a batch to look at.")</h1>
            \(found.isEmpty ? empty(number, desk) : table(Array(found.prefix(size)), owners, desk))
            \(Paging(page: number, hasMore: found.count > size) { Link("studio", query: [("page", $0 > 1 ? String($0) : nil)]) }.html)
            """
        return Frame(title: "Studio", section: .studio, done: Done(request)).page(desk, body)
    }

    private static func empty(_ number: Int, _ desk: PageDesk) -> HTML {
        if number > 1 { return "<p class=\"empty\">There are no more.</p>" }
        let dropped: HTML =
            desk.administers ? " A CSV, xlsx or JSON file dropped into <code>audience/inbox</code> becomes one too." : .nothing
        return """
            <p class="empty">Batches of records stand here as soon as they are sent: a program posts them as JSON to \
            <code>/api/audience/batch-upload</code>, with your token (<a href="/docs">how</a>).\(dropped)</p>
            """
    }

    private static func table(_ batches: [AudienceBatch], _ owners: [Int64: String], _ desk: PageDesk) -> HTML {
        let lines = batches.html { batch in
            let owner: HTML? =
                desk.administers
                ? "<td data-label=\"Whose\">\(batch.owner.map { owners[$0] ?? "–" } ?? "dropped as a file")</td>" : nil
            return """
                <tr data-row><td class="head" data-label="Batch"><a href="\(Link("studio", batch.uploadID))"><bdi>\(batch.name)</bdi></a></td>\
                \(owner)<td class="n" data-label="Records">\(Figures.count(batch.rows))</td>\
                <td class="n" data-label="Fields">\(Figures.count(batch.fields.count))</td>\
                <td class="w" data-label="Came">\(Moments.time(batch.createdAt, now: desk.now))</td></tr>

                """
        }
        return """
            <table><thead><tr><th>Batch</th>\(desk.administers ? "<th>Whose</th>" as HTML : .nothing)<th class="n">Records</th><th class="n">Fields</th>\
            <th>Came</th></tr></thead><tbody>\(lines)</tbody></table>
            """
    }

    private static func page(_ request: Request, _ desk: PageDesk) throws(Refused) -> Response {
        let view = try StudioView(request, desk)
        return try page(view, desk, done: Done(request))
    }

    static func page(
        _ view: StudioView, _ desk: PageDesk, done: Done? = nil, problem: String? = nil, status: Int = 200
    ) throws(Refused) -> Response {
        let segments = try desk.desk.segments(for: AudienceReach(desk.caller), of: view.batch.uploadID)
        let body: HTML = """
            <p class="soft"><a href="/studio">← All batches</a></p><h1>\(headline(view))</h1>\(StudioSegments.ways(segments, view))
            \(StudioForms.html(view))\(StudioRecords.html(view))\(StudioSegments.html(segments, view, desk))
            """
        return Frame(title: view.batch.name, section: .studio, done: done, problem: problem).page(desk, body, status: status)
    }

    private static func headline(_ view: StudioView) -> HTML {
        let all = Figures.count(view.table.rowCount, "record")
        guard !view.question.isAll else { return "“<bdi>\(view.batch.name)</bdi>” holds \(all)." }
        let found = Figures.count(view.rows.count)
        return "\(found) of \(all) in “<bdi>\(view.batch.name)</bdi>” \(view.rows.count == 1 ? "is" : "are") like that."
    }

    private static func export(_ request: Request, _ desk: PageDesk) throws(Refused) -> (StudioView, StudioExport) {
        let view = try StudioView(request, desk)
        let export = try desk.desk.answer { () throws(StudioFault) in
            try StudioExport(
                view.table, view.question, upload: (view.batch.uploadID, view.batch.name), segment: view.segment?.name, at: desk.now)
        }
        if let refusal = export.refusal { throw Refused(.wrong, refusal) }
        return (view, export)
    }

    private static func file(_ view: StudioView, _ ending: String, _ type: String, _ bytes: [UInt8]) -> Response {
        let name = "attachment; filename=\"\(view.batch.uploadID).\(ending)\""
        return Response(contentType: type, headers: [Header("Content-Disposition", name)], body: .bytes(bytes))
    }
}
