import Foundation
import Glibc
import Pipeline
import Sellout
import Texts
import Web

/// Writes what happens to standard error, a line each, with the journal's levels where the journal listens; and counts it.
struct Journal: PipelineEvents {
    enum Level: Int {
        case error = 3
        case warning = 4
        case notice = 5
        case info = 6
    }

    /// Under systemd a line may begin with its level, sd-daemon(3).
    private static let isJournal = ProcessInfo.processInfo.environment["JOURNAL_STREAM"] != nil

    let tally: Tally
    let board: StatusBoard

    func say(_ level: Level, _ text: String) {
        let bytes = Array("\(Journal.isJournal ? "<\(level.rawValue)>" : "")\(Printable.line(text))\n".utf8)
        // A journal that does not listen is no reason to stop.
        _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress, $0.count) }
    }

    func claimed(_ batch: Batch) { say(.info, "\(batch.reseller): claimed \(batch.filename) as batch \(batch.id)") }

    func began(_ batch: Batch) {}

    func answered(_ batch: Batch, _ uncounted: Uncounted, took: Duration) {
        tally.answered(batch, uncounted, took: took)
        renewed(batch)
    }

    func renewed(_ batch: Batch) {
        say(
            batch.state == .failed ? .warning : .info,
            "\(batch.reseller): \(batch.filename) (\(batch.id.short)) is \(batch.state.rawValue): \(batch.refusal?.message ?? batch.message)"
        )
        board.answered(batch)
    }

    func operatorsDid(_ steps: [String: Int]) { tally.operatorsDid(steps) }

    func referenceTaken(_ fileName: String, _ message: String) { say(.info, "reference: \(fileName): \(message)") }
    func troubled(_ sentence: String) { say(.error, sentence) }
    func recovered(_ what: String) { say(.notice, "\(what) works again") }
    func swept() { tally.swept() }

    func overflowed(_ reason: String) {
        tally.watcherOverflowed()
        say(.warning, reason + " Everything is looked at again.")
    }

    func broke(_ sentence: String) -> Never {
        say(.error, "A promise inside the program was broken: \(sentence) The program ends and must be started anew; nothing is lost.")
        CrashMark.leave()
        exit(70)
    }
}
