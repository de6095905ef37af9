/// What the random steps have found in the ledger, shrunk. `[Step].source(named:)` writes them. They are compared with the model after each
/// step; most need no end by hand.
extension KeptSequence {
    static let shrunk: [KeptSequence] = [
        KeptSequence(
            "a mapping corrected while the row waits for its price",
            [
                .map(reseller: 0, code: 1, ean: 0),
                .price(ean: 1, day: 0, price: 10000),
                .file(of: 0, [.of(1, in: 0, on: 0, 1)]),
                .map(reseller: 0, code: 1, ean: 1),
            ]),
        KeptSequence(
            "a store merged while the row waits for its price",
            [
                .map(reseller: 1, code: 3, ean: 3),
                .file(of: 1, [.of(3, in: 0, on: 0, 1)]),
                .merge(reseller: 1, store: 0, into: 1),
                .price(ean: 3, day: 0, price: 10000),
            ]),
        KeptSequence(
            "a store merged while the row waits for its product",
            [
                .file(of: 3, [.of(5, in: 0, on: 0, 1, for: 10000)]),
                .merge(reseller: 3, store: 0, into: 1),
                .map(reseller: 3, code: 5, ean: 5),
            ]),
        KeptSequence(
            "a replace of what came unchanged and brought nothing is no duplicate",
            [
                .map(reseller: 1, code: 1, ean: 1),
                .file(of: 1, [.of(1, in: 0, on: 0, 1, for: 10000), .of(0, in: 0, on: 0, 1, for: 10000)]),
                .file(of: 1, [.of(1, in: 0, on: 0, 1, for: 10000)]),
                .file(of: 1, as: .replace, [.of(1, in: 0, on: 0, 1, for: 10000)]),
            ]),
        KeptSequence(
            "two files that took sales from each other, undone together",
            [
                .map(reseller: 3, code: 1, ean: 1),
                .file(of: 3, [.of(1, in: 1, on: 3, 1, for: 10000)]),
                .file(
                    of: 3,
                    [
                        .of(1, in: 1, on: 3, 1, for: 10000), .of(1, in: 0, on: 0, 1, for: 10000), .of(4, in: 1, on: 3, 1, for: 10000),
                    ]),
                .approve(1),
                .map(reseller: 3, code: 4, ean: 1),
                .file(
                    of: 3,
                    [
                        .of(1, in: 1, on: 3, 1, for: 10000), .of(1, in: 0, on: 0, 1, for: 10000), .of(4, in: 1, on: 3, 1, for: 10000),
                        .of(4, in: 1, on: 3, 1, for: 10000),
                    ]),
                .approve(2),
                .approve(1),
                .approve(1),
                .undo(1, cascade: true),
            ]),
        KeptSequence(
            "what a circle of dependents took does not return to one of them",
            [
                .map(reseller: 3, code: 0, ean: 0),
                .map(reseller: 3, code: 1, ean: 1),
                .file(of: 3, [.of(4, in: 1, on: 62, 1, for: 10000, order: 2), .of(0, in: 0, on: 0, 1, for: 10000)]),
                .approve(0),
                .file(of: 3, as: .replace, [.of(0, in: 0, on: 0, 1, for: 10000)]),
                .file(of: 3, [.of(1, in: 1, on: 62, 1, for: 10000, order: 2), .of(0, in: 0, on: 0, 1, for: 10000)]),
                .map(reseller: 3, code: 4, ean: 1),
                .undo(1, cascade: true),
            ]),
        KeptSequence(
            "a merge between report and approval that changes nothing of what a replace takes",
            [
                .map(reseller: 3, code: 2, ean: 2),
                .file(of: 3, [.of(2, in: 2, on: 0, 1, for: 10000)]),
                .file(of: 3, as: .replace, [.of(2, in: 0, on: 0, 1, for: 10000)]),
                .merge(reseller: 3, store: 0, into: 2),
                .approve(1),
            ]),
        KeptSequence(
            "a late row makes its file a corrected one, and the rows that it repeats are unchanged then",
            [
                .map(reseller: 2, code: 0, ean: 0),
                .file(of: 2, [.of(0, in: 0, on: 0, 1, for: 10000), .of(0, in: 1, on: 62, 3, for: 10000)]),
                .approve(0),
                .file(
                    of: 2,
                    [
                        .of(5, in: 1, on: 62, 1, for: 10000), .of(0, in: 0, on: 62, 1, for: 10000), .of(0, in: 0, on: 0, 1, for: 10000),
                    ]),
                .approve(1),
                .map(reseller: 2, code: 5, ean: 0),
                .approve(1),
            ]),
    ]
}
