import Sellout

/// Booked sales and today's reference data.
extension SQLiteLedger {
    package func rebooking(_ terms: Terms) throws(LedgerFault) -> RebookPlan {
        try read { connection throws(LedgerFault) in try Rebooking(connection: connection, terms: terms).plan() }
    }

    package func rebook(_ terms: Terms, by deed: Deed) throws(LedgerFault) -> RebookPlan {
        try write { connection throws(LedgerFault) in try Rebooking(connection: connection, terms: terms).carryOut(by: deed) }
    }
}
