import Dispatch
import Sellout
import Synchronization

/// The ledger in one SQLite file: the embedded implementation of `Bookkeeping`.
///
/// One serial queue writes; status and listings read beside it on a connection of their own, and sales are streamed each on
/// a connection of its own, so that a slow reader holds nobody up.
package final class SQLiteLedger: Bookkeeping {
    let path: String
    private let writer: QueuedConnection
    private let reader: QueuedConnection
    private let tidier: QueuedConnection
    private let isTidying = Atomic(false)

    /// From this many pages on the log is emptied beside the writer, while nobody waits for it.
    private static let longLog = 1000
    /// Here the writer empties it itself: the other could not keep up.
    private static let longestLog = 25_000

    static let readerSettings = "PRAGMA query_only = ON; PRAGMA cache_size = -4000; PRAGMA temp_store = FILE"

    private static let writerSettings = """
        PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -8000;
        PRAGMA journal_size_limit = 67108864; PRAGMA temp_store = FILE; PRAGMA trusted_schema = OFF
        """

    package convenience init(path: String) throws(LedgerFault) {
        try self.init(path: path, settings: "")
    }

    /// `settings`: for tests that make a disk small.
    init(path: String, settings: String) throws(LedgerFault) {
        self.path = path
        writer = try QueuedConnection(path: path, label: "ledger.writer", settings: SQLiteLedger.writerSettings)
        try writer.sync { connection throws(LedgerFault) in
            connection.watchLog()
            try Migration.bring(connection)
            try connection.execute(settings)
        }
        reader = try QueuedConnection(path: path, label: "ledger.reader", settings: SQLiteLedger.readerSettings)
        tidier = try QueuedConnection(path: path, label: "ledger.tidier", settings: "PRAGMA synchronous = FULL")
    }

    func write<Result>(_ body: (Connection) throws(LedgerFault) -> Result) throws(LedgerFault) -> Result {
        try write(durable: true, body)
    }

    /// For what may be lost as long as what follows it is lost too.
    func writeLoosely<Result>(_ body: (Connection) throws(LedgerFault) -> Result) throws(LedgerFault) -> Result {
        try write(durable: false, body)
    }

    private func write<Result>(
        durable: Bool, _ body: (Connection) throws(LedgerFault) -> Result
    ) throws(LedgerFault) -> Result {
        let (result, logPages) = try writer.sync { connection throws(LedgerFault) in
            let result = try connection.transaction(durable: durable, body)
            if connection.logPages > SQLiteLedger.longestLog { connection.checkpoint() }
            return (result, connection.logPages)
        }
        // Not between the chunks of a file, and not while its report is being written: that is what people wait for.
        if durable, logPages > SQLiteLedger.longLog, !isTidying.exchange(true, ordering: .relaxed) {
            tidier.async(after: .seconds(1)) { [weak self] connection in
                connection.checkpoint()
                self?.isTidying.store(false, ordering: .relaxed)
            }
        }
        return result
    }

    func read<Result>(_ body: (Connection) throws(LedgerFault) -> Result) throws(LedgerFault) -> Result {
        try reader.sync { connection throws(LedgerFault) in try connection.snapshot(body) }
    }

    package func ping() throws(LedgerFault) {
        try writer.sync { connection throws(LedgerFault) in _ = try connection.count("SELECT 1") }
    }

    package func foreignChanges() throws(LedgerFault) -> Int {
        try writer.sync { connection throws(LedgerFault) in try connection.count("PRAGMA data_version") }
    }
}
