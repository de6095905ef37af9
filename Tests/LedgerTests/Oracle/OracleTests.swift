import Testing

/// Books against the model, compared after every step.
struct OracleTests {
    /// Whose books are tried.
    static let makeBooks: @Sendable () throws -> any BooksUnderTest = { ModelledBooks() }

    static let sequences = (1...112).map { RandomSteps.sequence(seed: $0) }

    @Test(arguments: sequences.indices)
    func `books say what the model says after every random step`(_ index: Int) {
        Self.expectSameBooks(Self.sequences[index], named: "seed \(index + 1)")
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
        guard Difference.first(over: steps, makeBooks: makeBooks) != nil else { return }
        let smallest = Shrinking.smallest(steps) { Difference.first(over: $0, makeBooks: makeBooks) != nil }
        let difference = Difference.first(over: smallest, makeBooks: makeBooks)?.description ?? "It comes and goes."
        Issue.record("\(difference)\n\(smallest.source(named: name))")
    }
}
