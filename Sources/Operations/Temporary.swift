import Ledger
import Sellout
import Reports

extension OperatorDesk {
    package func resellersRecords() throws(Refused) -> [ResellerRecord] { try ask { () throws(LedgerFault) in try ledger.resellers() } }
    package func reseller(uuid: String) throws(Refused) -> ResellerRecord? { try ask { () throws(LedgerFault) in try ledger.reseller(uuid: uuid) } }
    package func permit(_ allowed: Bool, reseller: String, reason: String) throws(Refused) -> ResellerRecord {
        let deed = deed(reason)
        return try ask { () throws(LedgerFault) in try ledger.permit(allowed, reseller: reseller, by: deed) }
    }
    package func cleanUpStuck(resellers: Set<String>?) throws(Refused) -> Int { 0 }
    package func approve(_ given: String, force: Bool, reason: String = "") throws(Refused) -> Report { try approve(given, reason: reason) }
    package func cancel(_ given: String, force: Bool, reason: String = "") throws(Refused) -> Report { try cancel(given, reason: reason) }
}
