import Batches
import Ledger
import Operations
import Reports
import Sellout
import Texts

/// Everything that asks for a decision, one card each: what it is, what of it, and one click to where it is done.
struct ToDo {
    private struct Card {
        let link: Link?
        let tone: StateMark.Tone
        let title: String
        let text: HTML
    }

    private var cards: [Card] = []

    init(_ desk: PageDesk) throws(Refused) {
        if desk.operates {
            try files(desk)
            try products(desk)
            try stores(desk)
            try refused(desk)
            try late(desk)
        } else if let own = desk.ownReseller {
            try ownFiles(own, desk)
        }
        troubles(desk)
    }

    var html: HTML {
        guard !cards.isEmpty else { return "<p class=\"soft\">Nothing. What needs a look stands here by itself.</p>" }
        return "<ul class=\"cards\">\(cards.html(ToDo.html))</ul>"
    }

    private static func html(_ card: Card) -> HTML {
        let inside: HTML = "<h3>\(card.title)</h3><p>\(card.text)</p>"
        guard let link = card.link else { return "<li><div class=\"card \(card.tone.rawValue)\">\(inside)</div></li>" }
        return "<li><a class=\"card \(card.tone.rawValue)\" href=\"\(link)\">\(inside)</a></li>"
    }

    private mutating func files(_ desk: PageDesk) throws(Refused) {
        let most = 200
        let waiting = try desk.batches(state: .stagingComplete, limit: most)
        guard let first = waiting.first else { return }
        let said = waiting.prefix(3).map { batch in "\(ToDo.name(batch, desk)): \(ToDo.reason(batch))" as HTML }
        let more: HTML = waiting.count > 3 ? " · and \(Figures.count(waiting.count - 3)) more" : .nothing
        let link =
            waiting.count == 1 ? Link("batches", first.id.text) : Link("batches", query: [("state", BatchState.stagingComplete.rawValue)])
        let count =
            waiting.count == most
            ? "\(most) files or more wait for you"
            : "\(Figures.count(waiting.count, "file")) \(waiting.count == 1 ? "waits" : "wait") for you"
        cards.append(Card(link: link, tone: .waits, title: count, text: said.joined(" · ") + more))
    }

    /// `Boxnox May 2025`
    private static func name(_ batch: Batch, _ desk: PageDesk) -> String {
        [desk.vendor(batch.reseller), Moments.period(batch.firstDay, batch.lastDay)].compactMap { $0 }.joined(separator: " ")
    }

    /// Why a file waits, in a few words.
    static func reason(_ batch: Batch) -> String {
        var parts: [String] = []
        let counts = batch.counts
        if counts.failed > 0 { parts.append(Figures.count(counts.failed, "row")) }
        if counts.restated > 0 { parts.append("\(Figures.count(counts.restated, "figure")) restated") }
        let disagreeing = batch.controlTotals.count { !$0.agrees }
        if disagreeing > 0 { parts.append("\(Figures.count(disagreeing, "total")) \(disagreeing == 1 ? "disagrees" : "disagree")") }
        if let replacement = batch.replacement, !replacement.isTaken {
            parts.append("\(Figures.count(replacement.went)) sales go, \(Figures.count(replacement.came)) come")
        }
        let doubts = batch.warnings.count(where: \.holds)
        if doubts > 0 { parts.append(Figures.count(doubts, "doubt")) }
        return parts.isEmpty ? "is looked at by hand" : parts.joined(separator: ", ")
    }

    private mutating func products(_ desk: PageDesk) throws(Refused) {
        let products = try desk.unmapped()
        guard !products.isEmpty else { return }
        let rows = products.reduce(0) { $0 + $1.rows }
        var text = ([Figures.count(rows, "sale")] + ToDo.money(products.map { ($0.reseller, $0.waits) }, desk)).joined(separator: ", ")
        let likely = try desk.shelf.likelyMatches(products, desk.desk)
        if likely > 0 { text += ". \(likely == 1 ? "One has" : "\(Figures.count(likely)) have") a likely match" }
        cards.append(
            Card(
                link: Link("products"), tone: .waits,
                title: "\(Figures.count(products.count, "product")) \(products.count == 1 ? "waits" : "wait")", text: "\(text)"))
    }

    private mutating func stores(_ desk: PageDesk) throws(Refused) {
        let stores = try desk.unknownStores()
        guard !stores.isEmpty else { return }
        let rows = stores.reduce(0) { $0 + $1.store.waits.rows }
        let money = ToDo.money(stores.map { ($0.store.reseller, $0.store.waits) }, desk)
        cards.append(
            Card(
                link: Link("stores"), tone: .waits,
                title: "\(Figures.count(stores.count, "store")) \(stores.count == 1 ? "waits" : "wait")",
                text: "\(([Figures.count(rows, "sale")] + money).joined(separator: ", "))"))
    }

    /// One sum for each currency.
    static func money(_ waiting: [(reseller: String, sums: WaitingSums)], _ desk: PageDesk) -> [String] {
        var sums: [String: Money] = [:]
        for (reseller, one) in waiting {
            guard let local = one.local, let currency = desk.currency(reseller) else { continue }
            sums[currency] = (sums[currency] ?? .zero).adding(local)
        }
        return sums.sorted { $0.key < $1.key }.map { Figures.wholeMoney($0.value, $0.key) }
    }

    /// Resellers whose last file was refused: nothing has come in its place.
    private mutating func refused(_ desk: PageDesk) throws(Refused) {
        for reseller in try desk.standing().resellers {
            guard let last = reseller.last, last.state == .failed, last.refusal?.type != .duplicateFile else { continue }
            let what = last.refusal.map { Words.fileError($0.type) } ?? "The file was refused"
            let at = last.endedAt ?? last.receivedAt
            cards.append(
                Card(
                    link: Link("batches", last.id.text), tone: .bad,
                    title: "\(reseller.vendorName ?? reseller.name): the last file was refused",
                    text: "\(what). They were told \(Moments.time(at, now: desk.now)): <bdi>\(last.filename)</bdi>"))
        }
    }

    private mutating func late(_ desk: PageDesk) throws(Refused) {
        let late = try desk.standing().late
        guard !late.isEmpty else { return }
        let said = late.prefix(3).map {
            "\($0.vendorName ?? $0.name): \($0.freshness.daysLate == 1 ? "1 day" : "\($0.freshness.daysLate) days")"
        }
        let more = late.count > 3 ? " · and \(late.count - 3) more" : ""
        cards.append(
            Card(
                link: Link("resellers"), tone: .waits,
                title: "\(Figures.count(late.count, "reseller")) \(late.count == 1 ? "is" : "are") late",
                text: "\(said.joined(separator: " · ") + more)"))
    }

    private mutating func ownFiles(_ own: String, _ desk: PageDesk) throws(Refused) {
        for batch in try desk.batches(limit: 5) {
            guard [.failed, .partialSuccess, .stagingComplete].contains(batch.state), batch.refusal?.type != .duplicateFile else {
                continue
            }
            let story = BatchStory(try desk.report(batch.id.text), reader: .sender, vendor: desk.vendor(own))
            cards.append(
                Card(
                    link: Link("batches", batch.id.text), tone: batch.mark.tone,
                    title: "\(story.headline.sign) \(story.headline.word) \(story.headline.rest)",
                    text: "<bdi>\(batch.filename)</bdi>, \(Moments.time(batch.receivedAt, now: desk.now))"))
        }
    }

    private mutating func troubles(_ desk: PageDesk) {
        if !desk.live.answers, desk.operates {
            cards.append(
                Card(
                    link: nil, tone: .bad, title: "The daemon does not answer",
                    text: "Files wait in their folders and nothing is lost. Start it with <code>systemctl start selloutd</code>."))
        }
        for problem in desk.problems() {
            cards.append(
                Card(
                    link: nil, tone: .bad, title: problem.reseller.map { "\(desk.vendor($0)): something is wrong" } ?? "Something is wrong",
                    text: "\(Words.plain(problem.sentence))"))
        }
        let stale = desk.live.ignored.filter { $0.isStale && desk.caller.reach.holds($0.reseller) }
        if let first = stale.first {
            cards.append(
                Card(
                    link: nil, tone: .waits, title: "\(Figures.count(stale.count, "name")) \(stale.count == 1 ? "is" : "are") left alone",
                    text: "\(desk.vendor(first.reseller)): <bdi>\(first.filename)</bdi>. \(first.reason)"))
        }
    }
}
