import Frames
import Sellout
import Spreadsheets

/// Tells whose a file is that came without a name.
struct RecognitionReading {
    let workbook: Workbook
    let job: Job
    let profiles: [Profile]
    let send: (Frame) throws -> Void

    func carryOut() throws {
        let detection = try Recognition.owner(of: try Glimpse(of: workbook, named: job.fileName), among: profiles)
        try send(.recognised(detection))
        try send(.finished(Findings()))
    }
}
