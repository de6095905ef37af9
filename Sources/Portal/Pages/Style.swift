import Reports

/// The one style sheet: tokens, frame, then what pages are made of. A phone turns rows of tables into small cards.
enum Style {
    static let sheet = PageColours.sheet.text + PageShapes.sheet.text + tokens + frame + lists + forms + parts + phone + paper

    private static let tokens = #"""
        main>h1.sr+div>section:first-child>h2{margin-top:0}
        h1+.filters{margin-top:.8rem}
        a{color:var(--accent);text-underline-offset:.15em}
        :focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:.2rem}
        main:focus{outline:none}
        [hidden]{display:none!important}
        a.plain{text-decoration:none}
        .skip{position:absolute;left:-99rem;top:.5rem;background:var(--card);padding:.5rem 1rem;z-index:2}
        .skip:focus{left:.5rem}

        """#

    private static let frame = #"""
        .top{display:flex;flex-wrap:wrap;align-items:center;gap:.3rem 2rem;padding:.75rem max(1.25rem,calc((100% - 72.5rem)/2));background:var(--card);
        border-bottom:1px solid var(--line)}
        .brand{color:var(--ink);font-weight:700;text-decoration:none}
        nav ul{display:flex;flex-wrap:wrap;gap:.1rem 1.4rem;list-style:none;margin:0;padding:0}
        nav a{color:var(--soft);text-decoration:none;display:block;padding:.3rem 0;border-bottom:2px solid transparent}
        nav a:hover{color:var(--ink)}
        nav a[aria-current]{color:var(--ink);border-color:var(--accent)}
        .search{margin-left:auto;flex:1 1 9rem;max-width:17rem}
        .search input{width:100%;background:var(--paper)}
        .account{position:relative}
        .account>summary{color:var(--soft);cursor:pointer;max-width:12rem;overflow-wrap:anywhere}
        .account>div{position:absolute;right:0;top:2.2rem;z-index:1;background:var(--card);border:1px solid var(--line);
        border-radius:var(--round);padding:.8rem 1rem;width:max-content;min-width:12rem;max-width:min(22rem,calc(100vw - 2.5rem));overflow-wrap:anywhere}
        .top>.account:last-child:nth-child(3){margin-left:auto}
        main{max-width:75rem;margin:0 auto;padding:1.8rem 1.25rem 2.5rem}
        footer{width:calc(100% - 2.5rem);max-width:72.5rem;margin:0 auto;padding:.9rem 0 1.6rem;color:var(--soft);font-size:.86rem;border-top:1px solid var(--line)}
        .bare main{max-width:24rem;padding-top:14vh}
        .notice{border-left:4px solid;background:var(--card);border-radius:var(--round);padding:.6rem 1rem;max-width:none;margin:0 0 1.2rem}
        .notice.good{border-color:var(--good)}.notice.bad{border-color:var(--bad)}

        """#

    private static let lists = #"""
        td.who{min-width:10rem}td.what{min-width:10rem}
        tr.chosen td{background:var(--code)}
        .wide{overflow-x:auto}.wide td{min-width:13rem;max-width:26rem}.wide td.n{min-width:3.5rem}
        .condition{border:0;margin:0;padding:0;background:none}.condition .fields{margin:.2rem 0}
        .pages{display:flex;gap:1.4rem;margin-top:1rem}
        .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(17rem,1fr));gap:1rem;margin:0;padding:0;list-style:none}
        a.card{color:var(--ink);text-decoration:none;height:100%}
        a.card:hover h3{text-decoration:underline;text-underline-offset:.15em}
        .runs{list-style:none;margin:0;padding:0}
        .runs li{display:grid;grid-template-columns:9rem 1fr 14rem 11rem;gap:0 1.2rem;align-items:center;padding:.55rem 0;
        border-bottom:1px solid var(--line)}
        .runs .figures{color:var(--soft);font-size:.86rem;text-align:right}
        progress{appearance:none;width:100%;height:.5rem;border:0;border-radius:.25rem;background:var(--line);overflow:hidden;display:block}
        progress::-webkit-progress-bar{background:var(--line)}
        progress::-webkit-progress-value{background:var(--accent)}
        progress::-moz-progress-bar{background:var(--accent)}
        .empty{color:var(--soft);border:1px dashed var(--line);border-radius:var(--round);padding:1.2rem;max-width:none}

        """#

    private static let forms = #"""
        input,select,textarea,button{font:inherit;color:inherit}
        input:not([type=checkbox],[type=radio],[type=file],[type=hidden]),select,textarea{background:var(--card);border:1px solid var(--line);
        border-radius:var(--round);padding:.4rem .65rem;max-width:100%;min-height:2.45rem}
        input:not([type=checkbox],[type=radio],[type=file],[type=hidden]),select{height:2.45rem}
        label input:not([type=checkbox],[type=radio]),label select{font-size:1rem;color:var(--ink)}
        ::placeholder{color:var(--soft);opacity:1}
        input[type=checkbox],input[type=radio]{width:1.1rem;height:1.1rem;accent-color:var(--accent);vertical-align:-.15rem}
        label{color:var(--soft);font-size:.86rem}
        label.check{color:var(--ink);font-size:1rem}
        .fields label.check{display:flex;align-items:center;gap:.5rem;min-height:2.45rem;overflow-wrap:anywhere}.fields label.check input{flex:none}
        button,.button{background:var(--card);border:1px solid var(--line);border-radius:var(--round);padding:.4rem .9rem;cursor:pointer;
        color:var(--accent);font-weight:600;text-decoration:none;display:inline-block;min-height:2.45rem}
        button:hover,.button:hover{border-color:var(--accent)}
        ::file-selector-button{font:inherit;color:var(--accent);font-weight:600;background:var(--card);border:1px solid var(--line);
        border-radius:var(--round);padding:.4rem .9rem;margin-right:.7rem;cursor:pointer}
        button.main{background:var(--accent);border-color:var(--accent);color:var(--paper)}
        button.danger{color:var(--bad)}button.danger:hover{border-color:var(--bad)}
        .fields{display:flex;flex-wrap:wrap;gap:.6rem 1rem;align-items:end;margin:.6rem 0}
        .fields>div{display:flex;flex-direction:column;gap:.15rem;min-width:0}
        @media (min-width:42.01rem){.fields input:not([type=checkbox],[type=radio],[type=file],[type=date],[type=month]){width:13rem}}
        @media (min-width:42.01rem){.condition select{max-width:18rem}}
        .filters{margin:0 0 1rem}
        .stack{display:grid;gap:.9rem}.stack>div{display:grid;gap:.15rem}
        .entry{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,16rem),1fr));gap:.9rem 1.4rem;align-items:start;max-width:52rem;
        margin:.9rem 0}
        .entry>div{display:grid;gap:.15rem}.stack>div>p,.entry>div>p{margin:0}.stack+p{margin-top:.9rem}
        [aria-invalid]:not([type=checkbox],[type=hidden]){border-color:var(--bad)!important}
        details.step{border:1px solid var(--line);border-radius:var(--round);background:var(--card);padding:.6rem 1.1rem;margin-bottom:.6rem}
        details.step[open]{padding-bottom:.9rem}
        summary{cursor:pointer}
        details.step>summary{font-weight:600;color:var(--accent)}
        details.step.danger>summary{color:var(--bad)}
        .drop{border:1px dashed var(--line);border-radius:var(--round);padding:1.1rem;text-align:center;color:var(--soft);margin-top:1.5rem}
        .drop.over{border-color:var(--accent);background:var(--card)}
        .drop .fields{justify-content:center}
        .drop .fields>div{text-align:left}
        .drop p{max-width:none}

        """#

    private static let parts = #"""
        .spark{display:block}
        .part{display:inline-flex;align-items:center;gap:.5rem}.part svg{flex:none;display:block}.part span{min-width:1.8rem;text-align:right}
        .ways{margin-bottom:1.4rem}.ways a{font-size:.93rem}.ways ul{gap:.1rem 1.2rem}
        .why{margin:0}
        .why>div{display:grid;grid-template-columns:9rem 7rem 1fr;gap:.2rem 1.2rem;padding:.55rem 0;border-bottom:1px solid var(--line)}
        .why dt{font-weight:600}.why dt .small{font-weight:400}.why dd{margin:0}
        .five dt a,th a{color:inherit}
        h1+.five,p+.five{margin-top:1rem}
        .beside{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,27rem);gap:0 2.5rem;align-items:start}
        .beside h2{margin-top:0}
        .beside>section{position:sticky;top:1rem}
        .tree{columns:15rem;column-gap:1rem;margin-bottom:-1rem}
        fieldset{border:1px solid var(--line);border-radius:var(--round);background:var(--card);padding:.4rem 1rem .8rem;margin:0 0 1rem;min-width:0;
        break-inside:avoid}
        legend{font-weight:600;padding:0 .3rem;margin-left:-.3rem;overflow-wrap:anywhere}
        fieldset label.check{display:flex;gap:.6rem;align-items:center;padding:.22rem 0}fieldset label.check input{flex:none}
        fieldset label.all{color:var(--soft)}
        html:has(.keep){scroll-padding-bottom:7rem}
        .keep{position:sticky;bottom:0;background:var(--paper);border-top:1px solid var(--line);margin-top:1.4rem;padding:.7rem 0;display:flex;
        flex-wrap:wrap;gap:.4rem 1.4rem;align-items:center;justify-content:space-between}
        .keep p{margin:0}.keep .fields{margin:0}.keep .state+.state{margin-left:.8rem}
        .sorting{display:none}
        .facts{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1.4rem;margin:0}
        .facts dt{color:var(--soft)}.facts dd{margin:0;overflow-wrap:anywhere}.facts+p{margin-top:.7rem}
        pre{overflow-x:auto;background:var(--code);border-radius:var(--round);padding:.8rem;font:.86rem/1.45 ui-monospace,"DejaVu Sans Mono",monospace}

        """#

    private static let phone = #"""
        @media (max-width:60rem){.beside{grid-template-columns:minmax(0,1fr)}.beside>section{position:static;margin-top:1.6rem}.search{margin-left:0;order:9;flex:1 0 100%;max-width:none}.account{margin-left:auto}
        .top nav{order:8;width:100%}}
        @media (max-width:42rem){
        main,.top{padding-left:1rem;padding-right:1rem}footer{width:calc(100% - 2rem)}
        td.whole{padding-left:0}td.whole::before{content:none}
        .wide td{display:grid;grid-template-columns:7.2rem minmax(0,1fr);gap:0 .4rem;padding-left:0;min-width:0;max-width:none}
        .wide td::before{position:static;width:auto;overflow-wrap:anywhere}
        .wide td[data-none]{display:none}
        td.whole>button{width:100%}
        .mend form{margin-left:-7.6rem}
        .ranked tr{display:flex;flex-direction:column}.ranked td.head{order:-1}td.head .small{font-weight:400}
        .sorting{display:block}.sorting a[aria-current]{color:var(--ink);text-decoration:none}
        .why>div{grid-template-columns:1fr auto}.why>div>dd:last-child{grid-column:1/-1}
        .keep .fields>div{flex:0 1 auto}
        .runs li{grid-template-columns:1fr auto;gap:.2rem 1rem}.runs li>*:nth-child(2){grid-column:1/-1;grid-row:2;overflow-wrap:anywhere}
        .runs li>*:nth-child(3){grid-column:1/-1;grid-row:3}
        .fields>div{flex:1 1 100%}.fields input,.fields select{width:100%}.fields input[type=checkbox]{width:1.1rem}
        .facts{grid-template-columns:1fr;gap:0}.facts dd{margin-bottom:.5rem}
        }

        """#

    private static let paper = #"""
        @media print{header.top,.skip,.drop,details.step,.filters,.pages,.fields,.entry,footer,button{display:none}main{padding:0;max-width:none}
        main a[href^="/"]::after{content:" (" attr(href) ")";color:var(--soft);font-size:.8rem}a.card::after{content:none}}

        """#
}
