import Batches
import Ledger
import Operations
import Sellout
import Synchronization

/// Opens the ledger for whoever asks. It may not be there yet: the daemon makes it.
package final class Books: Sendable {
    private struct Opened {
        var reading: SQLiteLedger?
        var changing: SQLiteLedger?
        var terms: [Terms] = []
        var termsAt: ContinuousClock.Instant?
    }

    private let path: String
    private let profiles: @Sendable () -> [Terms]
    private let opened = Mutex(Opened())

    package init(ledger path: String, profiles: @escaping @Sendable () -> [Terms]) {
        self.path = path
        self.profiles = profiles
    }

    /// For looking: waits for nobody who writes.
    package func reading(as actor: String) throws -> OperatorDesk { try desk(over: ledger(), actor) }

    /// For steps.
    package func changing(as actor: String) throws -> OperatorDesk {
        _ = try ledger()
        let ledger = try opened.withLock { opened in
            let ledger = try opened.changing ?? SQLiteLedger(path: path)
            opened.changing = ledger
            return ledger
        }
        return try desk(over: ledger, actor)
    }

    package func ledger() throws -> any Bookkeeping {
        try opened.withLock { opened in
            let ledger = try opened.reading ?? SQLiteLedger(onlyReading: path)
            opened.reading = ledger
            return ledger
        }
    }

    private func desk(over ledger: any Bookkeeping, _ actor: String) throws -> OperatorDesk {
        OperatorDesk(ledger: ledger, terms: try terms(ledger), actor: actor, clock: { Timestamp.now() })
    }

    /// What the profiles say, and for those that cannot be seen from here what the daemon noted last; asked once a second.
    private func terms(_ ledger: any Bookkeeping) throws -> [Terms] {
        let known = opened.withLock { opened in opened.termsAt.flatMap { $0.duration(to: .now) < .seconds(1) ? opened.terms : nil } }
        if let known { return known }
        let current = profiles()
        let all = try ledger.notedResellers().filter { old in !current.contains { $0.reseller == old.reseller } } + current
        opened.withLock { opened in
            opened.terms = all
            opened.termsAt = .now
        }
        return all
    }

    package func close() {
        opened.withLock { opened in
            opened.reading?.close()
            opened.changing?.close()
            opened = Opened()
        }
    }
}
