import Accounts
import Ledger
import Operations
import Sellout
import Web

/// One request to an endpoint, by somebody who may make it.
struct Call: Sendable {
    let portal: Portal
    let interface: Interface
    let request: Request
    /// Nil where the endpoint is everybody's.
    let caller: Caller?

    /// The desk at which the caller stands: for looking only.
    func desk() throws -> OperatorDesk { try portal.books.reading(as: actor) }

    /// The same for a step.
    func changingDesk() throws -> OperatorDesk { try portal.books.changing(as: actor) }

    var reach: Reach { caller?.user.reach ?? .none }

    private var actor: String { caller?.user.actor ?? "nobody" }

    /// A step that has become impossible meanwhile is refused with the state of now.
    func step<Done>(
        of batch: Batch, otherwise refuse: (BatchState) -> Denial, _ take: () throws(Refused) -> Done
    ) throws -> Done {
        do throws(Refused) { return try take() } catch {
            guard error.reason == .forbidden, let now = try uploads().find(batch.id.text) else { throw error }
            throw refuse(now.state)
        }
    }

    func uploads() throws -> Uploads { Uploads(desk: try desk(), drops: portal.drops, register: portal.register, caller: caller) }
}

extension Call {
    /// What waits, with the daemon and for it, is no more than is allowed to wait.
    func refuseWhereFull() throws {
        let waiting = try portal.drops.waiting().count + desk().count(of: BatchFilter(states: [.pending]))
        if waiting >= portal.settings.maxWaiting { throw Denial.queueFull }
    }
}
