import Batches
import Operations
import Sellout

/// Takes an upload out of the listings, whatever state it is in: what still waits is cancelled first.
struct Deletion {
    let call: Call

    init(_ call: Call) { self.call = call }

    func carryOut(_ batch: Batch) throws {
        // A drop that the daemon has not taken is taken back, if the daemon is not quicker.
        if try call.portal.drops.withdraw(batch.id) {
            call.portal.register.forget(batch.id)
            return
        }
        let desk = try call.changingDesk()
        do throws(Refused) { try remove(batch, desk) } catch {
            // It has moved on meanwhile: once more by its state of now.
            guard error.reason == .forbidden, let now = try call.uploads().find(batch.id.text) else { throw error }
            try remove(now, desk)
        }
        call.portal.register.forget(batch.id)
    }

    private func remove(_ batch: Batch, _ desk: OperatorDesk) throws(Refused) {
        if batch.state.mayBeCancelled { _ = try desk.cancel(batch.id.text, reason: "deleted over HTTP") }
        _ = try desk.delete(batch.id.text, reason: "over HTTP")
    }
}
