import Batches

extension RetailUpload.State: StoredAs {}

/// `retail_uploads`: workbooks of retail data that were sent.
private enum RetailUploads {
    static let table: StaticString = "retail_uploads"
    static let id = Column<Int64>(table, "id")
    static let batch = Column<BatchID>(table, "batch_id")
    static let filename = Column<String>(table, "filename")
    static let state = Column<RetailUpload.State>(table, "status")
    static let records = Column<Int?>(table, "records")
    static let message = Column<String?>(table, "message")
    static let uploader = Column<String?>(table, "uploader")
    static let createdAt = Column<Timestamp>(table, "created_at")
    static let endedAt = Column<Timestamp?>(table, "ended_at")
    static let told = ColumnList(id, batch, filename, state, records, message, uploader, createdAt)

    static func read(_ row: Statement) throws(LedgerFault) -> RetailUpload {
        RetailUpload(
            id: try row[id], batch: try row[batch], filename: try row[filename], state: try row[state], records: try row[records],
            message: try row[message], uploader: try row[uploader], createdAt: try row[createdAt])
    }
}

extension SQLiteLedger {
    package func enter(
        retailUpload batch: BatchID, filename: String, uploader: String?, at: Timestamp
    ) throws(LedgerFault) -> RetailUpload {
        try write { connection throws(LedgerFault) in
            try connection.insert(
                orIgnore: true, RetailUploads.batch(batch), RetailUploads.filename(filename), RetailUploads.state(.processing),
                RetailUploads.uploader(uploader), RetailUploads.createdAt(at))
            let entered = try connection.first(
                RetailUploads.told, from: "retail_uploads WHERE batch_id = ?", batch, read: RetailUploads.read)
            guard let entered else { throw LedgerFault.damaged("an upload that was entered is not there") }
            return entered
        }
    }

    package func end(retailUpload batch: BatchID, records: Int?, failure: String?, at: Timestamp) throws(LedgerFault) {
        try write { connection throws(LedgerFault) in
            _ = try connection.update(
                RetailUploads.state(failure == nil ? .completed : .failed), RetailUploads.records(records), RetailUploads.message(failure),
                RetailUploads.endedAt(at), where: "batch_id = ?", batch)
        }
    }

    package func retailUpload(id: Int64) throws(LedgerFault) -> RetailUpload? {
        try read { connection throws(LedgerFault) in
            try connection.first(RetailUploads.told, from: "retail_uploads WHERE id = ?", id, read: RetailUploads.read)
        }
    }

    package func retailUpload(_ batch: BatchID) throws(LedgerFault) -> RetailUpload? {
        try read { connection throws(LedgerFault) in
            try connection.first(RetailUploads.told, from: "retail_uploads WHERE batch_id = ?", batch, read: RetailUploads.read)
        }
    }

    package func retailUploads(uploader: String?, limit: Int) throws(LedgerFault) -> [RetailUpload] {
        try read { connection throws(LedgerFault) in
            var conditions = Conditions()
            conditions.add("uploader = ?", uploader)
            return try connection.all(
                RetailUploads.told, from: "retail_uploads\(conditions.sql) ORDER BY id DESC LIMIT ?", conditions, limit,
                read: RetailUploads.read)
        }
    }

    package func retailCounts(tenant: String) throws(LedgerFault) -> RetailCounts {
        try read { connection throws(LedgerFault) in
            RetailCounts(
                users: try connection.count("SELECT count(*) FROM users WHERE tenant = ?", tenant),
                brands: try connection.count("SELECT count(*) FROM brands"),
                retailers: try connection.count("SELECT count(*) FROM retail_retailers"),
                products: try connection.count("SELECT count(*) FROM retail_products"))
        }
    }
}
