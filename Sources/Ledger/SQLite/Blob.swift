import CSQLite

/// Bytes as they are.
struct Blob: Stored {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    init?(_ row: Statement, at place: Int32) {
        guard let bytes = row.blob(place) else { return nil }
        self.bytes = bytes
    }

    func bind(to statement: Statement, at place: inout Int32) throws(LedgerFault) { try statement.bind(bytes, at: &place) }
}
