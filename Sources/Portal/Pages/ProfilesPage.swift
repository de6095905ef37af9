import Operations
import Sellout
import Web

/// What each profile reads, in words.
enum ProfilesPage {
    static let routes: [PageRoute] = [
        .get("/profiles") { request, desk throws(Refused) in list(request, desk) },
        .get("/profiles/{name}") { request, desk throws(Refused) in try one(request, desk) },
    ]

    private static func list(_ request: Request, _ desk: PageDesk) -> Response {
        let (profiles, faults) = desk.sources.profiles?.readings() ?? ([], [])
        let sorted = profiles.sorted { $0.vendorName < $1.vendorName }
        let lines = sorted.html { profile in
            """
            <tr data-row><td class="head" data-label="Reseller"><a href="\(Link("profiles", profile.reseller))">\(profile.vendorName)</a></td>\
            <td data-label="Reads">\(profile.layouts.map(reads).joined(separator: "; "))</td>\
            <td data-label="Known by">\(profile.fileNames.joined(separator: ", "))</td></tr>

            """
        }
        let wrong: HTML? =
            faults.isEmpty
            ? nil
            : """
            <section class="card bad group"><h2>\(Figures.count(faults.count, "mistake")) in the profiles</h2>\
            <ul>\(faults.html { "<li>\($0)</li>" })</ul></section>
            """
        let body: HTML = """
            <h1>\(Figures.count(profiles.count, "profile"))</h1><p>A profile says how a reseller’s files are read. A new layout wants a new one, and no program.</p>
            <p><a class="button" href="/profiles/draft">Draft one from a workbook</a></p>\(wrong)
            \(profiles.isEmpty ? "<p class=\"empty\">What each profile reads stands here. Draft the first one from a workbook.</p>" : "<table><thead><tr><th>Reseller</th><th>Reads</th><th>Known by</th></tr></thead><tbody>\(lines)</tbody></table>" as HTML)
            """
        return Frame(title: "Profiles", section: .profiles, done: Done(request)).page(desk, body)
    }

    /// `a table on “SELL OUT”`
    private static func reads(_ layout: ProfileReading.Layout) -> String {
        let on = layout.sheets.isEmpty ? "any sheet" : layout.sheets.map { "“\($0)”" }.joined(separator: ", ")
        return "\(kind(layout.kind)) on \(on)"
    }

    private static func kind(_ kind: String) -> String {
        switch kind {
        case "table": "a table, one sale a row,"
        case "sheet_per_store": "a table for each store"
        case "store_grid": "stores side by side"
        case "period_grid": "months side by side"
        case "blocks": "blocks of rows, one for each product,"
        default: kind
        }
    }

    private static func one(_ request: Request, _ desk: PageDesk) throws(Refused) -> Response {
        let name = request.parameters["name"] ?? ""
        guard let profile = desk.sources.profiles?.readings().profiles.first(where: { $0.reseller == name }) else {
            throw Refused(.unknown, "There is no profile of \(name).")
        }
        let body: HTML = """
            <p class="soft"><a href="/profiles">Profiles</a></p><h1>\(profile.vendorName)</h1>
            <p>\(conventions(profile)) <a href="\(Link("resellers", name))">Its files</a></p>
            \(profile.layouts.enumerated().html { layout($0.element, number: $0.offset + 1, of: profile.layouts.count) })
            \(known(profile))\(leftOut("Sheets that hold no sales", profile.notSales))
            <h2>As it is written</h2><details><summary>\(profile.file)</summary><pre tabindex="0">\(profile.text)</pre></details>
            """
        return Frame(title: profile.vendorName, section: .profiles).page(desk, body)
    }

    private static func conventions(_ profile: ProfileReading) -> String {
        let numbers = profile.numbers == "comma" ? "Numbers have a decimal comma" : "Numbers have a decimal point"
        let dates = [
            "dmy": "the day comes first in dates", "mdy": "the month comes first in dates", "ymd": "the year comes first in dates",
        ]
        return "\(numbers); \(dates[profile.dates] ?? "dates are read as written")."
    }

    private static func layout(_ layout: ProfileReading.Layout, number: Int, of count: Int) -> HTML {
        let columns = layout.columns.html { field, headers in
            "<dt>\(Words.column(field).capitalizedFirst)</dt><dd>\(headers.map { "<code>\($0)</code>" as HTML }.joined(" or "))</dd>"
        }
        let price: HTML? = layout.takesListPrice ? "<p class=\"plain\">It states no amounts: they are list price × pieces.</p>" : nil
        return """
            <section class="card group"><h2>\(count == 1 ? "It reads" : number == 1 ? "It reads, first choice:" : "or:") \(reads(layout))</h2>\
            <dl class="facts">\(columns)</dl>\(price)\(layout.totals.isEmpty ? .nothing : "<p>Rows called \(layout.totals.joined(separator: ", ")) are totals: they are compared, not counted.</p>" as HTML)\
            \(layout.notWanted.isEmpty ? .nothing : "<p>Known and not taken: \(layout.notWanted.map { "\($0.name) (\($0.why))" }.joined(separator: ", ")).</p>" as HTML)</section>
            """
    }

    private static func known(_ profile: ProfileReading) -> HTML {
        let signs = [("File’s name", profile.fileNames), ("Sheets", profile.sheets), ("Headers", profile.headers)].filter { !$0.1.isEmpty }
        return
            "<h2>What its files are known by</h2><dl class=\"facts\">\(signs.html { "<dt>\($0.0)</dt><dd>\($0.1.joined(separator: ", "))</dd>" })</dl>"
    }

    private static func leftOut(_ title: String, _ pairs: [(name: String, why: String)]) -> HTML? {
        pairs.isEmpty ? nil : "<h2>\(title)</h2><dl class=\"facts\">\(pairs.html { "<dt>\($0.name)</dt><dd>\($0.why)</dd>" })</dl>"
    }
}
