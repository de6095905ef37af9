extension BooksModel {
    struct Batch {
        enum State: String {
            case pending, completed, failed, cancelled
            case partialSuccess = "partial_success"
            case stagingComplete = "staging_complete"
        }

        let number: Int
        let file: DroppedFile
        var state = State.pending
        var isDeleted = false
        var rows: [Row] = []
        /// It has withdrawn other batches' sales by restating them.
        var hasRestated = false
        /// When it was first booked, and the months that it named then.
        var bookedAt = 0
        var covered: Set<Int> = []
        /// What the last report said would be changed.
        var report = Report()

        var reseller: Reseller { Reseller.all[file.reseller] }
        /// It is past its first booking, so that its rows come late.
        var isBooked: Bool { state == .completed || state == .partialSuccess }
        /// Rows that could not be booked. What is not booked and not failed is valid, or in the books already.
        var failedRows: Int { file.malformed + rows.count { $0.standing == .waiting || $0.standing == .repeated } }

        mutating func forget(_ state: State) {
            self.state = state
            rows = []
            hasRestated = false
            report = Report()
        }
    }

    /// A row that somebody can read.
    struct Row {
        enum Standing { case waiting, valid, unchanged, repeated, booked }

        let written: FileRow
        /// As it was resolved when it became valid.
        var meaning: Meaning?
        var standing = Standing.waiting
        /// The batches with whose sales it was compared the last time.
        var countsOn: Set<Int> = []
    }

    /// A row that was booked. It never goes away.
    struct Sale {
        enum Withdrawal: Hashable { case byRestating(Int), byReplacing(Int), byRebooking, byUndoing }

        let batch: Int
        let row: Int
        let reseller: Int
        let written: FileRow
        let meaning: Meaning
        /// When its row was booked; rebooking does not change it.
        let bookedAt: Int
        var withdrawal: Withdrawal?
        var withdrawnAt = 0

        var isCurrent: Bool { withdrawal == nil }
        var figures: Figures { Figures(quantity: written.quantity, local: meaning.local) }
        var booked: BookedSale {
            BookedSale(
                batch: batch, store: meaning.store, ean: meaning.ean, day: written.day, order: written.order, quantity: written.quantity,
                local: meaning.local, euros: meaning.euros)
        }
    }

    struct Figures: Hashable {
        var quantity: Int64
        var local: Int64
    }

    /// The rows or sales of one key. How often the same figures are there counts.
    typealias Bag = [Figures: Int]

    struct Sums: Hashable {
        var sales = 0
        var quantity: Int64 = 0
        var local: Int64 = 0

        mutating func add(_ figures: Figures) {
            sales += 1
            quantity += figures.quantity
            local += figures.local
        }
    }

    /// What a report says of sales that would go.
    struct Report: Equatable {
        struct Restatement: Equatable {
            var old: Bag
            var new: Bag
        }

        struct Place: Hashable {
            var month: Int
            var store: Int
        }

        var restated: [Key: Restatement] = [:]
        /// What a replacing batch takes away.
        var taken: [Place: Sums] = [:]
    }

    func bag(_ figures: [Figures]) -> Bag {
        var bag = Bag()
        for one in figures {
            let plain = holds(.amountsAreCompared) ? one : Figures(quantity: one.quantity, local: 0)
            bag[plain] = holds(.bagsCountAlikeRows) ? bag[plain, default: 0] + 1 : 1
        }
        return bag
    }

    func failed(_ batch: Batch, after comparison: Comparison) -> Int {
        var batch = batch
        comparison.settle(&batch)
        return batch.failedRows
    }
}
