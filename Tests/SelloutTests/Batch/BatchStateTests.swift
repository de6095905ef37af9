import Sellout
import Testing

@Suite struct BatchStateTests {
    @Test func `only the steps of the design may follow one another`() {
        let allowed: [BatchState: Set<BatchState>] = [
            .pending: [.processing, .failed, .cancelled], .processing: [.pending, .stagingComplete, .failed, .cancelled],
            .stagingComplete: [.approved, .cancelled, .pending], .approved: [.completed, .partialSuccess],
            .partialSuccess: [.approved, .cancelled],
            .failed: [.pending], .cancelled: [.pending], .completed: [.cancelled],
        ]
        for from in BatchState.allCases {
            for to in BatchState.allCases { #expect(from.may(become: to) == allowed[from]?.contains(to), "\(from) → \(to)") }
        }
    }

    @Test func `a forbidden step names the present state`() {
        #expect(throws: ForbiddenStep(from: .completed, to: .pending)) { try BatchState.completed.moved(to: .pending) }
        #expect(ForbiddenStep(from: .completed, to: .pending).description.contains("completed"))
    }

    @Test func `what is in the books is undone, and what is not is cancelled`() {
        #expect(BatchState.allCases.filter(\.mayBeUndone) == [.completed, .partialSuccess])
        #expect(BatchState.allCases.filter(\.mayBeCancelled) == [.pending, .processing, .stagingComplete])
    }
}
