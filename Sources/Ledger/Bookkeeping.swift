import Batches
import Sellout

/// What must never be lost, as the other rooms see it. SQLite is the embedded implementation; one on PostgreSQL can stand
/// beside it. Every method is one transaction, may be called from any thread, and blocks until it is durable.
package protocol Bookkeeping: BatchBook, StagingBook, ReferenceBook, SalesBook {
    /// Answers when the one writer is free: the heartbeat's question.
    func ping() throws(LedgerFault)

    /// Differs from an earlier answer when another process has changed the ledger since.
    func foreignChanges() throws(LedgerFault) -> Int
}

/// Batches and their states.
package protocol BatchBook: Sendable {
    /// Enters a claimed file as `pending`. A batch that is there already is left as it is: adopting twice is harmless.
    func register(_ batch: BatchRecord) throws(LedgerFault)

    /// At start: what was `processing` becomes `pending` again without its rows. `crashed` says that the last process died by
    /// its own fault, which raises `crashes`. The batches so changed.
    func recover(crashed: Bool) throws(LedgerFault) -> [BatchID]

    /// `pending` → `processing`, attempts raised; or the reason why not. The content's hash is entered here, so that of equal
    /// files begun at once exactly one is first.
    func beginTry(_ id: BatchID, sha256: String, at: Timestamp) throws(LedgerFault) -> TryVerdict

    /// `processing` → `pending`, the rows dropped and the attempt not counted: the surroundings failed, not the file.
    func giveBack(_ id: BatchID) throws(LedgerFault)

    /// `pending` or `processing` → `failed`, the rows dropped.
    func fail(_ id: BatchID, _ refusal: FileRefusal, findings: Findings?, at: Timestamp) throws(LedgerFault) -> BatchRecord

    /// An operator's step. `retry` makes it `pending` and no longer archived: its original is wanted in the spool again.
    /// `approve` is in `StagingBook`.
    func retry(_ id: BatchID, by: Deed) throws(LedgerFault) -> BatchRecord
    func cancel(_ id: BatchID, by: Deed) throws(LedgerFault) -> BatchRecord
    /// Takes the batch, its rows and its final sales out of the ledger; the audit log keeps a line with their sums.
    func delete(_ id: BatchID, by: Deed) throws(LedgerFault) -> BatchRecord

    func batch(_ id: BatchID) throws(LedgerFault) -> BatchRecord?
    /// Newest first.
    func batches(_ filter: BatchFilter) throws(LedgerFault) -> [BatchRecord]
    /// The batches whose id begins so: operators type the first eight digits.
    func batches(idPrefix: String) throws(LedgerFault) -> [BatchRecord]
    /// Those that wait, in order of arrival.
    func pending() throws(LedgerFault) -> [BatchRecord]
    func owingReports() throws(LedgerFault) -> [BatchRecord]
    /// Over, reported, and the file not yet in the archive.
    func unarchived() throws(LedgerFault) -> [BatchRecord]
    func notePublished(_ id: BatchID, revision: Int) throws(LedgerFault)
    /// Also drops the staged rows that have become final and are of no more use.
    func noteArchived(_ id: BatchID) throws(LedgerFault)
    /// In pieces, so that a report of any length needs no memory of its length.
    func errors(of id: BatchID, after: Int, limit: Int) throws(LedgerFault) -> [RowError]
    func errorCounts(of id: BatchID) throws(LedgerFault) -> [(type: String, count: Int)]
    func restatements(of id: BatchID) throws(LedgerFault) -> [Restatement]
    func rates(of id: BatchID) throws(LedgerFault) -> [ExchangeRate]
    func audit(_ filter: AuditFilter) throws(LedgerFault) -> [AuditEntry]
}

/// Rows on their way to becoming sales.
package protocol StagingBook: Sendable {
    /// Staged rows need not survive a power cut before `settle`: a batch found in `processing` starts again. Forbidden when the
    /// batch is no longer `processing`: somebody has cancelled it, and reading on is of no use.
    func stage(_ chunk: StagedChunk, of id: BatchID) throws(LedgerFault)

    /// The end of reading, in one transaction: compares with what is final, counts, sums, moves to `staging_complete`, and
    /// where the terms' policy allows approves at once. Nil when the batch is no longer `processing`: cancelled meanwhile.
    /// `refused` where the sums fit in no ledger: the file is wrong, and trying again does not mend it.
    func settle(_ id: BatchID, _ findings: Findings, terms: Terms, at: Timestamp) throws(LedgerFault) -> BatchRecord?

    /// An operator's approval. Compares once more: when other figures are restated now than the report said, nothing is
    /// approved, a new report goes out, and the fault says so.
    func approve(_ id: BatchID, terms: Terms, by: Deed) throws(LedgerFault) -> BatchRecord

    /// Batches with rows that wait for reference data newer than they were resolved with.
    func awaitingReferenceData() throws(LedgerFault) -> [BatchRecord]
    /// What such a batch waits for: its namings, and its waiting rows as drafts.
    func waiting(of id: BatchID) throws(LedgerFault) -> WaitingRows
    /// Takes the rows that have become sales, replaces the errors of those that have not, and settles again. Does nothing where
    /// somebody has looked with data as new meanwhile. Rates are numbered within `chunk`, whatever the batch used before.
    func resettle(_ id: BatchID, _ chunk: ResolvedRows, terms: Terms, at: Timestamp) throws(LedgerFault) -> BatchRecord
}

/// Products, mappings, stores, prices and rates.
package protocol ReferenceBook: Sendable {
    func catalogue(for terms: Terms) throws(LedgerFault) -> Catalogue
    /// Changes with every change of reference data.
    func referenceVersion() throws(LedgerFault) -> Int
    func take(_ data: ReferenceData, by: Deed) throws(LedgerFault) -> ReferenceChange
    func unmapped(reseller: String?) throws(LedgerFault) -> [UnmappedProduct]
    func mappings(reseller: String?) throws(LedgerFault) -> [ProductMapping]
    func products() throws(LedgerFault) -> [Product]
    /// Enters what the profiles say of the resellers, for analysts; those without a profile stay.
    func note(resellers: [Terms]) throws(LedgerFault)
    /// What was noted last: so that operators need not say where the profiles are.
    func notedResellers() throws(LedgerFault) -> [Terms]
}

/// Final sales.
package protocol SalesBook: Sendable {
    /// Row by row, in order of batch, sheet and row; memory independent of their number. `body` returns false to stop.
    func sales(_ filter: SalesFilter, _ body: (SaleLine) throws -> Bool) throws
}
