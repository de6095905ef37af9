import Batches
import Ledger
import Sellout
import Texts

/// What operators do, whoever asks: the command and HTTP stand before the same desk. Every wish is done whole or refused in
/// one sentence.
package struct OperatorDesk: Sendable {
    let ledger: any Bookkeeping
    let terms: [String: Terms]
    let actor: String
    let clock: @Sendable () -> Timestamp

    /// `actor` is written into the audit log.
    package init(ledger: any Bookkeeping, terms: [Terms], actor: String, clock: @escaping @Sendable () -> Timestamp) {
        let terms = Dictionary(terms.map { ($0.reseller, $0) }, uniquingKeysWith: { _, last in last })
        self.init(ledger: ledger, terms: terms, actor: actor, clock: clock)
    }

    /// `terms` by the reseller.
    package init(ledger: any Bookkeeping, terms: [String: Terms], actor: String, clock: @escaping @Sendable () -> Timestamp) {
        self.ledger = ledger
        self.terms = terms
        self.actor = actor
        self.clock = clock
    }

    func deed(_ reason: String = "") -> Deed { Deed(actor: actor, reason: reason, at: clock()) }

    func ask<Answer>(_ question: () throws(LedgerFault) -> Answer) throws(Refused) -> Answer {
        do { return try question() } catch { throw Refused(error) }
    }

    /// Operators type as much of an id as tells it from the others, four digits at least.
    package func batch(_ given: String, deleted: Bool = false) throws(Refused) -> Batch {
        if given.hasPrefix("BULK-") { return try batch(named: given, deleted: deleted) }
        let prefix = given.lowercased()
        guard (4...36).contains(prefix.utf8.count), prefix.utf8.allSatisfy({ "0123456789abcdef-".utf8.contains($0) }) else {
            throw Refused(.wrong, "\(given) is no batch id: give its first four digits or more.")
        }
        let found = try ask { () throws(LedgerFault) in try ledger.batches(idPrefix: prefix, deleted: deleted) }
        guard let only = found.first else { throw Refused(.unknown, "There is no batch \(given).") }
        guard found.count == 1 else {
            let some = found.prefix(5).map(\.id.text).joined(separator: ", ")
            throw Refused(.unknown, "\(found.count) batches begin with \(given); give more digits: \(some)\(found.count > 5 ? ", …" : ".")")
        }
        return only
    }

    /// By its whole id or its BULK id, as programs name it: what is malformed is unknown.
    package func batch(named id: String, deleted: Bool = false) throws(Refused) -> Batch {
        if let prefix = BatchID(id.lowercased())?.text ?? Batch.digits(ofBulkID: id) {
            let found = try ask { () throws(LedgerFault) in try ledger.batches(idPrefix: prefix, deleted: deleted) }
            if let only = found.first(where: { $0.id.text == prefix || $0.bulkID == id }) { return only }
        }
        throw Refused(.unknown, "There is no batch \(id).")
    }

    /// The sales of a deleted one are in the books still.
    func batchEvenDeleted(_ given: String) throws(Refused) -> Batch {
        do { return try batch(given) } catch {
            guard error.reason == .unknown, let deleted = try? batch(given, deleted: true) else { throw error }
            return deleted
        }
    }

    /// A reseller that has a profile, or had one when its files came.
    func known(reseller: String) throws(Refused) -> String {
        if terms[reseller] != nil { return reseller }
        if try ask({ () throws(LedgerFault) in try ledger.reseller(reseller) }) != nil { return reseller }
        if let near = Nearest.name(to: reseller, among: terms.keys) {
            throw Refused(.unknown, "There is no reseller \(reseller); is \(near) meant?")
        }
        let names = terms.keys.sorted().joined(separator: ", ")
        throw Refused(.unknown, "There is no reseller \(reseller)\(names.isEmpty ? ": no profile is loaded." : "; known are \(names).")")
    }
}
