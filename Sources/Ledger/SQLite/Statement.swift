import CSQLite

/// What may stand for one or more `?` in a statement.
protocol Bindable {
    /// Moves `place` behind the last `?` that it took.
    func bind(to statement: Statement, at place: inout Int32) throws(LedgerFault)
}

/// What a column may hold.
protocol Stored: Bindable, Sendable {
    /// Nil where the column holds something else: the caller calls that damage.
    init?(_ row: Statement, at place: Int32)
}

/// What a column is called. Made of literals only: a loop over rows compares addresses, and neither counts nor copies anything.
struct SQLName: Sendable {
    /// Empty where SQL computes the value.
    let table: StaticString
    let name: StaticString

    var isComputed: Bool { table.utf8CodeUnitCount == 0 }

    /// As a SELECT names it.
    var selected: String { isComputed ? "\(name)" : "\(table).\(name)" }

    /// Seen at once where both are made of the same literals; false says nothing, since a compiler may keep two of one text.
    @inline(__always) func isSurely(_ other: SQLName) -> Bool {
        unsafe name.utf8Start == other.name.utf8Start && table.utf8Start == other.table.utf8Start
    }
}

/// One prepared statement, and the row that it stands on. What it selects or writes is found by column.
@safe final class Statement {
    private let handle: OpaquePointer
    private let sql: String
    private let columns: [SQLName]
    /// Where the search for a column begins: whoever goes through them in their order finds each at the first look.
    private var next = 0

    /// `columns` are those that it answers with, or those that its `?` stand for.
    init(_ sql: String, _ columns: [SQLName] = [], of database: OpaquePointer) throws(LedgerFault) {
        var prepared: OpaquePointer?
        let code = unsafe sqlite3_prepare_v3(database, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
        guard code == SQLITE_OK, let prepared = unsafe prepared else {
            throw LedgerFault(code: code, message: unsafe String(cString: sqlite3_errmsg(database)), doing: sql)
        }
        unsafe handle = prepared
        self.sql = sql
        self.columns = columns
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
        LedgerFault(code: code, message: unsafe String(cString: sqlite3_errmsg(sqlite3_db_handle(handle))), doing: sql)
    }

    /// Inlined, since a loop over rows comes by here for every value.
    @inline(__always) func place(of column: SQLName) throws(LedgerFault) -> Int32 {
        let place = next
        guard place < columns.count, columns[place].isSurely(column) else { return try search(column) }
        next = place + 1
        return Int32(truncatingIfNeeded: place)
    }

    private func search(_ column: SQLName) throws(LedgerFault) -> Int32 {
        let found = columns.firstIndex { $0.isSurely(column) } ?? columns.firstIndex { $0.selected == column.selected }
        guard let place = found else {
            throw .broken("The statement has no column \(column.selected): \(sql)")
        }
        next = place + 1
        return Int32(truncatingIfNeeded: place)
    }
}

/// Binding. Places count from 1; SQLite answers one that is not there with SQLITE_RANGE.
extension Statement {
    func bind(_ number: Int64, at place: inout Int32) throws(LedgerFault) {
        try bound(unsafe sqlite3_bind_int64(handle, place, number), &place)
    }

    func bindNull(at place: inout Int32) throws(LedgerFault) { try bound(unsafe sqlite3_bind_null(handle, place), &place) }

    func bind(_ text: String, at place: inout Int32) throws(LedgerFault) {
        var text = text
        let code = text.withUTF8 { bytes in
            guard let count = Int32(exactly: bytes.count) else { return SQLITE_TOOBIG }
            // An empty buffer may have no address, which SQLite would take for NULL.
            let start = unsafe UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
            guard let start = unsafe start else { return unsafe sellout_bind_text(handle, place, "", 0) }
            return unsafe sellout_bind_text(handle, place, start, count)
        }
        try bound(code, &place)
    }

    func bind(_ bytes: [UInt8], at place: inout Int32) throws(LedgerFault) {
        let code = unsafe bytes.withUnsafeBytes { bytes in
            guard let count = Int32(exactly: bytes.count) else { return SQLITE_TOOBIG }
            return unsafe sellout_bind_blob(handle, place, bytes.baseAddress, count)
        }
        try bound(code, &place)
    }

    private func bound(_ code: Int32, _ place: inout Int32) throws(LedgerFault) {
        if code != SQLITE_OK { throw fault(code) }
        place += 1
    }
}

/// Reading. Places count from 0.
extension Statement {
    /// What stands there, cut short.
    func found(_ place: Int32) -> String {
        switch unsafe sqlite3_column_type(handle, place) {
        case SQLITE_NULL: return "nothing"
        case SQLITE_BLOB: return "bytes"
        default:
            let text = unsafe sqlite3_column_text(handle, place).map { unsafe String(cString: $0) } ?? ""
            return text.count > 80 ? "\"\(text.prefix(80))…\"" : "\"\(text)\""
        }
    }

    func isNull(_ place: Int32) -> Bool { unsafe sqlite3_column_type(handle, place) == SQLITE_NULL }

    /// Nil where there is no whole number.
    func integer(_ place: Int32) -> Int64? {
        unsafe sqlite3_column_type(handle, place) == SQLITE_INTEGER ? unsafe sqlite3_column_int64(handle, place) : nil
    }

    /// Nil where there are no bytes.
    func blob(_ place: Int32) -> [UInt8]? {
        guard unsafe sqlite3_column_type(handle, place) == SQLITE_BLOB else { return nil }
        guard let start = unsafe sqlite3_column_blob(handle, place) else { return [] }
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, place))))
    }

    /// Nil where there is no text, or one that is not UTF-8.
    func text(_ place: Int32) -> String? {
        guard unsafe sqlite3_column_type(handle, place) == SQLITE_TEXT, let start = unsafe sqlite3_column_text(handle, place) else {
            return nil
        }
        let bytes = unsafe UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, place)))
        guard let text = try? unsafe UTF8Span(validating: bytes.span) else { return nil }
        return String(copying: text)
    }
}

@available(*, unavailable) extension Statement: Sendable {}
