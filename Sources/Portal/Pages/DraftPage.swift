import Operations
import Sellout
import Texts
import Web

/// A profile drafted by eye: an unknown workbook, what each of its columns holds, and the sales that come out.
enum DraftPage {
    static let routes: [PageRoute] = [
        .get("/profiles/draft", for: .administrators) { _, desk throws(Refused) in start(desk) },
        .get("/profiles/draft/{file}", for: .administrators) { request, desk throws(Refused) in
            let (file, profiles) = try putAside(request, desk)
            let (glimpse, draft) = try profiles.glimpse(ofPutAside: file)
            let guess = DraftedColumns(glimpse, guess: draft)
            let columns = request.asked("sheet") == nil ? guess : guess.moved(in: glimpse, by: request)
            return try page(file, glimpse, columns, desk)
        },
        .post("/profiles/draft/{file}", for: .administrators, bodyLimit: 1 << 20) { request, desk throws(Refused) in
            let (file, profiles) = try putAside(request, desk)
            let (glimpse, form) = (try profiles.glimpse(ofPutAside: file).glimpse, try Form(request))
            let columns = DraftedColumns(form)
            guard form["do"] == "save" else { return try page(file, glimpse, columns, desk) }
            do throws(Refused) {
                try profiles.save(try columns.profile(of: glimpse), by: desk.caller.actor)
            } catch {
                return try page(file, glimpse, columns, desk, problem: error.sentence, status: error.status)
            }
            return .going(to: Link("profiles"), .saved)
        },
    ]

    private static func putAside(_ request: Request, _ desk: PageDesk) throws(Refused) -> (file: String, profiles: any ProfileDesk) {
        guard let profiles = desk.sources.profiles else { throw Refused(.surroundings, "Profiles cannot be drafted here.") }
        return (request.parameters["file"] ?? "", profiles)
    }

    private static func start(_ desk: PageDesk) -> Response {
        let body: HTML = """
            <p class="soft"><a href="/profiles">Profiles</a></p><h1>Draft a profile from a workbook</h1>
            <p>Send a workbook of the kind that is to be read. You then say what its columns hold, and see at once which sales come out. \
            Nothing of it is booked.</p>
            <form class="drop" method="post" action="/profiles/draft" enctype="multipart/form-data">\(desk.token)
            <div class="fields"><div><label for="draft-file">Workbook</label><input id="draft-file" type="file" name="file" required \
            accept=".xlsx,.xlsm,.xls,.csv"></div><div><button class="main">Look at it</button></div></div></form>
            """
        return Frame(title: "Draft a profile", section: .profiles).page(desk, body)
    }

    private static func page(
        _ file: String, _ glimpse: Glimpse, _ columns: DraftedColumns, _ desk: PageDesk, problem: String? = nil, status: Int = 200
    ) throws(Refused) -> Response {
        let body: HTML = """
            <p class="soft"><a href="/profiles">Profiles</a> · <bdi>\(glimpse.fileName)</bdi></p><h1>What do its columns hold?</h1>
            \(place(file, glimpse, columns))
            <form method="post" action="\(Link("profiles", "draft", file))" data-live="outcome">\(desk.token)
            <input type="hidden" name="sheet" value="\(columns.sheet)"><input type="hidden" name="header" value="\(columns.header)">
            \(table(glimpse, columns))\(terms(columns))
            <div class="fields"><div><button class="main">Show which sales come out</button></div></div>
            <div id="outcome" aria-live="polite">\(outcome(file, glimpse, columns, desk))</div></form>
            """
        return Frame(title: "Draft a profile", section: .profiles, problem: problem).page(desk, body, status: status)
    }

    /// Which sheet, and in which of its rows the columns are named.
    private static func place(_ file: String, _ glimpse: Glimpse, _ columns: DraftedColumns) -> HTML {
        let sheets = glimpse.sheets.enumerated().html { option("\($0.offset)", $0.element.name, "\(columns.sheet)") }
        let head = glimpse.sheets.indices.contains(columns.sheet) ? glimpse.sheets[columns.sheet].head : []
        let rows = head.enumerated().html { place, row in
            let text = row.filter { !$0.isEmpty }.joined(separator: " · ")
            return text.isEmpty ? .nothing : option("\(place)", "\(place + 1): \(text.prefix(80))", "\(columns.header)")
        }
        return """
            <form class="filters fields" action="\(Link("profiles", "draft", file))" data-at-once><div><label for="sheet">Sheet</label>\
            <select id="sheet" name="sheet">\(sheets)</select></div><div><label for="header">The columns are named in row</label>\
            <select id="header" name="header">\(rows)</select></div><div><button>Look there</button></div></form>
            """
    }

    private static func table(_ glimpse: Glimpse, _ columns: DraftedColumns) -> HTML {
        let rows = columns.named(glimpse).html { column in
            let values = column.values.html { "<code>\($0)</code> " }
            let choices = DraftedColumns.fields.html { option($0.field, $0.title, columns.fields[column.place] ?? "") }
            return """
                <tr data-row><td class="head" data-label="Called">\(column.header.isEmpty ? "no name" : column.header)</td><td data-label="Column" class="w">\(column.letter)</td>\
                <td data-label="First values">\(values)</td><td data-label="Is"><select name="is.\(column.place)" aria-label="Column \(column.letter) is">\
                <option value="">not taken</option>\(choices)</select></td></tr>

                """
        }
        return """
            <table><thead><tr><th>Called</th><th>Column</th><th>First values</th><th>Is</th></tr></thead><tbody>\(rows)</tbody></table>
            """
    }

    private static func terms(_ columns: DraftedColumns) -> HTML {
        func field(_ name: String, _ title: String, _ value: String, _ more: HTML = .nothing) -> HTML {
            "<div><label>\(title)<br><input name=\"\(name)\" maxlength=\"200\" value=\"\(value)\"\(more)></label></div>"
        }
        let numbers = option("comma", "1.234,50", columns.numbers) + option("point", "1,234.50", columns.numbers)
        let dates = [("dmy", "day first"), ("mdy", "month first"), ("ymd", "year first")].html { option($0.0, $0.1, columns.dates) }
        return """
            <h2>Whose it is</h2><div class="fields">\(field("reseller", "Folder’s name", columns.reseller))\(field("vendor", "Name", columns.vendor))\
            \(field("currency", "Currency", columns.currency, " size=\"5\""))<div><label>Numbers are written<br><select name="numbers">\(numbers)</select></label></div>
            <div><label>In dates comes<br><select name="dates">\(dates)</select></label></div>\
            \(field("store", "Store, where no column has it", columns.store))\
            \(field("file_month", "Month in the file’s name, like", columns.fileMonth, " placeholder=\"MM-YYYY\""))\
            \(field("file_name", "A word of the file’s name", columns.fileName))</div>
            """
    }

    private static func outcome(_ file: String, _ glimpse: Glimpse, _ columns: DraftedColumns, _ desk: PageDesk) -> HTML {
        do throws(Refused) {
            let profile = try columns.profile(of: glimpse)
            guard let profiles = desk.sources.profiles else { return .nothing }
            let found = try profiles.rehearse(profile, onPutAside: file)
            return """
                <h2>\(Figures.count(found.count, "sale")), \(Figures.count(found.quantity)) pieces, \(Figures.money(found.amount, columns.currency))</h2>
                \(errors(found))\(sales(found, columns))<div class="fields"><div><button name="do" value="save">Save it as the profile of \(columns.vendor)</button></div></div>
                <p class="soft small">Its first files wait for a look, since the profile says that they are approved by hand.</p>
                <details><summary>The profile as it is written</summary><pre tabindex="0">\(profile)</pre></details>
                """
        } catch {
            return "<h2>No sales come out yet</h2><p class=\"waits\">◐ \(Words.plain(error.sentence))</p>"
        }
    }

    private static func errors(_ found: DraftRehearsal) -> HTML? {
        guard !found.errors.isEmpty else { return nil }
        let lines = found.errors.prefix(10).html { "<li>\($0.column)\($0.row): \(Words.plain($0.message))</li>" }
        return "<section class=\"card waits group\"><h3>Rows that cannot be read</h3><ul>\(lines)</ul></section>"
    }

    private static func sales(_ found: DraftRehearsal, _ columns: DraftedColumns) -> HTML {
        let rows = found.sales.html { sale in
            """
            <tr><td data-label="Place" class="w">\(sale.place)</td><td data-label="Product"><code>\(sale.product)</code></td><td data-label="Store">\(sale.store)</td>\
            <td class="w" data-label="Date">\(sale.date)</td><td class="n" data-label="Pieces">\(Figures.count(sale.quantity))</td>\
            <td class="n" data-label="Amount">\(sale.amount.map { Figures.money($0, columns.currency) } ?? "list price")</td></tr>

            """
        }
        let more: HTML? =
            found.count > found.sales.count ? "<p class=\"soft\">And \(Figures.count(found.count - found.sales.count)) more.</p>" : nil
        return """
            <table><thead><tr><th>Place</th><th>Product</th><th>Store</th><th>Date</th><th class="n">Pieces</th><th class="n">Amount</th></tr></thead>\
            <tbody>\(rows)</tbody></table>\(more)
            """
    }
}
