import Audience
import Batches
import Dispatch
import Operations
import Synchronization

/// The tables that were opened last: who searches, sorts and leafs asks for the same one again. A table is shown only while what it was read
/// from is as it was, which the ledger says each time (`StudioSource`): a batch that is deleted, or that lost a record, is read anew.
package final class StudioShelf: Sendable {
    private struct Kept {
        let source: StudioSource
        let table: StudioTable
        let at: Timestamp
    }

    private struct State {
        /// The one that was asked for last stands last.
        var kept: [Kept] = []
        var beingRead = 0
    }

    private let state = Mutex(State())
    private static let most = 2
    private static let kept = Duration.seconds(600)

    package init() {}

    package func table(of source: StudioSource, _ desk: OperatorDesk, now: Timestamp) throws(Refused) -> StudioTable {
        let (known, mayRead) = state.withLock { state -> (StudioTable?, Bool) in
            // An older reading of the same batch may hold somebody who was forgotten since.
            state.kept.removeAll { kept in kept.at.age(at: now) >= Self.kept || kept.source.isOlder(than: source) }
            if let place = state.kept.firstIndex(where: { $0.source == source }) {
                state.kept.append(state.kept.remove(at: place))
                return (state.kept.last?.table, false)
            }
            // Each takes memory and a thread: more at once would let one account hold up everybody.
            guard state.beingRead < Self.most else { return (nil, false) }
            state.beingRead += 1
            return (nil, true)
        }
        if let known { return known }
        guard mayRead else { throw Refused(.surroundings, "Other batches are being opened at this moment. Load the page again.") }
        defer { state.withLock { $0.beingRead -= 1 } }
        let table = try desk.studioTable(of: source)
        state.withLock { state in
            if state.kept.count >= Self.most { state.kept.removeFirst() }
            state.kept.append(Kept(source: source, table: table, at: now))
        }
        emptyLater()
        return table
    }

    /// What nobody asks for any more leaves memory too.
    private func emptyLater() {
        let pause = DispatchTimeInterval.seconds(Int(Self.kept.components.seconds) + 1)
        DispatchQueue.global().asyncAfter(deadline: .now() + pause) { [weak self] in
            self?.state.withLock { state in state.kept.removeAll { $0.at.age(at: .now()) >= Self.kept } }
        }
    }
}
