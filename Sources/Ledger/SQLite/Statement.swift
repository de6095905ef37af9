import CSQLite

/// One prepared statement. Values are bound by position from 1, columns are read by position from 0.
@safe final class Statement {
    private let handle: OpaquePointer
    private let sql: String

    init(_ sql: String, of database: OpaquePointer) throws(LedgerFault) {
        var prepared: OpaquePointer?
        let code = unsafe sqlite3_prepare_v3(database, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
        guard code == SQLITE_OK, let prepared = unsafe prepared else {
            throw SQLiteFault(code: code, message: unsafe String(cString: sqlite3_errmsg(database)), doing: sql).ledgerFault
        }
        unsafe handle = prepared
        self.sql = sql
    }

    deinit { unsafe sqlite3_finalize(handle) }

    /// True while there is a row.
    func step() throws(LedgerFault) -> Bool {
        switch unsafe sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw fault(code)
        }
    }

    /// Runs to its end and is ready to be bound again; for statements without rows.
    func run() throws(LedgerFault) {
        defer { reset() }
        _ = try step()
    }

    func reset() { unsafe sqlite3_reset(handle) }

    private func fault(_ code: Int32) -> LedgerFault {
        let message = unsafe String(cString: sqlite3_errmsg(sqlite3_db_handle(handle)))
        return SQLiteFault(code: code, message: message, doing: sql).ledgerFault
    }

    private func check(_ code: Int32) throws(LedgerFault) {
        if code != SQLITE_OK { throw fault(code) }
    }
}

extension Statement {
    func bind(_ value: Int64, at place: Int32) throws(LedgerFault) { try check(unsafe sqlite3_bind_int64(handle, place, value)) }

    func bindNull(at place: Int32) throws(LedgerFault) { try check(unsafe sqlite3_bind_null(handle, place)) }

    func bind(_ value: Int64?, at place: Int32) throws(LedgerFault) {
        if let value { try bind(value, at: place) } else { try bindNull(at: place) }
    }

    func bind(_ value: String?, at place: Int32) throws(LedgerFault) {
        guard var text = value else { return try bindNull(at: place) }
        let code = text.withUTF8 { bytes in
            // An empty buffer may have no address, which SQLite would take for NULL.
            let start = unsafe UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
            guard let start = unsafe start else { return unsafe sellout_bind_text(handle, place, "", 0) }
            return unsafe sellout_bind_text(handle, place, start, Int32(clamping: bytes.count))
        }
        try check(code)
    }

    func int64(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(handle, column) }

    func int(_ column: Int32) -> Int { Int(int64(column)) }

    func bool(_ column: Int32) -> Bool { int64(column) != 0 }

    func isNull(_ column: Int32) -> Bool { unsafe sqlite3_column_type(handle, column) == SQLITE_NULL }

    func optionalInt64(_ column: Int32) -> Int64? { isNull(column) ? nil : int64(column) }

    /// Empty for NULL.
    func text(_ column: Int32) -> String {
        guard let start = unsafe sqlite3_column_text(handle, column) else { return "" }
        let bytes = unsafe UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
        return unsafe String(decoding: bytes, as: UTF8.self)
    }

    func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }
}

@available(*, unavailable) extension Statement: Sendable {}
