import Accounts
import Batches
import Ledger
import Operations
import Reports
import Sellout
import Web

/// What a page needs: who looks at it, and where its answers come from.
package struct PageDesk: Sendable {
    /// Acts as the caller.
    package let desk: OperatorDesk
    package let caller: User
    /// Put into each form; the guard has compared it before a handler runs.
    package let csrf: String
    package let live: LiveStatus
    package let shelf: FiguresShelf
    package let market: MarketShelf
    package let studio: StudioShelf
    /// Uploads that were handed over and are not in the ledger yet.
    package let handed: [HandedFile]
    package let sources: PageSources
    package let now: Timestamp
    /// What resellers are called, by an operator's word or by their profile.
    private let names: [String: String]

    package init(
        desk: OperatorDesk, caller: User, csrf: String, live: LiveStatus, shelf: FiguresShelf, market: MarketShelf = MarketShelf(),
        studio: StudioShelf = StudioShelf(),
        handed: [HandedFile] = [],
        sources: PageSources = PageSources(), now: Timestamp
    ) {
        self.desk = desk
        self.caller = caller
        self.csrf = csrf
        self.live = live
        self.shelf = shelf
        self.market = market
        self.studio = studio
        self.handed = handed
        self.sources = sources
        self.now = now
        // A page is worth showing without the names too; what else it asks tells what is wrong.
        let records = (try? desk.resellerRecords()) ?? []
        names = Dictionary(
            desk.resellers.map { ($0.reseller, $0.vendorName) } + records.map { ($0.slug, $0.name) },
            uniquingKeysWith: { $1.isEmpty ? $0 : $1 })
    }
}

/// An upload that the daemon has not taken up yet.
package struct HandedFile: Hashable, Sendable {
    package let batch: BatchID
    package let filename: String
    /// Nil where the file itself is to tell.
    package let reseller: String?
    package let at: Timestamp

    package init(batch: BatchID, filename: String, reseller: String?, at: Timestamp) {
        self.batch = batch
        self.filename = filename
        self.reseller = reseller
        self.at = at
    }
}

/// Whose files the caller sees.
extension PageDesk {
    var operates: Bool { caller.role.operates }
    var administers: Bool { caller.role.administers }

    /// The one reseller whose files a caller sees; nil for those who see all.
    var ownReseller: String? { if case .only(let own) = caller.reach { own } else { nil } }

    /// By its id, or the beginning of it. Another reseller's is as unknown as one that is not there.
    func batch(_ given: String) throws(Refused) -> Batch {
        let batch = try desk.batch(given)
        guard caller.reach.holds(batch.reseller) else { throw Refused(.unknown, "There is no batch \(given).") }
        return batch
    }

    /// Newest first, of those that the caller sees.
    func batches(
        reseller: String? = nil, state: BatchState? = nil, search: String? = nil, since: Timestamp? = nil, limit: Int, offset: Int = 0
    ) throws(Refused) -> [Batch] {
        guard caller.reach != .none, reseller.map(caller.reach.holds) ?? true else { return [] }
        let filter = BatchFilter(
            resellers: (ownReseller ?? reseller).map { [$0] }, states: state.map { [$0] }, search: search, since: since, limit: limit,
            offset: offset)
        return try desk.batches(filter).map(\.batch)
    }

    func report(_ given: String) throws(Refused) -> Report { try desk.report(try batch(given).id.text) }

    func vendor(_ reseller: String) -> String { names[reseller] ?? reseller }

    func currency(_ reseller: String) -> String? { desk.resellers.first { $0.reseller == reseller }?.currency }

    func years() throws(Refused) -> [String: [SalesSum]] { try shelf.years(desk, now: now) }

    func standing() throws(Refused) -> LedgerStanding { try shelf.standing(desk, now: now) }

    /// What waits, for the cards of the first page; the pages on which it is mapped ask the desk itself.
    func unmapped() throws(Refused) -> [UnmappedProduct] { try shelf.unmapped(desk, now: now) }

    func unknownStores() throws(Refused) -> [SuggestedStore] { try shelf.unknownStores(desk, now: now) }

    /// The files being read that the caller may see.
    var running: [LiveFile] { live.files.filter { caller.reach.holds($0.reseller) } }

    func problems() -> [LiveStatus.LiveProblem] {
        live.problems.filter { problem in operates || problem.reseller.map(caller.reach.holds) ?? false }
    }

    /// The month that is present.
    var month: Month { Month(now.day) }
}
