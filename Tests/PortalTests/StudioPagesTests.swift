import Accounts
import Audience
import Batches
import Foundation
import Ledger
import Operations
import Testing
import Texts
import Web

@testable import Portal

/// The studio, asked as the routes ask it.
@Suite struct StudioPagesTests {
    private let stage: PageStage
    private let shelf = StudioShelf()
    private let ines: User
    private let otto: User
    private let admin: User

    init() throws {
        let stage = try PageStage()
        func user(_ email: String, _ role: Role) throws -> User {
            let address = try #require(EmailAddress(email))
            let user = NewUser(email: address, role: role, firstName: "", lastName: "", reseller: nil, tenant: "bibbi")
            return try stage.ledger.enter(user, passwordHash: nil, by: Deed(actor: "test", at: PageStage.moment))
        }
        self.stage = stage
        ines = try user("ines@costa.example", .brandUser)
        otto = try user("otto@costa.example", .retailerUser)
        admin = try user("admin@costa.example", .admin)
    }

    private func desk(_ user: User, at now: Timestamp = PageStage.moment) -> PageDesk {
        let desk = OperatorDesk(ledger: stage.ledger, terms: PageStage.terms, actor: user.actor, clock: { now })
        return PageDesk(desk: desk, caller: user, csrf: "t", live: LiveStatus(json: [:]), shelf: FiguresShelf(), studio: shelf, now: now)
    }

    private func enter(_ records: [String], of owner: User?, name: String = "fair") throws -> AudienceBatch {
        let block = RecordBlock(rows: records.count, lines: Array(records.map { $0 + "\n" }.joined().utf8))
        let content = ReceivedBatch(name: name, fields: ["email"], rows: records.count, blocks: [block])
        return try desk(admin).desk.enter(audience: content, owner: owner?.id, name: name, source: "http")
    }

    private func people(_ count: Int) -> [String] { (0..<count).map { #"{"email":"p\#($0)@a.example","n":\#($0)}"# } }

    private func ask(_ path: String, _ user: User, at now: Timestamp = PageStage.moment) throws -> SeenPage {
        try PageStage.ask(path, desk: desk(user, at: now))
    }

    /// The addresses in a page's table, in their order.
    private func seen(_ page: SeenPage) -> [String] {
        page.text.matches(of: /<bdi>(p[0-9]+)@a\.example<\/bdi>/).map { String($0.output.1) }
    }

    @Test func `everybody chooses among their own batches, administrators among all`() throws {
        #expect(try ask("/studio", ines).text.contains("/api/audience/batch-upload"), "an empty page says how to send one")
        let own = try enter(people(1), of: ines, name: "own \(PageStage.hostile)")
        let file = try enter(people(1), of: nil, name: "dropped")
        let mine = try ask("/studio", ines).text
        #expect(mine.contains(own.uploadID) && !mine.contains(file.uploadID) && !mine.contains("<script>alert"))
        #expect(try !ask("/studio", otto).text.contains("upl_"))
        let all = try ask("/studio", admin).text
        #expect(all.contains(own.uploadID) && all.contains(file.uploadID) && all.contains("ines@costa.example"))
        for path in ["", "/export.csv", "/export.xlsx"] {
            #expect(try ask("/studio/\(own.uploadID)\(path)", otto).status == 404)
            #expect(
                try ask("/studio/\(own.uploadID)\(path)", ines).status == 200 && ask("/studio/\(own.uploadID)\(path)", admin).status == 200)
        }
        #expect(try ask("/studio/\(own.uploadID)", otto).text.contains("There is no audience batch"))
    }

    @Test func `a table is searched, filtered, sorted and leafed through by its address`() throws {
        let path = "/studio/\(try enter(people(120), of: ines).uploadID)"
        let leafed = try (1...3).flatMap { seen(try ask("\(path)?page=\($0)", ines)) }
        #expect(leafed.count == 120 && Set(leafed).count == 120)
        #expect(try seen(ask("\(path)?sort=n&down=1", ines)).prefix(2) == ["p119", "p118"])
        let found = try ask("\(path)?find=P11&column=n&test=is%20not&value=11", ines)
        #expect(seen(found) == (110...119).map { "p\($0)" } && found.text.contains("10 of 120 records"))
        #expect(try ask("\(path)?find=nobody", ines).text.contains("No record is like that."))
        let unknown = try ask("\(path)?sort=nothing", ines)
        #expect(unknown.status == 422 && unknown.text.contains("There is no column called"))
    }

    @Test func `what a stranger named or wrote is text on the page`() throws {
        let name = #"{"email":"<script>alert(1)</script>","<b>\"x":"'\u202e"}"#
        let batch = try enter([name], of: ines)
        for query in ["", "?enriched=1", "?find=script", "?show=%3Cb%3E%22x"] {
            let page = try ask("/studio/\(batch.uploadID)\(query)", ines)
            #expect(
                page.status == 200 && !page.text.contains("<script>alert") && !page.text.contains("<b>") && !page.text.contains("\u{202E}"))
        }
    }

    @Test func `enriched columns say in words where they come from, in a place that needs no mouse`() throws {
        let path = "/studio/\(try enter(people(3), of: ines).uploadID)"
        #expect(try !ask(path, ines).text.contains("<code>twin_of</code>"))
        let page = try ask(path + "?enriched=1", ines).text
        for column in EnrichedColumn.allCases {
            #expect(page.contains("<code>\(column.name)</code></dt>") && page.contains(column.origin.replacing("'", with: "&#39;")))
        }
        #expect(page.matches(of: /aria-describedby="from-[0-9]+"/).count == 8 && page.contains("aria-checked=\"true\""))
    }

    @Test func `an export is what is shown, and a download`() throws {
        let path = "/studio/\(try enter(people(120), of: ines).uploadID)"
        let csv = try ask("\(path)/export.csv?find=p11&sort=n&down=1&show=email", ines)
        #expect(csv.text == "email\n" + (110...119).reversed().map { "p\($0)@a.example\n" }.joined() + "p11@a.example\n")
        #expect(csv.headers.contains { $0.name == "Content-Disposition" && $0.value.contains(".csv") })
        #expect(try ask("\(path)/export.xlsx?find=p11", ines).headers.contains { $0.value.contains(".xlsx") })
    }

    @Test func `a segment is saved, opened, counted and deleted`() throws {
        let path = "/studio/\(try enter(people(120), of: ines).uploadID)"
        let saved = try PageStage.ask(
            path + "/segments", .post, form: [("find", "p11"), ("sort", "n"), ("name", "warm <i>")], desk: desk(ines))
        let location = try #require(saved.headers.first { $0.name == "Location" }?.value)
        let opened = try ask(location, ines)
        #expect(
            seen(opened).count == 11 && opened.text.contains("warm &lt;i&gt;") && opened.text.contains("data-label=\"Records\">11</td>"))
        let id = try #require(try stage.ledger.audienceSegments(AudienceSegmentFilter()).first).id
        for (user, status) in [(otto, 404), (ines, 303), (ines, 404)] {
            let answer = try PageStage.ask(path + "/segments/delete", .post, form: [("id", String(id))], desk: desk(user))
            #expect(answer.status == status)
        }
        let nameless = try PageStage.ask(path + "/segments", .post, form: [("find", "p11"), ("name", " ")], desk: desk(ines))
        #expect(nameless.status == 422 && nameless.text.contains("A segment has a name") && seen(nameless).count == 11)
        #expect(try ask(path, ines).text.contains("Save what you ask for under a name"))
    }

    @Test(arguments: ["", "?enriched=1"])
    func `a table that is open shows nobody who was forgotten since, and nothing of a batch that is gone`(query: String) throws {
        let (batch, other) = (try enter(people(3), of: ines), try enter(people(3), of: ines))
        let paths = [batch, other].map { "/studio/\($0.uploadID)\(query)" }
        for path in paths { #expect(try seen(ask(path, ines)) == ["p0", "p1", "p2"]) }
        _ = try desk(admin).desk.forget(audience: "P1@a.example")
        for path in paths { #expect(try seen(ask(path, ines)) == ["p0", "p2"]) }
        try desk(admin).desk.delete(audienceBatch: batch.uploadID)
        #expect(try ask(paths[0], ines).status == 404 && seen(ask(paths[1], ines)) == ["p0", "p2"])
    }

    @Test func `the two tables that were asked for last are kept for ten minutes`() throws {
        let batches = try (0..<3).map { _ in try enter(people(2), of: ines) }
        let desk = desk(ines)
        let sources = try batches.map { batch in try desk.desk.studioSource(of: batch, enriched: false) }
        func isKept(_ source: StudioSource, after seconds: Int64 = 0) throws -> Bool {
            // Over a ledger that has nothing of it, only a kept table has rows.
            let empty = OperatorDesk(ledger: try SQLiteLedger(inMemory: ()), terms: PageStage.terms, actor: "", clock: { PageStage.moment })
            let now = Timestamp(milliseconds: PageStage.moment.milliseconds + seconds * 1000)
            return try shelf.table(of: source, empty, now: now).rowCount > 0
        }
        for source in sources { _ = try shelf.table(of: source, desk.desk, now: PageStage.moment) }
        #expect(try isKept(sources[1]) && isKept(sources[2]) && isKept(sources[2], after: 599))
        #expect(try !isKept(sources[0]))
        #expect(try isKept(sources[2]) && !isKept(sources[2], after: 600))
    }
}
