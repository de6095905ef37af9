import Cells

/// Gathers what a layout extracts, and hands it over piece by piece.
package final class Harvest {
    private static let piece = 2048
    /// Of texts in one piece, about: a hostile file's names and values are long.
    private static let pieceBytes = 1 << 20
    private static let mostNamings = 500_000

    private var findings = Findings()
    /// The sums of all drafts, for the control totals.
    private(set) var quantity: Int64 = 0
    private(set) var amount = Money.zero

    private var gathered = Harvested()
    /// Of the names and errors gathered.
    private var textBytes = 0
    private var warnings: [String: Warning] = [:]
    private var skipped: [SkipReason: SkippedRows] = [:]
    private var sheets = 0
    private var products: [ProductKey: Int32] = [:]
    private var identities: [UInt64] = []
    private var stores: [String: Int32] = [:]
    private var storeNames: [String] = []
    /// The first and the last day of any sale.
    package private(set) var days: ClosedRange<CivilDay>?
    private let handOver: (Harvested) throws -> Void
    private let isOnline: (String) -> Bool

    package init(isOnline: @escaping (String) -> Bool, handOver: @escaping (Harvested) throws -> Void) {
        self.isOnline = isOnline
        self.handOver = handOver
    }

    func sheet(_ name: String) -> Int32 {
        gathered.sheets.append(name)
        sheets += 1
        return Int32(clamping: sheets - 1)
    }

    /// The product's number. `naming` spells the product out if it is new.
    func product(_ key: ProductKey, _ naming: () -> ProductNaming) throws(FileRefusal) -> Int32 {
        if let known = products[key] { return known }
        let number = Int32(products.count)
        guard products.count < Harvest.mostNamings else { throw Harvest.tooMany("products") }
        products[key] = number
        let named = naming()
        textBytes += (named.code?.utf8.count ?? 0) + (named.name?.utf8.count ?? 0)
        gathered.products.append(named)
        identities.append(key.ean.map { UInt64(bitPattern: $0.value) } ?? ~UInt64(number))
        if let ean = key.ean, !ean.hasRightCheckDigit {
            warn("CHECK_DIGIT", "EANs whose check digit is wrong, the first is \(ean); they were taken as they are")
        }
        return number
    }

    /// What tells the product with this number from others, whatever texts stand beside its EAN.
    func identity(ofProduct number: Int32) -> UInt64 {
        identities.indices.contains(Int(number)) ? identities[Int(number)] : ~UInt64(UInt32(bitPattern: number))
    }

    func store(_ name: String) throws(FileRefusal) -> Int32 {
        let folded = Folded.text(name)
        if let known = stores[folded] { return known }
        let number = Int32(stores.count)
        guard stores.count < Harvest.mostNamings else { throw Harvest.tooMany("stores") }
        stores[folded] = number
        storeNames.append(name)
        textBytes += name.utf8.count
        gathered.stores.append(naming(ofStore: name))
        return number
    }

    func take(_ draft: Draft) throws {
        gathered.drafts.append(draft)
        let (sum, overflow) = quantity.addingReportingOverflow(draft.quantity)
        guard !overflow, let total = amount.adding(draft.amount ?? .zero) else {
            throw FileRefusal(.limitExceeded, "The sums of this file are too large to be sales figures.")
        }
        quantity = sum
        amount = total
        take(draft.date.day)
        if gathered.drafts.count >= Harvest.piece || textBytes >= Harvest.pieceBytes { try flush() }
    }

    @inline(__always) private func take(_ day: CivilDay) {
        guard let days else {
            self.days = day...day
            return
        }
        if days.contains(day) { return }
        self.days = min(days.lowerBound, day)...max(days.upperBound, day)
    }

    /// `row` is what could be read of it all the same.
    func refuse(_ errors: [RowError], _ row: MalformedRow?) throws {
        gathered.errors += errors
        gathered.malformedRows += 1
        if let row {
            gathered.malformed.append(row)
            textBytes += row.parts.textBytes
        }
        textBytes += errors.reduce(0) { $0 + $1.message.utf8.count + ($1.value?.utf8.count ?? 0) }
        if gathered.errors.count >= Harvest.piece || textBytes >= Harvest.pieceBytes { try flush() }
    }

    /// Counts a row that is no sale, with the figures that stand in it.
    func skip(_ reason: SkipReason, quantity: Int64 = 0, amount: Int64 = 0, at place: @autoclosure () -> Warning.Place? = nil) {
        let isWorthAPlace = quantity != 0 || amount != 0
        skipped[reason, default: SkippedRows(reason.rawValue)].add(
            quantity: quantity, amount: amount, at: isWorthAPlace ? place().map { [$0] } ?? [] : [])
    }

    func warn(_ code: String, _ message: @autoclosure () -> String) {
        if warnings[code] != nil {
            warnings[code]?.add(nil)
        } else {
            warnings[code] = Warning(code, message())
        }
    }

    /// Something that makes the batch wait. `message` says it of the first case; the places name the others too.
    func doubt(
        _ code: String, _ message: @autoclosure () -> String, _ place: Warning.Place, answer: Expectations.Answer = .hold
    ) {
        guard answer != .ignore else { return }
        if warnings[code] != nil {
            warnings[code]?.add(place)
        } else {
            warnings[code] = Warning(code, message(), holds: answer == .hold, places: [place])
        }
    }

    func naming(ofStore name: String) -> StoreNaming { StoreNaming(name: name, isOnline: isOnline(name)) }

    func storeName(_ number: Int) -> String { storeNames.indices.contains(number) ? storeNames[number] : "" }

    func control(_ total: ControlTotal) { findings.controlTotals.append(total) }

    /// Hands over what is left, and says what was found in the whole file.
    package func finish() throws -> Findings {
        try flush()
        findings.skipped = SkipReason.allCases.compactMap { skipped[$0] }
        findings.warnings = warnings.values.sorted { $0.code < $1.code }
        return findings
    }

    private func flush() throws {
        guard !gathered.isEmpty else { return }
        try handOver(gathered)
        gathered.sheets.removeAll()
        gathered.products.removeAll()
        gathered.stores.removeAll()
        gathered.errors.removeAll()
        gathered.drafts.removeAll(keepingCapacity: true)
        gathered.malformedRows = 0
        gathered.malformed.removeAll()
        textBytes = 0
    }

    private static func tooMany(_ what: String) -> FileRefusal {
        FileRefusal(
            .limitExceeded, "This file names more than \(mostNamings) \(what); that is no sell-out report. Please check the columns.")
    }
}

/// Why a row is no sale, as a report says it.
package enum SkipReason: String, CaseIterable, Sendable {
    case blank = "blank rows"
    case withoutProduct = "rows without a product"
    case withoutQuantity = "rows without a quantity"
    case nothingSold = "rows that sell nothing"
    case total = "total rows"
    case headerAgain = "header rows in between"
    case sizes = "size rows, whose figures their product's total row has"
    case names = "rows with a name and no figures"
}

/// What tells one product from another: numbers only, so that a row's product is found without making a text.
struct ProductKey: Hashable {
    let ean: EAN?
    let code: Int32
    let name: Int32

    var isEmpty: Bool { ean == nil && code == TextTable.none && name == TextTable.none }
}

/// A piece of what a file holds, as the reader hands it over. Sheets, products and stores are numbered through the whole file, in
/// the order in which they are first named. Drafts refer to them by these numbers.
package struct Harvested: Hashable, Sendable {
    package var sheets: [String] = []
    package var products: [ProductNaming] = []
    package var stores: [StoreNaming] = []
    package var drafts: [Draft] = []
    /// What is wrong with the rows that are no drafts.
    package var errors: [RowError] = []
    /// How many rows `errors` speaks of: a row can have several.
    package var malformedRows = 0
    /// What could be read of these.
    package var malformed: [MalformedRow] = []

    package init() {}

    package var isEmpty: Bool {
        sheets.isEmpty && products.isEmpty && stores.isEmpty && drafts.isEmpty && errors.isEmpty && malformedRows == 0
    }
}
