import Sellout

/// What the sender of a file has to do, or that there is nothing.
package struct NextStep {
    private let report: Report
    private let voice: Voice
    private var batch: Batch { report.batch }

    package init(_ report: Report, in voice: Voice) {
        self.report = report
        self.voice = voice
    }

    package var sentence: String {
        switch batch.state {
        case .pending, .processing, .approved, .cancelled: voice.say(.nothingToDo)
        case .failed: batch.refusal.map { voice.advice($0.type) } ?? voice.say(.sendAgain)
        case .completed: completed
        case .stagingComplete, .partialSuccess: waiting
        }
    }

    private var completed: String {
        let known = batch.counts.unchanged
        guard known > 0, batch.counts.processed > 0 else { return voice.say(.nothingToDo) }
        return "\(voice.say(.knownStay, known)) \(voice.say(.nothingToDo))"
    }

    private var waiting: String {
        var sentences: [String] = []
        if let theirs = Rows(of: report, where: { !$0.isForUs }) {
            sentences.append(
                theirs.names(voice).map { voice.say(.correctNamed, theirs.count, rows: $0) } ?? voice.say(.correctCounted, theirs.count))
        }
        if let ours = Rows(of: report, where: \.isForUs) {
            let what = voice.say(ours.what)
            sentences.append(
                ours.names(voice).map { voice.say(.newNamed, ours.count, rows: $0, what: what) }
                    ?? voice.say(.newCounted, ours.count, what: what))
        }
        if batch.state == .stagingComplete { sentences += obstacles + [voice.say(.notBeforeLook)] }
        return sentences.isEmpty ? voice.say(.nothingToDo) : sentences.joined(separator: " ")
    }

    /// Why it waits although rows are ready.
    private var obstacles: [String] {
        var found: [String] = []
        if batch.counts.restated > 0 { found.append(voice.say(.restatedDiffer, batch.counts.restated)) }
        let disagreeing = batch.controlTotals.count { !$0.agrees }
        if disagreeing > 0 { found.append(voice.say(.totalsDisagree, disagreeing)) }
        if let replacement = batch.replacement, !replacement.isTaken {
            found.append(voice.say(.wouldReplace, replacement.went, of: replacement.came))
        }
        let doubts = batch.warnings.count(where: \.holds)
        if doubts > 0 { found.append(voice.say(.doubtsBelow, doubts)) }
        return found
    }
}

/// Rows of one side, of which few are named.
private struct Rows {
    let count: Int
    let what: Phrase
    private let numbers: [Int]
    private static let mostNamed = 4

    /// Nil where there are none.
    init?(of report: Report, where isMeant: (ErrorKind) -> Bool) {
        var places: Set<[String]> = []
        var numbers: [Int] = []
        let errors = report.rowErrors.filter { isMeant($0.kind) }
        for error in errors where places.insert([error.sheet, "\(error.row)"]).inserted { numbers.append(error.row) }
        guard !numbers.isEmpty else { return nil }
        // A row can have several errors, and the report holds the first of them only.
        let isWhole = report.rowErrors.count < Report.entriesListed
        let types = Set(errors.map(\.type))
        let all = report.errorCounts.filter { kind in types.contains { $0.rawValue == kind.type } }.reduce(0) { $0 + $1.count }
        count = isWhole ? numbers.count : min(all, report.batch.counts.failed)
        what = types == [.storeNotFound] ? .newStore : types == [.productNotMapped] ? .newProduct : .newProductOrStore
        self.numbers = numbers
    }

    /// `7, 9 and 12`; nil where they are too many.
    func names(_ voice: Voice) -> String? {
        numbers.count == count && count <= Self.mostNamed ? voice.list(numbers.map(voice.number)) : nil
    }
}
