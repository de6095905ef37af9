import Batches
import Ledger
import Operations
import Sellout
import Synchronization

/// Opens the ledger for whoever asks. It may not be there yet: the daemon makes it.
package final class Books: Sendable {
    private struct Opened {
        var reading: [SQLiteLedger] = []
        var asked = 0
        var changing: SQLiteLedger?
        var terms: [String: Terms] = [:]
        var termsAt: ContinuousClock.Instant?

        static let mostReading = 4

        /// As many as there are threads that ask, so that none waits for another's question.
        mutating func nextReading(_ path: String) throws -> SQLiteLedger {
            if reading.count < Self.mostReading { reading.append(try SQLiteLedger(onlyReading: path)) }
            asked = (asked + 1) % reading.count
            return reading[asked]
        }

        /// Nil where they have to be asked for anew.
        var freshTerms: [String: Terms]? { termsAt.flatMap { $0.duration(to: .now) < .seconds(1) ? terms : nil } }
    }

    private let path: String
    private let profiles: @Sendable () -> [Terms]
    private let opened = Mutex(Opened())

    package init(ledger path: String, profiles: @escaping @Sendable () -> [Terms]) {
        self.path = path
        self.profiles = profiles
    }

    /// For looking: waits for nobody who writes.
    package func reading(as actor: String) throws -> OperatorDesk {
        let (ledger, terms) = try opened.withLock { opened in (try opened.nextReading(path), opened.freshTerms) }
        return OperatorDesk(ledger: ledger, terms: try terms ?? freshTerms(ledger), actor: actor, clock: { Timestamp.now() })
    }

    /// For steps.
    package func changing(as actor: String) throws -> OperatorDesk {
        let (reading, changing, terms) = try opened.withLock { opened in
            let reading = try opened.nextReading(path)
            let ledger = try opened.changing ?? SQLiteLedger(path: path)
            opened.changing = ledger
            return (reading, ledger, opened.freshTerms)
        }
        return OperatorDesk(ledger: changing, terms: try terms ?? freshTerms(reading), actor: actor, clock: { Timestamp.now() })
    }

    /// Opens now what the first callers would wait for. Where the daemon has not made the ledger yet, they wait.
    package func openAhead() {
        do {
            for _ in 0..<Opened.mostReading { _ = try reading(as: "") }
            _ = try changing(as: "")
        } catch {}
    }

    package func ledger() throws -> any Bookkeeping { try opened.withLock { opened in try opened.nextReading(path) } }

    /// What the profiles say, and for those that cannot be seen from here what the daemon noted last; asked once a second.
    private func freshTerms(_ ledger: any Bookkeeping) throws -> [String: Terms] {
        let current = profiles()
        let noted = try ledger.notedResellers().filter { old in !current.contains { $0.reseller == old.reseller } }
        let all = Dictionary((noted + current).map { ($0.reseller, $0) }) { _, last in last }
        opened.withLock { opened in
            opened.terms = all
            opened.termsAt = .now
        }
        return all
    }

    package func close() {
        opened.withLock { opened in
            for ledger in opened.reading { ledger.close() }
            opened.changing?.close()
            opened = Opened()
        }
    }
}
