import Dispatch
import Sellout

/// The ledger in one SQLite file: the embedded implementation of `Bookkeeping`.
///
/// One serial queue writes; status and listings read beside it on a connection of their own, and sales are streamed each on
/// a connection of its own, so that a slow reader holds nobody up.
public final class SQLiteLedger: Bookkeeping {
    let path: String
    private let writer: QueuedConnection
    private let reader: QueuedConnection
    private let tidier: QueuedConnection

    static let readerSettings = "PRAGMA query_only = ON; PRAGMA cache_size = -4000; PRAGMA temp_store = FILE"

    /// The log is emptied by `tidier` while nobody waits for it; only a log that has grown past this is emptied by the writer.
    private static let writerSettings = """
        PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000;
        PRAGMA wal_autocheckpoint = 25000; PRAGMA journal_size_limit = 67108864; PRAGMA temp_store = FILE; PRAGMA trusted_schema = OFF
        """

    public convenience init(path: String) throws(LedgerFault) {
        try self.init(path: path, settings: "")
    }

    /// `settings`: for tests that make a disk small.
    init(path: String, settings: String) throws(LedgerFault) {
        self.path = path
        writer = try QueuedConnection(path: path, label: "ledger.writer", settings: SQLiteLedger.writerSettings)
        try writer.sync { connection throws(LedgerFault) in
            try Migration.bring(connection)
            try connection.execute(settings)
        }
        reader = try QueuedConnection(path: path, label: "ledger.reader", settings: SQLiteLedger.readerSettings)
        tidier = try QueuedConnection(path: path, label: "ledger.tidier", settings: "PRAGMA synchronous = FULL")
    }

    func write<Result>(_ body: (Connection) throws(LedgerFault) -> Result) throws(LedgerFault) -> Result {
        let result = try writer.sync { connection throws(LedgerFault) in try connection.transaction(body) }
        tidier.async { $0.checkpoint() }
        return result
    }

    /// For what may be lost as long as what follows it is lost too.
    func writeLoosely<Result>(_ body: (Connection) throws(LedgerFault) -> Result) throws(LedgerFault) -> Result {
        try writer.sync { connection throws(LedgerFault) in try connection.transaction(durable: false, body) }
    }

    func read<Result>(_ body: (Connection) throws(LedgerFault) -> Result) throws(LedgerFault) -> Result {
        try reader.sync { connection throws(LedgerFault) in try connection.snapshot(body) }
    }

    public func ping() throws(LedgerFault) {
        try writer.sync { connection throws(LedgerFault) in _ = try connection.count("SELECT 1") }
    }

    public func foreignChanges() throws(LedgerFault) -> Int {
        try writer.sync { connection throws(LedgerFault) in try connection.count("PRAGMA data_version") }
    }
}
