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
                Sale(
                    batch: sale.batch, row: sale.row, reseller: sale.reseller, written: sale.written, meaning: meaning,
                    bookedAt: sale.bookedAt))
        }
    }
}
