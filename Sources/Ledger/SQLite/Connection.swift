import CSQLite
import Dispatch

/// What a ledger's file is opened for.
enum Access {
    /// Makes the file where there is none.
    case writing
    /// Waits for no writer and keeps none waiting: in WAL mode "readers do not block writers and a writer does not block readers"
    /// (https://sqlite.org/wal.html).
    case reading

    fileprivate var flags: Int32 {
        switch self {
        case .writing: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        case .reading: SQLITE_OPEN_READONLY
        }
    }
}

/// One open ledger file. Bound to the queue of its owner; statements are prepared once and kept.
@safe final class Connection {
    private let handle: OpaquePointer
    private var statements: [String: Statement] = [:]
    private var isDurable = true
    /// Transactions that wrote and were committed.
    private(set) var commits = 0
    /// In the write-ahead log after the last commit, once it is watched.
    private(set) var logPages = 0

    private static let isConfigured = sellout_keep_no_memory_statistics() == SQLITE_OK

    init(path: String, for access: Access = .writing, busyTimeout: Duration = .seconds(10)) throws(LedgerFault) {
        _ = Connection.isConfigured
        var opened: OpaquePointer?
        let code = unsafe sqlite3_open_v2(path, &opened, access.flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard let opened = unsafe opened else { throw LedgerFault.surroundings("There was no memory to open the ledger.") }
        guard code == SQLITE_OK else {
            let message = unsafe String(cString: sqlite3_errmsg(opened))
            unsafe sqlite3_close_v2(opened)
            throw LedgerFault(code: code, message: message, doing: "open \(path)")
        }
        unsafe handle = opened
        setPatience(busyTimeout)
    }

    private func setPatience(_ patience: Duration) {
        unsafe sqlite3_busy_timeout(handle, Int32(clamping: Int64(patience / .milliseconds(1))))
    }

    deinit {
        statements.removeAll()
        // Statements that outlive this line keep a zombie handle, which goes with the last of them.
        unsafe sqlite3_close_v2(handle)
    }

    /// The statement, reset. Asked for again while its rows are read, it starts again: nest different statements only.
    func statement(_ sql: String, _ columns: ColumnList? = nil) throws(LedgerFault) -> Statement {
        if let kept = statements[sql] {
            kept.reset()
            return kept
        }
        let statement = unsafe try Statement(sql, columns?.names ?? [], of: handle)
        statements[sql] = statement
        return statement
    }

    /// The first bytes of the file itself, whatever the log holds; zeros where it has fewer.
    func readStart(into bytes: inout [UInt8]) { _ = unsafe sellout_read_start(handle, &bytes, Int32(clamping: bytes.count)) }

    /// Rows that the last statement changed.
    var changes: Int { Int(unsafe sqlite3_changes64(handle)) }

    var lastID: Int64 { unsafe sqlite3_last_insert_rowid(handle) }

    /// Several statements of our own source, without values.
    func execute(_ script: String) throws(LedgerFault) {
        let code = unsafe sqlite3_exec(handle, script, nil, nil, nil)
        guard code == SQLITE_OK else {
            throw LedgerFault(code: code, message: unsafe String(cString: sqlite3_errmsg(handle)), doing: script)
        }
    }
}

/// Transactions.
extension Connection {
    /// Runs `body` whole or not at all. `BEGIN IMMEDIATE` waits for another process's write at the start, where waiting is safe.
    ///
    /// A commit that need not be durable skips the sync of the write-ahead log. https://sqlite.org/pragma.html#pragma_synchronous:
    /// "WAL mode is always consistent with synchronous=NORMAL, but WAL mode does lose durability." Before a checkpoint, NORMAL
    /// syncs the log too ("the WAL file is synchronized before each checkpoint"), so the database file never holds pages whose
    /// log could be lost. OFF would skip that sync and is not used. The next durable commit syncs the log file as a whole, and
    /// with it all earlier commits.
    func transaction<Result>(
        durable: Bool = true, _ body: (Connection) throws(LedgerFault) -> Result
    ) throws(LedgerFault) -> Result {
        try begin(durable: durable)
        return try finish(body)
    }

    /// The first half of a transaction. Where it throws, nothing has been tried.
    func begin(durable: Bool) throws(LedgerFault) {
        if durable != isDurable {
            try execute(durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL")
            isDurable = durable
        }
        try statement("BEGIN IMMEDIATE").run()
    }

    /// The second half.
    func finish<Result>(_ body: (Connection) throws(LedgerFault) -> Result) throws(LedgerFault) -> Result {
        let result = try commit(body)
        commits += 1
        return result
    }

    /// A view of one moment.
    func snapshot<Result>(_ body: (Connection) throws(LedgerFault) -> Result) throws(LedgerFault) -> Result {
        try statement("BEGIN").run()
        return try commit(body)
    }

    private func commit<Result>(_ body: (Connection) throws(LedgerFault) -> Result) throws(LedgerFault) -> Result {
        do throws(LedgerFault) {
            let result = try body(self)
            try statement("COMMIT").run()
            return result
        } catch {
            // SQLite has rolled back by itself after some faults (disk full, I/O); the second time is harmless.
            if isInTransaction { unsafe sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
            throw error
        }
    }

    private var isInTransaction: Bool { unsafe sqlite3_get_autocommit(handle) == 0 }

    /// Runs `body` within the open transaction; what it changed is undone where it fails, and its fault is the result.
    ///
    /// Throws where the whole transaction is lost. https://sqlite.org/lang_transaction.html on a full disk, an I/O error and the
    /// like: "the transaction might or might not be rolled back automatically", and "it is recommended that applications respond
    /// to the errors listed above by explicitly issuing a ROLLBACK command".
    func part<Answer>(_ body: (Connection) throws(LedgerFault) -> Answer) throws(LedgerFault) -> Result<Answer, LedgerFault> {
        try statement("SAVEPOINT part").run()
        do throws(LedgerFault) {
            let answer = try body(self)
            try statement("RELEASE part").run()
            return .success(answer)
        } catch {
            if case .surroundings = error { throw error }
            guard isInTransaction else { throw error }
            try statement("ROLLBACK TO part").run()
            try statement("RELEASE part").run()
            return .failure(error)
        }
    }
}

/// The write-ahead log.
extension Connection {
    /// Counts the log's pages after each commit, and leaves emptying it to the caller: SQLite's own way of doing it, inside the
    /// commit that makes the log too long, is a callback of the same kind and goes with this one.
    func watchLog() {
        // The context is lent: this object closes the connection before it goes.
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe sqlite3_wal_hook(
            handle,
            { context, _, _, pages in
                guard let context = unsafe context else { return SQLITE_OK }
                unsafe Unmanaged<Connection>.fromOpaque(context).takeUnretainedValue().logPages = Int(pages)
                return SQLITE_OK
            }, context)
    }

    /// Copies what the log holds into the database file as far as readers and writers are not in the way; waits for neither.
    func checkpoint() { unsafe sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil) }

    /// Copies all of the log into the database file and empties it; waits so long for whoever still reads what it holds. False where
    /// that was not long enough.
    @discardableResult func fold(waiting patience: Duration) -> Bool {
        setPatience(patience)
        return unsafe sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil) == SQLITE_OK
    }

    /// What `body` deletes or writes over is zeros in the file afterwards, not only free. https://sqlite.org/pragma.html#pragma_secure_delete
    func overwriting<Result>(_ body: () throws(LedgerFault) -> Result) throws(LedgerFault) -> Result {
        let usual = try count("PRAGMA secure_delete")
        _ = try count("PRAGMA secure_delete = ON")
        defer { try? execute(usual == 1 ? "" : usual == 2 ? "PRAGMA secure_delete = FAST" : "PRAGMA secure_delete = OFF") }
        return try body()
    }
}

@available(*, unavailable) extension Connection: Sendable {}

/// A connection and the serial queue that owns it.
final class QueuedConnection: @unchecked Sendable {  // `connection` is used on `queue` only.
    /// Nil once it is closed.
    private var connection: Connection?
    private let queue: DispatchQueue

    init(path: String, for access: Access = .writing, label: String, settings: String) throws(LedgerFault) {
        let connection = try Connection(path: path, for: access)
        queue = DispatchQueue(label: label)
        try connection.execute(settings)
        self.connection = connection
    }

    func sync<Result>(_ body: (Connection) throws(LedgerFault) -> Result) throws(LedgerFault) -> Result {
        // `queue.sync` rethrows untyped, so the typed fault travels as a value.
        let outcome = queue.sync { () -> Swift.Result<Result, LedgerFault> in
            guard let connection else { return .failure(.surroundings("The ledger is closed: selloutd is stopping.")) }
            do throws(LedgerFault) { return .success(try body(connection)) } catch { return .failure(error) }
        }
        return try outcome.get()
    }

    /// Not at all where the owner has gone by then.
    func async(after pause: DispatchTimeInterval, _ body: @escaping @Sendable (Connection) -> Void) {
        queue.asyncAfter(deadline: .now() + pause) { [weak self] in
            if let connection = self?.connection { body(connection) }
        }
    }

    /// Whoever asks afterwards is refused. `last` is called before.
    func close(_ last: (Connection) -> Void = { _ in }) {
        queue.sync {
            if let connection { last(connection) }
            connection = nil
        }
    }
}
