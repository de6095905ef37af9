import Batches
import Sellout

/// Who a reseller is, and whether its files are taken.
extension ResellerTable {
    static let uuid = Column<String>(table, "uuid")
    static let createdAt = Column<Timestamp>(table, "created_at")
    /// Nil where nobody has decided: no profile of it was noted yet.
    static let mayUpload = Column<Bool?>(table, "can_bulk_upload")
    private static let name = Column<String?>(table, "name")
    private static let saidCountry = Column<String?>(table, "said_country")
    private static let saidCurrency = Column<String?>(table, "said_currency")
    private static let ownerName = Column<String?>(table, "owner_name")
    private static let ownerEmail = Column<String?>(table, "owner_email")
    private static let isActive = Column<Bool>(table, "is_active")
    private static let permissionReason = Column<String?>(table, "permission_reason")
    /// The number of the last batch that was there when uploads were forbidden.
    private static let forbiddenAfter = Column<Int64>(table, "forbidden_after")
    private static let records = ColumnList(
        reseller, uuid, createdAt, vendorName, name, country, saidCountry, currency, saidCurrency, ownerName, ownerEmail, isActive,
        mayUpload, permissionReason)

    private static func record(_ row: Statement) throws(LedgerFault) -> ResellerRecord {
        let slug = try row[reseller]
        let (vendor, ofProfile, itsCurrency) = (try row[vendorName], try row[country], try row[currency])
        let (said, saidOfCountry, saidOfCurrency, permission) = (
            try row[name], try row[saidCountry], try row[saidCurrency], try row[mayUpload]
        )
        return ResellerRecord(
            slug: slug, uuid: try row[uuid], name: said ?? (vendor.isEmpty ? slug : vendor),
            country: saidOfCountry ?? ofProfile, currency: saidOfCurrency ?? (itsCurrency.isEmpty ? nil : itsCurrency),
            ownerName: try row[ownerName], ownerEmail: try row[ownerEmail], isActive: try row[isActive], createdAt: try row[createdAt],
            canUpload: permission ?? true, reason: try row[permissionReason])
    }

    func records() throws(LedgerFault) -> [ResellerRecord] {
        try connection.all(
            Self.records, from: "resellers WHERE reseller <> ? ORDER BY reseller", Batch.unrecognised, read: Self.record)
    }

    func record(of slug: String) throws(LedgerFault) -> ResellerRecord? {
        guard slug != Batch.unrecognised else { return nil }
        return try connection.first(Self.records, from: "resellers WHERE reseller = ?", slug, read: Self.record)
    }

    func record(uuid: String) throws(LedgerFault) -> ResellerRecord? {
        try connection.first(
            Self.records, from: "resellers WHERE uuid = ? AND reseller <> ?", uuid, Batch.unrecognised, read: Self.record)
    }

    func set(_ change: ResellerChange, of slug: String) throws(LedgerFault) {
        let texts = [
            (Self.name, change.name), (Self.saidCountry, change.country), (Self.saidCurrency, change.currency),
            (Self.ownerName, change.ownerName), (Self.ownerEmail, change.ownerEmail),
        ]
        for case (let column, let text?) in texts {
            try connection.update(column(text.isEmpty ? nil : text), where: "reseller = ?", slug)
        }
        if let isActive = change.isActive { try connection.update(Self.isActive(isActive), where: "reseller = ?", slug) }
    }

    /// Forbidding once more leaves those refused that came since the first time.
    func permit(_ allowed: Bool, _ slug: String, reason: String) throws(LedgerFault) {
        if !allowed {
            try connection.run(
                """
                UPDATE resellers SET forbidden_after = (SELECT coalesce(max(id), 0) FROM upload_batches)
                WHERE reseller = ? AND can_bulk_upload IS NOT 0
                """, slug)
        }
        try connection.update(Self.mayUpload(allowed), Self.permissionReason(reason.isEmpty ? nil : reason), where: "reseller = ?", slug)
    }

    /// Nil where the batch may be read; otherwise the reseller whose files are not taken.
    func forbidding(_ batch: BatchRow) throws(LedgerFault) -> ResellerRecord? {
        try connection.first(
            Self.records, from: "resellers WHERE reseller = ? AND can_bulk_upload = 0 AND forbidden_after < ?", batch.record.reseller,
            batch.number, read: Self.record)
    }
}
