import Accounts
import Audience
import Batches
import Cells
import Ledger
import Sellout
import Synchronization

/// A ledger without a disk, as far as operators see one. What only the daemon asks is refused.
final class MemoryLedger: Bookkeeping {
    struct Content {
        var batches: [Batch] = []
        var errors: [BatchID: [RowError]] = [:]
        var rates: [ExchangeRate] = []
        var products: [Product] = []
        var mappings: [ProductMapping] = []
        var unmapped: [UnmappedProduct] = []
        var sales: [SaleLine] = []
        var audit: [AuditEntry] = []
        var arrivals: [String: [Arrival]] = [:]
        var taken: [ReferenceData] = []
        /// What the state machine would have said meanwhile.
        var fault: LedgerFault?
    }

    let content: Mutex<Content>

    init(_ content: Content = Content()) { self.content = Mutex(content) }

    func change(_ body: (inout Content) -> Void) { content.withLock { body(&$0) } }

    private func step(_ id: BatchID, to state: BatchState, action: String, by deed: Deed) throws(LedgerFault) -> Batch {
        let result: Result<Batch, LedgerFault> = content.withLock { content in
            if let fault = content.fault { return .failure(fault) }
            guard let place = content.batches.firstIndex(where: { $0.id == id }) else { return .failure(.unknownBatch(id.text)) }
            let from = content.batches[place].state
            content.batches[place].state = state
            content.audit.insert(
                AuditEntry(
                    at: deed.at, actor: deed.actor, action: action, batch: id.text, from: from.rawValue, to: state.rawValue,
                    reason: deed.reason),
                at: 0)
            return .success(content.batches[place])
        }
        return try result.get()
    }

    func approve(_ id: BatchID, terms: Terms, all: Bool, by deed: Deed) throws(LedgerFault) -> Batch {
        try step(id, to: .completed, action: "approve", by: deed)
    }
    func retry(_ id: BatchID, by deed: Deed) throws(LedgerFault) -> Batch { try step(id, to: .pending, action: "retry", by: deed) }
    func cancel(_ id: BatchID, by deed: Deed) throws(LedgerFault) -> Batch {
        try step(id, to: .cancelled, action: "cancel", by: deed)
    }
    func delete(_ id: BatchID, by deed: Deed) throws(LedgerFault) -> Batch {
        let batch = try step(id, to: .cancelled, action: "delete", by: deed)
        change { $0.batches.removeAll { $0.id == id } }
        return batch
    }

    func undo(_ id: BatchID, cascade: Bool, by deed: Deed) throws(LedgerFault) -> Undone {
        Undone(batch: try step(id, to: .cancelled, action: "undo", by: deed), withdrawn: 0, returned: 0)
    }

    func batch(_ id: BatchID) -> Batch? { content.withLock { $0.batches.first { $0.id == id } } }
    func batches(_ filter: BatchFilter) -> [Batch] {
        content.withLock { content in
            let found = content.batches.filter {
                filter.resellers?.contains($0.reseller) != false && filter.states?.contains($0.state) != false
            }
            return Array(found.filter { (filter.since ?? $0.receivedAt) <= $0.receivedAt }.dropFirst(filter.offset).prefix(filter.limit))
        }
    }
    func count(of filter: BatchFilter) -> Int {
        var all = filter
        (all.limit, all.offset) = (.max, 0)
        return batches(all).count
    }
    func resellers() -> [ResellerRecord] {
        content.withLock { content in
            Set(content.batches.map(\.reseller)).sorted().map {
                ResellerRecord(slug: $0, uuid: $0, name: $0, createdAt: Timestamp(milliseconds: 0))
            }
        }
    }
    func reseller(uuid: String) -> ResellerRecord? { resellers().first { $0.uuid == uuid } }
    func reseller(_ slug: String) -> ResellerRecord? { resellers().first { $0.slug == slug } }
    func set(_ change: ResellerChange, of slug: String, by: Deed) throws(LedgerFault) -> ResellerRecord { throw rowsOnly }
    func permit(_ allowed: Bool, reseller slug: String, by: Deed) throws(LedgerFault) -> ResellerRecord { throw rowsOnly }
    private var rowsOnly: LedgerFault { .broken("Only a ledger that keeps rows can be asked this.") }
    func batches(idPrefix: String, deleted: Bool) -> [Batch] {
        deleted ? [] : content.withLock { $0.batches.filter { $0.id.text.hasPrefix(idPrefix) } }
    }
    func dependents(of id: BatchID) -> [Batch] { [] }
    func history(_ filter: HistoryFilter) -> [HistoryLine] { [] }
    func merge(store: String, into: String, of reseller: String, by: Deed) -> StoreMerge {
        StoreMerge(reseller: reseller, store: store, into: into)
    }
    func sums(_ filter: SalesFilter, byStore: Bool) -> [SalesSum] { [] }
    func lastDays() -> [String: CivilDay] { [:] }
    func sums(broughtBy id: BatchID) -> [SalesSum] { [] }
    func rebooking(_ terms: Terms) -> RebookPlan { RebookPlan(reseller: terms.reseller) }
    func rebook(_ terms: Terms, by: Deed) throws(LedgerFault) -> RebookPlan { throw daemonsOnly }
    func counts(last: Int) -> LedgerCounts {
        content.withLock { content in
            var counts = LedgerCounts()
            for batch in content.batches {
                counts.resellers[batch.reseller, default: .init()].batches[batch.state, default: 0] += 1
                if counts.resellers[batch.reseller]?.last == nil { counts.resellers[batch.reseller]?.last = batch }
            }
            counts.lastOver = Array(content.batches.filter(\.state.isOver).prefix(last))
            counts.waitingRows = content.unmapped.reduce(0) { $0 + $1.rows }
            counts.owedReports = content.batches.count(where: \.owesReport)
            return counts
        }
    }
    func errors(of id: BatchID, after: Int, limit: Int) -> [RowError] {
        content.withLock { Array(($0.errors[id] ?? []).dropFirst(after).prefix(limit)) }
    }
    func errorGroups(of id: BatchID, by trait: ErrorTrait) throws(LedgerFault) -> [ErrorGroup] {
        throw .broken("Only a ledger that keeps rows can be asked this.")
    }
    func account(of ids: [BatchID], errors: Int) -> [BatchAccount] {
        content.withLock { content in
            content.batches.filter { ids.contains($0.id) }.map { batch in
                let all = content.errors[batch.id] ?? []
                var account = BatchAccount(batch)
                account.errors = Array(all.prefix(errors))
                account.errorCounts = Dictionary(grouping: all, by: \.type.rawValue).map { ($0.key, $0.value.count) }
                account.rates = content.rates
                return account
            }
        }
    }
    func audit(_ filter: AuditFilter) -> [AuditEntry] {
        content.withLock { content in
            let lines = content.audit.filter { line in
                (filter.batch == nil || line.batch == filter.batch?.text) && (filter.state == nil || line.to == filter.state?.rawValue)
            }
            return Array(lines.dropFirst(filter.offset).prefix(filter.limit))
        }
    }

    func arrivals(since day: CivilDay) -> [String: [Arrival]] { content.withLock { $0.arrivals } }

    func take(_ data: ReferenceData, after: TakenReference?, by: Deed) -> TakenReference {
        content.withLock { content in
            content.taken.append(data)
            return TakenReference(ReferenceChange(new: data.count, changed: 0, unchanged: 0), line: nil)
        }
    }
    func differences(between first: BatchID, and second: BatchID) throws(LedgerFault) -> SaleDifferences {
        throw .broken("Only a ledger that keeps rows can be asked this.")
    }
    func unmapped(reseller: String?) -> [UnmappedProduct] {
        content.withLock { $0.unmapped.filter { (reseller ?? $0.reseller) == $0.reseller } }
    }
    func mappings(reseller: String?) -> [ProductMapping] {
        content.withLock { $0.mappings.filter { (reseller ?? $0.reseller) == $0.reseller } }
    }
    func catalogue(for terms: Terms) -> Catalogue {
        content.withLock { content in
            Catalogue(
                version: 1, currency: terms.currency, products: content.products,
                mappings: content.mappings.filter { $0.reseller == terms.reseller }, stores: [], prices: [],
                rates: RateTable(currency: terms.currency, fixings: []))
        }
    }
    func products() -> [Product] { content.withLock { $0.products } }
    func sales(_ filter: SalesFilter, _ body: (SaleLine) throws -> Bool) throws {
        for line in content.withLock({ $0.sales })
        where (filter.from.map { line.date >= $0 } ?? true) && (filter.to.map { line.date <= $0 } ?? true) {
            guard try body(line) else { return }
        }
    }
}

/// What has its tests over the ledger that the desk has in earnest.
extension MemoryLedger {
    func mappings(_ filter: ReferenceFilter) -> [MappingEntry] {
        let names = Dictionary(products().map { ($0.ean, $0.functionalName) }, uniquingKeysWith: { $1 })
        let found = mappings(reseller: filter.reseller).dropFirst(filter.offset).prefix(filter.limit)
        return found.map { MappingEntry($0, productName: names[$0.ean]) }
    }
    func stores(_ filter: ReferenceFilter) -> [StoreEntry] { [] }
    func products(_ filter: ReferenceFilter) -> [Product] { [] }
    func storeFigures(of reseller: String) -> [StoreFigures] { [] }
    func unknownStores(reseller: String?) -> [UnknownStore] { [] }
    func preview(_ data: ReferenceData, records: Int) -> ImportPreview {
        ImportPreview(ReferenceChange(new: data.count, changed: 0, unchanged: 0), records: [])
    }
    func imports(_ filter: ImportFilter) -> [ImportEntry] { [] }
    func undo(import line: Int64, by: Deed) throws(LedgerFault) -> ImportUndone { throw .refused("There is no import \(line).") }
    func correct(_ correction: Correction, by: Deed) -> Corrected { Corrected(line: nil, "") }
}

/// Users have their tests over the ledger that the desk has in earnest.
extension MemoryLedger {
    private var noUsers: LedgerFault { .broken("Only a ledger that keeps users can be asked this.") }

    func enter(_ user: NewUser, passwordHash: String?, by: Deed) throws(LedgerFault) -> User { throw noUsers }
    func change(user id: Int64, _ changes: [UserChange], by: Deed) throws(LedgerFault) -> User { throw noUsers }
    func invite(_ user: NewUser, _ link: AccountLink, by: Deed) throws(LedgerFault) -> User { throw noUsers }
    func invitations() -> [Int64: Timestamp] { [:] }
    func enter(_ link: AccountLink, for user: User, by: Deed) throws(LedgerFault) { throw noUsers }
    func holder(ofLink hash: String, at: Timestamp) -> LinkHolder? { nil }
    func follow(link hash: String, passwordHash: String, at: Timestamp) throws(LedgerFault) -> User? { throw noUsers }
    func noteToken(for user: User, until: Timestamp, by: Deed) throws(LedgerFault) { throw noUsers }
    func user(id: Int64) -> User? { nil }
    func user(email: EmailAddress) -> User? { nil }
    func credentials(email: EmailAddress) -> Credentials? { nil }
    func users(_ filter: UserFilter) -> [User] { [] }
}

/// What only the daemon asks.
extension MemoryLedger {
    private var daemonsOnly: LedgerFault { .broken("Only the daemon asks this.") }

    func ping() {}
    func foreignChanges() -> Int { 0 }
    func remember(_ folders: DaemonsFolders) throws(LedgerFault) { throw daemonsOnly }
    func register(_ batches: [Batch]) throws(LedgerFault) { throw daemonsOnly }
    func recover(crashed: Bool) throws(LedgerFault) -> [BatchID] { throw daemonsOnly }
    func failStuck(pendingSince: Timestamp, resellers: Set<String>?, by: Deed) throws(LedgerFault) -> [Batch] { throw daemonsOnly }
    func statistics(since: Timestamp) throws(LedgerFault) -> UploadStatistics { throw daemonsOnly }
    func assign(_ id: BatchID, to reseller: String, at: Timestamp) throws(LedgerFault) -> Batch { throw daemonsOnly }
    func beginTry(_ id: BatchID, sha256: String, at: Timestamp) throws(LedgerFault) -> TryVerdict { throw daemonsOnly }
    func giveBack(_ id: BatchID) throws(LedgerFault) { throw daemonsOnly }
    func fail(_ id: BatchID, _ refusal: FileRefusal, findings: Findings?, at: Timestamp) throws(LedgerFault) -> Batch {
        throw daemonsOnly
    }
    func unfinished() throws(LedgerFault) -> Unfinished { throw daemonsOnly }
    func holder(of sha256: String, reseller: String) throws(LedgerFault) -> Batch? { throw daemonsOnly }
    func fates(of ids: [BatchID]) throws(LedgerFault) -> [BatchID: Fate] { throw daemonsOnly }
    func deeds(after line: Int64) throws(LedgerFault) -> DeedsDone { throw daemonsOnly }
    func readings(of id: BatchID) throws(LedgerFault) -> Readings { throw daemonsOnly }
    func noteAnswered(_ answers: [Answered]) throws(LedgerFault) { throw daemonsOnly }
    func unheardOf(among ids: [BatchID]) throws(LedgerFault) -> [BatchID] { throw daemonsOnly }
    func takeAgain(_ batches: [Batch], by: Deed) throws(LedgerFault) { throw daemonsOnly }
    func noteReference(_ id: BatchID, by: Deed) throws(LedgerFault) { throw daemonsOnly }
    func archived() throws(LedgerFault) -> [BatchID] { throw daemonsOnly }
    func faultsOfFile() throws(LedgerFault) -> [String] { throw daemonsOnly }
    func stage(_ chunk: StagedChunk, of id: BatchID) throws(LedgerFault) { throw daemonsOnly }
    func settle(
        _ id: BatchID, lastChunk: StagedChunk, _ findings: Findings, terms: Terms, at: Timestamp
    ) throws(LedgerFault) -> Settled? { throw daemonsOnly }
    func headers(before id: BatchID, layout: Int) throws(LedgerFault) -> EarlierHeaders? { throw daemonsOnly }
    func waiting(of id: BatchID) throws(LedgerFault) -> WaitingRows { throw daemonsOnly }
    func resettle(_ id: BatchID, _ chunk: ResolvedRows, terms: Terms, at: Timestamp) throws(LedgerFault) -> Batch {
        throw daemonsOnly
    }
    func row(_ place: RowPlace, of id: BatchID) throws(LedgerFault) -> RowStory { throw daemonsOnly }
    func settle(_ place: RowPlace, of id: BatchID, _ word: RowWord, terms: Terms, by: Deed) throws(LedgerFault) -> RowSettlement {
        throw daemonsOnly
    }
    func referenceVersion() throws(LedgerFault) -> Int { throw daemonsOnly }
    func note(resellers: [Terms], newMayUpload: Bool) throws(LedgerFault) { throw daemonsOnly }
    func notedResellers() throws(LedgerFault) -> [Terms] { [] }
}

/// Audience batches have their tests over the ledger that the desk has in earnest.
extension MemoryLedger {
    private var noAudience: LedgerFault { .broken("Only a ledger that keeps audience batches can be asked this.") }

    func enter(_ batch: NewAudienceBatch) throws(LedgerFault) -> AudienceBatch { throw noAudience }
    func audienceBatches(_ filter: AudienceFilter) -> [AudienceBatch] { [] }
    func audienceBatch(_ uploadID: String) -> AudienceBatch? { nil }
    func audienceBlock(of batch: AudienceBatch, after number: Int) -> NumberedBlock? { nil }
    func delete(audienceBatch uploadID: String, by: Deed) -> Bool { false }
    func forget(_ address: ForgottenAddress, by: Deed) throws(LedgerFault) -> Forgotten { throw noAudience }
    func deleteAudienceBatches(before: Timestamp, most: Int, by: Deed) -> [String] { [] }
    func save(_ segment: NewAudienceSegment, by: Deed) throws(LedgerFault) -> AudienceSegment? { throw noAudience }
    func audienceSegments(_ filter: AudienceSegmentFilter) -> [AudienceSegment] { [] }
    func audienceSegment(_ id: Int64) -> AudienceSegment? { nil }
    func delete(audienceSegment id: Int64, by: Deed) -> Bool { false }
}
