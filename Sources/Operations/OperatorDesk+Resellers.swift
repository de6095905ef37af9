import Batches
import Ledger
import Sellout
import Texts

/// Who the resellers are, and whether their files are taken.
extension OperatorDesk {
    /// By folder name.
    package func resellerRecords() throws(Refused) -> [ResellerRecord] {
        try ask { () throws(LedgerFault) in try ledger.resellers() }
    }

    package func resellersByName() throws(Refused) -> [String: ResellerRecord] {
        Dictionary(try resellerRecords().map { ($0.slug, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// As programs name it; nil for what is unknown.
    package func reseller(uuid: String) throws(Refused) -> ResellerRecord? {
        try ask { () throws(LedgerFault) in try ledger.reseller(uuid: uuid) }
    }

    /// The reseller is named by its folder or its UUID here and below.
    package func set(_ change: ResellerChange, of given: String, reason: String = "") throws(Refused) -> ResellerRecord {
        try refuseIfWrong(change)
        let (slug, deed) = (try slug(given), try limited(reason))
        return try ask { () throws(LedgerFault) in try ledger.set(change, of: slug, by: deed) }
    }

    /// Batches that are there already are not touched.
    package func permit(_ allowed: Bool, reseller given: String, reason: String = "") throws(Refused) -> ResellerRecord {
        let (slug, deed) = (try slug(given), try limited(reason))
        return try ask { () throws(LedgerFault) in try ledger.permit(allowed, reseller: slug, by: deed) }
    }

    /// Of one that has a profile and was not noted yet too.
    private func slug(_ given: String) throws(Refused) -> String {
        if let record = try reseller(uuid: given.lowercased()) { return record.slug }
        return try known(reseller: given)
    }

    private func refuseIfWrong(_ change: ResellerChange) throws(Refused) {
        let texts = [change.name, change.country, change.currency, change.ownerName, change.ownerEmail].compactMap(\.self)
        guard texts.allSatisfy({ $0.count <= 200 && $0 == Printable.line($0) }) else {
            throw Refused(.wrong, "What is said of a reseller is one line of 200 characters at most.")
        }
        if let currency = change.currency, !currency.isEmpty,
            currency.utf8.count != 3 || !currency.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
        {
            throw Refused(.wrong, "\(currency) is no currency: it wants three capital letters, such as EUR.")
        }
        if let email = change.ownerEmail, !email.isEmpty {
            let halves = email.split(separator: "@", omittingEmptySubsequences: false)
            guard halves.count == 2, !halves[0].isEmpty, halves[1].contains("."), !email.contains(" ") else {
                throw Refused(.wrong, "\(email) is no e-mail address.")
            }
        }
    }
}

extension OperatorDesk {
    static let longestReason = 500

    /// An administrator's deed, whose reason the reseller reads.
    func limited(_ reason: String, isForced: Bool = false) throws(Refused) -> Deed {
        guard reason.count <= OperatorDesk.longestReason else {
            throw Refused(.wrong, "The reason has \(reason.count) characters; at most \(OperatorDesk.longestReason) are kept.")
        }
        return Deed(actor: actor, reason: reason, at: clock(), isForced: isForced)
    }
}

extension ResellerRecord {
    package var json: JSONValue {
        [
            "reseller": .text(slug), "reseller_id": .text(uuid), "name": .text(name), "country": .text(country),
            "currency": .optional(currency),
            "owner_name": .optional(ownerName), "owner_email": .optional(ownerEmail), "is_active": .bool(isActive),
            "created_at": .text(createdAt.description), "can_bulk_upload": .bool(canUpload), "permission_reason": .optional(reason),
        ]
    }
}
