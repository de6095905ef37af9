import Batches
import Ledger
import Reports
import Sellout

/// What a batch's page tells first: what happened, in one sentence that could be read out on the telephone, and what is to be done.
struct BatchStory {
    /// Who reads it: the reseller who has sent it, or we.
    enum Reader { case sender, operators }

    let batch: Batch
    private let report: Report
    private let groups: [ErrorGroup]
    private let reader: Reader
    private let vendor: String

    /// `groups` are its errors by type.
    init(_ report: Report, groups: [ErrorGroup], reader: Reader, vendor: String) {
        batch = report.batch
        self.report = report
        self.groups = groups
        self.reader = reader
        self.vendor = vendor
    }

    private static let voice = Voice(.english)

    var headline: BatchHeadline { BatchStory.headline(batch) }

    static func headline(_ batch: Batch) -> BatchHeadline { BatchHeadline(batch, in: voice) }

    /// What the reader has to do, or that there is nothing.
    var toDo: String {
        switch batch.state {
        case .pending, .processing, .approved: return "Nothing to do: this page goes on by itself."
        case .failed: return refused
        case .cancelled: return reader == .operators ? "Nothing to do. It can be read again from its beginning." : "Nothing to do."
        case .completed: return completed
        case .stagingComplete, .partialSuccess: return waiting
        }
    }

    private var completed: String {
        let known = batch.counts.unchanged
        guard known > 0, batch.counts.processed > 0 else { return "Nothing to do." }
        return
            "\(Figures.count(known, "sale")) \(known == 1 ? "was" : "were") in the books already and \(known == 1 ? "stays" : "stay") as \(known == 1 ? "it is" : "they are"). Nothing to do."
    }

    private var refused: String {
        guard let refusal = batch.refusal else { return "Send the file again." }
        return [refusal.message, refusal.suggestion].compactMap { $0 }.joined(separator: " ")
    }

    /// What the reseller is not told, and operations look up when they mend a profile.
    var note: String? { reader == .operators ? batch.refusal?.operatorsNote : nil }

    private var waiting: String {
        let ours = groups.filter { $0.first.type.isOurs }
        let theirs = groups.filter { !$0.first.type.isOurs }
        var sentences: [String] = []
        if let row = rows(of: theirs) {
            sentences.append(
                reader == .sender
                    ? "\(row.text) \(row.isOne ? "needs" : "need") a correction from you."
                    : "\(row.text) \(row.isOne ? "needs" : "need") a correction: here, or by \(vendor).")
        }
        if let row = rows(of: ours) {
            let what = Set(ours.map(\.first.type)) == [.storeNotFound] ? "store" : ours.count == 1 ? "product" : "product or store"
            let doing =
                reader == .sender
                ? "our team adds it, you need not send anything again."
                : "say what it is, and \(row.isOne ? "its sale is" : "their sales are") taken by \(row.isOne ? "itself" : "themselves")."
            sentences.append(row.isOne ? "\(row.text) is a new \(what): \(doing)" : "\(row.text) have a new \(what): \(doing)")
        }
        if batch.state == .stagingComplete {
            sentences += obstacles
            if reader == .sender { sentences.append("Nothing is in the books before our team has looked.") }
        }
        return sentences.isEmpty ? "Nothing to do." : sentences.joined(separator: " ")
    }

    /// `Row 7`, `Rows 7, 9 and 12`, `124 rows`.
    private func rows(of groups: [ErrorGroup]) -> (text: String, isOne: Bool)? {
        let types = Set(groups.map(\.first.type))
        var places: Set<[String]> = []
        var numbers: [Int] = []
        for error in report.rowErrors where types.contains(error.type) && places.insert([error.sheet, "\(error.row)"]).inserted {
            numbers.append(error.row)
        }
        // A row can have several errors, and the report holds the first of them only.
        let isWhole = report.rowErrors.count < Report.entriesListed
        let count = isWhole ? numbers.count : min(groups.reduce(0) { $0 + $1.rows }, batch.counts.failed)
        guard count > 0 else { return nil }
        guard numbers.count == count, count <= 4 else { return ("\(Figures.count(count, "row"))", count == 1) }
        let texts = numbers.map(Figures.count)
        guard let last = texts.last, count > 1 else { return ("Row \(texts[0])", true) }
        return ("Rows \(texts.dropLast().joined(separator: ", ")) and \(last)", false)
    }

    /// Why it waits although rows are ready.
    private var obstacles: [String] {
        var found: [String] = []
        let restated = batch.counts.restated
        if restated > 0 {
            found.append("\(Figures.count(restated, "sale")) \(restated == 1 ? "differs" : "differ") from figures received before.")
        }
        let disagreeing = batch.controlTotals.count { !$0.agrees }
        if disagreeing > 0 {
            found.append("\(Figures.count(disagreeing, "total")) in the file \(disagreeing == 1 ? "does" : "do") not agree with its rows.")
        }
        if let replacement = batch.replacement, !replacement.isTaken {
            found.append(
                "It would take away \(Figures.count(replacement.went, "sale")) and bring \(Figures.count(replacement.came)).")
        }
        let doubts = batch.warnings.count(where: \.holds)
        if doubts > 0 {
            found.append(
                "\(doubts == 1 ? "One thing in the file looks" : "\(Figures.count(doubts)) things in the file look") wrong: see below.")
        }
        if found.isEmpty, batch.counts.failed == 0, reader == .operators { found.append("Files of \(vendor) are looked at by hand.") }
        return found
    }
}
