import Sellout

/// Settles rows of a file that is read again as operators settled them before: those that say the same as then, and fail again. What
/// cannot be settled so any more is left as it is.
struct SettledBefore {
    let settling: SettlingRows
    private let words: [SettledTable.Word]

    private var connection: Connection { settling.connection }
    private var table: SettledTable { SettledTable(connection: connection) }

    init(_ settling: SettlingRows, _ batch: BatchRow) throws(LedgerFault) {
        self.settling = settling
        words = try SettledTable(connection: settling.connection).words(of: batch)
    }

    /// Says whether it settled any.
    func carryOut(_ batch: inout BatchRow) throws(LedgerFault) -> Bool {
        var settled = 0
        for word in words {
            let before = batch
            let result = try connection.part { _ throws(LedgerFault) -> BatchRow? in
                var copy = before
                return try settle(word, &copy) ? copy : nil
            }
            switch result {
            case .success(let after?):
                batch = after
                settled += 1
            case .success(nil), .failure(.refused): continue
            case .failure(let fault): throw fault
            }
        }
        if settled > 0 { batch.skip(try table.dismissed(batch.edition)) }
        return settled > 0
    }

    /// What has not been settled again does not fit any more.
    func end(_ batch: BatchRow) throws(LedgerFault) {
        if !words.isEmpty { try table.forgetOtherReadings(of: batch) }
    }

    private func settle(_ word: SettledTable.Word, _ batch: inout BatchRow) throws(LedgerFault) -> Bool {
        let place = RowPlace(sheet: word.sheet, row: word.row)
        let rows = try RowsOfPlace(place, of: batch, connection)
        guard let sale = rows.sales.first(where: { $0.standing.hasFailed && $0.said == nil && $0.parts.line == word.said }) else {
            return false
        }
        let again = SettlingRows(
            connection: connection, terms: settling.terms,
            deed: Deed(actor: settling.deed.actor, reason: word.reason, at: settling.deed.at), saidBy: word.actor)
        if word.values.isEmpty {
            try again.dismiss([sale], of: rows, &batch)
            return true
        }
        let correction: RowCorrection
        do throws(RowCorrection.Wrong) {
            correction = try RowCorrection(word.values, currency: settling.terms.currency)
        } catch {
            throw LedgerFault.refused(error.sentence)
        }
        _ = try Correcting(settling: again, correction: correction, isSure: true, rows: rows).carryOut([sale], &batch)
        return true
    }
}

extension SettledTable {
    /// All that was said of one sale of a row, in an earlier reading.
    struct Word {
        let sheet: String
        let row: Int
        let said: String
        /// `quantity=3`; none where the row was dismissed.
        var values: [String] = []
        var reason: String
        var actor: String
    }

    private static let word = ColumnList(id, edition, sheet, row, sale, malformed, said, field, corrected, reason, AuditLog.actor)

    /// What was said in the last reading and not taken back since.
    func words(of batch: BatchRow) throws(LedgerFault) -> [Word] {
        var words: [Word] = []
        var subject: (sale: Int64?, malformed: Int64?)?
        let lines = try connection.cursor(
            Self.word,
            from: """
                settled_rows JOIN audit_log ON audit_log.id = settled_rows.entry
                WHERE settled_rows.batch = ?1 AND edition = (SELECT max(edition) FROM settled_rows WHERE batch = ?1 AND edition <> ?2)
                ORDER BY coalesce(sale, 0), coalesce(malformed, 0), settled_rows.id
                """, batch.number, batch.edition)
        defer { lines.reset() }
        while try lines.step() {
            let here = (sale: try lines[Self.sale], malformed: try lines[Self.malformed])
            if subject.map({ $0 != here }) ?? true {
                words.append(
                    Word(
                        sheet: try lines[Self.sheet], row: try lines[Self.row], said: try lines[Self.said], reason: "", actor: ""))
            }
            subject = here
            let place = words.count - 1
            words[place].reason = try lines[Self.reason]
            words[place].actor = try lines[AuditLog.actor]
            if let corrected = try lines[Self.corrected], let field = try lines[Self.field] {
                words[place].values.append("\(field)=\(corrected)")
            } else {
                words[place].values = []
            }
        }
        return words
    }

    /// They have been settled again, or do not fit any more.
    func forgetOtherReadings(of batch: BatchRow) throws(LedgerFault) {
        try connection.run("UPDATE settled_rows SET batch = NULL WHERE batch = ? AND edition <> ?", batch.number, batch.edition)
    }

    /// Whatever is read again of this batch is not settled again.
    func takeBack(of batch: BatchRow) throws(LedgerFault) {
        try connection.run("UPDATE settled_rows SET batch = NULL WHERE batch = ?", batch.number)
    }
}
