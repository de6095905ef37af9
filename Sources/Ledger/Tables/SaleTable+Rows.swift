import Sellout

/// One row of a file at a time: what operators settle.
extension SaleTable {
    /// The sales of one row of the file, with their numbers.
    func list(_ range: RowRange, sheet: Int32, row: Int) throws(LedgerFault) -> [(id: Int64, outcome: RowOutcome, draft: Draft)] {
        try connection.all(
            Self.sale + ColumnList(Self.outcome),
            from: """
                sale_rows WHERE \(RowRange.within(Self.table)) AND sale_rows.sheet = ? AND sale_rows.row_number = ? ORDER BY id
                """, range, sheet, row
        ) { line throws(LedgerFault) in
            let (id, draft) = (try line[Self.id], try Self.draft(line))
            return (id, try line[Self.outcome], draft)
        }
    }

    func mark(_ id: Int64, _ outcome: RowOutcome) throws(LedgerFault) {
        try connection.update(Self.outcome(outcome), where: "id = ?", id)
    }

    /// Says something else in a row that is no sale of the books. It waits then, until it is resolved.
    func rewrite(_ id: Int64, as draft: Draft) throws(LedgerFault) {
        let details = draft.details ?? SaleDetails()
        try connection.update(
            Self.outcome(.waiting), Self.product(draft.product), Self.store(draft.store), Self.day(draft.date.day),
            Self.isMonthly(draft.date.isMonthly), Self.quantity(draft.quantity), Self.local(draft.amount), Self.euros(nil), Self.rate(nil),
            Self.isPriced(draft.amount == nil ? true : nil), Self.order(details.orderID), Self.country(details.country),
            Self.city(details.city), Self.cost(details.cost), Self.fee(details.fee), Self.span(details.span), where: "id = ?", id)
    }
}
