import Batches
import Reports
import Sellout

/// What a batch's page tells first: what happened, in one sentence that could be read out on the telephone, and what is to be done.
struct BatchStory {
    /// Who reads it: the reseller who has sent it, or we.
    enum Reader { case sender, operators }

    let batch: Batch
    private let report: Report
    private let reader: Reader
    private let vendor: String

    init(_ report: Report, reader: Reader, vendor: String) {
        batch = report.batch
        self.report = report
        self.reader = reader
        self.vendor = vendor
    }

    private static let voice = Voice(.english)

    var headline: BatchHeadline { BatchStory.headline(batch) }

    static func headline(_ batch: Batch) -> BatchHeadline { BatchHeadline(batch, in: voice) }

    /// What the reader has to do, or that there is nothing. A sender reads here what stands on the page in the outbox.
    var toDo: String {
        switch batch.state {
        case .pending, .processing, .approved: "Nothing to do: this page goes on by itself."
        case .failed: refused
        case .cancelled where reader == .operators: "Nothing to do. It can be read again from its beginning."
        case .stagingComplete where reader == .operators, .partialSuccess where reader == .operators: waiting
        case .stagingComplete, .partialSuccess, .cancelled, .completed: next.sentence
        }
    }

    private var next: NextStep { NextStep(report, in: BatchStory.voice) }

    private var refused: String {
        guard let refusal = batch.refusal else { return "Send the file again." }
        return [refusal.message, refusal.suggestion].compactMap { $0 }.joined(separator: " ")
    }

    /// What the reseller is not told, and operations look up when they mend a profile.
    var note: String? { reader == .operators ? batch.refusal?.operatorsNote : nil }

    private var waiting: String {
        var sentences: [String] = []
        if let theirs = FailedRows(of: report, areForUs: false) {
            sentences.append("\(text(theirs)) \(theirs.count == 1 ? "needs" : "need") a correction: here, or by \(vendor).")
        }
        if let ours = FailedRows(of: report, areForUs: true) {
            let one = ours.count == 1
            let step = ours.what == .missingPrice ? "enter it" : "say what it is"
            sentences.append(
                "\(text(ours)) \(one ? "has" : "have") \(BatchStory.voice.say(ours.what)): \(step), and \(one ? "its sale is" : "their sales are") taken by \(one ? "itself" : "themselves")."
            )
        }
        if batch.state == .stagingComplete { sentences += obstacles }
        return sentences.isEmpty ? "Nothing to do." : sentences.joined(separator: " ")
    }

    /// `Row 7`, `Rows 7, 9 and 12`, `124 rows`.
    private func text(_ rows: FailedRows) -> String {
        rows.names(BatchStory.voice).map { "\(rows.count == 1 ? "Row" : "Rows") \($0)" } ?? Figures.count(rows.count, "row")
    }

    /// Why it waits although rows are ready.
    private var obstacles: [String] {
        let found = next.obstacles
        return found.isEmpty && batch.counts.failed == 0 ? ["Files of \(vendor) are looked at by hand."] : found
    }
}
