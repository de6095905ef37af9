import Batches
import Sellout

/// What must never be lost, as the other rooms see it. SQLite is the embedded implementation; one on PostgreSQL can stand
/// beside it. Every method is one transaction, may be called from any thread, and blocks until it is done; what it has written
/// survives a power cut then, unless it says otherwise.
package protocol Bookkeeping: BatchBook, StagingBook, RowBook, ReferenceBook, CorrectionBook, ImportBook, SalesBook, StandingBook,
    SumsBook, ArchiveBook, ResellerBook, StatisticsBook, AccountBook,
    AudienceBook, RetailBook, BrandBook, FitBook, RetailUploadBook
{
    /// Answers when the one writer is free: the heartbeat's question.
    func ping() throws(LedgerFault)

    /// Differs from an earlier answer when another process has changed the ledger since.
    func foreignChanges() throws(LedgerFault) -> Int

    /// The daemon's word at its start on where it works.
    func remember(_ folders: DaemonsFolders) throws(LedgerFault)
}

/// Batches and their states.
package protocol BatchBook: Sendable {
    /// Enters claimed files as `pending`. A batch that is there already is left as it is: adopting twice is harmless.
    ///
    /// Need not survive a power cut: the file lies in the spool, whose crate bears the batch's name, and is adopted again.
    func register(_ batches: [Batch]) throws(LedgerFault)

    /// At start: what was `processing` becomes `pending` again without its rows. `crashed` says that the last process died by
    /// its own fault, which raises `crashes`. The batches so changed.
    func recover(crashed: Bool) throws(LedgerFault) -> [BatchID]

    /// `pending` → `processing`, attempts raised; or the reason why not. The content's hash is entered here, so that of equal
    /// files begun at once exactly one is first.
    ///
    /// Need not survive a power cut: nobody has been told anything, a kill loses nothing that was written, and a try that a
    /// power cut took back is one that deaths from outside are forgiven anyway.
    func beginTry(_ id: BatchID, sha256: String, at: Timestamp) throws(LedgerFault) -> TryVerdict

    /// `processing` → `pending`, the rows dropped and the attempt not counted: the surroundings failed, not the file.
    func giveBack(_ id: BatchID) throws(LedgerFault)

    /// `pending` or `processing` → `failed`, the rows dropped.
    func fail(_ id: BatchID, _ refusal: FileRefusal, findings: Findings?, at: Timestamp) throws(LedgerFault) -> Batch

    /// The file of `Batch.unrecognised` is this reseller's. Only while it is `pending`; saying it twice is harmless.
    func assign(_ id: BatchID, to reseller: String, at: Timestamp) throws(LedgerFault) -> Batch

    /// What has been `pending` since then or longer is failed: nobody seems to read it. A later retry reads it.
    func failStuck(pendingSince: Timestamp, resellers: Set<String>?, by: Deed) throws(LedgerFault) -> [Batch]

    /// An operator's step. `retry` makes it `pending` and no longer archived: its original is wanted in the spool again.
    /// `approve` is in `StagingBook`.
    func retry(_ id: BatchID, by: Deed) throws(LedgerFault) -> Batch
    func cancel(_ id: BatchID, by: Deed) throws(LedgerFault) -> Batch
    /// Takes back what the batch did: its sales are withdrawn, and those that it had withdrawn are current again. Later batches that
    /// counted on it keep it from happening, but with `cascade` they are undone too and read again.
    func undo(_ id: BatchID, cascade: Bool, by: Deed) throws(LedgerFault) -> Undone
    /// Who would have to be undone with it, the one that was booked last first.
    func dependents(of id: BatchID) throws(LedgerFault) -> [Batch]
    /// Takes the batch's record out of all listings, with its errors and staged rows; its sales stay in the books. The audit log keeps a
    /// line with their sums.
    func delete(_ id: BatchID, by: Deed) throws(LedgerFault) -> Batch

    /// Reports published and originals archived. Also drops the staged rows that have become final and are of no more use.
    /// Ids that are gone are passed over.
    ///
    /// Need not survive a power cut: the same report is then published and the same file archived once more, which is harmless.
    func noteAnswered(_ answers: [Answered]) throws(LedgerFault)

    func batch(_ id: BatchID) throws(LedgerFault) -> Batch?
    /// Newest first.
    func batches(_ filter: BatchFilter) throws(LedgerFault) -> [Batch]
    /// All of them, whatever the filter's limit and offset. Costs next to nothing where it asks for resellers and states alone.
    func count(of filter: BatchFilter) throws(LedgerFault) -> Int
    /// The batches whose id begins so: operators type the first eight digits. `deleted`: those of which the record is gone.
    func batches(idPrefix: String, deleted: Bool) throws(LedgerFault) -> [Batch]
    /// Costs next to nothing where there is nothing to do, however many batches are over.
    func unfinished() throws(LedgerFault) -> Unfinished
    func fates(of ids: [BatchID]) throws(LedgerFault) -> [BatchID: Fate]
    /// The batch that has this content: in the books, waiting, or being read. The reader's own question is `beginTry`.
    func holder(of sha256: String, reseller: String) throws(LedgerFault) -> Batch?
    /// In the order of `ids`, those left out that are gone. So many errors each, at most; `sums` asks what each brings, by one question.
    func account(of ids: [BatchID], errors: Int, sums: Bool) throws(LedgerFault) -> [BatchAccount]
    /// `last` is how many of the last that are over are listed.
    func counts(last: Int) throws(LedgerFault) -> LedgerCounts
    /// In pieces, so that a listing of any length needs no memory of its length.
    func errors(of id: BatchID, after: Int, limit: Int) throws(LedgerFault) -> [RowError]
    /// The failed rows put together, the most errors first.
    func errorGroups(of id: BatchID, by trait: ErrorTrait) throws(LedgerFault) -> [ErrorGroup]
    func audit(_ filter: AuditFilter) throws(LedgerFault) -> [AuditEntry]
}

/// Rows on their way to becoming sales.
package protocol StagingBook: Sendable {
    /// Staged rows need not survive a power cut before `settle`: a batch found in `processing` starts again. Forbidden when the
    /// batch is no longer `processing`: somebody has cancelled it, and reading on is of no use.
    func stage(_ chunk: StagedChunk, of id: BatchID) throws(LedgerFault)

    /// The end of reading, in one transaction: stages what is left, compares with what is final, counts, sums, moves to
    /// `staging_complete`, and where the terms' policy allows approves at once. Nil when the batch is no longer `processing`:
    /// cancelled meanwhile. `refused` where the sums fit in no ledger: the file is wrong, and trying again does not mend it.
    func settle(
        _ id: BatchID, lastChunk: StagedChunk, _ findings: Findings, terms: Terms, at: Timestamp
    ) throws(LedgerFault) -> Settled?

    /// What the columns were called in the reseller's last booked file of that layout, this batch's own left out.
    func headers(before id: BatchID, layout: Int) throws(LedgerFault) -> EarlierHeaders?

    /// An operator's approval. Compares once more: when other figures are restated now than the report said, nothing is
    /// approved, a new report goes out, and the fault says so.
    /// `all`: a replacing file is to take the place of everything of the reseller's; where that is more than its report said, it is
    /// refused once too.
    func approve(_ id: BatchID, terms: Terms, all: Bool, by: Deed) throws(LedgerFault) -> Batch

    /// What a batch in `Unfinished.awaitingReferenceData` waits for: its namings, and its waiting rows as drafts.
    func waiting(of id: BatchID) throws(LedgerFault) -> WaitingRows
    /// Takes the rows that have become sales, replaces the errors of those that have not, and settles again. Does nothing where
    /// somebody has looked with data as new meanwhile. Rates are numbered within `chunk`, whatever the batch used before.
    func resettle(_ id: BatchID, _ chunk: ResolvedRows, terms: Terms, at: Timestamp) throws(LedgerFault) -> Batch
}

/// Products, mappings, stores, prices and rates.
package protocol ReferenceBook: Sendable {
    func catalogue(for terms: Terms) throws(LedgerFault) -> Catalogue
    /// Changes with every change of reference data.
    func referenceVersion() throws(LedgerFault) -> Int
    /// `after` is what the parts before have changed, where the data comes in several; the answer tells of all of them together.
    func take(_ data: ReferenceData, after: TakenReference?, by: Deed) throws(LedgerFault) -> TakenReference
    func unmapped(reseller: String?) throws(LedgerFault) -> [UnmappedProduct]
    func mappings(reseller: String?) throws(LedgerFault) -> [ProductMapping]
    func products() throws(LedgerFault) -> [Product]
    /// Enters what the profiles say of the resellers; those without a profile stay. `newMayUpload`: whether those that are noted for the
    /// first time may upload.
    func note(resellers: [Terms], newMayUpload: Bool) throws(LedgerFault)
    /// What was noted last: so that operators need not say where the profiles are.
    func notedResellers() throws(LedgerFault) -> [Terms]
}

extension ReferenceBook {
    /// Data that comes in one part.
    package func take(_ data: ReferenceData, by deed: Deed) throws(LedgerFault) -> ReferenceChange {
        try take(data, after: nil, by: deed).change
    }

    package func note(resellers: [Terms]) throws(LedgerFault) { try note(resellers: resellers, newMayUpload: true) }
}

/// The journal of sales.
package protocol SalesBook: Sendable {
    /// What has happened to sales, one line for each booking, withdrawal and return, in the order in which they happened.
    func history(_ filter: HistoryFilter) throws(LedgerFault) -> [HistoryLine]
    /// Which of the reseller's sales would come out otherwise today. Nothing is changed.
    func rebooking(_ terms: Terms) throws(LedgerFault) -> RebookPlan
    /// Withdraws those, and books them anew under the same batches.
    func rebook(_ terms: Terms, by: Deed) throws(LedgerFault) -> RebookPlan

    /// Row by row, in order of batch, sheet and row; memory independent of their number. `body` returns false to stop.
    func sales(_ filter: SalesFilter, _ body: (SaleLine) throws -> Bool) throws
    /// What two batches say, the rows that wait among it, by store, product and day.
    func differences(between first: BatchID, and second: BatchID) throws(LedgerFault) -> SaleDifferences
}

/// Whether a try may begin.
package enum TryVerdict: Sendable {
    case go(Batch)
    /// The same content from the same reseller is in the ledger already.
    case duplicate(of: Batch)
    /// The same content is being read just now: what comes of that decides.
    case waits(for: Batch)
    /// It has taken the process down often enough.
    case poison(Batch)
    /// Files of this reseller are not taken at present.
    case notPermitted(ResellerRecord)
    /// Somebody changed its state meanwhile.
    case notPending(BatchState)
}

/// A batch whose file has been read to its end.
package struct Settled: Hashable, Sendable {
    package let record: Batch
    /// Reference data has come while the file was read, too late for some of its rows: they want another look.
    package let awaitsReferenceData: Bool

    package init(record: Batch, awaitsReferenceData: Bool) {
        self.record = record
        self.awaitsReferenceData = awaitsReferenceData
    }
}

/// What an undo did.
package struct Undone: Hashable, Sendable {
    package let batch: Batch
    /// Batches that had counted on it: taken back too, and read again where they are not deleted.
    package let dependents: [Batch]
    /// Sales that were withdrawn, and those that came back.
    package let withdrawn: Int
    package let returned: Int

    package init(batch: Batch, dependents: [Batch] = [], withdrawn: Int, returned: Int) {
        self.batch = batch
        self.dependents = dependents
        self.withdrawn = withdrawn
        self.returned = returned
    }
}

/// What has been done for a batch that is over.
package struct Answered: Hashable, Sendable {
    package let id: BatchID
    /// The revision of the report that lies in the outbox; nil where none was published.
    package let published: Int?
    /// False says nothing: what is archived stays so.
    package let isArchived: Bool

    package init(_ id: BatchID, published: Int?, isArchived: Bool) {
        self.id = id
        self.published = published
        self.isArchived = isArchived
    }
}

/// What is still to be done, at one moment. Each list is in order of arrival.
package struct Unfinished: Hashable, Sendable {
    /// Those that wait for their turn.
    package var pending: [Batch] = []
    package var owingReports: [Owed] = []
    /// Over, reported, and the file not yet in the archive.
    package var unarchived: [Owed] = []
    /// With rows that wait for reference data newer than they were resolved with.
    package var awaitingReferenceData: [Batch] = []
    /// Deleted, and their report or their original still lies there.
    package var deleted: [Batch] = []

    package init() {}
}

/// A batch that somebody waits for.
package struct Owed: Hashable, Sendable {
    package let id: BatchID
    package let reseller: String

    package init(_ id: BatchID, of reseller: String) {
        self.id = id
        self.reseller = reseller
    }
}

/// What the ledger knows of an id.
package enum Fate: Hashable, Sendable {
    case neverHeardOf
    /// Known once: somebody has deleted it since.
    case deleted
    case known(Batch)
}

/// All that a report tells of a batch.
package struct BatchAccount: Sendable {
    package var record: Batch
    /// The first of them.
    package var errors: [RowError] = []
    package var errorCounts: [(type: String, count: Int)] = []
    /// What operators have said of failed rows, the first of them.
    package var settled: [SettledRow] = []
    package var restatements: [Restatement] = []
    package var rates: [ExchangeRate] = []
    /// What it brings, booked or still waiting, by store and month; empty where nobody asked, and where it brings nothing any more.
    package var sums: [SalesSum] = []

    package init(_ record: Batch) { self.record = record }
}

/// A reseller's batches.
package struct ResellerCounts: Hashable, Sendable {
    package var batches: [BatchState: Int] = [:]
    package var last: Batch?

    package init() {}
}

/// How many batches there are, and the last of them.
package struct LedgerCounts: Hashable, Sendable {
    package var resellers: [String: ResellerCounts] = [:]
    /// The last that are over, newest first.
    package var lastOver: [Batch] = []
    /// Rows that wait for a product, a store, a price or a rate.
    package var waitingRows = 0
    package var owedReports = 0
    /// Of those whose turn has not come.
    package var oldestPending: Batch?

    package init() {}
}
