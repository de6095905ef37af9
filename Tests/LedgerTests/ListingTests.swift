import Batches
import Ledger
import Sellout
import Testing

/// What the daemon and operators ask of many batches at once.
@Suite struct ListingTests {
    @Test func `an account holds what a report tells, in the order asked for, and passes over what is gone`() throws {
        let house = try Fixture()
        let living = Fixture.terms(.partial, living: true)
        let clean = try house.take([Line()], terms: living)
        let failed = try house.take([Line(day: "2025-02-01")], terms: living, malformed: 3)
        let restated = try house.take([Line(amount: 12)], terms: living)
        let accounts = try house.ledger.account(of: [restated.id, BatchID(), failed.id, clean.id], errors: 2, sums: true)
        #expect(accounts.map(\.record) == [restated, failed, clean])
        #expect(accounts.map(\.errors.count) == [0, 2, 0])
        #expect(accounts[1].errorCounts.map(\.count) == [3] && accounts[2].errorCounts.isEmpty)
        #expect(accounts.map(\.restatements.count) == [1, 0, 0])
        #expect(accounts.allSatisfy { $0.rates == [.euro] })
    }

    @Test func `an id is unknown, known, or known once`() throws {
        let house = try Fixture()
        let (known, deleted, unknown) = (try house.take([Line()]), try house.take([Line(day: "2025-02-01")]), BatchID())
        _ = try house.ledger.delete(deleted.id, by: house.operatorsDeed)
        let fates = try house.ledger.fates(of: [known.id, deleted.id, unknown])
        #expect(fates == [known.id: .known(known), deleted.id: .deleted, unknown: .neverHeardOf])
        #expect(try house.ledger.fates(of: []).isEmpty)
    }

    @Test func `a slice of claimed files is entered at once, and what is there already is left as it is`() throws {
        let house = try Fixture()
        let begun = try house.begun()
        let there = try #require(try house.ledger.batch(begun))
        let new = (0..<3).map { Fixture.batch("\($0).csv") }
        try house.ledger.register([new[0], there, new[1], new[1], new[2]])
        #expect(try house.ledger.unfinished().pending.map(\.filename) == ["0.csv", "1.csv", "2.csv"])
        #expect(try house.ledger.batch(begun) == there)
        #expect(try house.ledger.audit(AuditFilter(batch: new[1].id)).map(\.action) == ["register"])
    }

    @Test func `a slice of answers is noted at once, and ids that are gone are passed over`() throws {
        let house = try Fixture()
        let batches = [try house.take([Line()]), try house.take([Line(day: "2025-02-01")])]
        try house.ledger.noteAnswered([
            Answered(batches[0].id, published: 1, isArchived: true), Answered(BatchID(), published: 1, isArchived: true),
            Answered(batches[1].id, published: 1, isArchived: false),
        ])
        let unfinished = try house.ledger.unfinished()
        #expect(unfinished.owingReports.isEmpty && unfinished.unarchived.map(\.id) == [batches[1].id])
        // What is being read again is archived by nobody, whatever a slow answer says.
        let failed = try house.begun()
        _ = try house.ledger.fail(failed, FileRefusal(.timeout, "slow"), findings: nil, at: house.now())
        _ = try house.ledger.retry(failed, by: house.operatorsDeed)
        try house.note(failed, published: 1, isArchived: true)
        #expect(try house.ledger.batch(failed)?.isArchived == false)
        // A revision is never taken back.
        try house.note(batches[0].id, published: 0)
        #expect(try house.ledger.unfinished().owingReports.isEmpty)
    }

    @Test func `what is left of a file is staged and settled in one step, and says whether it waits for what has come meanwhile`() throws {
        let house = try Fixture()
        let id = try house.begun()
        try house.stage([Line(), Line(product: 1)], of: id)
        var rest = try Fixture.chunk([Line(day: "2025-01-02", waits: true)], malformed: 1)
        (rest.sheets, rest.rates) = ([], [])
        let product = Product(ean: try Fixture.ean(5), functionalName: "FIVE", description: "")
        _ = try house.ledger.take(.products([product]), by: house.operatorsDeed)
        let settled = try #require(
            try house.ledger.settle(id, lastChunk: rest, Findings(), terms: Fixture.terms(), at: house.now()))
        #expect(settled.awaitsReferenceData)
        #expect(settled.record.counts == RowCounts(processed: 2, failed: 2))
        #expect(try house.ledger.batch(id) == settled.record)
        #expect(try house.ledger.unfinished().awaitingReferenceData == [settled.record])
        let clean = try house.begun()
        let chunk = try Fixture.chunk([Line(day: "2025-03-01")])
        let whole = try house.ledger.settle(clean, lastChunk: chunk, Findings(), terms: Fixture.terms(), at: house.now())
        #expect(whole?.record.state == .completed && whole?.awaitsReferenceData == false)
    }

    @Test func `a file that cannot be settled is staged no further than it was`() throws {
        let house = try Fixture()
        let id = try house.begun()
        try house.stage([Line()], of: id)
        var rest = try Fixture.chunk([Line(), Line()])
        for place in rest.rows.indices { rest.rows[place].euros = Money(units: .max / 2 + 1) }
        (rest.sheets, rest.products, rest.stores, rest.rates) = ([], [], [], [])
        let fault = whatWentWrong {
            _ = try house.ledger.settle(id, lastChunk: rest, Findings(), terms: Fixture.terms(), at: house.now())
        }
        guard case .refused = fault else { throw Unexpected() }
        #expect(try house.ask("SELECT count(*) FROM staging_sales") == ["1"])
        #expect(try house.ledger.batch(id)?.state == .processing)
    }

    @Test func `the standing is counted by reseller and state, with the last of each`() throws {
        let house = try Fixture()
        #expect(try house.ledger.counts(last: 10) == LedgerCounts())
        let first = try house.take([Line(), Line(product: 1, waits: true)])
        let failed = try house.begun()
        _ = try house.ledger.fail(failed, FileRefusal(.timeout, "slow"), findings: nil, at: house.now())
        let other = Batch(
            id: BatchID(), reseller: "galilu", filename: "g.csv", mode: .append, sizeBytes: 1, host: "here", receivedAt: house.now())
        try house.ledger.register([other])
        try house.note(first.id, published: first.revision)
        let counts = try house.ledger.counts(last: 1)
        #expect(counts.resellers.keys.sorted() == ["boxnox", "galilu"])
        #expect(counts.resellers["boxnox"]?.batches == [.stagingComplete: 1, .failed: 1])
        #expect(counts.resellers["boxnox"]?.last?.id == failed && counts.resellers["galilu"]?.last == other)
        #expect(counts.lastOver.map(\.id) == [failed])
        #expect(counts.waitingRows == 1 && counts.owedReports == 1)
    }

    @Test func `nothing that is asked often grows with the batches that are over`() throws {
        let house = try Fixture()
        try house.execute(
            """
            INSERT INTO resellers (reseller) VALUES ('boxnox'), ('galilu');
            WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 30000)
            INSERT INTO upload_batches (batch_id, reseller, filename, upload_mode, status, file_size_bytes, file_sha256, host, received_at,
                message, revision, published_revision, is_archived, reference_version, last_day, first_day, detection)
            SELECT printf('%08x-0000-4000-8000-000000000000', n * 7919), iif(n % 2, 'boxnox', 'galilu'), 'old.csv', 'append',
                iif(n % 5, 'completed', 'failed'), 1, hex(n), 'here', n, hex(zeroblob(200)), 1, 1, 1, 1, 20000, 20000, NULL FROM n;
            """)
        let last = try #require(try house.ledger.batches(BatchFilter(limit: 1)).first)
        let pending = try house.register()
        let questions: [(String, () throws -> Bool)] = [
            ("unfinished", { try house.ledger.unfinished().pending.count == 1 }),
            ("last of a reseller", { try house.ledger.batches(BatchFilter(resellers: ["galilu"], limit: 1)).count == 1 }),
            ("last in a state", { try house.ledger.batches(BatchFilter(states: [.failed], limit: 1)).count == 1 }),
            ("first digits", { try house.ledger.batches(idPrefix: last.id.short, deleted: false).map(\.id) == [last.id] }),
            ("fates", { try house.ledger.fates(of: [last.id, BatchID()]).count == 2 }),
            ("audit", { try house.ledger.audit(AuditFilter(batch: pending)).count == 1 }),
            ("unmapped", { try house.ledger.unmapped(reseller: nil).isEmpty }),
            (
                "duplicates",
                {
                    try house.begin(pending, content: "new")
                    try house.ledger.giveBack(pending)
                    return true
                }
            ),
        ]
        for (question, ask) in questions {
            // The best of several, so that a busy machine does not count; going through all batches takes ten times as long.
            let times = try (0..<10).map { _ in
                try ContinuousClock().measure { try #expect(ask(), "\(question)") }
            }
            #expect(times.contains { $0 < .milliseconds(4) }, "\(question) took \(times)")
        }
    }

    @Test func `batches are listed by reseller and state, newest first, so many at most`() throws {
        let house = try Fixture()
        let ids = try (0..<4).map { _ in try house.register() }
        _ = try house.ledger.cancel(ids[1], by: house.operatorsDeed)
        _ = try house.ledger.cancel(ids[2], by: house.operatorsDeed)
        #expect(try house.ledger.batches(BatchFilter(limit: 2)).map(\.id) == [ids[3], ids[2]])
        #expect(try house.ledger.batches(BatchFilter(resellers: ["boxnox"], states: [.cancelled])).map(\.id) == [ids[2], ids[1]])
        #expect(try house.ledger.batches(BatchFilter(states: [.cancelled], limit: 1)).map(\.id) == [ids[2]])
        #expect(try house.ledger.batches(BatchFilter(resellers: ["galilu"])).isEmpty)
        #expect(try house.ledger.batches(BatchFilter(limit: 2, offset: 1)).map(\.id) == [ids[2], ids[1]])
        let third = try #require(try house.ledger.batch(ids[2])).receivedAt
        #expect(try house.ledger.batches(BatchFilter(since: third)).map(\.id) == [ids[3], ids[2]])
    }

    @Test func `the audit log is read by reseller, by the state that a step led to, from a moment on, and page by page`() throws {
        let house = try Fixture()
        let first = try house.register()
        _ = try house.ledger.cancel(first, by: house.operatorsDeed)
        let other = Batch(
            id: BatchID(), reseller: "galilu", filename: "g.csv", mode: .append, sizeBytes: 1, host: "here", receivedAt: house.now())
        try house.ledger.register([other])
        func lines(_ filter: AuditFilter) throws -> [String] { try house.ledger.audit(filter).map { "\($0.action) \($0.batch ?? "")" } }
        #expect(try lines(AuditFilter(reseller: "boxnox")) == ["cancel \(first)", "register \(first)"])
        #expect(try lines(AuditFilter(state: .cancelled)) == ["cancel \(first)"])
        #expect(try lines(AuditFilter(since: other.receivedAt)) == ["register \(other.id)"])
        #expect(try lines(AuditFilter(limit: 1, offset: 1)) == ["cancel \(first)"])
    }
}
