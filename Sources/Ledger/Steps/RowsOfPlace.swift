import Sellout

/// The sales of one row of a batch's file, whatever has become of them.
struct RowsOfPlace {
    /// One of them.
    struct Sale {
        let subject: SettledTable.Subject
        let standing: RowStory.Standing
        let parts: SaleParts
        /// In what could be read of it; nil where it could be read whole.
        var malformed: MalformedRow?
        /// The number of its row in the file's sheet, with the number of that.
        let draft: Draft?
        /// What it said in the file; nil where nobody has said anything else yet.
        let said: String?

        /// Failed, or settled before and no sale of the books.
        var mayBeSettled: Bool { standing.hasFailed || (said != nil && standing != .booked) }
    }

    let connection: Connection
    let batch: BatchRow
    let sheet: String
    let sheetNumber: Int32
    let row: Int
    let products: [StagedProduct]
    let stores: [StagedStore]
    let errors: [RowError]
    private(set) var sales: [Sale] = []

    init(_ place: RowPlace, of batch: BatchRow, _ connection: Connection) throws(LedgerFault) {
        self.connection = connection
        self.batch = batch
        let namings = NamingTables(connection: connection)
        let sheets = try namings.sheets(of: batch.edition)
        sheetNumber = try RowsOfPlace.sheet(place, among: sheets)
        sheet = sheets[Int(sheetNumber)]
        row = place.row
        products = try namings.products(of: batch.edition)
        stores = try namings.stores(of: batch.edition)
        errors = try ErrorTable(connection: connection).list(batch.rows, sheet: sheet, row: row)
        let settled = SettledTable(connection: connection)
        for (id, outcome, draft) in try SaleTable(connection: connection).list(batch.rows, sheet: sheetNumber, row: row) {
            guard products.indices.contains(Int(draft.product)), stores.indices.contains(Int(draft.store)) else {
                throw .damaged("row \(id) names no product or store")
            }
            let subject = SettledTable.Subject(sale: id)
            let parts = SaleParts(draft, product: products[Int(draft.product)].naming, store: stores[Int(draft.store)].naming)
            sales.append(
                Sale(
                    subject: subject, standing: RowStory.Standing(outcome, booked: batch.isBooked), parts: parts, draft: draft,
                    said: try settled.said(of: subject, in: batch.edition)))
        }
        for (id, standing, malformed) in try MalformedTable(connection: connection).list(batch.rows, sheet: sheetNumber, row: row) {
            let subject = SettledTable.Subject(malformed: id)
            sales.append(
                Sale(
                    subject: subject, standing: standing == .dismissed ? .dismissed : .malformed, parts: malformed.parts,
                    malformed: malformed, draft: nil, said: try settled.said(of: subject, in: batch.edition)))
        }
    }

    private static func sheet(_ place: RowPlace, among sheets: [String]) throws(LedgerFault) -> Int32 {
        let all = sheets.map { "\"\($0)\"" }.joined(separator: ", ")
        let folded = place.sheet.map(Folded.text)
        let found = sheets.indices.filter { number in folded.map { $0 == Folded.text(sheets[number]) } ?? true }
        if let only = found.first, Set(found.map { sheets[$0] }).count == 1 { return Int32(clamping: only) }
        guard let sheet = place.sheet else {
            throw LedgerFault.refused(
                sheets.isEmpty
                    ? "Nothing of the file is staged: there is no row to look at."
                    : "The file has \(sheets.count) sheets; say which: \(all).")
        }
        throw LedgerFault.refused(
            sheets.isEmpty
                ? "Nothing of the file is staged: there is no row to look at."
                : "The file has no sheet \"\(sheet)\" that was read; there are \(all).")
    }

    /// What the file says where one of these is wrong.
    func wrongValue(of part: SalePart, in malformed: MalformedRow?) -> String? {
        guard let fault = malformed?.faults.first(where: { $0.field.flatMap { SalePart(named: $0) } == part }) else { return nil }
        return errors.first { $0.column == fault.column && ($0.field == nil || $0.field == fault.field) }?.value
    }

    /// Those that a place means.
    func chosen(_ place: RowPlace) throws(LedgerFault) -> [Sale] {
        guard !sales.isEmpty else {
            throw LedgerFault.refused(
                errors.isEmpty
                    ? "Row \(row) of the sheet \"\(sheet)\" sells nothing, and nothing is wrong with it."
                    : "Nothing but the errors was kept of row \(row) of the sheet \"\(sheet)\": read the file again to settle it.")
        }
        let chosen = sales.filter { sale in
            place.column.map { column in sale.malformed?.columns.contains { $0 == column.uppercased() } ?? false } ?? true
                && place.store.map { Folded.text($0) == sale.parts.store.map { Folded.text($0.name) } } ?? true
                && place.product.map { sale.parts.product?.isCalled($0) ?? false } ?? true
        }
        guard !chosen.isEmpty else {
            throw LedgerFault.refused(
                "Row \(row) of the sheet \"\(sheet)\" has \(sales.count == 1 ? "a sale" : "sales"), but none like that.")
        }
        return chosen
    }

    /// Those of them that have failed; where none has, those that were settled before.
    func open(_ place: RowPlace) throws(LedgerFault) -> [Sale] {
        let chosen = try chosen(place)
        let open = chosen.filter(\.mayBeSettled)
        let failed = open.filter(\.standing.hasFailed)
        if !open.isEmpty { return failed.isEmpty ? open : failed }
        if chosen.contains(where: { $0.standing == .booked }) {
            throw LedgerFault.refused(
                "Row \(row) of the sheet \"\(sheet)\" is booked and cannot be settled any more: undo the batch, or correct the reference data and rebook."
            )
        }
        throw LedgerFault.refused("Row \(row) of the sheet \"\(sheet)\" has not failed: there is nothing to settle.")
    }
}

extension RowStory.Standing {
    init(_ outcome: RowOutcome, booked isBooked: Bool) {
        switch outcome {
        case .new, .restated: self = isBooked ? .booked : .valid
        case .lateNew, .lateRestated: self = .valid
        case .unchanged: self = .unchanged
        case .repeated: self = .repeated
        case .waiting: self = .waiting
        case .dismissed: self = .dismissed
        }
    }
}

extension ProductNaming {
    fileprivate func isCalled(_ text: String) -> Bool {
        let folded = Folded.text(text)
        return [ean?.description, code, name].contains { $0.map(Folded.text) == folded }
    }
}
