import Testing

/// The model itself, and whether random steps reach each of its rules.
struct OracleModelTests {
    @Test func `no row of a file has two current sales`() {
        for sequence in OracleTests.sequences {
            var model = BooksModel()
            for step in sequence {
                _ = model.carryOut(step)
                let rows = model.journal.filter(\.isCurrent).map { [$0.batch, $0.row] }
                #expect(Set(rows).count == rows.count)
            }
        }
    }

    @Test(arguments: BooksModel.Rule.allCases)
    func `random steps tell a broken rule from the rules`(_ rule: BooksModel.Rule) {
        let isTold = OracleTests.sequences.contains { Difference.first(over: $0, makeBooks: { Self.books(breaking: rule) }) != nil }
        #expect(isTold)
    }

    @Test func `a failing sequence is shrunk to the steps that matter`() throws {
        func fails(_ steps: [Step]) -> Bool {
            Difference.first(over: steps, makeBooks: { Self.books(breaking: .restatedSalesAreWithdrawn) }) != nil
        }
        let failing = try #require(OracleTests.sequences.first(where: fails))
        let smallest = Shrinking.smallest(failing, fails: fails)
        #expect(fails(smallest))
        // A mapping, a file, its correction, approvals.
        #expect(smallest.count <= 5)
        #expect(smallest.allSatisfy { $0.file?.rows.count ?? 1 == 1 })
    }

    @Test func `steps are printed as they are written`() {
        let steps: [Step] = [
            .file(
                of: 1, as: .replaceAll, [.of(0, in: 2, on: 3, -1, for: -5_0000, order: 1), .of(1, in: 0, on: 9, 2)], malformed: 1,
                dies: true),
            .undo(0, cascade: true),
        ]
        let source = """
            KeptSequence(
                "seed 1",
                [
                    .file(of: 1, as: .replaceAll, [.of(0, in: 2, on: 3, -1, for: -50000, order: 1), .of(1, in: 0, on: 9, 2)], malformed: 1, dies: true),
                    .undo(0, cascade: true),
                ]),
            """
        #expect(steps.source(named: "seed 1") == source)
    }

    private static func books(breaking rule: BooksModel.Rule) -> ModelledBooks { ModelledBooks(BooksModel(breaking: [rule])) }
}
