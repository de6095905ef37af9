extension BooksModel {
    /// What booking a batch would do, as the books stand.
    struct Comparison {
        /// Rows to be booked.
        var booked: [Int] = []
        /// Sales that give way, by their places in the journal.
        var withdrawn: [Int] = []
        var report = Report()
        var unchanged: Set<Int> = []
        var repeated: Set<Int> = []
        var countsOn: [Int: Set<Int>] = [:]
        /// A living document has grown in a month and lost sales in the same.
        var hasGrowthBesideLoss = false

        /// What it says of rows that are not booked.
        func settle(_ batch: inout Batch) {
            for index in unchanged { batch.rows[index].standing = .unchanged }
            for index in repeated { batch.rows[index].standing = .repeated }
            for (index, batches) in countsOn { batch.rows[index].countsOn = batches }
        }
    }

    func key(of row: FileRow, in batch: Batch) -> Key? { reference.key(of: row, reseller: batch.file.reseller) }

    /// By what its names mean today; by what it was booked as where they mean nothing.
    func key(of sale: Sale) -> Key {
        let asBooked = Key(
            store: sale.meaning.store, ean: sale.meaning.ean, day: sale.written.day,
            order: holds(.ordersAreInTheKey) ? sale.written.order : nil)
        guard holds(.bookedSalesMeanWhatTheyMeanToday) else { return asBooked }
        return reference.key(of: sale.written, reseller: sale.reseller) ?? asBooked
    }

    /// Current sales of the batch's reseller that other batches brought, by their places in the journal.
    func others(of batch: Batch) -> [Int] {
        journal.indices.filter {
            let sale = journal[$0]
            let isOther = sale.batch != batch.number || !holds(.ownSalesAreNotCompared)
            return sale.isCurrent && isOther && (sale.reseller == batch.file.reseller || !holds(.resellersAreApart))
        }
    }

    func replaces(_ batch: Batch) -> Bool {
        batch.file.mode != .append && (!batch.isBooked || !holds(.lateRowsOfReplacingAreCompared))
    }

    func compare(_ batch: Batch) -> Comparison { replaces(batch) ? replacement(batch) : comparison(batch) }

    private func replacement(_ batch: Batch) -> Comparison {
        var comparison = Comparison()
        comparison.booked = batch.rows.indices.filter { batch.rows[$0].standing == .valid }
        let covered = Set(comparison.booked.map { Self.month(of: batch.rows[$0].written.day) })
        let everything =
            batch.file.mode == .replaceAll ? holds(.replacingAllTakesEveryMonth) : !holds(.replacingKeepsOtherMonths)
        comparison.withdrawn = others(of: batch).filter { everything || covered.contains(Self.month(of: journal[$0].written.day)) }
        for place in comparison.withdrawn {
            let sale = journal[place]
            let taken = Report.Place(month: Self.month(of: sale.written.day), store: key(of: sale).store)
            comparison.report.taken[taken, default: Sums()].add(sale.figures)
        }
        return comparison
    }

    private func comparison(_ batch: Batch) -> Comparison {
        var comparison = Comparison()
        // Rows that were settled before count in the bags of keys for which something has become valid. Booked ones never do.
        let known = batch.rows.indices.filter { [.valid, .unchanged, .repeated].contains(batch.rows[$0].standing) }
        let rows = Dictionary(grouping: known) { key(of: batch.rows[$0].written, in: batch) }
        let sales = Dictionary(grouping: others(of: batch)) { key(of: journal[$0]) }
        var same: [(rows: [Int], sales: [Int])] = []
        var monthsWithNew: Set<Int> = []
        for case let (key?, all) in rows {
            let fresh = all.filter { batch.rows[$0].standing == .valid }
            guard !fresh.isEmpty else { continue }
            let listed = holds(.settledRowsCountInLateBags) ? all : fresh
            let theirs = sales[key, default: []]
            let new = bag(listed.map { batch.rows[$0].figures })
            let old = bag(theirs.map { journal[$0].figures })
            for index in listed { comparison.countsOn[index] = Set(theirs.map { journal[$0].batch }) }
            if theirs.isEmpty {
                comparison.booked += fresh
                monthsWithNew.insert(Self.month(of: key.day))
            } else if old == new {
                same.append((fresh, theirs))
            } else {
                comparison.booked += listed
                if holds(.restatedSalesAreWithdrawn) { comparison.withdrawn += theirs }
                comparison.report.restated[key] = Report.Restatement(old: old, new: new)
            }
        }
        comparison.booked.sort()
        comparison.withdrawn.sort()
        let stayedCorrected = rulings.correctedStaysCorrected && batch.hasRestated
        let isCorrected =
            (stayedCorrected || !comparison.report.restated.isEmpty) && holds(.correctedFilesHaveUnchangedRows)
        for (rows, sales) in same {
            let sameContent = sales.allSatisfy { content(batches[journal[$0].batch].file) == content(batch.file) }
            let isUnchanged =
                batch.reseller.isLiving && holds(.livingRowsAreUnchanged) || isCorrected || sameContent && holds(.sameContentIsUnchanged)
            if isUnchanged { comparison.unchanged.formUnion(rows) } else { comparison.repeated.formUnion(rows) }
        }
        if isCorrected {
            let before = batch.rows.indices.filter { batch.rows[$0].standing == .repeated && !comparison.booked.contains($0) }
            comparison.unchanged.formUnion(before)
        }
        if batch.reseller.isLiving, !batch.isBooked {
            let listing = batch.rows.filter { $0.meaning != nil || rulings.rowsWithoutPriceListTheirKey }
            let listed = Set(listing.map { key(of: $0.written, in: batch) })
            let lost = sales.filter { !listed.contains($0.key) }
            comparison.hasGrowthBesideLoss = lost.contains { monthsWithNew.contains(Self.month(of: $0.key.day)) }
        }
        return comparison
    }

    struct Content: Hashable {
        let rows: [FileRow]
        let malformed: Int
    }

    func content(_ file: DroppedFile) -> Content { Content(rows: file.rows, malformed: file.malformed) }
}

extension BooksModel.Row {
    var figures: BooksModel.Figures { BooksModel.Figures(quantity: written.quantity, local: meaning?.local ?? 0) }
}
