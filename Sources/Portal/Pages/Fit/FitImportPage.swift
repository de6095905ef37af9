import Ledger
import Operations
import Web

/// Where a workbook of retail data is sent, and what became of those that came.
enum FitImportPage {
    static let path = "/fit/import"
    static let readers = PageRoute.Readers.brands
    private static let size = 100

    /// The form's answer is made where files are received.
    static let routes: [PageRoute] = [
        .get(path, for: readers) { request, desk throws(Refused) in try page(desk, done: Done(request)) }
    ]

    static func page(_ desk: PageDesk, done: Done? = nil, problem: String? = nil, status: Int = 200) throws(Refused) -> Response {
        // Operators see everybody's, those that were dropped into the folder too.
        let uploads = try desk.desk.retailUploads(of: desk.operates ? nil : desk.caller, limit: size)
        let again: HTML = uploads.contains { $0.state == .processing } ? " data-again" : .nothing
        let body: HTML = """
            \(FitWay.ways(.sending, desk))<h1>\(headline(uploads))</h1>
            <p>Retailers, products, what each retailer sells and where it is, in one workbook; or your own products. A file with a fault changes nothing, \
            and says each fault.</p>
            <form class="card" method="post" action="\(path)" enctype="multipart/form-data">\(desk.token)\
            <input type="hidden" name="upload_type" value="retailer_data"><div class="fields"><div><label for="workbook">Workbook (.xlsx, up to 50 MiB)</label>\
            <input id="workbook" type="file" name="file" required accept=".xlsx"></div><div><button class="main">Import it</button></div></div></form>
            <h2>What came</h2><div id="history"\(again)>\(RetailUploadList.html(uploads, desk))</div>
            """
        return Frame(title: "Import", section: .fit, done: done, problem: problem).page(desk, body, status: status)
    }

    private static func headline(_ uploads: [RetailUpload]) -> String {
        guard let last = uploads.first else { return "No workbook was imported yet." }
        switch last.state {
        case .processing: return "The last workbook is being read."
        case .completed: return "The last workbook is in: \(Figures.count(last.records ?? 0, "record"))."
        case .failed: return "The last workbook was refused. Nothing of it was taken."
        }
    }
}

/// Workbooks with what became of them, newest first.
enum RetailUploadList {
    static func html(_ uploads: [RetailUpload], _ desk: PageDesk) -> HTML {
        guard !uploads.isEmpty else { return "<p class=\"empty\">Every workbook that comes stands here with what became of it.</p>" }
        return """
            <table><thead><tr><th>File</th><th>State</th><th class="n">Records</th><th>What to know</th><th>Came</th></tr></thead>\
            <tbody>\(uploads.html { line($0, desk) })</tbody></table>
            """
    }

    private static func line(_ upload: RetailUpload, _ desk: PageDesk) -> HTML {
        let message = upload.message ?? ""
        let records = upload.state == .completed ? upload.records : nil
        return """
            <tr data-row><td class="head" data-label="File"><bdi>\(upload.filename)</bdi></td><td data-label="State">\(upload.state.mark.html)</td>\
            <td class="n" data-label="Records">\(records.map { Figures.count($0) } ?? "–")</td>\
            <td class="whole" data-label="What to know"\(message.isEmpty ? " data-none" as HTML : .nothing)>\(message.isEmpty ? "–" : Words.plain(message))</td>\
            <td class="w" data-label="Came">\(Moments.time(upload.createdAt, now: desk.now))</td></tr>

            """
    }
}

extension RetailUpload.State {
    fileprivate var mark: StateMark {
        switch self {
        case .processing: StateMark("●", "being read", .now)
        case .completed: StateMark("✓", "taken", .good)
        case .failed: StateMark("✕", "refused", .bad)
        }
    }
}

/// How much there is, for administrators.
enum FitCountsPage {
    private static let recent = 10

    static let routes: [PageRoute] = [
        .get("/fit/counts", for: .administrators) { _, desk throws(Refused) in
            let (counts, uploads) = (
                try desk.desk.retailCounts(tenant: desk.caller.tenant), try desk.desk.retailUploads(of: nil, limit: recent)
            )
            let body: HTML = """
                \(FitWay.ways(.counts, desk))<h1>\(Figures.count(counts.brands, "brand")) and \(Figures.count(counts.retailers, "retailer")) are known.</h1>
                <dl class="five">\(figure("brands", counts.brands))\(figure("retailers", counts.retailers))\(figure("products", counts.products))\
                \(figure("users", counts.users))</dl>
                <h2>The last workbooks</h2>\(RetailUploadList.html(uploads, desk))<p><a href="/fit/import">All of them</a></p>
                """
            return Frame(title: "Counts", section: .fit).page(desk, body)
        }
    ]

    private static func figure(_ name: HTML, _ value: Int) -> HTML { "<div><dt>\(name)</dt><dd>\(Figures.count(value))</dd></div>" }
}
