extension BooksModel {
    func mustWait(_ batch: Batch, _ comparison: Comparison) -> Bool {
        let failed = failed(batch, after: comparison)
        let appends = batch.file.mode == .append
        if failed > 0, batch.reseller.policy != .partial, holds(.failedRowsHoldUnlessPartial) { return true }
        if failed > 0, !appends, holds(.failedRowsHoldReplacing) { return true }
        if !comparison.report.restated.isEmpty, holds(.restatedRowsHold) { return true }
        if comparison.hasGrowthBesideLoss, holds(.growthBesideLossHolds) { return true }
        if replaces(batch), hasDoubt(batch, comparison) { return true }
        if comparison.booked.isEmpty, !appends || comparison.unchanged.isEmpty, holds(.nothingValidHolds) { return true }
        if takesLaterSales(batch, comparison), holds(.laterSalesHoldReplacing) { return true }
        return batch.reseller.policy == .manual && holds(.manualHolds)
    }

    /// The sales that it would take away were booked by a batch that arrived after it.
    func takesLaterSales(_ batch: Batch, _ comparison: Comparison) -> Bool {
        replaces(batch) && comparison.withdrawn.contains { journal[$0].batch > batch.number }
    }

    /// A replacing file takes more than it brings, or takes a store or a month that it does not name.
    private func hasDoubt(_ batch: Batch, _ comparison: Comparison) -> Bool {
        var brought: [Int: Sums] = [:]
        var places: Set<Report.Place> = []
        for index in comparison.booked {
            let row = batch.rows[index]
            let month = Self.month(of: row.written.day)
            brought[month, default: Sums()].add(row.figures)
            let store = reference.store(reseller: batch.file.reseller, written: row.written.store)
            places.insert(Report.Place(month: month, store: store))
        }
        var taken: [Int: Sums] = [:]
        for place in comparison.withdrawn { taken[Self.month(of: journal[place].written.day), default: Sums()].add(journal[place].figures) }
        for (month, old) in taken {
            guard let new = brought[month] else {
                if batch.file.mode == .replaceAll, !holds(.unnamedMonthsHoldReplacingAll) { continue }
                return true
            }
            if old.sales > new.sales, holds(.fewerSalesHoldReplacing) { return true }
            if old.quantity > new.quantity, holds(.lowerQuantitiesHoldReplacing) { return true }
            if old.local > new.local, holds(.lowerAmountsHoldReplacing) { return true }
        }
        let namedPlaces = comparison.report.taken.keys.filter { brought[$0.month] != nil }
        return holds(.lostStoresHoldReplacing) && namedPlaces.contains { !places.contains($0) }
    }

    /// Another batch of the same content stands for this one.
    func isDuplicate(_ batch: Batch) -> Bool {
        batches.contains { other in
            guard other.number != batch.number, other.file.reseller == batch.file.reseller else { return false }
            guard content(other.file) == content(batch.file) else { return false }
            if other.isDeleted, holds(.deletedContentIsNoDuplicate) { return false }
            if other.state == .stagingComplete { return holds(.waitingContentIsDuplicate) }
            guard other.isBooked, holds(.bookedContentIsDuplicate) else { return false }
            return batch.file.mode == .append ? isInTheBooks(other) : isAllOfTheBooks(other, for: batch)
        }
    }

    private func isInTheBooks(_ other: Batch) -> Bool {
        guard holds(.withdrawnContentIsNoDuplicate) else { return true }
        let sales = journal.filter { $0.batch == other.number && $0.withdrawal != .byUndoing }
        return sales.isEmpty || sales.contains(where: \.isCurrent)
    }

    /// Nothing would be different after replacing with the same content.
    private func isAllOfTheBooks(_ other: Batch, for batch: Batch) -> Bool {
        if other.state == .partialSuccess, holds(.partlyBookedIsNoDuplicateForReplacing) { return false }
        let sales = journal.filter { $0.batch == other.number && $0.withdrawal != .byUndoing && $0.withdrawal != .byRebooking }
        guard !sales.isEmpty, sales.allSatisfy(\.isCurrent) else { return false }
        let scope = Set(sales.map { Self.month(of: $0.written.day) })
        let others = journal.filter { $0.isCurrent && $0.reseller == batch.file.reseller && $0.batch != other.number }
        guard holds(.replacingOverOthersIsNoDuplicate) else { return true }
        return !others.contains { batch.file.mode == .replaceAll || scope.contains(Self.month(of: $0.written.day)) }
    }
}
