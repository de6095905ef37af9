extension KeptSequence {
    static let corrected: [KeptSequence] = [
        KeptSequence(
            "a corrected non-living file whose other rows are unchanged",
            knowing: 0,
            [
                .file(of: 0, quarter(0)),
                .file(
                    of: 0,
                    [
                        .of(0, in: 0, on: 3, 1, for: 10_0000), .of(1, in: 1, on: 33, 5, for: 50_0000),
                        .of(2, in: 0, on: 62, 3, for: 30_0000),
                    ]),
                .approve(1),
            ],
            sales: [
                .of(0, in: 0, on: 3, 1, for: 10_0000, by: 0), .of(2, in: 0, on: 62, 3, for: 30_0000, by: 0),
                .of(1, in: 1, on: 33, 5, for: 50_0000, by: 1),
            ],
            states: ["completed", "completed"]),
        KeptSequence(
            "the same order line twice in a living file, and again",
            knowing: 3,
            [
                .file(of: 3, [.of(0, in: 0, on: 3, 1, for: 10_0000, order: 1), .of(0, in: 0, on: 3, 1, for: 10_0000, order: 1)]),
                .file(
                    of: 3,
                    [
                        .of(0, in: 0, on: 3, 1, for: 10_0000, order: 1), .of(0, in: 0, on: 3, 1, for: 10_0000, order: 1),
                        .of(0, in: 0, on: 3, 1, for: 10_0000, order: 2),
                    ]),
            ],
            sales: [
                .of(0, in: 0, on: 3, 1, for: 10_0000, order: 1, by: 0), .of(0, in: 0, on: 3, 1, for: 10_0000, order: 1, by: 0),
                .of(0, in: 0, on: 3, 1, for: 10_0000, order: 2, by: 1),
            ],
            states: ["completed", "completed"]),
        KeptSequence(
            "the same order line once more in a file that is not living fails",
            knowing: 0,
            [
                .file(of: 0, [.of(0, in: 0, on: 3, 1, for: 10_0000, order: 1)]),
                .file(of: 0, [.of(0, in: 0, on: 3, 1, for: 10_0000, order: 1), .of(0, in: 0, on: 3, 1, for: 10_0000, order: 2)]),
                .approve(1),
            ],
            sales: [.of(0, in: 0, on: 3, 1, for: 10_0000, order: 1, by: 0), .of(0, in: 0, on: 3, 1, for: 10_0000, order: 2, by: 1)],
            states: ["completed", "partial_success"]),
        KeptSequence(
            "a living file that has grown and lost a sale in one month waits",
            knowing: 3,
            [
                .file(of: 3, [.of(0, in: 0, on: 3, 1, for: 10_0000)]),
                .file(of: 3, [.of(1, in: 0, on: 9, 1, for: 10_0000)]),
                .file(of: 3, [.of(1, in: 0, on: 33, 1, for: 10_0000)]),
            ],
            sales: [.of(0, in: 0, on: 3, 1, for: 10_0000, by: 0), .of(1, in: 0, on: 33, 1, for: 10_0000, by: 2)],
            states: ["completed", "staging_complete", "completed"]),
    ]

    static let undone: [KeptSequence] = [
        KeptSequence(
            "undoing a replacing file brings back what it took",
            knowing: 0,
            [
                .file(of: 0, quarter(0)),
                .file(of: 0, as: .replaceAll, quarter(90)), .approve(1),
                .undo(0, cascade: false),
                .undo(1, cascade: false),
            ],
            sales: quarterSales(0, by: 0),
            states: ["completed", "cancelled"]),
        KeptSequence(
            "undoing a restatement brings the old figures back",
            knowing: 3,
            [
                .file(of: 3, [.of(0, in: 0, on: 3, 1, for: 10_0000)]),
                .file(of: 3, [.of(0, in: 0, on: 3, 2, for: 20_0000)]), .approve(1),
                .undo(1, cascade: false),
            ],
            sales: [.of(0, in: 0, on: 3, 1, for: 10_0000, by: 0)],
            states: ["completed", "cancelled"]),
        KeptSequence(
            "undoing the first of two living files runs the second again",
            knowing: 3,
            [
                .file(of: 3, [.of(0, in: 0, on: 3, 1, for: 10_0000)]),
                .file(of: 3, [.of(0, in: 0, on: 3, 1, for: 10_0000), .of(1, in: 0, on: 9, 1, for: 5_0000)]),
                .undo(0, cascade: false),
                .undo(0, cascade: true),
            ],
            sales: [.of(0, in: 0, on: 3, 1, for: 10_0000, by: 1), .of(1, in: 0, on: 9, 1, for: 5_0000, by: 1)],
            states: ["cancelled", "completed"]),
    ]

    static let waiting: [KeptSequence] = [
        KeptSequence(
            "a row that waits for its product is booked late, and once",
            [
                .map(reseller: 1, code: 0, ean: 0),
                .file(of: 1, [.of(0, in: 0, on: 3, 1, for: 8_6000), .of(1, in: 0, on: 3, 1, for: 4_3000)]),
                .map(reseller: 1, code: 1, ean: 1),
                .map(reseller: 1, code: 1, ean: 1),
            ],
            sales: [
                .of(0, in: 0, on: 3, 1, for: 8_6000, euros: 10_0000, by: 0), .of(1, in: 0, on: 3, 1, for: 4_3000, euros: 5_0000, by: 0),
            ],
            states: ["completed"]),
        KeptSequence(
            "a waiting file is booked as soon as its price is known",
            knowing: 3,
            [
                .file(of: 3, [.of(0, in: 0, on: 33, 2), .of(1, in: 0, on: 33, 1, for: 4_0000)]),
                .price(ean: 0, day: 34, price: 7_0000),
                .price(ean: 0, day: 33, price: 6_0000),
            ],
            sales: [.of(0, in: 0, on: 33, 2, for: 12_0000, by: 0), .of(1, in: 0, on: 33, 1, for: 4_0000, by: 0)],
            states: ["completed"]),
        KeptSequence(
            "what has changed since the report is not approved at once",
            knowing: 3,
            [
                .file(of: 3, [.of(0, in: 0, on: 3, 1, for: 10_0000)]),
                .file(of: 3, [.of(0, in: 0, on: 3, 2, for: 20_0000)]),
                .file(of: 3, [.of(0, in: 0, on: 3, 3, for: 30_0000)]), .approve(2),
                .approve(1),
            ],
            sales: [.of(0, in: 0, on: 3, 3, for: 30_0000, by: 2)],
            states: ["completed", "staging_complete", "completed"]),
    ]
}

// What the sequences are made of.
extension KeptSequence {
    static func quarter(_ day: Int) -> [FileRow] {
        [
            .of(0, in: 0, on: day + 3, 1, for: 10_0000), .of(1, in: 1, on: day + 33, 2, for: 20_0000),
            .of(2, in: 0, on: day + 62, 3, for: 30_0000),
        ]
    }

    static func quarterSales(_ day: Int, by batch: Int) -> [BookedSale] {
        [
            .of(0, in: 0, on: day + 3, 1, for: 10_0000, by: batch), .of(1, in: 1, on: day + 33, 2, for: 20_0000, by: batch),
            .of(2, in: 0, on: day + 62, 3, for: 30_0000, by: batch),
        ]
    }

    static func tenRows(for amount: Int64) -> [FileRow] { (0..<10).map { .of($0 % 3, in: 0, on: $0, 1, for: amount) } }
}

extension BookedSale {
    /// In EUR unless the euros are stated.
    static func of(
        _ ean: Int, in store: Int, on day: Int, _ quantity: Int64, for local: Int64, euros: Int64? = nil, order: Int? = nil, by batch: Int
    ) -> BookedSale {
        BookedSale(batch: batch, store: store, ean: ean, day: day, order: order, quantity: quantity, local: local, euros: euros ?? local)
    }
}
