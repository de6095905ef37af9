extension BooksModel {
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
    mutating func withdrawSales(of undone: Set<Int>) {
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
        var toAsk: Set<Int> = [number]
        while !toAsk.isEmpty {
            var more: Set<Int> = []
            for batch in batches where toAsk.contains(where: { counts(batch, on: $0) }) { more.insert(batch.number) }
            if rulings.bookedMeanwhileIsDependent { more.formUnion(bookedMeanwhile(undoing: found.union([number]).union(more))) }
            toAsk = more.subtracting(found).subtracting([number])
            found.formUnion(toAsk)
            if !holds(.dependentsOfDependentsCount) { break }
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

    /// While a sale was away that would return, they booked the same key, or replaced its month: they counted on its absence.
    /// If they stayed, one sale would be two.
    private func bookedMeanwhile(undoing undone: Set<Int>) -> Set<Int> {
        let staying = journal.filter { !undone.contains($0.batch) && ($0.isCurrent || returns($0, undoing: undone)) }
        var found: Set<Int> = []
        for sale in staying where returns(sale, undoing: undone) {
            for other in staying where other.reseller == sale.reseller && other.batch != sale.batch {
                if other.bookedAt > sale.withdrawnAt, key(of: other) == key(of: sale) { found.insert(other.batch) }
            }
            for batch in batches where batch.isBooked && batch.file.mode != .append && batch.file.reseller == sale.reseller {
                let isCovered = batch.file.mode == .replaceAll || batch.covered.contains(Self.month(of: sale.written.day))
                if isCovered, batch.bookedAt > sale.withdrawnAt, batch.number != sale.batch { found.insert(batch.number) }
            }
        }
        return found.subtracting(undone)
    }

    private func returns(_ sale: Sale, undoing undone: Set<Int>) -> Bool {
        switch sale.withdrawal {
        case .byRestating(let batch), .byReplacing(let batch): undone.contains(batch) && !undone.contains(sale.batch)
        default: false
        }
    }
}
