import Sellout
import Texts

/// A reseller's earlier file, by what its columns were called.
package struct EarlierHeaders: Hashable, Sendable {
    package let filename: String
    package let headers: FileHeaders

    package init(filename: String, headers: FileHeaders) {
        self.filename = filename
        self.headers = headers
    }
}

extension Migration {
    static let headers = Migration(
        version: 7, name: "what a file's columns are called", script: "ALTER TABLE upload_batches ADD COLUMN headers TEXT;")
}

extension BatchTable {
    /// Not among `all`: no listing has a use for it.
    private static let headers = Column<FileHeaders?>(table, "headers")

    func keep(_ headers: FileHeaders, of batch: BatchRow) throws(LedgerFault) {
        try connection.update(Self.headers(headers), where: "id = ?", batch.number)
    }

    func earlier(than batch: BatchRow, layout: Int) throws(LedgerFault) -> EarlierHeaders? {
        let found = try connection.first(
            ColumnList(Self.filename, Self.headers),
            from: """
                upload_batches INDEXED BY upload_batches_by_reseller_and_time WHERE reseller = ? AND id <> ? AND status IN ('completed', 'partial_success')
                AND json_extract(headers, '$.layout') = ? ORDER BY received_at DESC, id DESC LIMIT 1
                """, batch.record.reseller, batch.number, layout
        ) { row throws(LedgerFault) in (try row[Self.filename], try row[Self.headers]) }
        guard let (filename, headers) = found, let headers else { return nil }
        return EarlierHeaders(filename: filename, headers: headers)
    }
}

extension FileHeaders: KeptAsJSON {
    var json: JSONValue {
        ["layout": .number(layout), "sheet": .text(sheet), "headers": .array(headers.map(JSONValue.text))]
    }

    init?(json: JSONValue) {
        guard let layout = json["layout"]?.whole.flatMap(Int.init(exactly:)), let sheet = json["sheet"]?.text,
            let items = json["headers"]?.items
        else { return nil }
        let headers = items.compactMap(\.text)
        guard headers.count == items.count else { return nil }
        self.init(layout: layout, sheet: sheet, headers: headers)
    }
}
