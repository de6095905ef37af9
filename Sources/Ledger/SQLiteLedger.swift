import Sellout
import Synchronization

/// The ledger in one SQLite file: the embedded implementation of `Bookkeeping`.
///
/// One serial queue writes; status and listings read beside it on a connection of their own, and sales are streamed each on
/// a connection of its own, so that a slow reader holds nobody up.
package final class SQLiteLedger: Bookkeeping {
    /// Nil where the ledger is in memory, which one connection alone can see.
    private let path: String?
    private let file: LedgerFile?
    private let sawDamage = Atomic(false)
    let writer: Writer
    private let reader: QueuedConnection

    package convenience init(path: String) throws(LedgerFault) {
        try self.init(path: path, settings: "")
    }

    /// For tests: as quick as memory, and gone with its owner.
    package convenience init(inMemory: Void) throws(LedgerFault) {
        try self.init(path: nil, settings: "")
    }

    /// For who looks and changes nothing: takes no lock that a writer could hold, and brings no older file up to date.
    package init(onlyReading path: String) throws(LedgerFault) {
        self.path = path
        writer = try ReadableLedger(path: path).open()
        file = nil
        reader = writer.connection
    }

    /// `settings`: for tests that make a disk small.
    init(path: String?, settings: String) throws(LedgerFault) {
        self.path = path
        if let path { try LedgerFile.share(path) }
        writer = try Writer(path: path)
        file = try writer.connection.sync { connection throws(LedgerFault) in
            try Migration.bring(connection)
            try connection.execute(settings)
            return try path.map { path throws(LedgerFault) in try LedgerFile(path: path, openedBy: connection) }
        }
        reader =
            try path.map { path throws(LedgerFault) in
                try QueuedConnection(path: path, label: "ledger.reader", settings: Writer.readerSettings)
            } ?? writer.connection
    }

    func write<Answer: Sendable>(
        _ body: @escaping @Sendable (Connection) throws(LedgerFault) -> Answer
    ) throws(LedgerFault) -> Answer {
        try confirmed(durable: true, body)
    }

    /// For what may be lost as long as what follows it is lost too.
    func writeLoosely<Answer: Sendable>(
        _ body: @escaping @Sendable (Connection) throws(LedgerFault) -> Answer
    ) throws(LedgerFault) -> Answer {
        try confirmed(durable: false, body)
    }

    /// Nothing that was written into a file which nobody finds again counts as written.
    private func confirmed<Answer: Sendable>(
        durable: Bool, _ body: @escaping @Sendable (Connection) throws(LedgerFault) -> Answer
    ) throws(LedgerFault) -> Answer {
        let file = file
        return try noticed { () throws(LedgerFault) in
            let answer = try writer.write(durable: durable) { connection throws(LedgerFault) in
                try file?.confirm(connection)
                return try body(connection)
            }
            try file?.confirm()
            return answer
        }
    }

    private func noticed<Answer>(_ body: () throws(LedgerFault) -> Answer) throws(LedgerFault) -> Answer {
        do throws(LedgerFault) { return try body() } catch {
            if case .damage = error { sawDamage.store(true, ordering: .relaxed) }
            throw error
        }
    }

    func read<Answer>(_ body: (Connection) throws(LedgerFault) -> Answer) throws(LedgerFault) -> Answer {
        try noticed { () throws(LedgerFault) in
            try reader.sync { connection throws(LedgerFault) in
                try file?.confirm(connection)
                return try connection.snapshot(body)
            }
        }
    }

    /// What is asked afterwards is refused. The last one to close a ledger folds its log and removes the files beside it, by their names;
    /// so one that is damaged, or whose file is not in its place any more, is left to the end of the process as it is.
    package func close() {
        guard !sawDamage.load(ordering: .relaxed) else { return }
        do throws(LedgerFault) { try file?.confirmPlace() } catch { return }
        if path != nil { reader.close() }
        writer.close()
    }

    package func ping() throws(LedgerFault) {
        try writer.connection.sync { connection throws(LedgerFault) in _ = try connection.count("SELECT 1") }
    }

    package func foreignChanges() throws(LedgerFault) -> Int {
        try writer.connection.sync { connection throws(LedgerFault) in
            try file?.confirm(connection)
            return try connection.count("PRAGMA data_version")
        }
    }

    /// Writes the ledger as it stands at this moment into a new file, beside whoever is writing.
    package func copy(to copy: String) throws(LedgerFault) {
        // VACUUM cannot run where only reading is allowed.
        let copier =
            try path.map { path throws(LedgerFault) in
                try QueuedConnection(path: path, for: .reading, label: "ledger.copier", settings: "")
            } ?? writer.connection
        try copier.sync { connection throws(LedgerFault) in _ = try connection.run("VACUUM INTO ?", copy) }
    }

    /// Reads on a connection of its own, so that what takes long holds nobody up.
    func aside<Answer>(_ body: (Connection) throws(LedgerFault) -> Answer) throws(LedgerFault) -> Answer {
        guard let path else { return try read(body) }
        return try noticed { () throws(LedgerFault) in try own(path).snapshot(body) }
    }

    private func own(_ path: String) throws(LedgerFault) -> Connection {
        // Opened for writing, a file that is gone would be made anew.
        try file?.confirm()
        let own = try Connection(path: path, for: .reading)
        try own.execute(Writer.readerSettings)
        return own
    }

    package func sales(_ filter: SalesFilter, _ body: (SaleLine) throws -> Bool) throws {
        guard let path else { return try salesInMemory(filter, body) }
        let own = try own(path)
        let rows = try SaleListing(connection: own).list(filter)
        while try rows.step() {
            guard try body(try SaleListing.line(rows)) else { return }
        }
    }

    /// The one connection is free again before `body` is called, which may ask the ledger something else.
    private func salesInMemory(_ filter: SalesFilter, _ body: (SaleLine) throws -> Bool) throws {
        let lines = try read { connection throws(LedgerFault) in
            let rows = try SaleListing(connection: connection).list(filter)
            defer { rows.reset() }
            var lines: [SaleLine] = []
            while try rows.step() { lines.append(try SaleListing.line(rows)) }
            return lines
        }
        for line in lines {
            guard try body(line) else { return }
        }
    }
}
