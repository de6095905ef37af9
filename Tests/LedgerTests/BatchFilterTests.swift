import Batches
import Sellout
import Testing

@testable import Ledger

/// Listings by filter, and what they cost among many batches.
@Suite struct BatchFilterTests {
    private let house: Fixture

    init() throws { house = try Fixture() }

    @discardableResult private func register(_ name: String, of reseller: String = "boxnox", by uploader: String? = nil) throws -> BatchID {
        let batch = Batch(
            id: BatchID(), reseller: reseller, filename: name, mode: .append, sizeBytes: 1, host: "here", uploader: uploader,
            receivedAt: house.now())
        try house.ledger.register([batch])
        return batch.id
    }

    private func names(_ filter: BatchFilter) throws -> [String] { try house.ledger.batches(filter).map(\.filename) }

    @Test func `sets of resellers and states, the uploader and the search narrow a listing, and the count follows`() throws {
        for (name, reseller, uploader) in [
            ("a.csv", "boxnox", nil), ("b.csv", "galilu", "u1"), ("c.xlsx", "norvik", "u1"), ("Čapek.csv", "boxnox", "u2"),
        ] as [(String, String, String?)] { try register(name, of: reseller, by: uploader) }
        let cancelled = try register("A2.csv", of: "galilu", by: "u1")
        _ = try house.ledger.cancel(cancelled, by: house.operatorsDeed)
        let questions: [(BatchFilter, [String])] = [
            (BatchFilter(), ["A2.csv", "Čapek.csv", "c.xlsx", "b.csv", "a.csv"]),
            (BatchFilter(resellers: ["boxnox", "galilu"]), ["A2.csv", "Čapek.csv", "b.csv", "a.csv"]),
            (BatchFilter(resellers: []), []), (BatchFilter(states: []), []),
            (BatchFilter(resellers: ["boxnox", "galilu"], states: [.pending, .failed]), ["Čapek.csv", "b.csv", "a.csv"]),
            (BatchFilter(states: [.cancelled]), ["A2.csv"]),
            (BatchFilter(uploader: "u1"), ["A2.csv", "c.xlsx", "b.csv"]),
            (BatchFilter(resellers: ["galilu"], states: [.pending], uploader: "u1"), ["b.csv"]),
            (BatchFilter(search: "A"), ["A2.csv", "Čapek.csv", "a.csv"]), (BatchFilter(search: "%"), []),
            (BatchFilter(states: [.pending], search: "čapek"), []), (BatchFilter(states: [.pending], search: "Čap"), ["Čapek.csv"]),
            (BatchFilter(search: cancelled.short.uppercased()), ["A2.csv"]),
        ]
        for (filter, expected) in questions {
            let found = try names(filter)
            // A random id may begin with what is searched for.
            #expect(found == expected || (filter.search != nil && Set(found).isSuperset(of: expected)), "\(filter)")
            #expect(try house.ledger.count(of: filter) == found.count, "\(filter)")
        }
    }

    @Test func `pages of sets follow each other without a gap`() throws {
        for place in 0..<12 { try register("\(place)", of: place % 3 == 0 ? "galilu" : "boxnox") }
        let all = try names(BatchFilter(resellers: ["boxnox", "galilu", "nobody"], states: [.pending, .failed]))
        #expect(all == (0..<12).reversed().map(String.init))
        let pages = try [0, 5, 10, 15].map { offset in
            try names(BatchFilter(resellers: ["boxnox", "galilu"], states: [.pending], limit: 5, offset: offset))
        }
        #expect(pages.flatMap(\.self) == all && pages.map(\.count) == [5, 5, 2, 0])
        #expect(try names(BatchFilter(states: [.pending], limit: .max, offset: 11)) == ["0"])
    }

    @Test func `the counts are right after every kind of step`() throws {
        func agree() throws {
            let counted = try house.ask(
                "SELECT reseller || status || batches FROM batch_counts WHERE batches <> 0 ORDER BY 1")
            let real = try house.ask(
                "SELECT reseller || status || count(*) FROM upload_batches WHERE deleted_at IS NULL GROUP BY reseller, status ORDER BY 1")
            #expect(counted == real)
        }
        let batch = Fixture.batch()
        try house.ledger.register([batch, batch])
        try house.ledger.register([batch])
        try agree()
        try house.begin(batch.id)
        try agree()
        let taken = try house.take([Line()])
        try agree()
        _ = try house.ledger.undo(taken.id, cascade: false, by: house.operatorsDeed)
        try agree()
        _ = try house.ledger.delete(taken.id, by: house.operatorsDeed)
        try agree()
        let dropped = try register("x", of: Batch.unrecognised)
        _ = try house.ledger.assign(dropped, to: "boxnox", at: house.now())
        try agree()
        try house.execute("DELETE FROM upload_batches WHERE batch_id = '\(dropped)'")
        try agree()
        #expect(try house.ledger.counts(last: 1).resellers["boxnox"]?.batches == [.processing: 1])
    }
}

/// A hundred thousand batches: the first page and its count come from indexes.
@Suite struct ManyBatchesTests {
    private static let filters: [(String, BatchFilter)] = [
        ("all", BatchFilter(limit: 20)), ("a reseller", BatchFilter(resellers: ["r7"], limit: 20)),
        ("resellers", BatchFilter(resellers: ["r1", "r7", "none"], limit: 20)),
        ("a common state", BatchFilter(states: [.completed, .partialSuccess], limit: 20)),
        ("rare states", BatchFilter(states: [.stagingComplete, .failed], limit: 20)),
        ("resellers and states", BatchFilter(resellers: ["r1", "r2", "r7"], states: [.completed, .failed, .cancelled], limit: 20)),
        ("an uploader", BatchFilter(uploader: "u1", limit: 20)),
        ("an uploader's in a state", BatchFilter(states: [.completed], uploader: "u1", limit: 20)),
    ]

    private let house: Fixture

    init() throws {
        house = try Fixture()
        try house.execute(
            """
            INSERT INTO resellers (reseller) SELECT 'r' || value FROM json_each('[0,1,2,3,4,5,6,7,8,9]');
            WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 100000)
            INSERT INTO upload_batches (batch_id, reseller, filename, upload_mode, status, file_size_bytes, host, received_at, message,
                revision, published_revision, is_archived, uploader)
            SELECT printf('%08x-0000-4000-8000-000000000000', n * 7919), 'r' || (n % 10), 'old.csv', 'append',
                iif(n % 5000 = 0, 'failed', 'completed'), 1, 'here', n, hex(zeroblob(200)), 1, 1, 1, iif(n % 100 = 0, 'u1', NULL) FROM n;
            """)
    }

    @Test func `every page is read from the end of an index, and none goes through the table`() throws {
        let connection = try Connection(path: house.path)
        for (name, filter) in Self.filters {
            let row = try connection.statement(
                "EXPLAIN QUERY PLAN SELECT * FROM \(BatchTable(connection: connection).page(of: filter).sql)")
            var plan: [String] = []
            var details: [Int64: String] = [:]
            while try row.step() {
                let detail = row.text(3) ?? ""
                plan.append(detail)
                details[try #require(row.integer(0))] = detail
                // Of so many of each at most, or of those that came in one millisecond, and not of all that there are.
                let isOfFew = plan.contains { $0.contains("CORRELATED") } && details[row.integer(1) ?? 0]?.contains("CORRELATED") != true
                #expect(!detail.contains("TEMP B-TREE") || detail.contains("RIGHT PART") || isOfFew, "\(name): \(plan)")
            }
            let looks = plan.filter { $0.contains("upload_batches") }
            let byIndex = looks.filter { $0.contains("USING INDEX upload_batches_by_") }
            #expect(byIndex.count == 1 && looks.allSatisfy { byIndex.contains($0) || $0.contains("(rowid=?)") }, "\(name): \(plan)")
        }
    }

    @Test func `the first page takes less than five milliseconds`() throws {
        for (name, filter) in Self.filters {
            let times = try (0..<10).map { _ in
                try ContinuousClock().measure {
                    let found = try (house.ledger.batches(filter).count, house.ledger.count(of: filter))
                    #expect(found.0 > 0 && found.1 >= found.0)
                }
            }
            // The best of several, so that a busy machine does not count.
            #expect(times.contains { $0 < .milliseconds(5) }, "\(name) took \(times)")
        }
    }
}
