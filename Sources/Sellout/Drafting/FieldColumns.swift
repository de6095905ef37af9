import Cells

/// Which column of an unknown table holds which field, by the header's words and by the values.
struct FieldColumns {
    private struct Claim {
        let field: Field
        let column: Int
        let score: Int
    }

    let looks: [ColumnLook]
    private(set) var columns: [Field: Int] = [:]
    /// Fields that were found by their values alone, or with a rival.
    private(set) var doubts: [Field: String] = [:]
    /// Why a column that could be a field's is not.
    private(set) var passedOver: [Int: String] = [:]

    init(_ looks: [ColumnLook]) {
        self.looks = looks
        var claims = looks.flatMap { look in FieldColumns.claim(look).map { [$0] } ?? [] }
        dropSums(&claims)
        claims.sort { ($1.score, $0.column) < ($0.score, $1.column) }
        for claim in claims {
            if columns[claim.field] == nil {
                columns[claim.field] = claim.column
            } else if [.quantity, .amount, .store].contains(claim.field), !looks[claim.column].values.isEmpty {
                rival(claim)
            }
        }
        chooseEAN()
        findByValues()
    }

    func look(_ field: Field) -> ColumnLook? { columns[field].map { looks[$0] } }

    func has(_ field: Field) -> Bool { columns[field] != nil }

    private mutating func rival(_ claim: Claim) {
        guard let taken = columns[claim.field] else { return }
        let (header, other) = (looks[taken].header, looks[claim.column].header)
        passedOver[claim.column] = "\(looks[taken].header) is taken as the \(claim.field.rawValue)"
        if doubts[claim.field] == nil {
            doubts[claim.field] =
                "\(DraftLine.quoted(other)) could be the \(claim.field.rawValue) too, in place of \(DraftLine.quoted(header))"
        }
    }

    /// What the header's words name, as far as the values allow it.
    private static func claim(_ look: ColumnLook) -> Claim? {
        if look.areEANs {
            return Claim(field: .ean, column: look.column, score: 90 + (HeaderWords.fields(of: look.header).first?.score ?? 0))
        }
        let named = HeaderWords.fields(of: look.header)
        let isNone = HeaderTraits.noSale(look.header) != nil
        for (field, score) in named {
            guard let field = fitting(field, look) else { continue }
            // `Product Group` and `Supplier Reference` describe; a date or an order's number can stand beside such a word.
            if isNone, ![.date, .year, .month, .period, .orderID].contains(field) { return nil }
            return Claim(field: field, column: look.column, score: score + bonus(field, look))
        }
        return nil
    }

    /// The field that these values can be under such a header; nil if they cannot be it.
    private static func fitting(_ field: Field, _ look: ColumnLook) -> Field? {
        if look.values.isEmpty { return field }
        switch field {
        case .date, .year, .month, .period: return time(field, look)
        case .quantity: return look.areWhole ? field : nil
        case .amount, .cost, .fee: return look.areNumbers ? field : nil
        case .ean: return look.areDates ? nil : .code
        case .code: return look.areDates ? nil : field
        case .name: return look.areTexts && !look.areCodes ? field : look.areCodes ? .code : nil
        case .store: return look.areDates || look.areNumbers && !look.areWhole ? nil : field
        case .orderID: return look.areDates ? nil : field
        case .country, .city: return look.areTexts ? field : nil
        }
    }

    private static func time(_ field: Field, _ look: ColumnLook) -> Field? {
        let isWeek = HeaderTraits.isWeek(look.header)
        if look.areYears { return .year }
        if look.areMonths, !isWeek { return .month }
        if look.areDates { return field == .date || !look.areFirstDays ? .date : .period }
        guard look.areTimes else { return nil }
        let weeks = WrittenTime.patterns(for: look.periods).patterns.contains { $0.tokens.contains(.week) }
        return weeks ? .date : .period
    }

    private static func bonus(_ field: Field, _ look: ColumnLook) -> Int {
        let words = PlainWords.of(look.header)
        var bonus = look.values.isEmpty ? -40 : 0
        switch field {
        case .amount:
            // The amount without tax is what a sale is worth; the profile says so where there is none.
            if HeaderTraits.excludesTax(look.header) { bonus += HeaderTraits.namesExclusion(look.header) ? 120 : 45 }
            if HeaderTraits.includesTax(look.header) { bonus -= 30 }
        case .store:
            if look.areNumbers || words.contains(where: { ["code", "id", "no", "nr", "kod", "number", "numer"].contains($0) }) {
                bonus -= 30
            }
        case .name: bonus += min(look.averageLength, 40) / 4
        default: break
        }
        return bonus
    }

    /// A column that equals the sum of others is their total, unless tax made the sum.
    private func dropSums(_ claims: inout [Claim]) {
        claims.removeAll { claim in
            guard [.quantity, .amount].contains(claim.field), TotalWords.isTotal(looks[claim.column].header) else { return false }
            let parts = looks.filter {
                $0.column != claim.column && $0.areNumbers && !$0.areYears && !$0.isAllZero && HeaderTraits.noSale($0.header) == nil
            }
            return FieldColumns.isSum(looks[claim.column], of: parts)
        }
    }

    static func isSum(_ look: ColumnLook, of parts: [ColumnLook]) -> Bool {
        guard parts.count >= 2, !look.isAllZero else { return false }
        return look.units.indices.allSatisfy { row in
            look.units[row] ?? 0 == SheetLook.sum(parts.compactMap { $0.units[row] })
        }
    }

    /// Of several columns of EANs the one whose header says so; those of boxes stand beside those of pieces.
    private mutating func chooseEAN() {
        guard let ean = columns[.ean] else { return }
        let others = looks.filter { $0.column != ean && $0.areEANs }
        if !others.isEmpty { doubts[.ean] = "\(DraftLine.quoted(others[0].header)) holds EANs too" }
    }

    /// What no header names: by what the values look like.
    private mutating func findByValues() {
        var free: [ColumnLook] {
            let taken = Set(columns.values)
            return looks.filter { !taken.contains($0.column) && !$0.values.isEmpty && passedOver[$0.column] == nil }
        }
        func figures(_ look: ColumnLook) -> Bool {
            look.areNumbers && !look.areYears && HeaderTraits.noSale(look.header) == nil && !look.isAllZero
                && !TotalWords.isAlone(look.header)
                && HeaderWords.fields(of: look.header).allSatisfy { ![.code, .orderID, .store].contains($0.field) }
        }
        func find(_ field: Field, _ choose: ([ColumnLook]) -> ColumnLook?) {
            guard !has(field), let look = choose(free) else { return }
            columns[field] = look.column
            doubts[field] = "told by its values alone"
        }
        if !has(.date), !has(.period), !(has(.year) && has(.month)) {
            find(.date) { $0.first { $0.areDates } }
            if !has(.date) { find(.period) { $0.first { !$0.areNumbers && $0.areTimes } } }
        }
        if !has(.ean), !has(.code) {
            find(.code) { $0.filter { $0.areCodes && !$0.areDates && !$0.areTimes }.max { $0.distinct < $1.distinct } }
        }
        if !has(.amount) { find(.amount) { $0.first { figures($0) && !$0.areWhole } } }
        if !has(.quantity) { find(.quantity) { $0.first { figures($0) && $0.areWhole } } }
        if !has(.amount) { find(.amount) { $0.first(where: figures) } }
        if !has(.name), !has(.ean), !has(.code) {
            find(.name) {
                $0.filter { $0.areTexts && $0.distinct > 0 }.max { ($0.distinct, $0.averageLength) < ($1.distinct, $1.averageLength) }
            }
        }
        if !has(.store) {
            find(.store) { looks in
                looks.first { look in
                    look.areTexts && HeaderTraits.noSale(look.header) == nil && look.distinct > 1 && look.distinct * 2 <= look.values.count
                        && HeaderWords.fields(of: look.header).isEmpty
                }
            }
        }
    }
}
