import Foundation
import Synchronization
import Testing

/// Books against the model, compared after every step.
struct OracleTests {
    /// Whose books are tried.
    static let makeBooks: @Sendable () throws -> any BooksUnderTest = { try LedgerUnderTest() }

    /// More are tried where `ORACLE_SEQUENCES` asks for them. Seeds from `ORACLE_FIRST_SEED` on, else from 1 on.
    static let sequences = seeds.map { RandomSteps.sequence(seed: $0) }

    private static let seeds: Range<UInt64> = {
        let asked = ProcessInfo.processInfo.environment
        let first = asked["ORACLE_FIRST_SEED"].flatMap(UInt64.init) ?? 1
        return first..<first + (asked["ORACLE_SEQUENCES"].flatMap(UInt64.init) ?? 112)
    }()

    /// Shrinking takes many replays: a fault that shows in every sequence is shrunk in a few of them.
    private static let stillShrunk = Mutex(3)

    @Test(arguments: sequences.indices)
    func `books say what the model says after every random step`(_ index: Int) {
        Self.expectSameBooks(Self.sequences[index], named: "seed \(Self.seeds.lowerBound + UInt64(index))")
    }

    @Test(arguments: KeptSequence.all)
    func `books say what the model says after every kept step`(_ kept: KeptSequence) {
        Self.expectSameBooks(kept.steps, named: kept.description)
    }

    @Test(arguments: KeptSequence.all)
    func `kept steps end as is written by hand`(_ kept: KeptSequence) throws {
        guard let end = kept.end else { return }
        let books = try Self.makeBooks()
        for step in kept.steps { _ = try books.carryOut(step) }
        #expect(try books.sales().sorted() == end.sales.sorted())
        let states = Dictionary(uniqueKeysWithValues: end.states.enumerated().map { ($0, $1) })
        #expect(try books.states() == states.filter { $0.value != "deleted" })
    }

    @Test func `5,000 steps are tried`() { #expect(Self.sequences.reduce(0) { $0 + $1.count } >= 5_000) }

    static func expectSameBooks(_ steps: [Step], named name: String) {
        guard let difference = Difference.first(over: steps, makeBooks: makeBooks) else { return }
        let isShrunk = stillShrunk.withLock { left in
            left -= 1
            return left >= 0
        }
        guard isShrunk else {
            Issue.record("\(name): \(difference)")
            return
        }
        let smallest = Shrinking.smallest(Array(steps.prefix(difference.place + 1))) {
            Difference.first(over: $0, makeBooks: makeBooks) != nil
        }
        let last = Difference.first(over: smallest, makeBooks: makeBooks) ?? difference
        Issue.record("\(name): \(last)\n\(smallest.source(named: name))")
    }
}
