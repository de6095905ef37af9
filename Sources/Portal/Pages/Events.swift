import Batches
import Operations
import Reports
import Sellout
import Texts
import Web

/// What pages show anew without reloading. An answer holds the parts of a page as they stand, and ends; the browser comes back by
/// itself a second later, so no connection is held.
enum Events {
    static let routes: [PageRoute] = [
        .get("/events", for: .whoHandlesFiles) { request, desk throws(Refused) in try answer(request, desk) }
    ]

    private static func answer(_ request: Request, _ desk: PageDesk) throws(Refused) -> Response {
        if let sent = request.asked("sent") { return try fate(ofSent: sent, desk) }
        if let given = request.asked("batch") { return try progress(of: given, desk) }
        return stream(parts: try NowPage.parts(desk))
    }

    /// Of a file that this page has sent: until it is over.
    private static func fate(ofSent given: String, _ desk: PageDesk) throws(Refused) -> Response {
        guard let id = BatchID(given) else { throw Refused(.wrong, "This is no batch.") }
        let place = "sent-\(id.text)"
        let batch: Batch
        do throws(Refused) { batch = try desk.batch(id.text) } catch {
            guard error.reason == .unknown, let handed = desk.handed.first(where: { $0.batch == id }) else {
                return stream(parts: [
                    (place, "<span>Your file</span><span>…</span><progress></progress><span class=\"figures\">on its way</span>")
                ])
            }
            return stream(parts: [
                (
                    place,
                    """
                    <span>\(handed.reseller.map(desk.vendor) ?? "Your file")</span><span>\(handed.filename)</span>\
                    <progress aria-label="waits"></progress><span class="figures">waits to be taken up</span>
                    """
                )
            ])
        }
        let live = desk.live.file(id.text)
        let words: HTML = batch.state.isOver ? batch.mark.html : live.map { "\($0.words)" } ?? batch.mark.html
        let bar: HTML =
            batch.state.isOver
            ? "<span class=\"soft\">\(BatchStory.headline(batch).rest)</span>" : live?.bar ?? "<progress aria-label=\"waits\"></progress>"
        let line: HTML = """
            <span>\(desk.vendor(batch.reseller))</span><a href="\(Link("batches", batch.id.text))">\(batch.filename)</a>\(bar)\
            <span class="figures">\(words)</span>
            """
        return stream(parts: [(place, line)], over: batch.state.isOver ? "" : nil)
    }

    /// On a batch's own page: when it is over, the page is taken anew.
    private static func progress(of given: String, _ desk: PageDesk) throws(Refused) -> Response {
        let batch = try desk.batch(given)
        return stream(parts: [("progress", BatchPage.progress(batch, desk))], over: batch.state.isOver ? "reload" : nil)
    }

    /// `over`: the browser asks no more; what it holds says whether the page is to be taken anew.
    private static func stream(parts: [(id: String, html: HTML)], over: String? = nil) -> Response {
        let data = JSONText.bytes(of: .object(parts.map { JSONValue.Member($0.id, .text($0.html.text)) }))
        var text = Array("retry: 1000\nevent: parts\ndata: ".utf8) + data + Array("\n\n".utf8)
        // An event without data is not told to the page.
        if let over { text += Array("event: over\ndata: \(over.isEmpty ? "0" : over)\n\n".utf8) }
        return Response(contentType: "text/event-stream; charset=utf-8", body: .bytes(text))
    }
}
