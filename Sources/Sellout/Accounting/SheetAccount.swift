import Cells

/// Keeps account of the cells of one sheet that no field takes: columns beside the data, and rows above the header. Numbers there may
/// be sales that nobody reads, so they make the batch wait.
struct SheetAccount {
    /// A column that neither the layout nor the profile knows.
    private struct Stray {
        var numbers = 0
        /// In 1/10 000; nil where it does not fit or a figure cannot be read.
        var sum: Int64? = 0
        var uncalculated = 0
        var texts = 0
        /// The first text that names another currency than the reseller's, and its row.
        var otherCurrency: (text: String, row: Int)?
        var firstRow = 0
        var lastRow = 0
    }

    private let sheet: String
    private let conventions: Conventions
    private let titles: [String]
    /// By column: whether a field, a total or the profile's `not_wanted` accounts for it.
    private let isKnown: [Bool]
    /// All columns left of it are known.
    private let firstStray: Int
    private let figureColumns: [Int]
    private var strays: [Int: Stray] = [:]
    private var above: [Warning.Place] = []

    /// - Parameter figures: the columns in which a number above the header would be a sale.
    init(_ order: SheetOrder, header: [String], known: some Sequence<Int>, figures: [Int]) {
        sheet = order.sheetName
        conventions = order.conventions
        titles = header.map(\.trimmedLine)
        figureColumns = figures
        var isKnown = header.map { text in !text.isEmpty && order.notWanted.names(folded: Folded.text(text)) }
        for column in known where column < SheetAccount.mostColumns {
            while isKnown.count <= column { isKnown.append(false) }
            isKnown[column] = true
        }
        self.isKnown = isKnown
        firstStray = isKnown.firstIndex(of: false) ?? isKnown.count
    }

    /// No spreadsheet has more.
    private static let mostColumns = 1 << 14

    /// Takes a row below the header.
    @inline(__always) mutating func take(_ row: Row) {
        guard let last = row.cells.last, Int(last.column) >= firstStray else { return }
        takeStrays(row)
    }

    private mutating func takeStrays(_ row: Row) {
        for cell in row.cells.reversed() {
            let column = Int(cell.column)
            if column < firstStray { return }
            if column < isKnown.count, isKnown[column] { continue }
            var stray = strays[column] ?? Stray()
            if !count(cell, row, &stray) { continue }
            if stray.firstRow == 0 { stray.firstRow = row.number }
            stray.lastRow = row.number
            strays[column] = stray
        }
    }

    /// False for a cell that says nothing.
    private func count(_ cell: Cell, _ row: Row, _ stray: inout Stray) -> Bool {
        switch Figure(cell, row, conventions) {
        case .nothing: return false
        case .text:
            stray.texts += 1
            if stray.otherCurrency == nil, let other = Currencies.other(than: conventions.currency, in: row, cell) {
                stray.otherCurrency = (other, row.number)
            }
        case .uncalculated: stray.uncalculated += 1
        case .number(let number):
            stray.numbers += 1
            let money = number.flatMap { Money($0) }
            stray.sum = stray.sum.flatMap { sum in money.flatMap { Money(units: sum).adding($0)?.units } }
        }
        return true
    }

    /// Takes a row above the header: figures there are no preamble.
    mutating func takeAbove(_ row: Row) {
        let figures = figureColumns.compactMap { row.cell(column: $0) }.filter {
            switch Figure($0, row, conventions) {
            case .number, .uncalculated: true
            case .nothing, .text: false
            }
        }
        guard let first = figures.first else { return }
        above.append(
            Warning.Place(
                sheet: sheet, range: "\(ColumnName.text(Int(first.column)))\(row.number)",
                look: "\"\(row.string(first).trimmedLine)\" above the header, where sales stand below it"))
    }

    /// Says what is left over.
    func report(to harvest: Harvest) {
        for place in above {
            harvest.doubt(
                "UNACCOUNTED_CELLS", "the sheet \"\(sheet)\" holds figures above its header, at \(place.range), which are not read", place)
        }
        for (column, stray) in strays.sorted(by: { $0.key < $1.key }) { report(column, stray, to: harvest) }
    }

    private func report(_ column: Int, _ stray: Stray, to harvest: Harvest) {
        let letters = ColumnName.text(column)
        let range =
            stray.firstRow == stray.lastRow ? "\(letters)\(stray.firstRow)" : "\(letters)\(stray.firstRow):\(letters)\(stray.lastRow)"
        if let (text, row) = stray.otherCurrency {
            return harvest.doubt(
                "CURRENCY_DIFFERS",
                "row \(row) of the sheet \"\(sheet)\" says \"\(text)\" in \(name(column)), and this reseller's amounts are in \(conventions.currency)",
                Warning.Place(sheet: sheet, range: "\(letters)\(row)", look: "\"\(text)\""))
        }
        if stray.numbers + stray.uncalculated > 0 {
            return harvest.doubt(
                "UNACCOUNTED_CELLS", "the sheet \"\(sheet)\" has figures in \(name(column)) that no part of the layout accounts for",
                Warning.Place(sheet: sheet, range: range, look: look(column, stray)))
        }
        if StatusWords.areSeen(in: column < titles.count ? titles[column] : "") {
            return harvest.doubt(
                "UNACCOUNTED_CELLS",
                "the sheet \"\(sheet)\" says in \(name(column)) how each row stands, and nobody reads that: cancelled rows would be sold",
                Warning.Place(sheet: sheet, range: range, look: name(column)))
        }
        harvest.warn("COLUMNS_NOT_READ", "columns of the sheet \"\(sheet)\" hold texts that are not read, the first is \(name(column))")
    }

    private func name(_ column: Int) -> String {
        let title = column < titles.count ? titles[column] : ""
        return title.isEmpty ? "column \(ColumnName.text(column))" : "column \(ColumnName.text(column)) \"\(title)\""
    }

    private func look(_ column: Int, _ stray: Stray) -> String {
        let title = column < titles.count && !titles[column].isEmpty ? "under \"\(titles[column])\"" : "without a header"
        if stray.numbers == 0 { return "\(stray.uncalculated) formulas without a value \(title)" }
        let numbers = stray.numbers == 1 ? "1 number" : "\(stray.numbers) numbers"
        return "\(numbers) \(title)\(stray.sum.map { ", sum \(Money(units: $0))" } ?? "")"
    }
}

/// What a cell that no field takes holds, as far as money goes.
private enum Figure {
    case nothing, text, uncalculated
    /// Nil where it is a figure that cannot be summed: a percentage, an error value.
    case number(DecimalNumber?)

    init(_ cell: Cell, _ row: Row, _ conventions: Conventions) {
        switch cell.kind {
        case .number: self = .number(cell.number)
        case .error: self = .number(nil)
        case .bool, .date: self = .text
        case .uncalculated: self = .uncalculated
        case .text, .sharedText:
            self = row.withText(of: cell) { Figure($0, conventions) }
        }
    }

    private init(_ text: Span<UInt8>, _ conventions: Conventions) {
        var digits = 0
        var isBlank = true
        for index in 0..<text.count {
            if text[index] &- 48 < 10 { digits += 1 }
            if text[index] > 32 { isBlank = false }
        }
        if isBlank {
            self = .nothing
        } else if digits == 0 {
            self = .text
        } else if conventions.dates.read(text) == nil,
            case .number(let number) = conventions.numbers.read(text, currency: conventions.currency)
        {
            self = .number(number)
        } else {
            let folded = Folded.text(String(copying: text))
            self = ["%", "€", "£", "$", "₴", "zł"].contains(where: folded.contains) ? .number(nil) : .text
        }
    }
}

/// Currencies by their three letters.
private enum Currencies {
    private static let all: Set<String> = [
        "eur", "usd", "gbp", "pln", "zar", "uah", "sek", "nok", "dkk", "chf", "czk", "huf", "ron", "bgn", "try", "rub", "jpy", "cny", "hkd",
        "sgd", "aud", "nzd", "cad", "aed", "sar", "ils", "mxn", "brl", "inr", "krw",
    ]

    /// The cell's text, if it is another currency's name.
    static func other(than own: String, in row: Row, _ cell: Cell) -> String? {
        let isShort = row.withText(of: cell) { $0.count == 3 }
        guard isShort else { return nil }
        let text = row.string(cell)
        return all.contains(text.lowercased()) && text.lowercased() != own.lowercased() ? text : nil
    }
}

/// Headers of columns that say whether a row counts.
private enum StatusWords {
    private static let words: Set<String> = ["status", "cancelled", "canceled", "refunded", "refund", "storno", "void", "statut"]

    static func areSeen(in title: String) -> Bool { !words.isDisjoint(with: PlainWords.of(title)) }
}
