import Accounts
import Batches
import Foundation
import Ledger
import Operations
import Sellout
import Testing
import Texts
import Web

@testable import Portal

/// What holds of every page.
@Suite struct PagesTests {
    /// One address of each page that is asked for.
    private static let paths = [
        "/", "/batches", "/batches?state=failed&since=2025-01-01&q=x", "/batches/0badcafe", "/batches/0badf00d", "/batches/0badcafe/rows",
        "/batches/0badcafe/rows?type=INVALID_QUANTITY", "/products", "/products?like=a", "/stores", "/resellers", "/resellers/liberty",
        "/books", "/books?reseller=liberty", "/books/history?reseller=liberty", "/books/right", "/audit", "/search?q=soap", "/users",
        "/profiles", "/profiles/liberty", "/profiles/draft", "/profiles/draft/some", "/docs",
        "/fit", "/fit?priority=low&name=a&page=1", "/fit/choose", "/fit/retailers/1", "/fit/retailers/1?sort=margin", "/fit/catalogue",
        "/fit/import", "/fit/counts", "/fit/brand", "/fit/retailer?retailer=1", "/you",
    ]

    /// As the sheet of the waiting batch is called, in an address.
    private static let hostile = PageStage.hostile.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""

    private func stage() throws -> PageStage {
        let stage = try PageStage()
        try stage.waitingBatch()
        try stage.refusedBatch()
        try stage.market()
        return stage
    }

    @Test(arguments: paths)
    func `what strangers wrote is never markup, and nothing on a page is run or comes from elsewhere`(path: String) throws {
        let stage = try stage()
        let page = try PageStage.ask(path, desk: stage.desk(.superAdmin))
        #expect(page.status == 200, "\(path): \(page.text.suffix(600))")
        #expect(!page.text.contains("<script>") && !page.text.contains("alert('x')"))
        let withoutTexts = page.text.replacing(/>[^<]*</, with: "><")
        #expect(withoutTexts.firstMatch(of: /<[^>]*\sstyle=/) == nil, "an inline style")
        #expect(withoutTexts.firstMatch(of: /<[^>]*\son[a-z]+=/) == nil, "an inline handler")
        #expect(withoutTexts.firstMatch(of: /(?:href|src|action)="(?!\/|#|data:,)/) == nil, "an address elsewhere")
        #expect(withoutTexts.firstMatch(of: /(?:href|src|action)="\/\//) == nil, "an address elsewhere")
        let policy = page.headers.first { $0.name == "Content-Security-Policy" }?.value ?? ""
        for rule in ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "form-action 'self'"] {
            #expect(policy.contains(rule))
        }
        #expect(!policy.contains("unsafe"))
    }

    @Test(arguments: paths)
    func `each form that changes something bears the token, each page one heading, each field a label`(path: String) throws {
        let stage = try stage()
        let page = try PageStage.ask(path, desk: stage.desk(.superAdmin))
        for form in page.text.matches(of: /<form[^>]*method="post"[^>]*>.*?<\/form>/.dotMatchesNewlines()) {
            #expect(form.output.contains("name=\"csrf\" value=\"token&quot;&lt;\""), "\(form.output.prefix(200))")
        }
        #expect(page.text.matches(of: /<h1[ >]/).count == 1)
        #expect(page.text.contains("<html lang=\"en\">") && page.text.contains("<main id=\"main\"") && page.text.contains("class=\"skip\""))
        let labelled = Set(page.text.matches(of: /<label[^>]* for="([^"]+)"/).map { String($0.output.1) })
        for field in page.text.matches(of: /<(?:input|select|textarea)\b[^>]*>/) {
            let tag = String(field.output)
            if tag.contains("type=\"hidden\"") || tag.contains("aria-label=") { continue }
            let id = tag.firstMatch(of: /\sid="([^"]+)"/).map { String($0.output.1) }
            let isInside = page.text[..<field.range.lowerBound].suffix(400).range(of: "<label", options: .backwards).map {
                !page.text[$0.upperBound..<field.range.lowerBound].contains("</label>")
            }
            #expect(id.map(labelled.contains) == true || isInside == true, "\(tag) has no label")
        }
        let ids = page.text.matches(of: /\sid="([^"]+)"/).map { String($0.output.1) }
        #expect(ids.count == Set(ids).count, "an id twice: \(ids)")
    }

    @Test(arguments: paths + ["/batches/0badcafe/rows/S%20\(hostile)/3"])
    func `no heading leaves a level out, and no column is without a name`(path: String) throws {
        let stage = try stage()
        let page = try PageStage.ask(path, desk: stage.desk(.superAdmin))
        #expect(page.status == 200)
        let levels = page.text.matches(of: /<h([1-6])[ >]/).compactMap { Int($0.output.1) }
        #expect(levels.first == 1 && zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 }, "\(path): \(levels)")
        let heads = page.text.matches(of: /<th(?:\s[^>]*)?>(.*?)<\/th>/).map { String($0.output.1) }
        #expect(heads.allSatisfy { $0.contains("aria-label") || !$0.replacing(/<[^>]*>/, with: "").isEmpty }, "\(path): \(heads)")
    }

    @Test func `each column that a profile can name is called otherwise`() {
        let words = ProfileReading.fields.map(Words.column)
        #expect(Set(words).count == words.count, "\(words)")
    }

    @Test(arguments: [
        "/", "/batches", "/products", "/stores", "/resellers/boxnox", "/books", "/audit", "/profiles", "/fit", "/fit/import",
        "/fit/catalogue",
    ])
    func `a page without data says what will stand there`(path: String) throws {
        let stage = try PageStage()
        let page = try PageStage.ask(path, desk: stage.desk(.admin, live: LiveStatus(json: [:]), sources: PageSources()))
        #expect(page.status == 200)
        #expect(page.text.contains("stand here") || page.text.contains("stands here"), "\(page.text.suffix(1500))")
    }

    @Test func `with the daemon down the pages are there and say what to do`() throws {
        let stage = try stage()
        let page = try PageStage.ask("/", desk: stage.desk(live: .silent))
        #expect(page.status == 200 && page.text.contains("The daemon does not answer") && page.text.contains("systemctl start selloutd"))
    }

    @Test func `whoever is no operator gets no operators' page and no step`() throws {
        let stage = try stage()
        let desk = stage.desk(.reseller, of: "boxnox")
        for route in Pages.routes() where ![.everybody, .whoHandlesFiles].contains(route.readers) {
            let path = route.path.replacing(/\{[a-z]+\}/, with: "0badcafe")
            #expect(try PageStage.ask(path, route.method, desk: desk).status == 403, "\(route.method) \(route.path)")
        }
        // Segments and one's own name are everybody's own: StudioPagesTests and YouPageTests say of whom.
        let steps = Pages.routes().filter { $0.method != .get && !$0.path.hasPrefix("/studio/") && $0.path != "/you" }
        #expect(steps.allSatisfy { ![.everybody, .whoHandlesFiles].contains($0.readers) })
    }

    @Test func `a reseller sees nothing of others`() throws {
        let stage = try stage()
        let own = stage.desk(.reseller, of: "boxnox")
        for path in ["/", "/batches", "/batches?reseller=liberty", "/events"] {
            let page = try PageStage.ask(path, desk: own)
            #expect(page.status == 200 && !page.text.contains("iberty") && !page.text.contains("April"), "\(path)")
        }
        for path in ["/batches/0badcafe", "/batches/0badcafe/rows", "/events?batch=0badcafe"] {
            let page = try PageStage.ask(path, desk: own)
            #expect(page.status == 404 && !page.text.contains("April"), "\(path)")
        }
        let refused = try PageStage.ask("/batches/0badf00d", desk: own)
        #expect(try PageStage.ask("/batches/0badf00d", desk: stage.desk()).text.contains("Looks like"))
        #expect(refused.status == 200 && !refused.text.contains("Looks like"), "the operators' note is theirs")
        #expect(try PageStage.ask("/events", desk: own).text.contains("running"))
    }

    @Test func `an account that reaches no reseller sees no file, and is offered no place for one`() throws {
        let stage = try stage()
        let brand = stage.desk(.brandUser)
        #expect(try PageStage.ask("/docs", desk: brand).status == 200)
        for path in ["/batches", "/events"] {
            let page = try PageStage.ask(path, desk: brand)
            #expect(page.status == 403 && !page.text.contains("id=\"drop\"") && !page.text.contains("href=\"/batches"), "\(path)")
            #expect(!page.text.contains("April") && !page.text.contains("Refused") && !page.text.contains("running &lt;"), "\(path)")
        }
        #expect(try PageStage.ask("/batches/0badcafe", desk: brand).status == 403)
    }
}
