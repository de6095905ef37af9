import Sellout
import Texts

/// One batch's outcome, as its reseller and the operators read it. It is made of what the ledger holds and of nothing else, so
/// that it can be written again with the same bytes. JSON is written here; HTML and the corrections workbook are made of the
/// same values.
package struct Report: Sendable {
    package static let version = 1
    /// So many errors and restatements stand in the JSON.
    package static let entriesListed = 1000

    package let batch: BatchRecord
    /// Of the reseller's profile; nil where there is none any more.
    package let vendorName: String?
    /// The first of them.
    package let rowErrors: [RowError]
    package let rowErrorCounts: [String: Int]
    package let restatements: [Restatement]
    package let rates: [ExchangeRate]

    package init(
        _ batch: BatchRecord, vendorName: String?, errors: [RowError] = [], errorCounts: [(type: String, count: Int)] = [],
        restatements: [Restatement] = [], rates: [ExchangeRate] = []
    ) {
        self.batch = batch
        self.vendorName = vendorName
        rowErrors = errors
        rowErrorCounts = Dictionary(errorCounts.map { ($0.type, $0.count) }, uniquingKeysWith: +)
        self.restatements = restatements
        self.rates = rates.sorted { ($0.currency, $0.source) < ($1.currency, $1.source) }
    }

    /// The sentence that says it all: why the file was refused, or where it stands.
    package var message: String { batch.refusal?.message ?? (batch.message.isEmpty ? Outcome(batch).sentence : batch.message) }

    /// What the reader warned of, and what the ledger knows beside it.
    package var warnings: [Warning] {
        let builtIn = rates.filter { $0.source == "built-in" }.map { rate in
            Warning(
                "BUILT_IN_RATE",
                "rate: built-in. No ECB rate is known for \(rate.currency); 1 \(rate.currency) is taken as \(rate.text) EUR.")
        }
        return batch.warnings + builtIn.filter { own in !batch.warnings.contains { $0.code == own.code } }
    }

    /// All errors by type, the file's own among them.
    package var errorCounts: [(type: String, count: Int)] {
        var counts = rowErrorCounts
        if let refusal = batch.refusal { counts[refusal.type.rawValue, default: 0] += 1 }
        return counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The UTF-8 of `NAME.xxxxxxxx.json`.
    package var jsonBytes: [UInt8] { JSONText.bytes(of: json, .indented) + [UInt8(ascii: "\n")] }
}
