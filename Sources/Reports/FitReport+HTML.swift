import Batches
import RetailFit
import Texts

/// One page that needs nothing beside it: no script, no other file, so that it can be mailed and printed.
extension FitReport {
    /// More make a page that no browser likes; the workbook has them all.
    package static let mostShown = 500

    package var htmlBytes: [UInt8] { Array(html.text.utf8) }

    package var html: HTML {
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
        <title>\(brand.name) · retail fit</title>
        <style>\(PageColours.sheet)\(Self.style)</style></head>
        <body><main>
        \(lead)\(scores.isEmpty ? .nothing : counts + ranking)
        <footer>\(brand.name) · calculated at \(at.description) from the retailers' data of that moment. A score is 30 % category,
        30 % subcategory, 10 % margin and 30 % price, each 0 to 100.</footer>
        </main></body></html>

        """
    }

    private var lead: HTML {
        """
        <header class="lead \(count(.high) > 0 ? "good" : "waits" as HTML)"><p class="from">\(brand.name) · retail fit</p>
        <h1>\(headline)</h1>
        \(chosen.map { "<p>You chose <bdi>\($0)</bdi>.</p>" as HTML })\(advice.map { "<p>\($0)</p>" as HTML })</header>

        """
    }

    private var counts: HTML {
        """
        <dl class="counts"><div><dt>retailers</dt><dd>\(scores.count)</dd></div>
        \(FitAdvice.allCases.html { "<div><dt>\($0.rawValue.lowercased()): \($0.action)</dt><dd>\(count($0))</dd></div>\n" })</dl>

        """
    }

    private var ranking: HTML {
        let more = scores.count - Self.mostShown
        return """
            <table><thead><tr><th class="n">#</th><th>Retailer</th><th class="n">Fit</th><th>Why</th><th>What to do</th></tr></thead>
            <tbody>
            \(scores.prefix(Self.mostShown).enumerated().html { place, score in row(place + 1, score) })</tbody></table>
            \(more > 0 ? "<p class=\"soft\">\(more) more stand in the workbook.</p>" : .nothing)
            """
    }

    private func row(_ rank: Int, _ score: FitScore) -> HTML {
        let retailer = score.retailer
        let traits = [retailer.category, retailer.format, retailer.outlets == 1 ? "1 outlet" : "\(retailer.outlets) outlets"]
        return """
            <tr><td class="n rank">\(rank)</td>
            <td class="who"><strong><bdi>\(retailer.name)</bdi></strong><br><span class="soft">\
            \(traits.filter { !$0.isEmpty }.joined(separator: " · "))</span></td>
            <td class="n fit"><strong>\(score.total)</strong><br><span class="\(colour(score.advice))">\(score.advice.rawValue)</span></td>
            <td class="why"><dl>\(zip(Self.partNames, score.parts).html { part($0, $1) })</dl></td>
            <td class="do">\(score.advice.action)<br><span class="soft">\(score.advice.notes)</span></td></tr>

            """
    }

    /// Paper and screen show a drawn bar alike; browsers leave out backgrounds when they print.
    private func part(_ name: String, _ part: FitPart) -> HTML {
        """
        <div><dt>\(name)</dt><dd class="n">\(part.shown)</dd><dd class="bar"><svg viewBox="0 0 100 8" preserveAspectRatio="none" \
        aria-hidden="true"><rect width="100" height="8"/><rect class="now" width="\(part.shown)" height="8"/></svg></dd>\
        <dd class="words">\(part.reason.words)</dd></div>
        """
    }

    private func colour(_ advice: FitAdvice) -> HTML {
        switch advice {
        case .high: "good"
        case .medium: "waits"
        case .low: "bad"
        }
    }
}

extension FitReport {
    private static let style: HTML = #"""
        *{box-sizing:border-box}
        html{font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--paper);color:var(--ink);font-variant-numeric:tabular-nums}
        main{max-width:75rem;margin:0 auto;padding:1.8rem 1.25rem}
        h1{font-size:1.45rem;line-height:1.3;margin:0 0 .4rem}
        p{margin:0 0 .4rem;max-width:46rem}
        h1,p,td,dd{overflow-wrap:anywhere}
        .soft,.from{color:var(--soft)}.good{color:var(--good)}.waits{color:var(--waits)}.bad{color:var(--bad)}
        .lead{background:var(--card);border:1px solid var(--line);border-left:6px solid var(--waits);border-radius:var(--round);
        padding:1.2rem 1.4rem;margin-bottom:1.4rem;color:var(--ink)}
        .lead.good{border-left-color:var(--good)}.from{font-size:.86rem;margin:0}
        .counts{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:1px;background:var(--line);
        border:1px solid var(--line);border-radius:var(--round);overflow:hidden;margin:0 0 1.4rem}
        .counts div{background:var(--card);padding:.8rem 1rem;display:flex;flex-direction:column-reverse;justify-content:flex-end}
        .counts dt{color:var(--soft);font-size:.86rem}.counts dd{font-size:1.3rem;font-weight:700;margin:0}
        table{border-collapse:collapse;width:100%}
        th{color:var(--soft);font-weight:600;text-align:left;padding:.5rem .6rem;border-bottom:1px solid var(--line)}
        td{padding:.8rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
        th.n,td.n{text-align:right}.who{width:22%}.do{width:19%}.fit strong{font-size:1.3rem}
        td .soft,.fit span{font-size:.86rem}
        .why dl{margin:0;display:grid;gap:.35rem}
        .why dl>div{display:grid;grid-template-columns:6rem 2.2rem 1fr;gap:0 .6rem;align-items:center;font-size:.9rem}
        .why dt{color:var(--soft)}.why dd{margin:0}.why .n{text-align:right}
        .why .words{grid-column:3;color:var(--soft);font-size:.86rem}
        .bar svg{display:block;width:100%;height:.5rem}rect{fill:var(--line)}rect.now{fill:var(--accent)}
        footer{color:var(--soft);font-size:.86rem;border-top:1px solid var(--line);margin-top:2rem;padding-top:.9rem}
        @media (max-width:48rem){
        main{padding:1rem}
        thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        table,tbody{display:block}
        tr{display:grid;grid-template-columns:2rem 1fr auto;gap:.2rem .6rem;padding:.9rem 0;border-bottom:1px solid var(--line)}
        td{display:block;padding:0;border:0}.who,.do{width:auto}
        .why{grid-column:1/-1;grid-row:3;padding-top:.4rem}.do{grid-column:2/-1;grid-row:2}
        td.rank{text-align:left;color:var(--soft)}.why .words{grid-column:1/-1}
        }
        @page{size:A4;margin:14mm}
        @media print{:root{--paper:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb;--accent:#1f5f8b;--good:#1e6b3c;--waits:#8a5300;
        --bad:#a3262a}
        html{font-size:11px}main{padding:0;max-width:none}tr,.lead,.counts{break-inside:avoid}thead{display:table-header-group}}

        """#
}
