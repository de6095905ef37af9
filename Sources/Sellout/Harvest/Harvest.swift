import Cells

/// Gathers what a layout extracts, and hands it over piece by piece.
package final class Harvest {
    private static let piece = 2048
    private static let mostNamings = 500_000

    package private(set) var findings = Findings()
    /// The sums of all drafts, for the control totals.
    package private(set) var quantity: Int64 = 0
    package private(set) var amount = Money.zero
    package private(set) var salesFound = 0

    private var gathered = Harvested()
    private var warnings: [String: Warning] = [:]
    private var sheets = 0
    private var products: [ProductKey: Int32] = [:]
    private var stores: [String: Int32] = [:]
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

    /// The number of the product with this EAN and these texts, which `naming` spells out when it is new.
    func product(_ key: ProductKey, _ naming: () -> ProductNaming) throws(FileRefusal) -> Int32 {
        if let known = products[key] { return known }
        let number = Int32(products.count)
        guard products.count < Harvest.mostNamings else { throw Harvest.tooMany("products") }
        products[key] = number
        gathered.products.append(naming())
        if let ean = key.ean, !ean.hasRightCheckDigit {
            warn("CHECK_DIGIT", "EANs whose check digit is wrong, the first is \(ean); they were taken as they are")
        }
        return number
    }

    func store(_ name: String) throws(FileRefusal) -> Int32 {
        let folded = Folded.text(name)
        if let known = stores[folded] { return known }
        let number = Int32(stores.count)
        guard stores.count < Harvest.mostNamings else { throw Harvest.tooMany("stores") }
        stores[folded] = number
        gathered.stores.append(StoreNaming(name: name, isOnline: isOnline(name)))
        return number
    }

    func take(_ draft: Draft) throws {
        gathered.drafts.append(draft)
        salesFound += 1
        let (sum, overflow) = quantity.addingReportingOverflow(draft.quantity)
        guard !overflow, let total = amount.adding(draft.amount ?? .zero) else {
            throw FileRefusal(.limitExceeded, "The sums of this file are too large to be sales figures.")
        }
        quantity = sum
        amount = total
        if gathered.drafts.count >= Harvest.piece { try flush() }
    }

    func refuse(_ errors: [RowError]) throws {
        gathered.errors += errors
        gathered.malformedRows += 1
        if gathered.errors.count >= Harvest.piece { try flush() }
    }

    func skip() { findings.rowsSkipped += 1 }

    func warn(_ code: String, _ message: @autoclosure () -> String) {
        if warnings[code] != nil {
            warnings[code]?.count += 1
        } else {
            warnings[code] = Warning(code, message())
        }
    }

    func control(_ total: ControlTotal) { findings.controlTotals.append(total) }

    /// Hands over what is left, and says what was found in all.
    package func finish() throws -> Findings {
        try flush()
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
    }

    private static func tooMany(_ what: String) -> FileRefusal {
        FileRefusal(
            .limitExceeded, "This file names more than \(mostNamings) \(what); that is no sell-out report. Please check the columns.")
    }
}

/// What tells one product's naming from another's: numbers only, so that a row's product is found without making a text.
struct ProductKey: Hashable {
    var ean: EAN?
    var code: Int32
    var name: Int32
}
