/// One thing wrong with a retail workbook: where, what, and what to do. A workbook with any changes nothing.
package struct RetailFault: Hashable, Sendable {
    package let sheet: String
    /// Nil where the whole sheet is meant.
    package let row: Int?
    /// The header as the file spells it.
    package let column: String?
    /// What stands there.
    package let value: String?
    package let message: String
    /// What to do about it; nil for what is only told.
    package let suggestion: String?

    package init(
        sheet: String, row: Int? = nil, column: String? = nil, value: String? = nil, _ message: String, do suggestion: String? = nil
    ) {
        self.sheet = sheet
        self.row = row
        self.column = column
        self.value = value.map { $0.count > 60 ? $0.prefix(60) + "…" : $0 }
        self.message = message
        self.suggestion = suggestion
    }

    /// `RETAILER_INFO, row 7, RETAILER_ID: …`
    package var sentence: String {
        let place = [sheet, row.map { "row \($0)" }, column].compactMap { $0 }.joined(separator: ", ")
        return ["\(place): \(message)", suggestion].compactMap { $0 }.joined(separator: " ")
    }
}

/// Those of one workbook. The first are kept, all are counted.
package struct RetailFaults: Hashable, Sendable {
    package static let kept = 1000

    package private(set) var first: [RetailFault] = []
    package private(set) var count = 0

    package init() {}

    package var isEmpty: Bool { count == 0 }

    mutating func add(_ fault: RetailFault) {
        count += 1
        if first.count < Self.kept { first.append(fault) }
    }

    /// The first of them and how many more there are.
    package var sentence: String {
        let told = 5
        let shown = first.prefix(told).map(\.sentence).joined(separator: " ")
        return count > told ? "\(shown) And \(count - told) more; the report has them." : shown
    }
}
