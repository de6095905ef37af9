import Sellout

/// The resellers, and the word that their files are taken.
extension SQLiteLedger {
    package func resellers() throws(LedgerFault) -> [ResellerRecord] {
        try read { connection throws(LedgerFault) in try ResellerTable(connection: connection).records() }
    }

    package func reseller(uuid: String) throws(LedgerFault) -> ResellerRecord? {
        try read { connection throws(LedgerFault) in try ResellerTable(connection: connection).record(uuid: uuid) }
    }

    package func reseller(_ slug: String) throws(LedgerFault) -> ResellerRecord? {
        try read { connection throws(LedgerFault) in try ResellerTable(connection: connection).record(of: slug) }
    }

    package func set(_ change: ResellerChange, of slug: String, by deed: Deed) throws(LedgerFault) -> ResellerRecord {
        try changeReseller(slug, "set reseller", by: deed) { resellers throws(LedgerFault) in
            try resellers.set(change, of: slug)
            return change.told
        }
    }

    package func permit(_ allowed: Bool, reseller slug: String, by deed: Deed) throws(LedgerFault) -> ResellerRecord {
        try changeReseller(slug, allowed ? "permit uploads" : "forbid uploads", by: deed) { resellers throws(LedgerFault) in
            try resellers.permit(allowed, slug, reason: deed.reason)
            return ""
        }
    }

    /// `change` says what it did, for the audit log.
    private func changeReseller(
        _ slug: String, _ action: String, by deed: Deed, _ change: @escaping @Sendable (ResellerTable) throws(LedgerFault) -> String
    ) throws(LedgerFault) -> ResellerRecord {
        guard slug != Batch.unrecognised else { throw LedgerFault.refused("\(slug) is the operators' own inbox, and no reseller.") }
        return try write { connection throws(LedgerFault) in
            let resellers = ResellerTable(connection: connection)
            try resellers.enter(slug, at: deed.at)
            let told = try change(resellers)
            let reason = [told, deed.reason].filter { !$0.isEmpty }.joined(separator: "; ")
            try AuditLog(connection: connection).enter(Deed(actor: deed.actor, reason: reason, at: deed.at), action, reseller: slug)
            guard let record = try resellers.record(of: slug) else { throw LedgerFault.broken("The reseller is gone.") }
            return record
        }
    }
}

extension ResellerChange {
    /// `name "Lakeside Audio", country back to the profile's`
    fileprivate var told: String {
        let texts = [
            ("name", name), ("country", country), ("currency", currency), ("owner", ownerName), ("email", ownerEmail),
        ]
        var parts = texts.compactMap { word, text in text.map { $0.isEmpty ? "\(word) taken back" : "\(word) \"\($0)\"" } }
        if let isActive { parts.append(isActive ? "active" : "not active") }
        return parts.joined(separator: ", ")
    }
}
