import Texts

/// What our pages are made of wherever they are read, in the dashboard or alone in a folder: texts, tables, the lead, five figures, charts.
/// A phone turns rows of tables into small cards.
package enum PageShapes {
    package static let sheet: HTML = basics + tables + parts + phone + paper

    private static let basics: HTML = #"""
        *{box-sizing:border-box}
        html{font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--paper);color:var(--ink);font-variant-numeric:tabular-nums}
        h1{font-size:1.45rem;line-height:1.3;margin:0 0 .4rem;overflow-wrap:anywhere}
        h2{font-size:1.06rem;margin:2.2rem 0 .6rem}
        h3,.card>h2{font-size:1rem;margin:0 0 .2rem}
        p{margin:0 0 .6rem;max-width:46rem}
        code{font:.86rem/1.4 ui-monospace,"DejaVu Sans Mono",monospace;background:var(--code);border-radius:.2rem;padding:.1rem .3rem;
        overflow-wrap:anywhere;unicode-bidi:isolate}
        td,dd,bdi{unicode-bidi:isolate}
        .sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        .soft{color:var(--soft)}.small{font-size:.86rem}

        """#

    private static let tables: HTML = #"""
        table{border-collapse:collapse;width:100%}
        th{color:var(--soft);font-weight:600;text-align:left;padding:.5rem .6rem;border-bottom:1px solid var(--line);vertical-align:bottom}
        bdi,code,.soft{overflow-wrap:anywhere}
        td{padding:.6rem;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
        th.n,td.n{text-align:right;white-space:nowrap}
        td.w{white-space:nowrap}
        .state{font-weight:600;white-space:nowrap}
        .good{color:var(--good)}.waits{color:var(--waits)}.bad{color:var(--bad)}.now{color:var(--accent)}.state.soft{color:var(--soft)}
        .notice.good,.notice.bad,.card.waits,.card.bad,.card.good{color:var(--ink)}
        table+p{margin-top:.7rem}
        .card{display:block;background:var(--card);border:1px solid var(--line);border-radius:var(--round);padding:.9rem 1.1rem}
        .card.waits,.card.bad,.card.good{border-left:4px solid var(--waits)}.card.bad{border-left-color:var(--bad)}
        .card.good{border-left-color:var(--good)}
        .card p{color:var(--soft);font-size:.86rem;margin:0}
        .card p.plain{color:var(--ink);font-size:1rem}
        .group{margin-bottom:1.2rem}
        .group>p{font-size:1rem;margin-bottom:.4rem}
        .group tr:last-child td{border-bottom:0}

        """#

    private static let parts: HTML = #"""
        .lead{background:var(--card);border:1px solid var(--line);border-left:6px solid var(--line);border-radius:var(--round);
        padding:1.2rem 1.4rem;margin-bottom:1.4rem}
        .lead.good{border-left-color:var(--good)}.lead.waits{border-left-color:var(--waits)}.lead.bad{border-left-color:var(--bad)}
        .lead.now{border-left-color:var(--accent)}
        .lead.good,.lead.waits,.lead.bad,.lead.now{color:var(--ink)}
        .lead .from{color:var(--soft);font-size:.86rem;margin:0 0 .1rem;max-width:none;overflow-wrap:anywhere}
        .lead h1 .good,.lead h1 .waits,.lead h1 .bad,.lead h1 .now{font-weight:700}
        .lead p:last-child{margin:0}
        .five{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:1px;background:var(--line);border:1px solid var(--line);
        border-radius:var(--round);overflow:hidden;margin:0}
        .five div{background:var(--card);padding:.8rem 1rem;display:flex;flex-direction:column-reverse;
        justify-content:flex-end;flex:1}
        .five dt{color:var(--soft);font-size:.86rem}
        .five dd{font-size:1.3rem;font-weight:700;margin:0;white-space:nowrap}
        .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(20rem,1fr));gap:0 2.5rem}
        .across{margin:0}
        .across>div{display:grid;grid-template-columns:minmax(6rem,9rem) 1fr;gap:.6rem;align-items:center;padding:.35rem 0;font-size:.9rem}
        .across dd{margin:0}.across svg{display:block;overflow:visible}
        svg text{font:.86rem system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;fill:var(--soft)}
        svg rect{fill:var(--line)}svg rect.now{fill:var(--accent)}
        .columns{display:block;overflow:visible}.columns .figure{fill:var(--ink)}
        .print{color:var(--soft);font-size:.86rem;border-top:1px solid var(--line);margin-top:2.4rem;padding-top:.9rem}
        .print p{max-width:none;margin:0 0 .3rem}

        """#

    private static let phone: HTML = #"""
        @media (max-width:42rem){
        thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        table,tbody,tr{display:block}
        tr{padding:.7rem 0;border-bottom:1px solid var(--line)}
        td{display:block;position:relative;padding:.12rem 0 .12rem 7.6rem;border:0;min-height:1.75rem}
        td::before{content:attr(data-label);color:var(--soft);position:absolute;left:0;width:7.2rem}
        td.head{padding-left:0;font-weight:600}td.head::before{content:none}
        td:empty,td[data-none]{display:none}
        th.n,td.n{text-align:left}td.w,td.n{white-space:normal}
        .card table{font-size:.95rem}
        .charts{grid-template-columns:1fr}
        .five{grid-template-columns:1fr 1fr}.five div:last-child:nth-child(odd){grid-column:1/-1}
        }

        """#

    private static let paper: HTML = #"""
        @media print{:root{--paper:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb;--accent:#1f5f8b;--good:#1e6b3c;--waits:#8a5300;
        --bad:#a3262a;--code:#f0eeea}
        .group{break-inside:avoid}}

        """#
}
