import Audience
import Ledger
import Operations
import Web

/// What was saved under a name, and where more is.
enum StudioSegments {
    /// Counting asks the whole batch once for each.
    private static let mostCounted = 20
    private static let bodyLimit = 256 << 10

    static let routes: [PageRoute] = [
        .post("/studio/{upload}/segments", for: .everybody, bodyLimit: bodyLimit) { request, desk throws(Refused) in
            let form = try Form(request)
            let view = try StudioView(upload: request.parameters["upload"] ?? "", form.pairs, desk)
            do throws(Refused) {
                let saved = try desk.desk.save(
                    segment: form["name"] ?? "", view.question, of: view.batch, seenAs: view.table, for: AudienceReach(desk.caller))
                return .going(to: StudioView.link(saved), .saved)
            } catch { return try StudioPage.page(view, desk, problem: error.sentence, status: error.status) }
        },
        .post("/studio/{upload}/segments/delete", for: .everybody) { request, desk throws(Refused) in
            let (form, reach) = (try Form(request), AudienceReach(desk.caller))
            let batch = try desk.desk.audienceBatch(request.parameters["upload"] ?? "", for: reach)
            let given = form["id"] ?? ""
            guard let id = Int64(given), try desk.desk.segment(id, for: reach).uploadID == batch.uploadID else {
                throw Refused(.unknown, "There is no segment \(given).")
            }
            try desk.desk.delete(segment: id, for: reach)
            return .going(to: Link("studio", batch.uploadID), .unsaved)
        },
    ]

    /// Above the records, so that nobody has to look for them below.
    static func ways(_ segments: [AudienceSegment], _ view: StudioView) -> HTML {
        let links = segments.prefix(mostCounted).map { segment -> HTML in
            let here: HTML = segment.id == view.segment?.id ? " aria-current=\"true\"" : .nothing
            return "<a href=\"\(StudioView.link(segment))\"\(here)><bdi>\(segment.name)</bdi></a>"
        }
        let save: HTML = "<a href=\"#segments\">\(segments.isEmpty ? "Save this as a segment" : "Save or delete one")</a>"
        return "<p class=\"soft\">\(segments.isEmpty ? .nothing : "Segments: " as HTML)\((links + [save]).joined(" · "))</p>"
    }

    static func html(_ segments: [AudienceSegment], _ view: StudioView, _ desk: PageDesk) -> HTML {
        let lines = segments.enumerated().html { number, segment in
            line(segment, number < mostCounted ? count(segment, view) : nil, view, desk)
        }
        let list: HTML =
            segments.isEmpty
            ? "<p class=\"empty\">Save what you ask for under a name, and it stands here with its records, whenever you come back.</p>"
            : """
            <table><thead><tr><th>Segment</th><th class="n">Records</th><th>Asks for</th><th>Saved</th><th><span class="sr">Delete</span></th></tr></thead>\
            <tbody>\(lines)</tbody></table>
            """
        return """
            <h2 id="segments">Segments</h2>\(list)
            <form class="card" method="post" action="\(Link("studio", view.batch.uploadID, "segments"))">\(desk.token)\(HTML.fields(of: view.question))
            <div class="fields"><div><label for="segment">Save these \(Figures.count(view.rows.count, "record")) as</label>\
            <input id="segment" name="name" required maxlength="\(BatchName.longest)" value="\(view.segment?.name)"></div>\
            <div><button class="main">Save segment</button></div></div>\
            <p>A segment keeps the question, not the records. The same name again replaces the one before.</p></form>
            """
    }

    /// Nil where the table that is open cannot tell.
    private static func count(_ segment: AudienceSegment, _ view: StudioView) -> Int? {
        guard view.question.isEnriched || !segment.question.isEnriched else { return nil }
        return try? view.table.rows(for: segment.question).count
    }

    private static func line(_ segment: AudienceSegment, _ count: Int?, _ view: StudioView, _ desk: PageDesk) -> HTML {
        """
        <tr data-row><td class="head" data-label="Segment"><a href="\(StudioView.link(segment))"><bdi>\(segment.name)</bdi></a></td>\
        <td class="n" data-label="Records">\(count.map { Figures.count($0) } ?? "open to count")</td>\
        <td data-label="Asks for"><bdi>\(segment.question.words)</bdi></td><td class="w" data-label="Saved">\(Moments.time(segment.savedAt, now: desk.now))</td>\
        <td class="whole"><form method="post" action="\(Link("studio", view.batch.uploadID, "segments", "delete"))">\(desk.token)\
        <input type="hidden" name="id" value="\(String(segment.id))"><button class="danger">Delete<span class="sr"> segment \(segment.name)</span></button></form></td></tr>

        """
    }
}
