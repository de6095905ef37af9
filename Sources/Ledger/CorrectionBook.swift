import Batches
import Cells
import Sellout

/// Reference data as operators look after it: searched, corrected, ended, put together, and put back.
package protocol CorrectionBook: Sendable {
    /// Names of the one store mean the other from then on. A store that nobody has named yet is entered.
    func merge(store: String, into: String, of reseller: String, by: Deed) throws(LedgerFault) -> StoreMerge
    /// By reseller and code.
    func mappings(_ filter: ReferenceFilter) throws(LedgerFault) -> [MappingEntry]
    /// By reseller and name.
    func stores(_ filter: ReferenceFilter) throws(LedgerFault) -> [StoreEntry]
    /// By EAN.
    func products(_ filter: ReferenceFilter) throws(LedgerFault) -> [Product]
    /// Refused where what is to be corrected is not there, or cannot become that.
    func correct(_ correction: Correction, by: Deed) throws(LedgerFault) -> Corrected
    /// The stores that rows wait for.
    func unknownStores(reseller: String?) throws(LedgerFault) -> [UnknownStore]
    /// The stores of a reseller that are not another one, with their current sales.
    func storeFigures(of reseller: String) throws(LedgerFault) -> [StoreFigures]
}

/// Which records to list.
package struct ReferenceFilter: Hashable, Sendable {
    package var reseller: String?
    /// A part of a code, a name, an EAN, a description or a city.
    package var like: String?
    package var limit: Int
    package var offset: Int

    package init(reseller: String? = nil, like: String? = nil, limit: Int = 1000, offset: Int = 0) {
        self.reseller = reseller
        self.like = like
        self.limit = limit
        self.offset = offset
    }
}

package struct MappingEntry: Hashable, Sendable {
    package let mapping: ProductMapping
    /// Nil where the EAN is not among the products.
    package let productName: String?

    package init(_ mapping: ProductMapping, productName: String?) {
        self.mapping = mapping
        self.productName = productName
    }
}

package struct StoreEntry: Hashable, Sendable {
    package let store: Store
    /// Whether a file brought it, and no operator has said anything of it.
    package let isFromFile: Bool
    /// The name of the store that it is, by an operator's word.
    package let mergedInto: String?

    package init(_ store: Store, isFromFile: Bool, mergedInto: String?) {
        self.store = store
        self.isFromFile = isFromFile
        self.mergedInto = mergedInto
    }
}

/// An operator's word on one record. Stores and mappings are named by their codes.
package enum Correction: Hashable, Sendable {
    /// Name, type and place of a store shall be these.
    case store(Store)
    case product(Product)
    /// The one EAN means the other product from now on.
    case mergeProducts(EAN, into: EAN)
    /// From that day on it means nothing any more; nil takes an end back.
    case endMapping(reseller: String, code: String, from: CivilDay?)
    case endStore(reseller: String, code: String, from: CivilDay?)
    case endProduct(EAN, from: CivilDay?)
    /// Takes a merge back: the two are two again.
    case splitStore(reseller: String, code: String)
    case splitProduct(EAN)
}

/// What a correction did.
package struct Corrected: Hashable, Sendable {
    /// Its line in the audit log; nil where everything was so already.
    package let line: Int64?
    package let sentence: String

    package init(line: Int64?, _ sentence: String) {
        self.line = line
        self.sentence = sentence
    }
}

/// What merging two stores did. Sales of the one follow when they are booked anew.
package struct StoreMerge: Hashable, Sendable {
    package let reseller: String
    package let store: String
    /// The store that it is from now on.
    package let into: String
    /// Its line in the audit log.
    package let line: Int64?

    package init(reseller: String, store: String, into: String, line: Int64? = nil) {
        self.reseller = reseller
        self.store = store
        self.into = into
        self.line = line
    }
}
