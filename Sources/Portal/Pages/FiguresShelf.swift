import Batches
import Ledger
import Operations
import Sellout
import Synchronization

/// Figures that take a while to add up and that many pages show. Who comes when they are too old adds them up anew; meanwhile
/// the others read the old ones. Pages on which a figure decides ask the desk itself.
package final class FiguresShelf: Sendable {
    private struct Kept<Value: Sendable>: Sendable {
        var value: Value?
        var at = Timestamp(milliseconds: 0)
        var isBeingMade = false
    }

    private let years = Mutex(Kept<[String: [SalesSum]]>())
    private let standing = Mutex(Kept<LedgerStanding>())
    private let unmapped = Mutex(Kept<[UnmappedProduct]>())
    private let unknownStores = Mutex(Kept<[SuggestedStore]>())
    private let likely = Mutex<(products: [UnmappedProduct], count: Int)?>(nil)

    package init() {}

    /// Each reseller's last twelve months that have sales; at most half a minute old.
    func years(_ desk: OperatorDesk, now: Timestamp) throws(Refused) -> [String: [SalesSum]] {
        try kept(years, for: .seconds(30), now) { () throws(Refused) in try desk.lastYears() }
    }

    /// How the batches stand, at most a second old.
    func standing(_ desk: OperatorDesk, now: Timestamp) throws(Refused) -> LedgerStanding {
        try kept(standing, for: .seconds(1), now) { () throws(Refused) in try desk.standing() }
    }

    /// Products that sales wait for, of all resellers. Each open page asks once a second, and one of them asks the ledger.
    func unmapped(_ desk: OperatorDesk, now: Timestamp) throws(Refused) -> [UnmappedProduct] {
        try kept(unmapped, for: .seconds(2), now) { () throws(Refused) in try desk.unmapped() }
    }

    /// Stores that sales wait for, of all resellers, as seldom.
    func unknownStores(_ desk: OperatorDesk, now: Timestamp) throws(Refused) -> [SuggestedStore] {
        try kept(unknownStores, for: .seconds(2), now) { () throws(Refused) in try desk.unknownStores() }
    }

    /// How many of these products have a likely match. Looked for anew only where other products wait.
    func likelyMatches(_ products: [UnmappedProduct], _ desk: OperatorDesk) throws(Refused) -> Int {
        if let known = likely.withLock({ $0 }), known.products == products { return known.count }
        let count = try desk.suggestions().count { $0.suggestion != nil }
        likely.withLock { $0 = (products, count) }
        return count
    }

    private func kept<Value: Sendable>(
        _ shelf: borrowing Mutex<Kept<Value>>, for age: Duration, _ now: Timestamp, _ make: () throws(Refused) -> Value
    ) throws(Refused) -> Value {
        let ready: Value? = shelf.withLock { kept in
            if let value = kept.value, kept.isBeingMade || kept.at.age(at: now) < age { return value }
            kept.isBeingMade = true
            return nil
        }
        if let ready { return ready }
        do {
            let value = try make()
            shelf.withLock { $0 = Kept(value: value, at: now) }
            return value
        } catch {
            shelf.withLock { $0.isBeingMade = false }
            throw error
        }
    }
}
