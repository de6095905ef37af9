/// What the books must say, written from the rules alone and apart from the ledger: obviously right rather than fast.
///
/// Everything happens at once here: a file is read when it is dropped, and each change of reference data is followed by all
/// that comes of it. Dying and starting again change nothing.
struct BooksModel {
    let broken: Set<Rule>
    let rulings: Rulings
    var reference: Reference
    var batches: [Batch] = []
    /// Every sale that was ever booked, in the order of booking.
    var journal: [Sale] = []
    /// Bookings so far.
    private var time = 0

    init(breaking broken: Set<Rule> = [], rulings: Rulings = Rulings()) {
        self.broken = broken
        self.rulings = rulings
        reference = Reference(broken: broken)
    }

    func holds(_ rule: Rule) -> Bool { !broken.contains(rule) }

    var sales: [BookedSale] { journal.filter(\.isCurrent).map(\.booked).sorted() }

    var states: [Int: String] {
        let listed = batches.filter { !$0.isDeleted }
        return Dictionary(uniqueKeysWithValues: listed.map { ($0.number, $0.state.rawValue) })
    }

    /// False: refused.
    mutating func carryOut(_ step: Step) -> Bool {
        switch step {
        case .drop(let file, _):
            batches.append(Batch(number: batches.count, file: file))
            read(batches.count - 1)
        case .approve(let number): return isListed(number) && approve(number)
        case .cancel(let number): return isListed(number) && cancel(number)
        case .retry(let number): return isListed(number) && retry(number)
        case .delete(let number): return isListed(number) && delete(number)
        case .undo(let number, let cascade): return batches.indices.contains(number) && undo(number, cascade: cascade)
        case .map(let reseller, let code, let ean):
            reference.map(reseller: reseller, code: code, ean: ean)
            resolveWhatWaits()
        case .merge(let reseller, let store, let into):
            guard reference.merge(reseller: reseller, store: store, into: into) else { return false }
            resolveWhatWaits()
        case .price(let ean, let day, let price):
            reference.price(ean: ean, day: day, price: price)
            resolveWhatWaits()
        case .rate(let day, let perEuro):
            reference.rate(day: day, perEuro: perEuro)
            resolveWhatWaits()
        case .rebook: rebook()
        case .restart: break
        }
        return true
    }

    private func isListed(_ number: Int) -> Bool { batches.indices.contains(number) && !batches[number].isDeleted }

    /// Its turn has come.
    mutating func read(_ number: Int) {
        batches[number].forget(.pending)
        if isDuplicate(batches[number]) {
            batches[number].state = .failed
            return
        }
        batches[number].rows = batches[number].file.rows.map { Row(written: $0) }
        _ = resolve(number)
        decide(number)
    }

    /// Says whether a row has become valid.
    private mutating func resolve(_ number: Int) -> Bool {
        var batch = batches[number]
        for index in batch.rows.indices where batch.rows[index].standing == .waiting {
            batch.rows[index].meaning = reference.meaning(of: batch.rows[index].written, reseller: batch.reseller)
            if batch.rows[index].meaning != nil { batch.rows[index].standing = .valid }
        }
        let hasMore = batch.rows.count { $0.standing == .waiting } < batches[number].rows.count { $0.standing == .waiting }
        batches[number] = batch
        return hasMore
    }

    private mutating func resolveWhatWaits() {
        for number in batches.indices where !batches[number].isDeleted || !holds(.deletedRowsAreNotBookedLate) {
            switch batches[number].state {
            case .stagingComplete where resolve(number) && holds(.waitingBatchesAreDecidedAnew): decide(number)
            case .partialSuccess where resolve(number) && holds(.lateRowsAreBooked): bookLate(number)
            default: break
            }
        }
    }

    /// Before its first booking all its valid rows are compared again; afterwards those that have become valid since.
    mutating func compareAgain(_ number: Int) -> Comparison {
        var batch = batches[number]
        for index in batch.rows.indices where !batch.isBooked && [.unchanged, .repeated].contains(batch.rows[index].standing) {
            batch.rows[index].standing = .valid
        }
        for index in batch.rows.indices where rulings.validRowsAreResolvedAgain && batch.rows[index].standing == .valid {
            let meaning = reference.meaning(of: batch.rows[index].written, reseller: batch.reseller)
            batch.rows[index].meaning = meaning ?? batch.rows[index].meaning
        }
        batches[number] = batch
        return compare(batch)
    }

    /// A batch that is read to its end, or waits and has more valid rows than before.
    private mutating func decide(_ number: Int) {
        let comparison = compareAgain(number)
        let waits = mustWait(batches[number], comparison)
        comparison.settle(&batches[number])
        batches[number].report = comparison.report
        if waits { batches[number].state = .stagingComplete } else { book(number, comparison) }
    }

    private mutating func bookLate(_ number: Int) {
        let comparison = compareAgain(number)
        comparison.settle(&batches[number])
        batches[number].report = comparison.report
        if comparison.report.restated.isEmpty || !holds(.lateRestatementsWait) { book(number, comparison) }
    }

    mutating func book(_ number: Int, _ comparison: Comparison) {
        var batch = batches[number]
        comparison.settle(&batch)
        time += 1
        for place in comparison.withdrawn {
            journal[place].withdrawal = replaces(batch) ? .byReplacing(number) : .byRestating(number)
            journal[place].withdrawnAt = time
        }
        if !batch.isBooked {
            batch.bookedAt = time
            batch.covered = Set(comparison.booked.map { Self.month(of: batch.rows[$0].written.day) })
        }
        for index in comparison.booked {
            guard let meaning = batch.rows[index].meaning else { continue }
            batch.rows[index].standing = .booked
            journal.append(
                Sale(
                    batch: number, row: index, reseller: batch.file.reseller, written: batch.rows[index].written, meaning: meaning,
                    bookedAt: time))
        }
        batch.hasRestated = batch.hasRestated || !comparison.report.restated.isEmpty
        batch.report = Report()
        batch.state = batch.failedRows > 0 ? .partialSuccess : .completed
        batches[number] = batch
    }
}
