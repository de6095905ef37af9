import Sellout
import Testing

@Suite struct BatchStateTests {
    @Test func `only the steps of the design may follow one another`() {
        let allowed: [BatchState: Set<BatchState>] = [
            .pending: [.processing, .failed, .cancelled], .processing: [.pending, .stagingComplete, .failed, .cancelled],
            .stagingComplete: [.approved, .cancelled, .pending], .approved: [.completed, .partialSuccess], .partialSuccess: [.approved],
            .failed: [.pending], .cancelled: [.pending], .completed: [],
        ]
        for from in BatchState.allCases {
            for to in BatchState.allCases { #expect(from.may(become: to) == allowed[from]?.contains(to), "\(from) → \(to)") }
        }
    }

    @Test func `a forbidden step names the present state`() {
        #expect(throws: ForbiddenStep(from: .completed, to: .cancelled)) { try BatchState.completed.moved(to: .cancelled) }
        #expect(ForbiddenStep(from: .completed, to: .cancelled).description.contains("completed"))
    }
}
