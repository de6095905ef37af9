import Synchronization

/// What is wrong around the daemon, not with a file: shown in the status, turning readiness red, and gone by itself once the
/// same thing has worked again. While anything is wrong, tries come at growing pauses.
package final class Surroundings: Sendable {
    package enum Part: Hashable, Sendable {
        case scanning, claiming, spool, ledger, archive, reader, profiles
        case watching
        /// A claimed file that its sender still writes to.
        case motion
        case outbox(String)

        var stopsWork: Bool { self != .watching && self != .profiles && self != .motion }
    }

    private let state = Mutex(State())

    private struct State {
        var troubles: [Part: String] = [:]
        var triesInVain = 0
    }

    package init() {}

    /// True where this is news.
    @discardableResult package func report(_ part: Part, _ sentence: String) -> Bool {
        state.withLock { $0.troubles.updateValue(sentence, forKey: part) != sentence }
    }

    /// True where there was a trouble to clear.
    @discardableResult package func clear(_ part: Part) -> Bool {
        state.withLock { $0.troubles.removeValue(forKey: part) != nil }
    }

    /// All of it, for the status.
    package var sentences: [String] { state.withLock { $0.troubles.values.sorted() } }

    /// What keeps work from being done. Folders that are only swept, and profiles that a person must mend, slow nobody else.
    package var reasonsNotReady: [String] { state.withLock { $0.troubles.filter { $0.key.stopsWork }.values.sorted() } }

    /// No new file is claimed while there is nowhere to put it or to enter it.
    package var allowsClaiming: Bool {
        state.withLock { $0.troubles[.ledger] == nil && $0.troubles[.spool] == nil }
    }

    /// The pause before the next try, nil while nothing keeps work from being done.
    var pause: Duration? {
        state.withLock { state in
            state.troubles.keys.contains(where: \.stopsWork) ? min(.seconds(1 << min(state.triesInVain, 6)), .seconds(60)) : nil
        }
    }

    /// Everything has been tried once more.
    func tried() {
        state.withLock { state in
            state.triesInVain = state.troubles.keys.contains(where: \.stopsWork) ? state.triesInVain + 1 : 0
        }
    }
}
