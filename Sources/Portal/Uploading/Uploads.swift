import Accounts
import Batches
import Folders
import Ledger
import Operations
import Sellout

/// All uploads that a caller may see: the batches of the ledger, and the drops that the daemon has not taken yet.
struct Uploads {
    let desk: OperatorDesk
    let drops: DropFolder
    let register: UploadRegister
    let caller: Caller?

    /// By UUID or BULK id. Nil for what is unknown, malformed or somebody else's.
    func find(_ given: String) throws -> Batch? {
        guard let batch = try inLedger(given) ?? onItsWay(given), maySee(batch) else { return nil }
        return batch
    }

    private func inLedger(_ given: String) throws -> Batch? {
        do throws(Refused) { return try desk.batch(named: given) } catch {
            guard error.reason == .unknown else { throw error }
            return nil
        }
    }

    private func onItsWay(_ given: String) throws -> Batch? {
        guard let id = BatchID(given.lowercased()) else { return nil }
        let found = try drops.waiting(id).flatMap { Batch($0) } ?? register.underway.first { $0.id == id }
        // The ledger last: the daemon may have entered it between the two looks. Deleted while it lay there, it is known no more.
        if let found, try !desk.unknown(among: [id]).isEmpty { return found }
        register.arrived([id])
        return try inLedger(given)
    }

    private func maySee(_ batch: Batch) -> Bool {
        guard let user = caller?.user else { return false }
        return user.reach.holds(batch.reseller) || batch.uploader == user.uuid && user.reach != .none
    }

    /// Newest first.
    func page(states: Set<BatchState>?, limit: Int, offset: Int) throws -> [Batch] {
        guard let user = caller?.user, user.reach != .none else { return [] }
        var filter = BatchFilter(resellers: user.reach.resellers, states: states, limit: limit, offset: offset)
        guard states?.contains(.pending) ?? true else { return try desk.batches(filter).map(\.batch) }
        let first = try underway().filter(maySee).sorted { $0.receivedAt > $1.receivedAt }
        guard !first.isEmpty else { return try desk.batches(filter).map(\.batch) }
        // They are the newest, or nearly so: behind the first pages none of them is left.
        if offset < Self.mostMerged {
            filter.offset = 0
            filter.limit = offset + limit
            let all = (first + (try desk.batches(filter).map(\.batch))).sorted { $0.receivedAt > $1.receivedAt }
            return Array(all.dropFirst(offset).prefix(limit))
        }
        filter.offset = max(0, offset - first.count)
        return try desk.batches(filter).map(\.batch)
    }

    /// What anybody has handed over and the ledger does not know yet: it waits, or the daemon is taking it just now. The ledger is
    /// asked last, since the daemon may have entered it since.
    func underway() throws -> [Batch] {
        let all = Dictionary((try drops.waiting().compactMap { Batch($0) } + register.underway).map { ($0.id, $0) }) { first, _ in first }
        guard !all.isEmpty else { return [] }
        let unknown = try desk.unknown(among: Array(all.keys))
        register.arrived(all.keys.filter { !unknown.contains($0) })
        return all.values.filter { unknown.contains($0.id) }
    }

    private static let mostMerged = 2000
}

extension Batch {
    /// What a drop will be when the daemon has taken it. Nil for one that will be no batch.
    init?(_ drop: WaitingDrop) {
        guard !drop.slip.sender.isImport else { return nil }
        self.init(
            id: drop.slip.batch, reseller: drop.slip.sender.description, filename: drop.name.printable, mode: drop.slip.mode,
            sizeBytes: drop.size, host: "", receivedAt: drop.slip.receivedAt)
        uploader = drop.slip.uploader
    }
}

extension Reach {
    /// Nil for all.
    var resellers: Set<String>? {
        switch self {
        case .all: nil
        case .only(let reseller): [reseller]
        case .none: []
        }
    }
}
