/// A row that could not be read, or one of its sales: what could be read of it, so that an operator can fill in the rest.
package struct MalformedRow: Hashable, Sendable {
    /// Where one of its errors lies.
    package struct Fault: Hashable, Sendable {
        package let column: String?
        /// By a report's name.
        package let field: String?

        package init(column: String?, field: String?) {
            self.column = column
            self.field = field
        }
    }

    package let sheet: Int32
    package let row: Int32
    package let faults: [Fault]
    package let parts: SaleParts
    /// A grid's row that was lost as a whole, with many sales in it: no one sale can stand for them.
    package let holdsMany: Bool

    package init(sheet: Int32, row: Int32, faults: [Fault], parts: SaleParts, holdsMany: Bool = false) {
        self.sheet = sheet
        self.row = row
        self.faults = faults
        self.parts = parts
        self.holdsMany = holdsMany
    }

    /// Of the row that these errors speak of. `field` says what a column holds, for errors that do not.
    init?(
        _ errors: [RowError], sheet: Int32, _ parts: SaleParts, holdsMany: Bool = false, field: (String) -> String? = { _ in nil }
    ) {
        guard let row = errors.first?.row else { return nil }
        let faults = errors.map { Fault(column: $0.column, field: $0.field ?? $0.column.flatMap(field)) }
        self.init(sheet: sheet, row: Int32(clamping: row), faults: faults, parts: parts.withoutLongTexts, holdsMany: holdsMany)
    }

    package var columns: [String] { faults.compactMap(\.column) }

    /// What must be said anew, or for the first time, before the row can be a sale. `said` is what an operator has said.
    package func wanting(_ parts: SaleParts, said: Set<SalePart>) -> [SalePart] {
        let wrong = faults.compactMap { $0.field.flatMap { SalePart(named: $0) } }.filter { part in
            !said.contains(part) && !(part == .amount && said.contains(.price))
        }
        return SalePart.allCases.filter { wrong.contains($0) || parts.lacking.contains($0) }
    }
}

extension SaleParts {
    private static let longestText = 500

    /// Names that are no names are not taken along.
    fileprivate var withoutLongTexts: SaleParts {
        func isLong(_ text: String?) -> Bool { (text?.utf8.count ?? 0) > SaleParts.longestText }
        var short = self
        if isLong(product?.code) || isLong(product?.name) { short.product = nil }
        if isLong(store?.name) { short.store = nil }
        return short
    }

    /// Of the texts, so that a piece of many such rows is no larger than another.
    var textBytes: Int {
        [product?.code, product?.name, store?.name, details.orderID, details.country, details.city].reduce(64) {
            $0 + ($1?.utf8.count ?? 0)
        }
    }
}
