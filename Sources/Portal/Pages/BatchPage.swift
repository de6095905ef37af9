import Batches
import Cells
import Ledger
import Operations
import Reports
import Sellout
import Web

/// One file: what became of it, what is to be done, and the figures behind it.
enum BatchPage {
    static let routes: [PageRoute] = [
        .get("/batches/{id}", for: .whoHandlesFiles) { request, desk throws(Refused) in
            try page(request.parameters["id"] ?? "", desk, done: Done(request))
        }
    ]

    static func page(
        _ given: String, _ desk: PageDesk, done: Done? = nil, problem: String? = nil, status: Int = 200
    ) throws(Refused) -> Response {
        let batch: Batch
        do throws(Refused) { batch = try desk.batch(given) } catch {
            guard error.reason == .unknown, let handed = desk.handed.first(where: { $0.batch.text == given }) else { throw error }
            return handedOver(handed, desk)
        }
        let report = try desk.report(batch.id.text)
        let groups = batch.counts.failed > 0 ? try desk.desk.errorGroups(of: batch, by: .type) : []
        let story = BatchStory(
            report, reader: desk.operates ? .operators : .sender, vendor: desk.vendor(batch.reseller))
        let steps = desk.operates ? try BatchSteps(batch, desk) : nil
        let body: HTML = """
            \(lead(story, steps?.first, desk))
            \(batch.state.isOver ? try whenOver(report, groups, desk) : running(batch, desk))
            \(steps?.html)
            \(desk.operates ? try history(batch, desk) : .nothing)
            \(smallPrint(report, desk))
            """
        return Frame(title: batch.filename, section: .batches, done: done, problem: problem).page(desk, body, status: status)
    }

    private static func whenOver(_ report: Report, _ groups: [ErrorGroup], _ desk: PageDesk) throws(Refused) -> HTML {
        let figures = BatchFigures(report, desk)
        return """
            \(figures.five)\(try figures.charts)\(BatchErrors(report, groups, desk).html)\(BatchRemarks(report, desk).html)
            """
    }

    private static func lead(_ story: BatchStory, _ step: HTML?, _ desk: PageDesk) -> HTML {
        let (batch, line) = (story.batch, story.headline)
        let note: HTML? = story.note.map { note in
            "<details><summary>More for operations</summary><p class=\"soft small\">\(Words.plain(note))</p></details>"
        }
        return """
            <section class="lead \(line.tone.rawValue)"><p class="from">\(desk.vendor(batch.reseller)) · <bdi>\(batch.filename)</bdi> · \
            \(Moments.exactTime(batch.receivedAt))</p><h1><span class="\(line.tone.rawValue)"><span aria-hidden="true">\(line.sign)</span> \
            \(line.word)</span> \(line.rest)</h1><p>\(story.toDo)</p>\(note)\(step)</section>
            """
    }

    private static func running(_ batch: Batch, _ desk: PageDesk) -> HTML {
        """
        <div data-events="\(Link("events", query: [("batch", batch.id.text)]))"><div id="progress" aria-live="polite">\(progress(batch, desk))</div>
        <p class="soft small" data-plain>Reload the page to see how far it is.</p></div>
        """
    }

    static func progress(_ batch: Batch, _ desk: PageDesk) -> HTML {
        guard let file = desk.live.file(batch.id.text) else { return batch.mark.html }
        return "\(file.bar)<p class=\"soft small\">\(file.words)</p>"
    }

    private static func handedOver(_ file: HandedFile, _ desk: PageDesk) -> Response {
        let body: HTML = """
            <section class="lead"><p class="from"><bdi>\(file.filename)</bdi> · \(Moments.exactTime(file.at))</p>
            <h1><span aria-hidden="true">○</span> Handed over. It waits to be taken up.</h1>
            <p>Nothing to do: <a href="\(Link("batches", file.batch.text))">reload</a> to see how it goes on.</p></section>
            """
        return Frame(title: file.filename, section: .batches).page(desk, body)
    }

    /// Who did what to it.
    private static func history(_ batch: Batch, _ desk: PageDesk) throws(Refused) -> HTML {
        let lines = try desk.desk.audit(batch: batch.id.text, limit: 200)
        return """
            <h2>What happened to it</h2><table><thead><tr><th>When</th><th>Who</th><th>What</th><th>Why</th></tr></thead><tbody>
            \(lines.html { AuditPage.line($0, desk, withFile: false) })
            </tbody></table>
            """
    }

    private static func smallPrint(_ report: Report, _ desk: PageDesk) -> HTML {
        let batch = report.batch
        var parts = ["Batch \(batch.id.short)", Figures.size(batch.sizeBytes), Words.mode(batch.mode)]
        if let detection = batch.detection {
            let sure = ["high": "surely", "medium": "probably", "low": "perhaps"][detection.confidence.rawValue] ?? ""
            parts.append("read as \(desk.vendor(detection.profile)), \(sure): \(Figures.count(detection.signs.count, "sign"))")
        }
        for rate in report.rates where rate.currency != "EUR" {
            parts.append("rate: 1 \(rate.currency) = \(rate.text) EUR (\(rate.source))")
        }
        let skipped = batch.skipped.map { "\(Figures.count($0.rows)) \($0.reason)" }
        let original: HTML? =
            batch.sha256 == nil
            ? nil
            : """
            <p><a href="\(Link("batches", batch.id.text, "original"))" download>The file as it was sent</a></p>
            """
        return """
            <div class="print">\(original)<p>\(parts.joined(separator: " · "))</p>\
            \(skipped.isEmpty ? .nothing : "<p>Rows that are no sales: \(skipped.joined(separator: " · "))</p>" as HTML)</div>
            """
    }
}
