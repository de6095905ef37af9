import Calling
import Cells
import Ledger
import Operations
import Sellout

/// `history`: how a figure came about. `rebook`: booked sales that would come out otherwise today.
enum BooksCommands {
    static let all = [
        Command(
            CommandShape(
                "history",
                options: [
                    OptionShape("reseller", "R", "only this reseller's"), OptionShape("store", "S", "only of this store, by code or name"),
                    OptionShape("ean", "E", "only of this product"), OptionShape("period", "M", "only of this month or day"),
                    OptionShape("batch", "B", "only what this batch brought"), OptionShape("limit", "N", "so many lines at most (10000)"),
                ], summary: "How a figure came about: each booking, withdrawal and return, with who and why."), run: history),
        Command(
            CommandShape(
                "rebook",
                options: [
                    OptionShape("dry-run", "only show what would change"), OptionShape("reseller", "R", "only this reseller's"),
                    OptionShape("why", "T", "why, for the audit log"),
                ], summary: "Books sales anew that would come out otherwise with today's mappings, stores, prices, rates and currency."),
            run: rebook),
    ]

    @Sendable private static func history(_ session: Session) throws {
        let arguments = session.arguments
        let asked = [("store", arguments.value("store")), ("ean", arguments.value("ean")), ("batch", arguments.value("batch"))]
        guard asked.contains(where: { $0.1 != nil }) || arguments.value("period") != nil || arguments.value("reseller") != nil else {
            throw arguments.misuse("history wants to know of what: --reseller, --store, --ean, --period or --batch.")
        }
        let limit = try arguments.limit(or: 10_000)
        let filter = HistoryFilter(
            reseller: arguments.value("reseller"), store: arguments.value("store"), from: try arguments.day("period", endOfMonth: false),
            to: try arguments.day("period", endOfMonth: true), limit: limit)
        let lines = try session.readingDesk().history(filter, batch: arguments.value("batch"), ean: arguments.value("ean"))
        var listing = Listing(
            session,
            [
                .left("AT"), .left("WHAT"), .left("WHO"), .left("BATCH"), .right("ROW"), .left("DATE"), .left("STORE"), .left("EAN"),
                .right("QTY"), .right("LOCAL"), .right("EUR"), .right("QTY NOW"), .right("EUR NOW"), .left("WHY"),
            ], none: "No sale of that was ever in the books.")
        var (quantity, euros) = (Int64(0), Money.zero)
        for line in lines {
            let sale = line.sale
            quantity &+= line.sign * sale.quantity
            euros = euros.adding(Money(units: line.sign * sale.euros.units)) ?? euros
            try listing.add(
                line.json,
                [
                    line.at.description, line.words, line.actor, String(sale.batch.prefix(8)), "\(sale.sheet):\(sale.row)",
                    sale.date.description, sale.store, sale.ean, String(line.sign * sale.quantity),
                    Money(units: line.sign * sale.local.units).description, Money(units: line.sign * sale.euros.units).description,
                    String(quantity), euros.description, line.reason,
                ])
        }
        try listing.end()
    }

    @Sendable private static func rebook(_ session: Session) throws {
        let arguments = session.arguments
        let isDry = arguments.has("dry-run")
        let plans =
            isDry
            ? try session.readingDesk().rebooking(reseller: arguments.value("reseller"))
            : try session.desk().rebook(reseller: arguments.value("reseller"), reason: arguments.value("why") ?? "")
        if session.wantsJSON { return try session.printJSON(.array(plans.map(\.json))) }
        guard !plans.isEmpty else { return try session.output.print("Every booked sale comes out as it is booked; nothing to do.") }
        var listing = Listing(
            session,
            [
                .left("RESELLER"), .right("SALES"), .left("STORE"), .left("EAN"), .right("LOCAL"), .right("EUR"), .left("NEW STORE"),
                .left("NEW EAN"), .right("NEW LOCAL"), .right("NEW EUR"),
            ], none: "")
        for plan in plans {
            for line in plan.lines {
                try listing.add(
                    line.json,
                    [
                        plan.reseller, String(line.sales), line.old.store, line.old.ean.description, line.oldTotals.local.description,
                        line.oldTotals.euros.description, line.new.store, line.new.ean.description, line.newTotals.local.description,
                        line.newTotals.euros.description,
                    ])
            }
        }
        try listing.end()
        let sums = plans.map(\.sentence).joined(separator: "; ")
        try session.output.print(
            isDry ? "Would be booked anew: \(sums). selloutctl rebook does it." : "Booked anew: \(sums).")
    }
}
