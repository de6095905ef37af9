import Dispatch
import Ledger
import Sellout
import Synchronization

/// Looks at batches with waiting rows again, on a lane of its own: one with very many of them keeps nobody else's file from
/// being claimed.
final class WaitingBatches: Sendable {
    private let workplace: Workplace
    private let answering: Answering
    private let lane = DispatchQueue(label: "resettle")
    private let state = Mutex(State())

    private struct State {
        var isBusy = false
        /// Wished for while a look was going on, which may have passed by what has come since.
        var isWantedAgain = false
        var isStopped = false
    }

    init(_ workplace: Workplace, answering: Answering) {
        self.workplace = workplace
        self.answering = answering
    }

    /// Returns at once. `mayTake` says of a batch whether nobody else works on it.
    func lookAgain(_ mayTake: @escaping @Sendable (BatchRecord) -> Bool) {
        let begins = state.withLock { state in
            state.isWantedAgain = state.isBusy
            guard !state.isBusy, !state.isStopped else { return false }
            state.isBusy = true
            return true
        }
        guard begins else { return }
        lane.async { [self] in
            repeat { resettle(mayTake) } while goesOn()
        }
    }

    func stop() {
        state.withLock { $0.isStopped = true }
        lane.sync {}
    }

    private func goesOn() -> Bool {
        state.withLock { state in
            defer { state.isWantedAgain = false }
            state.isBusy = state.isWantedAgain && !state.isStopped
            return state.isBusy
        }
    }

    private func resettle(_ mayTake: (BatchRecord) -> Bool) {
        do {
            for batch in try workplace.ledger.awaitingReferenceData() where mayTake(batch) {
                guard !state.withLock({ $0.isStopped }) else { return }
                guard let terms = workplace.profiles.profile(of: batch.reseller)?.terms else { continue }
                guard let settled = try Resettlement(workplace, batch: batch.id, terms: terms).carryOut() else { continue }
                workplace.events.answered(settled, took: .zero)
                answering.answer(batch.id)
            }
        } catch LedgerFault.broken(let sentence) {
            workplace.events.broke(sentence)
        } catch {
            workplace.note(error, at: .ledger)
        }
    }
}
