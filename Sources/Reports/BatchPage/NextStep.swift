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
        if let theirs = FailedRows(of: report, areForUs: false) {
            sentences.append(
                theirs.names(voice).map { voice.say(.correctNamed, theirs.count, rows: $0) } ?? voice.say(.correctCounted, theirs.count))
        }
        if let ours = FailedRows(of: report, areForUs: true) {
            let what = voice.say(ours.what)
            sentences.append(
                ours.names(voice).map { voice.say(.newNamed, ours.count, rows: $0, what: what) }
                    ?? voice.say(.newCounted, ours.count, what: what))
        }
        if batch.state == .stagingComplete { sentences += obstacles + [voice.say(.notBeforeLook)] }
        return sentences.isEmpty ? voice.say(.nothingToDo) : sentences.joined(separator: " ")
    }

    /// Why it waits although rows are ready.
    package var obstacles: [String] {
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
