import Sellout

/// What operators and counters want to hear of. One implementation writes the journal; tests supply silence.
package protocol PipelineEvents: Sendable {
    func claimed(_ batch: BatchRecord)
    func began(_ batch: BatchRecord)
    /// The file's way is over, or it waits for approval.
    func answered(_ batch: BatchRecord, took: Duration)
    func referenceTaken(_ fileName: String, _ message: String)
    func troubled(_ sentence: String)
    func recovered(_ what: String)
    func swept()
    func overflowed(_ reason: String)
    /// A broken promise inside: the process must end and start anew.
    func broke(_ sentence: String) -> Never
}
