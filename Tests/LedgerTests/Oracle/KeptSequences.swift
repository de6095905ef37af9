/// A sequence that is always tried. Its end is written out by hand, not taken from the model; where none is written, the model's counts.
struct KeptSequence: CustomStringConvertible {
    struct End {
        var sales: [BookedSale]
        var states: [String]
    }

    let description: String
    let steps: [Step]
    let end: End?

    /// The codes 0 to 2 of the reseller are mapped before.
    init(_ name: String, knowing reseller: Int? = nil, _ steps: [Step], sales: [BookedSale], states: [String]) {
        self.description = name
        let mappings = reseller.map { reseller in (0...2).map { Step.map(reseller: reseller, code: $0, ean: $0) } }
        self.steps = (mappings ?? []) + steps
        self.end = End(sales: sales, states: states)
    }

    init(_ name: String, _ steps: [Step]) {
        self.description = name
        self.steps = steps
        self.end = nil
    }

    static let all = [
        correctedReferenceData, replaced, replacingCarefully, sentAgain, corrected, undone, undoneWithOthers, waiting, waitingLate, shrunk,
    ].flatMap(\.self)

    static let correctedReferenceData: [KeptSequence] = [
        KeptSequence(
            "a store's alias, then the next living file",
            knowing: 3,
            [
                .file(of: 3, [.of(0, in: 0, on: 3, 1, for: 10_0000)]),
                .merge(reseller: 3, store: 0, into: 1),
                .file(of: 3, [.of(0, in: 0, on: 3, 1, for: 10_0000), .of(1, in: 0, on: 9, 2, for: 30_0000)]),
            ],
            sales: [.of(0, in: 0, on: 3, 1, for: 10_0000, by: 0), .of(1, in: 1, on: 9, 2, for: 30_0000, by: 1)],
            states: ["completed", "completed"]),
        KeptSequence(
            "a store's alias, rebooked, then the next living file",
            knowing: 3,
            [
                .file(of: 3, [.of(0, in: 0, on: 3, 1, for: 10_0000)]),
                .merge(reseller: 3, store: 0, into: 1),
                .rebook,
                .file(of: 3, [.of(0, in: 1, on: 3, 1, for: 10_0000), .of(1, in: 0, on: 9, 2, for: 30_0000)]),
            ],
            sales: [.of(0, in: 1, on: 3, 1, for: 10_0000, by: 0), .of(1, in: 1, on: 9, 2, for: 30_0000, by: 1)],
            states: ["completed", "completed"]),
        KeptSequence(
            "a mapping corrected, then the next living file",
            knowing: 3,
            [
                .file(of: 3, [.of(0, in: 0, on: 3, 1, for: 10_0000)]),
                .map(reseller: 3, code: 0, ean: 4),
                .file(of: 3, [.of(0, in: 0, on: 3, 1, for: 10_0000), .of(0, in: 0, on: 9, 1, for: 10_0000)]),
            ],
            sales: [.of(0, in: 0, on: 3, 1, for: 10_0000, by: 0), .of(4, in: 0, on: 9, 1, for: 10_0000, by: 1)],
            states: ["completed", "completed"]),
        KeptSequence(
            "a mapping corrected and rebooked, then the next living file",
            knowing: 3,
            [
                .file(of: 3, [.of(0, in: 0, on: 3, 1, for: 10_0000)]),
                .map(reseller: 3, code: 0, ean: 4),
                .rebook,
                .file(of: 3, [.of(0, in: 0, on: 3, 1, for: 10_0000), .of(0, in: 0, on: 9, 1, for: 10_0000)]),
            ],
            sales: [.of(4, in: 0, on: 3, 1, for: 10_0000, by: 0), .of(4, in: 0, on: 9, 1, for: 10_0000, by: 1)],
            states: ["completed", "completed"]),
        KeptSequence(
            "a price and a rate corrected, then rebooked",
            [
                .map(reseller: 1, code: 0, ean: 0), .map(reseller: 1, code: 1, ean: 1),
                .price(ean: 0, day: 0, price: 8_6000),
                .file(of: 1, [.of(0, in: 0, on: 33, 2), .of(1, in: 0, on: 40, 1, for: 8_0000)]),
                .price(ean: 0, day: 31, price: 8_0000),
                .rate(day: 31, perEuro: 8000),
                .rebook,
            ],
            sales: [
                .of(0, in: 0, on: 33, 2, for: 16_0000, euros: 20_0000, by: 0), .of(1, in: 0, on: 40, 1, for: 8_0000, euros: 10_0000, by: 0),
            ],
            states: ["completed"]),
    ]

    static let replaced: [KeptSequence] = [
        KeptSequence(
            "quarter 1, quarter 2 as replace, quarter 1 again",
            knowing: 0,
            [.file(of: 0, quarter(0)), .file(of: 0, as: .replace, quarter(90)), .file(of: 0, quarter(0))],
            sales: quarterSales(0, by: 0) + quarterSales(90, by: 1),
            states: ["completed", "completed", "failed"]),
        KeptSequence(
            "quarter 1, quarter 2 in place of everything, quarter 1 again",
            knowing: 0,
            [.file(of: 0, quarter(0)), .file(of: 0, as: .replaceAll, quarter(90)), .approve(1), .file(of: 0, quarter(0))],
            sales: quarterSales(90, by: 1) + quarterSales(0, by: 2),
            states: ["completed", "completed", "completed"]),
        KeptSequence(
            "a replace with one row waits",
            knowing: 0,
            [
                .file(of: 0, [.of(0, in: 0, on: 3, 1, for: 10_0000), .of(1, in: 0, on: 9, 1, for: 10_0000)]),
                .file(of: 0, as: .replace, [.of(0, in: 0, on: 3, 1, for: 11_0000)]),
            ],
            sales: [.of(0, in: 0, on: 3, 1, for: 10_0000, by: 0), .of(1, in: 0, on: 9, 1, for: 10_0000, by: 0)],
            states: ["completed", "staging_complete"]),
        KeptSequence(
            "a replace with one row, approved",
            knowing: 0,
            [
                .file(
                    of: 0,
                    [.of(0, in: 0, on: 3, 1, for: 10_0000), .of(1, in: 0, on: 9, 1, for: 10_0000), .of(1, in: 0, on: 33, 1, for: 5_0000)]),
                .file(of: 0, as: .replace, [.of(0, in: 0, on: 3, 1, for: 11_0000)]),
                .approve(1),
            ],
            sales: [.of(0, in: 0, on: 3, 1, for: 11_0000, by: 1), .of(1, in: 0, on: 33, 1, for: 5_0000, by: 0)],
            states: ["completed", "completed"]),
        KeptSequence(
            "a replacing file cut off in the middle, then whole",
            knowing: 0,
            [
                .file(of: 0, tenRows(for: 10_0000)),
                .file(of: 0, as: .replace, Array(tenRows(for: 11_0000).prefix(5))),
                .cancel(1),
                .file(of: 0, as: .replace, tenRows(for: 11_0000)),
            ],
            sales: (0..<10).map { .of($0 % 3, in: 0, on: $0, 1, for: 11_0000, by: 2) },
            states: ["completed", "cancelled", "completed"]),
    ]

    static let sentAgain: [KeptSequence] = [
        KeptSequence(
            "deleted, then sent again",
            knowing: 0,
            [.file(of: 0, quarter(0)), .delete(0), .file(of: 0, quarter(0))],
            sales: quarterSales(0, by: 0),
            states: ["deleted", "completed"]),
        KeptSequence(
            "undone, then sent again, then the first one retried",
            knowing: 0,
            [.file(of: 0, quarter(0)), .undo(0, cascade: false), .file(of: 0, quarter(0)), .retry(0)],
            sales: quarterSales(0, by: 1),
            states: ["failed", "completed"]),
        KeptSequence(
            "sent again while the first one waits, and after it was cancelled",
            [
                .map(reseller: 2, code: 0, ean: 0),
                .file(of: 2, [.of(0, in: 0, on: 3, 1, for: 10_0000)]), .file(of: 2, [.of(0, in: 0, on: 3, 1, for: 10_0000)], dies: true),
                .cancel(0), .retry(1), .approve(1), .restart,
            ],
            sales: [.of(0, in: 0, on: 3, 1, for: 10_0000, by: 1)],
            states: ["cancelled", "completed"]),
    ]
}
