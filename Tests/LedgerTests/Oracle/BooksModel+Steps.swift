extension BooksModel {
    mutating func approve(_ number: Int) -> Bool {
        let before = batches[number]
        guard [.stagingComplete, .partialSuccess].contains(before.state) else { return false }
        let comparison = compareAgain(number)
        var isAsReported = true
        if holds(.approvingWantsTheLastReport), comparison.report.restated != before.report.restated { isAsReported = false }
        if holds(.approvingWantsTheLastFiguresOfReplacing), comparison.report.taken != before.report.taken { isAsReported = false }
        if !isAsReported {
            comparison.settle(&batches[number])
            batches[number].report = comparison.report
            return false
        }
        let allIsUnchanged =
            before.state == .stagingComplete && before.file.mode == .append && failed(batches[number], after: comparison) == 0
            && holds(.allUnchangedCanBeApproved)
        let takesLater = takesLaterSales(batches[number], comparison) && holds(.approvingSparesLaterSales)
        if comparison.booked.isEmpty && !allIsUnchanged || takesLater {
            if rulings.everyRefusalIsRemembered { comparison.settle(&batches[number]) } else { batches[number] = before }
            return false
        }
        book(number, comparison)
        return true
    }

    mutating func cancel(_ number: Int) -> Bool {
        guard batches[number].state == .stagingComplete else { return false }
        batches[number].forget(.cancelled)
        return true
    }

    mutating func retry(_ number: Int) -> Bool {
        guard [.failed, .cancelled, .stagingComplete].contains(batches[number].state) else { return false }
        read(number)
        return true
    }

    mutating func delete(_ number: Int) -> Bool {
        guard batches[number].state != .stagingComplete else { return false }
        batches[number].isDeleted = true
        if !holds(.deletingKeepsSales) { withdrawSales(of: [number]) }
        return true
    }

    mutating func undo(_ number: Int, cascade: Bool) -> Bool {
        guard batches[number].isBooked, !batches[number].isDeleted || holds(.deletedBatchesCanBeUndone) else { return false }
        let dependents = dependents(of: number)
        if !dependents.isEmpty, !cascade, holds(.dependentsRefuseUndoing) { return false }
        withdrawSales(of: dependents.union([number]))
        for undone in dependents.union([number]) { batches[undone].forget(.cancelled) }
        for dependent in dependents.sorted() where holds(.dependentsAreReadAgain) {
            if !batches[dependent].isDeleted || !holds(.deletedDependentsAreNotReadAgain) { read(dependent) }
        }
        return true
    }

    /// The order in which they are undone makes no difference: none of their sales stays, and all that they took from others returns.
    private mutating func withdrawSales(of undone: Set<Int>) {
        for place in journal.indices {
            if undone.contains(journal[place].batch) {
                journal[place].withdrawal = .byUndoing
                continue
            }
            switch journal[place].withdrawal {
            case .byRestating(let batch) where undone.contains(batch) && holds(.undoingReturnsRestated): journal[place].withdrawal = nil
            case .byReplacing(let batch) where undone.contains(batch) && holds(.undoingReturnsReplaced): journal[place].withdrawal = nil
            default: break
            }
        }
    }

    /// Batches that counted on it, and those that counted on them.
    private func dependents(of number: Int) -> Set<Int> {
        var found: Set<Int> = []
        var toAsk = [number]
        while let asked = toAsk.popLast() {
            for batch in batches where batch.number != number && !found.contains(batch.number) && counts(batch, on: asked) {
                found.insert(batch.number)
                if holds(.dependentsOfDependentsCount) { toAsk.append(batch.number) }
            }
        }
        return found
    }

    private func counts(_ batch: Batch, on other: Int) -> Bool {
        guard batch.isBooked || batch.state == .stagingComplete && rulings.waitingBatchesAreDependents else { return false }
        if holds(.comparedRowsAreDependents), batch.rows.contains(where: { $0.countsOn.contains(other) }) { return true }
        return journal.contains {
            $0.batch == other && ($0.withdrawal == .byRestating(batch.number) || $0.withdrawal == .byReplacing(batch.number))
        }
    }

    mutating func rebook() {
        for place in journal.indices where journal[place].isCurrent {
            let sale = journal[place]
            var written = sale.written
            if !holds(.statedAmountsStay) { written.amount = nil }
            if !holds(.rebookingFollowsPrices), written.amount == nil { written.amount = sale.meaning.local }
            guard var meaning = reference.meaning(of: written, reseller: Reseller.all[sale.reseller]) else { continue }
            if !holds(.rebookingFollowsStores) { meaning.store = sale.meaning.store }
            if !holds(.rebookingFollowsProducts) { meaning.ean = sale.meaning.ean }
            if !holds(.rebookingFollowsRates), meaning.local == sale.meaning.local { meaning.euros = sale.meaning.euros }
            guard meaning != sale.meaning else { continue }
            journal[place].withdrawal = .byRebooking
            journal.append(
                Sale(batch: sale.batch, row: sale.row, reseller: sale.reseller, written: sale.written, meaning: meaning))
        }
    }
}
