import Synchronization

/// The one connection that writes. What comes while it is busy waits together, shares one transaction, and with it one sync of
/// the disk: the caller that gets the queue first writes for all who wait, and the others find their work done.
final class Writer: Sendable {
    let connection: QueuedConnection
    private let waiting = Mutex<[any Work]>([])
    /// Empties the write-ahead log beside the writer; nil where there is none.
    private let tidier: QueuedConnection?
    private let isTidying = Atomic(false)

    /// From this many pages on the log is emptied beside the writer, while nobody waits for it.
    private static let longLog = 1000
    /// So long works are put together for one commit; what comes then waits for the next, so that a small one does not wait for
    /// very many large ones.
    private static let longestTogether = Duration.milliseconds(200)
    /// Here the writer empties it itself: the other could not keep up.
    private static let longestLog = 25_000

    static let readerSettings = "PRAGMA query_only = ON; PRAGMA cache_size = -4000; PRAGMA temp_store = FILE"

    private static let settings = """
        PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -8000;
        PRAGMA journal_size_limit = 67108864; PRAGMA temp_store = FILE; PRAGMA trusted_schema = OFF
        """

    /// Over a file that is opened for reading: whatever it is given to write fails.
    init(refusing path: String) throws(LedgerFault) {
        connection = try QueuedConnection(path: path, for: .reading, label: "ledger.reader", settings: Writer.readerSettings)
        tidier = nil
    }

    /// `path` is nil for a ledger in memory.
    init(path: String?) throws(LedgerFault) {
        connection = try QueuedConnection(path: path ?? ":memory:", label: "ledger.writer", settings: "")
        try connection.sync { connection throws(LedgerFault) in
            // Before anything is changed in a file that may be somebody else's.
            if let path { try LedgerFile.mark(connection, path) }
            try connection.execute(Writer.settings)
            connection.watchLog()
        }
        tidier = try path.map { path throws(LedgerFault) in
            try QueuedConnection(path: path, label: "ledger.tidier", settings: "PRAGMA synchronous = FULL")
        }
    }

    /// The log goes into the database file, so that the one file is all of the ledger.
    func close() {
        tidier?.close()
        connection.close { $0.fold(waiting: .seconds(2)) }
    }

    /// So many works wait for the queue.
    var backlog: Int { waiting.withLock { $0.count } }

    /// Returns when `body` is written, on the disk where it is to be durable. `body` may be called twice, the first time in vain.
    func write<Answer: Sendable>(
        durable: Bool, _ body: @escaping @Sendable (Connection) throws(LedgerFault) -> Answer
    ) throws(LedgerFault) -> Answer {
        let work = Piece(isDurable: durable, body)
        waiting.withLock { $0.append(work) }
        let logPages = try connection.sync { connection throws(LedgerFault) in
            while !work.isDone {
                let left = Writer.carryOut(takeWaiting(), on: connection)
                if !left.isEmpty { waiting.withLock { $0 = left + $0 } }
                if connection.logPages > Writer.longestLog { connection.checkpoint() }
            }
            return connection.logPages
        }
        if durable { tidySoon(logPages) }
        return try work.answer()
    }

    /// Empties the log, so that nothing is left in it of what was deleted: now, or as soon as nobody reads it any more.
    func emptyLog(waiting patience: Duration = .milliseconds(500)) {
        guard let tidier else { return }
        let isEmpty = try? tidier.sync { connection throws(LedgerFault) in connection.fold(waiting: patience) }
        if isEmpty != true { Writer.emptyLater(tidier, tries: 120) }
    }

    private static func emptyLater(_ tidier: QueuedConnection, tries: Int) {
        guard tries > 0 else { return }
        tidier.async(after: .seconds(1)) { [weak tidier] connection in
            guard !connection.fold(waiting: .milliseconds(500)), let tidier else { return }
            emptyLater(tidier, tries: tries - 1)
        }
    }

    private func takeWaiting() -> [any Work] {
        waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
    }

    /// Not between the chunks of a file, and not while its report is being written: that is what people wait for.
    private func tidySoon(_ logPages: Int) {
        guard let tidier, logPages > Writer.longLog, !isTidying.exchange(true, ordering: .relaxed) else { return }
        tidier.async(after: .seconds(1)) { [weak self] connection in
            connection.checkpoint()
            self?.isTidying.store(false, ordering: .relaxed)
        }
    }
}

/// One transaction for several.
extension Writer {
    /// Those for which the time was too short: their own places in the queue come.
    private static func carryOut(_ works: [any Work], on connection: Connection) -> [any Work] {
        if works.count == 1 {
            works[0].alone(connection)
            return []
        }
        do throws(LedgerFault) {
            try connection.begin(durable: works.contains(where: \.isDurable))
        } catch {
            // Nothing has been tried. Another program keeps the ledger locked, or the disk fails: each by itself would wait as
            // long again for the same answer.
            for work in works { work.fail(error) }
            return []
        }
        let began = ContinuousClock.now
        var count = 0
        do throws(LedgerFault) {
            try connection.finish { connection throws(LedgerFault) in
                while count < works.count, count == 0 || began.duration(to: .now) < longestTogether {
                    count += 1
                    try works[count - 1].part(connection)
                }
            }
        } catch {
            // Nothing of it stands. What was too much for the disk together may fit piece by piece, and what fails alone fails for
            // itself alone.
            for work in works[..<count] { work.alone(connection) }
        }
        return Array(works[count...])
    }
}

/// One caller's work, whatever it answers.
private protocol Work: AnyObject, Sendable {
    var isDurable: Bool { get }
    /// In a transaction with others. Throws where the whole transaction is lost.
    func part(_ connection: Connection) throws(LedgerFault)
    func alone(_ connection: Connection)
    func fail(_ fault: LedgerFault)
}

// All of it is used on the writer's queue; its caller reads the outcome after that.
private final class Piece<Answer: Sendable>: Work, @unchecked Sendable {
    let isDurable: Bool
    private let body: @Sendable (Connection) throws(LedgerFault) -> Answer
    private var outcome: Result<Answer, LedgerFault>?

    init(isDurable: Bool, _ body: @escaping @Sendable (Connection) throws(LedgerFault) -> Answer) {
        self.isDurable = isDurable
        self.body = body
    }

    var isDone: Bool { outcome != nil }

    func answer() throws(LedgerFault) -> Answer {
        guard let outcome else { throw .broken("A work came back from the ledger's queue undone.") }
        return try outcome.get()
    }

    func part(_ connection: Connection) throws(LedgerFault) { outcome = try connection.part(body) }

    func alone(_ connection: Connection) {
        do throws(LedgerFault) {
            outcome = .success(try connection.transaction(durable: isDurable, body))
        } catch {
            outcome = .failure(error)
        }
    }

    func fail(_ fault: LedgerFault) { outcome = .failure(fault) }
}
