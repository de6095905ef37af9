import Cells
import Sellout

/// Puts an operator's values in the place of a row's, and resolves it with today's reference data.
struct Correcting {
    let settling: SettlingRows
    let correction: RowCorrection
    let isSure: Bool
    let rows: RowsOfPlace

    private var connection: Connection { settling.connection }
    private var terms: Terms { settling.terms }

    /// What is said of several sales at once.
    private static let common: Set<SalePart> = [.product, .date]

    /// How many sales of the row wait all the same.
    func carryOut(_ open: [RowsOfPlace.Sale], _ batch: inout BatchRow) throws(LedgerFault) -> Int {
        if open.count > 1, !correction.parts.isSubset(of: Self.common) {
            throw LedgerFault.refused(
                "\(open.count) sales of row \(rows.row) are meant; only their product and their date can be set together. Say which one, with --store, --product or --column."
            )
        }
        let catalogue = try ReferenceTables(connection: connection).catalogue(for: terms)
        let entry = try enter(open, batch)
        for sale in open { try correct(sale, catalogue, entry, &batch) }
        return try settling.tellWaiting(rows, batch)
    }

    private func enter(_ open: [RowsOfPlace.Sale], _ batch: BatchRow) throws(LedgerFault) -> Int64 {
        func before(_ part: SalePart) -> String? {
            rows.wrongValue(of: part, in: open.first?.malformed) ?? open.first?.parts.text(part)
        }
        let changes = correction.texts.map { "\($0.part.rawValue) \(before($0.part).map { "\"\($0)\"" } ?? "-") → \"\($0.text)\"" }
        return try settling.enter("correct row", changes.joined(separator: ", "), rows, batch)
    }

    private func correct(
        _ sale: RowsOfPlace.Sale, _ catalogue: Catalogue, _ entry: Int64, _ batch: inout BatchRow
    ) throws(LedgerFault) {
        let parts = try applied(to: sale, catalogue)
        guard let probe = parts.draft(sheet: rows.sheetNumber, row: Int32(clamping: rows.row), product: 0, store: 0),
            let looked = LookedUp(parts, probe, terms: terms, catalogue: catalogue, sheet: rows.sheet)
        else { throw LedgerFault.broken("A row without a gap makes no sale.") }
        try doubt(probe, looked, catalogue)
        let namings = NamingTables(connection: connection)
        var draft = probe
        draft.product = try namings.number(of: looked.product, in: batch)
        draft.store = try namings.number(of: looked.store, in: batch)
        let id = try write(draft, of: sale, &batch)
        if case .sale(let resolved) = looked.resolution, let rate = looked.rate,
            let number = try namings.merge(batch.edition, rates: [rate]).first
        {
            let row = StagedRow(draft: draft, local: resolved.local, euros: resolved.euros, rate: 0)
            _ = try SaleTable(connection: connection).resolve(id, as: row, rate: number, booked: batch.isBooked)
        }
        try note(sale, as: parts, became: id, entry, batch)
    }

    private func applied(to sale: RowsOfPlace.Sale, _ catalogue: Catalogue) throws(LedgerFault) -> SaleParts {
        if let malformed = sale.malformed, malformed.holdsMany {
            throw LedgerFault.refused(
                "Row \(rows.row) of the sheet \"\(rows.sheet)\" holds sales of several columns and was lost as a whole: dismiss it, and have what it sells sent again."
            )
        }
        let parts: SaleParts
        do throws(RowCorrection.Wrong) {
            parts = try correction.applied(to: sale.parts, terms: terms, catalogue: catalogue)
        } catch {
            throw LedgerFault.refused(error.sentence)
        }
        let wanting = sale.malformed?.wanting(parts, said: correction.parts) ?? parts.lacking
        guard wanting.isEmpty else {
            let names = wanting.map(\.rawValue).joined(separator: " and ")
            throw LedgerFault.refused("Row \(rows.row) of the sheet \"\(rows.sheet)\" is no sale without \(names): say that too.")
        }
        return parts
    }

    private func doubt(_ draft: Draft, _ looked: LookedUp, _ catalogue: Catalogue) throws(LedgerFault) {
        guard !isSure, case .sale(let sale) = looked.resolution, let ean = looked.product.ean else { return }
        let doubts = draft.doubts(ean, sale, terms: terms, catalogue: catalogue, today: settling.deed.at.day)
        guard let first = doubts.first else { return }
        throw LedgerFault.refused("This can hardly be: \(first). If it is so all the same, say --sure.")
    }

    /// The row's number in `sale_rows`.
    private func write(_ draft: Draft, of sale: RowsOfPlace.Sale, _ batch: inout BatchRow) throws(LedgerFault) -> Int64 {
        let table = SaleTable(connection: connection)
        if let id = sale.subject.sale {
            try table.rewrite(id, as: draft)
            return id
        }
        guard batch.staged + 1 < RowRange.most else { throw LedgerFault.refused("The file has more rows than a batch can hold.") }
        try table.append([StagedRow(draft: draft, local: nil, euros: nil, rate: nil)], behind: batch.rows.first + batch.staged)
        batch.staged += 1
        let id = batch.rows.first + batch.staged
        if let malformed = sale.subject.malformed {
            try MalformedTable(connection: connection).settle(malformed, .sale, sale: id)
            try settling.forgetErrors(of: sale, rows, &batch)
        }
        return id
    }

    private func note(
        _ sale: RowsOfPlace.Sale, as parts: SaleParts, became id: Int64, _ entry: Int64, _ batch: BatchRow
    ) throws(LedgerFault) {
        let settled = SettledTable(connection: connection)
        var subject = sale.subject
        if let malformed = subject.malformed { try settled.note(malformed, became: id, in: batch.edition) }
        subject.sale = id
        try settled.forgetDismissal(of: subject, in: batch.edition)
        for (given, text) in correction.texts {
            // A price says what the amount is.
            let part = given == .price ? .amount : given
            let corrected = given == .price ? parts.amount?.exact ?? text : text
            let original = rows.wrongValue(of: part, in: sale.malformed) ?? sale.parts.text(part)
            try settled.enter(
                SettledRow(
                    sheet: rows.sheet, row: rows.row, field: part.rawValue, original: original, corrected: corrected,
                    reason: settling.deed.reason), of: subject, said: sale.said ?? sale.parts.line, in: batch, by: entry)
        }
    }
}

extension NamingTables {
    /// The number that a product has in the batch, which gets one where it has none with that meaning.
    fileprivate func number(of product: StagedProduct, in batch: BatchRow) throws(LedgerFault) -> Int32 {
        let known = try products(of: batch.edition)
        if let number = known.firstIndex(where: { $0.naming.isWritten(as: product.naming) && $0.ean == product.ean }) {
            return Int32(clamping: number)
        }
        var chunk = StagedChunk(referenceVersion: batch.referenceVersion)
        chunk.products = [product]
        try append(chunk, to: batch.edition, of: batch.record.reseller)
        return Int32(clamping: known.count)
    }

    fileprivate func number(of store: StagedStore, in batch: BatchRow) throws(LedgerFault) -> Int32 {
        let known = try stores(of: batch.edition)
        let number = known.firstIndex { one in
            one.naming == store.naming && (store.store == nil || one.store.map { $0.code == store.store?.code } ?? false)
        }
        if let number { return Int32(clamping: number) }
        var chunk = StagedChunk(referenceVersion: batch.referenceVersion)
        chunk.stores = [store]
        try append(chunk, to: batch.edition, of: batch.record.reseller)
        return Int32(clamping: known.count)
    }
}

extension ProductNaming {
    fileprivate func isWritten(as other: ProductNaming) -> Bool { (ean, code, name) == (other.ean, other.code, other.name) }
}

extension Money {
    /// With as many places as it has.
    fileprivate var exact: String { units % 100 == 0 ? description : DecimalNumber(digits: units, exponent: -4).description }
}
