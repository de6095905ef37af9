import Cells

/// A table's columns by field. They are properties because every row asks for them.
struct TableColumns: Sendable {
    let ean, code, name, quantity, amount, store, date, year, month, period: Int?
    let orderID, country, city, cost, fee: Int?
    /// The one or two that date a row.
    let dating: (first: Int?, second: Int?)

    init(_ columns: [Field: Int]) {
        ean = columns[.ean]
        code = columns[.code]
        name = columns[.name]
        quantity = columns[.quantity]
        amount = columns[.amount]
        store = columns[.store]
        date = columns[.date]
        year = columns[.year]
        month = columns[.month]
        period = columns[.period]
        orderID = columns[.orderID]
        country = columns[.country]
        city = columns[.city]
        cost = columns[.cost]
        fee = columns[.fee]
        dating = if let own = date ?? period { (own, nil) } else { (year, month) }
    }

    /// All that there are.
    var all: [Int] { Field.allCases.compactMap(column(of:)) }

    /// The field that each column is.
    var fields: [Int: Field] {
        Dictionary(Field.allCases.compactMap { field in column(of: field).map { ($0, field) } }, uniquingKeysWith: { first, _ in first })
    }

    func column(of field: Field) -> Int? {
        switch field {
        case .ean: ean
        case .code: code
        case .name: name
        case .quantity: quantity
        case .amount: amount
        case .store: store
        case .date: date
        case .year: year
        case .month: month
        case .period: period
        case .orderID: orderID
        case .country: country
        case .city: city
        case .cost: cost
        case .fee: fee
        }
    }

    /// The last column that dates a row.
    var lastDating: Int { max(dating.first ?? 0, dating.second ?? 0) }

    var isDated: Bool { date != nil || period != nil || year != nil && month != nil }

    var hasDetails: Bool { orderID != nil || country != nil || city != nil || cost != nil || fee != nil }

    /// The first column that names the product.
    var naming: (field: Field, column: Int?) {
        if ean == nil, let code { return (.code, code) }
        if ean == nil, let name { return (.name, name) }
        return (.ean, ean)
    }
}

/// Tells which product each row of a sheet is about. Equal texts are made once.
struct RowProducts {
    private let columns: TableColumns
    private let hasLeadingNumber: Bool
    /// Whether a product without an EAN is a sale only if operations have mapped its code.
    private let needsMapping: Bool
    private var codes = TextTable()
    private var names = TextTable()

    init(columns: TableColumns, hasLeadingNumber: Bool = false, needsMapping: Bool = false) {
        self.columns = columns
        self.needsMapping = needsMapping
        self.hasLeadingNumber = hasLeadingNumber
    }

    mutating func key(_ row: Row, _ figures: inout RowFigures) -> ProductKey {
        let ean = figures.ean(columns.ean, row)
        let code = columns.code.flatMap { row.cell(column: $0) }
        let name = columns.name.flatMap { row.cell(column: $0) }
        if let code, code.kind == .error { figures.refuseErrorValue(.code, columns.code, row) }
        if let name, name.kind == .error { figures.refuseErrorValue(.name, columns.name, row) }
        return ProductKey(ean: ean, code: codes.number(of: code, in: row), name: names.number(of: name, in: row))
    }

    /// As far as it can be told, for a row that is wrong anyway.
    mutating func quietKey(_ row: Row) -> ProductKey {
        func readable(_ column: Int?) -> Cell? {
            column.flatMap { row.cell(column: $0) }.flatMap { $0.kind == .error || $0.kind == .uncalculated ? nil : $0 }
        }
        let ean = readable(columns.ean).flatMap { $0.number.flatMap { EAN($0) } ?? EAN(Folded.text(row.string($0))) }
        return ProductKey(
            ean: ean, code: codes.number(of: readable(columns.code), in: row), name: names.number(of: readable(columns.name), in: row))
    }

    func naming(_ key: ProductKey) -> ProductNaming {
        let name = names.text(key.name)
        let code = codes.text(key.code) ?? (hasLeadingNumber ? name.flatMap(LeadingNumber.of) : nil)
        return ProductNaming(ean: key.ean, code: code, name: name, isSkippedUnmapped: needsMapping && key.ean == nil)
    }

    /// Whether it is called as a sum is.
    func isTotal(_ key: ProductKey) -> Bool {
        [codes.text(key.code), names.text(key.name)].contains { $0.map(TotalWords.isTotal) ?? false }
    }
}

/// Dates the rows of a table. Equal texts are read once.
struct RowPeriods {
    private let columns: TableColumns
    private let patterns: [PeriodPattern]
    /// The year of weeks and months that are written without one.
    private let year: Int?
    private var texts = TextTable()
    private var known: [Int32: Period] = [:]

    init(columns: TableColumns, texts: [PeriodPattern], year: Int?) {
        self.columns = columns
        self.year = year
        patterns = !texts.isEmpty || columns.period == nil ? texts : PeriodRule.usualTexts
    }

    mutating func period(_ row: Row, _ figures: inout RowFigures) -> Period? {
        if columns.date != nil { return read(.date, columns.date, row, &figures) }
        if columns.period != nil { return read(.period, columns.period, row, &figures) }
        return figures.month(year: columns.year, month: columns.month, row).map { .month($0) }
    }

    private mutating func read(_ field: Field, _ column: Int?, _ row: Row, _ figures: inout RowFigures) -> Period? {
        // A day is read faster than it is looked up.
        guard !patterns.isEmpty else { return figures.period(field, column, row, like: []) }
        let text = texts.number(of: column.flatMap { row.cell(column: $0) }, in: row)
        if let period = known[text] { return period }
        let period = figures.period(field, column, row, like: patterns, year: year)
        if let period, text != TextTable.none { known[text] = period }
        return period
    }
}

/// The number with which a reseller begins a product's text.
private enum LeadingNumber {
    static func of(_ text: String) -> String? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard digits.count >= 4, let next = text.dropFirst(digits.count).first, !next.isLetter else { return nil }
        return String(digits)
    }
}
