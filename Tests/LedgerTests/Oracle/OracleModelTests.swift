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

    @Test func `random steps tell that undoing would make one sale two`() {
        let rulings = BooksModel.Rulings(bookedMeanwhileIsDependent: false)
        let isTold = OracleTests.sequences.contains {
            Difference.first(over: $0, makeBooks: { ModelledBooks(BooksModel(rulings: rulings)) }) != nil
        }
        #expect(isTold)
    }

    /// Corrections of names may make two keys one; nothing else may.
    @Test(arguments: [true, false])
    func `where names stay what they are, no two batches have current sales of one key`(_ countsMeanwhile: Bool) {
        var doubled = 0
        for sequence in OracleTests.sequences {
            var model = BooksModel(rulings: BooksModel.Rulings(bookedMeanwhileIsDependent: countsMeanwhile))
            let first = sequence.firstIndex { $0.file != nil } ?? 0
            for (place, step) in sequence.enumerated() where place < first || !step.changesNames {
                _ = model.carryOut(step)
                for reseller in 0...3 {
                    let current = model.journal.filter { $0.isCurrent && $0.reseller == reseller }
                    let keys = Dictionary(grouping: current) { model.key(of: $0) }
                    doubled += keys.values.count { Set($0.map(\.batch)).count > 1 }
                }
            }
        }
        #expect((doubled == 0) == countsMeanwhile)
    }

    @Test func `undoing at once what a file did leaves the books as they were`() {
        for sequence in OracleTests.sequences {
            var model = Self.model(after: sequence)
            let before = model.sales
            for file in sequence.compactMap(\.file).suffix(5) {
                let number = model.batches.count
                for step in [.drop(file, dies: false), .approve(number)] as [Step] { _ = model.carryOut(step) }
                let isBooked = model.batches[number].isBooked
                #expect(model.carryOut(.undo(number, cascade: false)) == isBooked)
                #expect(model.sales == before)
                _ = model.carryOut(.cancel(number))
            }
        }
    }

    @Test func `what the books say, sent once more in a living file, changes nothing`() {
        for sequence in OracleTests.sequences {
            var model = Self.model(after: sequence)
            let before = model.sales
            for reseller in [1, 3] {
                let booked = model.journal.filter { $0.isCurrent && $0.reseller == reseller }
                guard !booked.isEmpty else { continue }
                let rows = booked.map { sale in
                    var row = sale.written
                    row.amount = sale.meaning.local
                    return row
                }
                _ = model.carryOut(.file(of: reseller, rows))
                #expect(["completed", "failed"].contains(model.states[model.batches.count - 1]))
                #expect(model.sales == before)
            }
        }
    }

    @Test func `rebooking twice is rebooking once, and changes no quantity`() {
        for sequence in OracleTests.sequences {
            var model = Self.model(after: sequence)
            let quantities = model.sales.map { [Int64($0.batch), Int64($0.day), $0.quantity] }
            _ = model.carryOut(.rebook)
            let once = model.journal.count
            _ = model.carryOut(.rebook)
            #expect(model.journal.count == once)
            #expect(Set(model.sales.map { [Int64($0.batch), Int64($0.day), $0.quantity] }) == Set(quantities))
        }
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
            .file(of: 1, [.of(0, in: 2, on: 3, -1, for: -5_0000, order: 1), .of(1, in: 0, on: 9, 2)]),
            .file(of: 1, as: .replaceAll, [], malformed: 1, dies: true),
            .undo(0, cascade: true),
        ]
        let source = """
            KeptSequence(
                "seed 1",
                [
                    .file(of: 1, [.of(0, in: 2, on: 3, -1, for: -50000, order: 1), .of(1, in: 0, on: 9, 2)]),
                    .file(of: 1, as: .replaceAll, [], malformed: 1, dies: true),
                    .undo(0, cascade: true),
                ]),
            """
        #expect(steps.source(named: "seed 1") == source)
    }

    private static func model(after steps: [Step]) -> BooksModel {
        var model = BooksModel()
        for step in steps { _ = model.carryOut(step) }
        return model
    }

    private static func books(breaking rule: BooksModel.Rule) -> ModelledBooks { ModelledBooks(BooksModel(breaking: [rule])) }
}

extension Step {
    fileprivate var changesNames: Bool {
        switch self {
        case .map, .merge: true
        default: false
        }
    }
}
