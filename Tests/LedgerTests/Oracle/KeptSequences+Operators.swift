extension KeptSequence {
    static let replacingCarefully: [KeptSequence] = [
        KeptSequence(
            "a replacing file that waits does not take what came after it",
            knowing: 2,
            [
                .file(of: 2, as: .replace, [.of(0, in: 0, on: 3, 2, for: 20_0000)]),
                .file(of: 2, [.of(1, in: 0, on: 9, 1, for: 10_0000)]), .approve(1),
                // The first says that the figures have changed, the second that they are later than the file.
                .approve(0), .approve(0),
            ],
            sales: [.of(1, in: 0, on: 9, 1, for: 10_0000, by: 1)],
            states: ["staging_complete", "completed"]),
        KeptSequence(
            "the same content as replace is a duplicate only where it would change nothing",
            knowing: 0,
            [
                .file(of: 0, [.of(0, in: 0, on: 3, 1, for: 10_0000)]),
                .file(of: 0, as: .replace, [.of(0, in: 0, on: 3, 1, for: 10_0000)]),
                .file(of: 0, [.of(1, in: 0, on: 9, 1, for: 5_0000)]),
                .file(of: 0, as: .replace, [.of(0, in: 0, on: 3, 1, for: 10_0000)]), .approve(3),
            ],
            sales: [.of(0, in: 0, on: 3, 1, for: 10_0000, by: 3)],
            states: ["completed", "failed", "completed", "completed"]),
        KeptSequence(
            "the same number of pieces for the same money from another store waits",
            knowing: 0,
            [
                .file(of: 0, [.of(0, in: 0, on: 3, 1, for: 10_0000)]),
                .file(of: 0, as: .replace, [.of(0, in: 1, on: 3, 1, for: 10_0000)]),
                // Once both are one store, nobody is lost.
                .cancel(1), .merge(reseller: 0, store: 0, into: 1), .retry(1), .rebook,
            ],
            sales: [.of(0, in: 1, on: 3, 1, for: 10_0000, by: 1)],
            states: ["completed", "completed"]),
        KeptSequence(
            "a month that a file in place of everything does not name waits",
            knowing: 0,
            [
                .file(of: 0, [.of(0, in: 0, on: 3, 1, for: 10_0000), .of(0, in: 0, on: 33, 1, for: 10_0000)]),
                .file(of: 0, as: .replaceAll, [.of(0, in: 0, on: 3, 9, for: 90_0000)]),
            ],
            sales: [.of(0, in: 0, on: 3, 1, for: 10_0000, by: 0), .of(0, in: 0, on: 33, 1, for: 10_0000, by: 0)],
            states: ["completed", "staging_complete"]),
        KeptSequence(
            "a late row of a replacing file is compared, and takes nothing by itself",
            [
                .map(reseller: 1, code: 0, ean: 0),
                .file(of: 1, [.of(0, in: 0, on: 33, 1, for: 8_6000)]),
                .file(of: 1, as: .replace, [.of(0, in: 0, on: 3, 1, for: 8_6000), .of(1, in: 0, on: 33, 1, for: 8_6000)]), .approve(1),
                .map(reseller: 1, code: 1, ean: 1),
            ],
            sales: [
                .of(0, in: 0, on: 33, 1, for: 8_6000, euros: 10_0000, by: 0), .of(0, in: 0, on: 3, 1, for: 8_6000, euros: 10_0000, by: 1),
                .of(1, in: 0, on: 33, 1, for: 8_6000, euros: 10_0000, by: 1),
            ],
            states: ["completed", "completed"]),
    ]

    static let waitingLate: [KeptSequence] = [
        KeptSequence(
            "a late row that restates waits for an operator",
            [
                .map(reseller: 1, code: 0, ean: 0),
                .file(of: 1, [.of(0, in: 0, on: 3, 1, for: 8_6000)]),
                .file(
                    of: 1,
                    [.of(0, in: 0, on: 3, 1, for: 8_6000), .of(1, in: 0, on: 3, 1, for: 4_3000), .of(0, in: 0, on: 9, 1, for: 8_6000)]),
                // Both codes are one product: the file says two sales where the books have one.
                .map(reseller: 1, code: 1, ean: 0),
                .approve(1),
            ],
            sales: [
                .of(0, in: 0, on: 3, 1, for: 8_6000, euros: 10_0000, by: 1), .of(0, in: 0, on: 3, 1, for: 4_3000, euros: 5_0000, by: 1),
                .of(0, in: 0, on: 9, 1, for: 8_6000, euros: 10_0000, by: 1),
            ],
            states: ["completed", "completed"]),
        KeptSequence(
            "a malformed row stays failed",
            knowing: 0,
            [
                .file(of: 0, [.of(0, in: 0, on: 3, 1, for: 10_0000)], malformed: 1), .approve(0), .approve(0),
                .map(reseller: 0, code: 3, ean: 3),
            ],
            sales: [.of(0, in: 0, on: 3, 1, for: 10_0000, by: 0)],
            states: ["partial_success"]),
        KeptSequence(
            "a deleted batch's waiting rows are not booked late",
            [
                .map(reseller: 1, code: 0, ean: 0),
                .file(of: 1, [.of(0, in: 0, on: 3, 1, for: 8_6000), .of(1, in: 0, on: 9, 1, for: 8_6000)]),
                .delete(0),
                .map(reseller: 1, code: 1, ean: 1),
            ],
            sales: [.of(0, in: 0, on: 3, 1, for: 8_6000, euros: 10_0000, by: 0)],
            states: ["deleted"]),
    ]

    static let undoneWithOthers: [KeptSequence] = [
        KeptSequence(
            "a chain of restatements is undone from its first file on",
            knowing: 3,
            [
                .file(of: 3, [.of(0, in: 0, on: 3, 1, for: 10_0000)]),
                .file(of: 3, [.of(0, in: 0, on: 3, 2, for: 20_0000)]), .approve(1),
                .file(of: 3, [.of(0, in: 0, on: 3, 3, for: 30_0000)]), .approve(2),
                // The second file is read again first and is new; the third restates it and waits.
                .undo(0, cascade: false), .undo(0, cascade: true),
            ],
            sales: [.of(0, in: 0, on: 3, 2, for: 20_0000, by: 1)],
            states: ["cancelled", "completed", "staging_complete"]),
        KeptSequence(
            "what was booked anew while it was replaced does not become two by undoing the replacing file",
            knowing: 0,
            [
                .file(of: 0, [.of(0, in: 0, on: 3, 1, for: 10_0000)]),
                .file(of: 0, as: .replace, [.of(1, in: 0, on: 9, 2, for: 20_0000)]),
                .file(of: 0, [.of(0, in: 0, on: 3, 1, for: 10_0000), .of(2, in: 0, on: 9, 1, for: 10_0000)]),
                .undo(1, cascade: false),
            ],
            sales: [
                .of(1, in: 0, on: 9, 2, for: 20_0000, by: 1), .of(0, in: 0, on: 3, 1, for: 10_0000, by: 2),
                .of(2, in: 0, on: 9, 1, for: 10_0000, by: 2),
            ],
            states: ["completed", "completed", "completed"]),
        KeptSequence(
            "what was booked anew while it was replaced is read again",
            knowing: 0,
            [
                .file(of: 0, [.of(0, in: 0, on: 3, 1, for: 10_0000)]),
                .file(of: 0, as: .replace, [.of(1, in: 0, on: 9, 2, for: 20_0000)]),
                .file(of: 0, [.of(0, in: 0, on: 3, 1, for: 10_0000), .of(2, in: 0, on: 9, 1, for: 10_0000)]),
                .undo(1, cascade: true),
            ],
            sales: [.of(0, in: 0, on: 3, 1, for: 10_0000, by: 0)],
            states: ["completed", "cancelled", "staging_complete"]),
        KeptSequence(
            "what replaced a month that was empty meanwhile replaces what returns to it",
            knowing: 0,
            [
                .file(of: 0, [.of(0, in: 0, on: 3, 1, for: 10_0000)]),
                .file(of: 0, as: .replaceAll, [.of(0, in: 0, on: 33, 1, for: 10_0000)]), .approve(1),
                .file(of: 0, as: .replace, [.of(2, in: 0, on: 5, 1, for: 10_0000)]),
                .undo(1, cascade: true),
            ],
            sales: [.of(2, in: 0, on: 5, 1, for: 10_0000, by: 2)],
            states: ["completed", "cancelled", "completed"]),
        KeptSequence(
            "a deleted file is undone with the one that it counted on, and not read again",
            knowing: 3,
            [
                .file(of: 3, [.of(0, in: 0, on: 3, 1, for: 10_0000)]),
                .file(of: 3, [.of(0, in: 0, on: 3, 1, for: 10_0000), .of(1, in: 0, on: 9, 1, for: 5_0000)]),
                .delete(1),
                .undo(0, cascade: true),
            ],
            sales: [],
            states: ["cancelled", "deleted"]),
        KeptSequence(
            "a deleted file can be undone, and nothing else can be done to it",
            knowing: 0,
            [
                .file(of: 0, [.of(0, in: 0, on: 3, 1, for: 10_0000)]),
                .delete(0), .delete(0), .approve(0), .retry(0), .cancel(0),
                .undo(0, cascade: false), .undo(0, cascade: false), .retry(0),
            ],
            sales: [],
            states: ["deleted"]),
        KeptSequence(
            "a rebooked sale goes with its batch, and the one that it replaced returns as it was",
            knowing: 0,
            [
                .file(of: 0, [.of(0, in: 0, on: 3, 1, for: 10_0000)]),
                .file(of: 0, as: .replace, [.of(0, in: 0, on: 3, 2, for: 20_0000)]),
                .map(reseller: 0, code: 0, ean: 5), .rebook,
                .undo(1, cascade: false),
            ],
            sales: [.of(0, in: 0, on: 3, 1, for: 10_0000, by: 0)],
            states: ["completed", "cancelled"]),
        KeptSequence(
            "stores merged in a chain, into a circle, and once more elsewhere",
            knowing: 0,
            [
                .merge(reseller: 0, store: 0, into: 1), .merge(reseller: 0, store: 1, into: 2),
                .merge(reseller: 0, store: 2, into: 0), .merge(reseller: 0, store: 3, into: 3),
                .file(of: 0, [.of(0, in: 0, on: 3, 1, for: 10_0000), .of(0, in: 1, on: 9, 1, for: 10_0000)]),
                .merge(reseller: 0, store: 1, into: 4), .rebook,
            ],
            sales: [.of(0, in: 4, on: 3, 1, for: 10_0000, by: 0), .of(0, in: 4, on: 9, 1, for: 10_0000, by: 0)],
            states: ["completed"]),
    ]
}
