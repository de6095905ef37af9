import Sellout

/// One batch's outcome, as its reseller and the operators read it. It is made of what the ledger holds and of nothing else, so
/// that it can be written again with the same bytes. JSON is written here; HTML and the corrections workbook are made of the
/// same values.
package struct Report: Sendable {
    package static let version = 1
    /// The JSON lists so many errors and restatements at the most.
    package static let entriesListed = 1000

    package let batch: Batch
    /// As the reseller's profile names it; nil where there is no profile any more.
    package let vendorName: String?
    /// The first of them.
    package let rowErrors: [RowError]
    private let rowErrorCounts: [String: Int]
    /// What operators have said of failed rows, the first of them.
    package let settled: [SettledRow]
    package let restatements: [Restatement]
    package let rates: [ExchangeRate]
    /// What the batch brings, in its own currency; empty where nobody has added it up.
    package let sums: [StoreMonth]
    /// The file beside the report that has all errors, for a report that cannot list them.
    private let errorsFile: String

    /// One store's sales of one month.
    package struct StoreMonth: Hashable, Sendable {
        package let store: String
        package let month: Month
        package let amount: Money

        package init(store: String, month: Month, amount: Money) {
            self.store = store
            self.month = month
            self.amount = amount
        }
    }

    package init(
        _ batch: Batch, vendorName: String?, errors: [RowError] = [], errorCounts: [(type: String, count: Int)] = [],
        settled: [SettledRow] = [], restatements: [Restatement] = [], rates: [ExchangeRate] = [], sums: [StoreMonth] = [],
        errorsFile: String = ""
    ) {
        self.batch = batch
        self.vendorName = vendorName
        rowErrors = errors
        rowErrorCounts = Dictionary(errorCounts.map { ($0.type, $0.count) }, uniquingKeysWith: +)
        self.settled = settled
        self.restatements = restatements
        self.errorsFile = errorsFile
        self.sums = sums
        self.rates = rates.sorted { ($0.currency, $0.source) < ($1.currency, $1.source) }
    }

    /// What the reader warned of, and what the ledger knows beside it.
    package var warnings: [Warning] {
        let builtIn = rates.filter { $0.source == "built-in" }.map { rate in
            Warning(
                "BUILT_IN_RATE",
                "rate: built-in. No ECB rate is known for \(rate.currency); 1 \(rate.currency) is taken as \(rate.text) EUR.")
        }
        return batch.warnings + builtIn.filter { own in !batch.warnings.contains { $0.code == own.code } }
    }

    /// Where all errors stand; nil where this report lists them.
    package var restOfErrors: String? {
        errorCounts.reduce(0) { $0 + $1.count } > Report.entriesListed && !errorsFile.isEmpty ? errorsFile : nil
    }

    /// All errors by type, the file's own among them.
    package var errorCounts: [(type: String, count: Int)] {
        var counts = rowErrorCounts
        if let refusal = batch.refusal { counts[refusal.type.rawValue, default: 0] += 1 }
        return counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}

extension Report {
    /// The sentence that says it all: why the file was refused, or where it stands. Where much has failed, it says so first.
    package var message: String {
        let standing = batch.refusal?.message ?? (batch.message.isEmpty ? whereItStands : batch.message)
        return batch.counts.areManyFailed ? "\(batch.counts.failedSentence) \(standing)" : standing
    }

    /// For batches of which the ledger says nothing better.
    private var whereItStands: String {
        let counts = batch.counts
        let taken = counts.processed == 1 ? "1 sale" : "\(counts.processed) sales"
        let failed = counts.failed == 1 ? "1 row failed" : "\(counts.failed) rows failed"
        return switch batch.state {
        case .pending: "The file has arrived and waits for its turn."
        case .processing: "The file is being read."
        case .stagingComplete:
            "\(taken) read\(counts.failed > 0 ? ", \(failed)" : ""); nothing is final before operations approve."
        case .approved: "Approved."
        case .completed: "\(taken) taken" + (counts.unchanged > 0 ? ", \(counts.unchanged) known already." : ".")
        case .partialSuccess: "\(taken) taken, \(failed) and can be corrected."
        case .failed: "The file was not taken."
        case .cancelled: "Cancelled by operations; none of its sales are taken."
        }
    }
}
