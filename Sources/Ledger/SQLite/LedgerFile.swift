import CSQLite
import Glibc
import Linux

/// Which file on the disk the ledger is. SQLite goes on writing into a file that was deleted or renamed, as if nothing had happened.
struct LedgerFile: Sendable {
    /// `Sell`, in the place of the header that says whose database it is. https://sqlite.org/fileformat.html#application_id
    static let applicationID = 0x5365_6C6C

    private let ledger: KnownFile
    /// The write-ahead log and its index. As long as anybody has the ledger open they stay where they are.
    private let besides: [KnownFile]

    /// The file that bears the path now, which `connection` has just opened and read.
    init(path: String, openedBy connection: Connection) throws(LedgerFault) {
        guard let ledger = KnownFile(path) else { throw LedgerFile.gone(path) }
        self.ledger = ledger
        besides = ["-wal", "-shm"].compactMap { KnownFile(path + $0) }
        try confirm(connection)
    }

    /// Throws where the path leads to another file than the one that is open, or to none.
    func confirmPlace() throws(LedgerFault) {
        guard let found = KnownFile(ledger.path) else { throw LedgerFile.gone(ledger.path) }
        guard found == ledger else {
            throw .surroundings(
                "\(ledger.path) is another file than the ledger that selloutd has open. Stop selloutd, put the right one there, and start it "
                    + "again; until then nothing is taken and nothing is answered.")
        }
    }

    /// The same, and whether its log is still the one that is written to: the next to open the ledger would not see what it holds.
    func confirm() throws(LedgerFault) {
        try confirmPlace()
        for part in besides where KnownFile(part.path) != part {
            throw .surroundings(
                "\(part.path) is not the file any more that selloutd has open; it belongs to the ledger. Stop selloutd, which puts what the log "
                    + "holds into the ledger, and start it again; until then nothing is taken and nothing is answered.")
        }
    }

    /// Also where something else has been written over the file.
    func confirm(_ connection: Connection) throws(LedgerFault) {
        try confirm()
        let start = connection.start
        guard start.isDatabase else {
            throw .damaged("\(ledger.path) does not begin like a database any more")
        }
        // One that was made before ledgers bore a number has it in the log at first.
        guard [0, LedgerFile.applicationID].contains(start.applicationID) else {
            throw .damaged("\(ledger.path) bears the application id \(start.applicationID), another program's")
        }
    }

    private static func gone(_ path: String) -> LedgerFault {
        .surroundings(
            "The ledger's file \(path) is gone. Stop selloutd, put the ledger back, and start it again; until then nothing is taken and "
                + "nothing is answered.")
    }
}

/// A file as it was found under its name.
private struct KnownFile: Equatable {
    let path: String
    private let device: dev_t
    private let inode: ino_t

    /// Nil where nothing bears the name.
    init?(_ path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        self.path = path
        (device, inode) = (status.st_dev, status.st_ino)
    }
}

/// Whose database it is.
extension LedgerFile {
    /// Marks a new ledger, and one from before ledgers bore a number, as ours; refuses what is somebody else's, untouched.
    static func mark(_ connection: Connection, _ path: String) throws(LedgerFault) {
        try refuseForeign(connection, path)
        guard try connection.count("PRAGMA application_id") == 0 else { return }
        try connection.execute("PRAGMA application_id = \(applicationID)")
    }

    static func refuseForeign(_ connection: Connection, _ path: String) throws(LedgerFault) {
        let id = try connection.count("PRAGMA application_id")
        guard id != applicationID else { return }
        let isOlderLedger = try connection.count("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'schema_migrations')") > 0
        let isEmpty = try connection.count("SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)") > 0
        guard id == 0, isOlderLedger || isEmpty else {
            throw .refused(
                "\(path) is a database of another program (its application id is \(id)) and no ledger. Put the ledger there, or move this one "
                    + "away.")
        }
    }
}

/// Whose file it is.
extension LedgerFile {
    /// Makes the ledger, where it is missing from a folder that two users share, so that both can work on it, and opens theirs to both.
    /// SQLite gives the files beside it the ledger's mode, and the folder gives them its group.
    static func share(_ path: String) throws(LedgerFault) {
        do throws(SystemFault) {
            let sharing = try Sharing(ofFolder: Sharing.folder(of: path))
            guard sharing.isShared else { return }
            if unsafe access(path, F_OK) != 0, errno == ENOENT { try make(path, sharing) }
            // Where that fails, this user can work all the same, and the other one says what is missing.
            for part in ["", "-wal", "-shm"] { try? sharing.open(path + part, groupMay: .write) }
        } catch { throw .surroundings("\(error)") }
    }

    private static func make(_ path: String, _ sharing: Sharing) throws(SystemFault) {
        do throws(SystemFault) {
            let file = try Descriptor(opening: path, flags: O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
            try sharing.take(file, groupMay: .write, path: path)
        } catch {
            // Another program has made it meanwhile.
            guard error.errno == EEXIST else { throw error }
        }
    }
}

/// The first bytes of a database's file. https://sqlite.org/fileformat.html#the_database_header
struct DatabaseStart {
    fileprivate let bytes: [UInt8]

    static let length = 100

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isDatabase: Bool { bytes.starts(with: "SQLite format 3\0".utf8) }

    /// Big-endian, signed, at offset 68.
    var applicationID: Int {
        Int(Int32(truncatingIfNeeded: bytes.dropFirst(68).prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }))
    }
}

extension Connection {
    fileprivate var start: DatabaseStart {
        var bytes = [UInt8](repeating: 0, count: DatabaseStart.length)
        readStart(into: &bytes)
        return DatabaseStart(bytes)
    }
}
