import Batches
import Glibc
import Operations
import Sellout

/// Takes an upload out of the listings, whatever state it is in: what still waits is cancelled first.
struct Deletion {
    let call: Call

    init(_ call: Call) { self.call = call }

    func carryOut(_ batch: Batch) throws {
        let desk = try call.changingDesk()
        for _ in 0..<Self.mostTries {
            // A drop that the daemon has not taken is taken back, if the daemon is not quicker.
            if try call.portal.drops.withdraw(batch.id) { return call.portal.register.forget(batch.id) }
            do throws(Refused) {
                try remove(try desk.batch(named: batch.id.text), desk)
                return call.portal.register.forget(batch.id)
            } catch {
                // It moves on between the looks: the daemon has taken it and not yet entered it, or has just begun or ended reading it.
                guard error.reason == .forbidden || error.reason == .unknown, try !desk.wasDeleted(batch.id) else { throw error }
            }
            var pause = timespec(tv_sec: 0, tv_nsec: Self.pause)
            _ = unsafe nanosleep(&pause, nil)
        }
        throw Denial(503, "The upload is being taken in just now. Try again.")
    }

    private static let mostTries = 100
    private static let pause = 50_000_000

    private func remove(_ batch: Batch, _ desk: OperatorDesk) throws(Refused) {
        if batch.state.mayBeCancelled { _ = try desk.cancel(batch.id.text, reason: "deleted over HTTP") }
        _ = try desk.delete(batch.id.text, reason: "over HTTP")
    }
}
