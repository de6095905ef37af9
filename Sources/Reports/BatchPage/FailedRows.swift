import Sellout

/// Rows of one side, of which few are named.
package struct FailedRows {
    package let count: Int
    /// What is new to us in them.
    package let what: Phrase
    private let numbers: [Int]
    private static let mostNamed = 4

    /// Nil where there are none.
    package init?(of report: Report, areForUs: Bool) {
        var places: Set<[String]> = []
        var numbers: [Int] = []
        let errors = report.rowErrors.filter { $0.kind.isForUs == areForUs }
        for error in errors where places.insert([error.sheet, "\(error.row)"]).inserted { numbers.append(error.row) }
        guard !numbers.isEmpty else { return nil }
        // A row can have several errors, and the report holds the first of them only.
        let isWhole = report.rowErrors.count < Report.entriesListed
        let types = Set(errors.map(\.type))
        let all = report.errorCounts.filter { kind in types.contains { $0.rawValue == kind.type } }.reduce(0) { $0 + $1.count }
        count = isWhole ? numbers.count : min(all, report.batch.counts.failed)
        what =
            switch types {
            case [.storeNotFound]: .newStore
            case [.productNotMapped]: .newProduct
            case [.invalidPrice]: .missingPrice
            default: .newProductOrStore
            }
        self.numbers = numbers
    }

    /// `7, 9 and 12`; nil where they are too many.
    package func names(_ voice: Voice) -> String? {
        numbers.count == count && count <= Self.mostNamed ? voice.list(numbers.map(voice.number)) : nil
    }
}
