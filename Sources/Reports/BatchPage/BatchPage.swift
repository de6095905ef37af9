import Batches
import Sellout
import Texts

/// What became of a file, as its sender reads it: one page that needs nothing beside it, no script and no other file. It is made of the
/// report's values and of nothing else, so that it can be written again with the same bytes.
package struct BatchPage: Sendable {
    let report: Report
    let voice: Voice
    var batch: Batch { report.batch }

    package init(_ report: Report, in language: Language) {
        self.report = report
        voice = Voice(language)
    }

    package var bytes: [UInt8] { Array(html.text.utf8) }

    package var html: HTML {
        let headline = BatchHeadline(batch, in: voice)
        return """
            <!DOCTYPE html>
            <html lang="\(voice.language.rawValue)"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">
            <title>\(batch.filename.cut) · \(headline.word)</title>
            <style>\(PageColours.sheet)\(PageShapes.sheet)\(Self.style)</style></head>
            <body><main>
            \(lead(headline))\(five)\(charts)\(errors)\(remarks)\(tables)\(smallPrint)</main></body></html>

            """
    }

    private func lead(_ headline: BatchHeadline) -> HTML {
        let tone = headline.tone.rawValue
        return """
            <header class="lead \(tone)"><p class="from">\((report.vendorName ?? batch.reseller).cut) · <bdi>\(batch.filename.cut)</bdi> · \
            \(moment(batch.receivedAt))</p>
            <h1><span class="\(tone)"><span aria-hidden="true">\(headline.sign)</span> \(headline.word)</span> \(headline.rest)</h1>
            <p>\(NextStep(report, in: voice).sentence)</p>\(exactly)\(forced)</header>

            """
    }

    /// Why a file was refused, in the ledger's own words. Those on a file that nobody has recognised name other resellers.
    private var exactly: HTML? {
        guard batch.state == .failed, let refusal = batch.refusal, batch.reseller != Batch.unrecognised else { return nil }
        return detail(refusal.message)
    }

    private var forced: HTML? {
        guard let forced = batch.forced else { return nil }
        let what = voice.say(forced.kind == .approved ? .approvedByForce : .cancelledByForce)
        return "<p>\(what)\(forced.reason.isEmpty ? .nothing : " <bdi>\(forced.reason.cut)</bdi>" as HTML)</p>"
    }

    /// A sentence that exists in English only.
    func detail(_ sentence: String) -> HTML {
        let text = PlainWords.of(sentence).cut(600).capitalizedFirst
        return voice.language == .english
            ? "<p class=\"detail\">\(text)</p>"
            : "<p class=\"detail\">\(voice.say(.inDetail)) <span lang=\"en\">\(text)</span></p>"
    }

    func moment(_ moment: Timestamp) -> HTML { "<time datetime=\"\(moment.description)\">\(voice.moment(moment))</time>" }

    /// In the batch's currency.
    func money(_ amount: Money) -> String { voice.money(amount, batch.currency ?? "") }
}

extension String {
    /// No cell may make a page of itself.
    var cut: String { cut(120) }

    func cut(_ most: Int) -> String { unicodeScalars.count > most ? String(unicodeScalars.prefix(most)) + "…" : self }

    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension BatchPage {
    private static let style: HTML = #"""
        main{max-width:62.5rem;margin:0 auto;padding:1.8rem 1.25rem}
        .lead .detail{color:var(--soft)}.detail{overflow-wrap:anywhere;unicode-bidi:isolate}
        .five dd{white-space:normal;overflow-wrap:anywhere}
        .card{margin-bottom:.8rem}.card ul{margin:.3rem 0 0;padding-left:1.2rem}.card li{overflow-wrap:anywhere}
        .card .detail{font-size:.86rem;margin:.2rem 0 0}.across dt{overflow-wrap:anywhere}
        td.n{overflow-wrap:normal}
        @media (max-width:42rem){td{display:flow-root}td::before{position:static;float:left;margin-left:-7.6rem}
        .group tr:last-child{border-bottom:0}
        main{padding:1rem}.across>div{grid-template-columns:6.5rem 1fr}}
        @page{size:A4;margin:14mm}
        @media print{html{font-size:11px}main{padding:0;max-width:none}tr,.lead,.five,.charts>section{break-inside:avoid}
        .group{break-inside:auto}h2,h3{break-after:avoid}thead{display:table-header-group}}

        """#
}
