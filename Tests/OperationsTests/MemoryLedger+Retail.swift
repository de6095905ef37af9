import Accounts
import Batches
import Ledger
import RetailFit
import Sellout

/// Retail fit has its tests over the ledger that the desk has in earnest.
extension MemoryLedger {
    private var noRetail: LedgerFault { .broken("Only a ledger that keeps retailers can be asked this.") }

    func user(uuid: String) -> User? { nil }
    func take(_ data: RetailData, brand: Int64?, by: Deed) throws(LedgerFault) -> ReferenceChange { throw noRetail }
    func retailCodes() throws(LedgerFault) -> RetailCodes { throw noRetail }
    func retailVersion() throws(LedgerFault) -> Int { throw noRetail }
    func market() throws(LedgerFault) -> (version: Int, market: FitMarket) { throw noRetail }
    func retailCategories() throws(LedgerFault) -> [CategoryChoice] { throw noRetail }
    func retailProducts(_ filter: RetailProductFilter) throws(LedgerFault) -> RetailPage<KnownProduct> { throw noRetail }
    func retailers(_ filter: RetailerFilter) throws(LedgerFault) -> RetailPage<KnownRetailer> { throw noRetail }
    func retailer(id: Int64) throws(LedgerFault) -> KnownRetailer? { throw noRetail }
    func places(ofRetailer id: Int64) throws(LedgerFault) -> [KnownPlace] { throw noRetail }
    func listings(ofRetailer id: Int64) throws(LedgerFault) -> [KnownListing] { throw noRetail }
    func enter(_ retailer: Retailer, of user: Int64, by: Deed) throws(LedgerFault) -> KnownRetailer? { throw noRetail }
    func change(
        retailer id: Int64, _ change: @escaping @Sendable (inout Retailer) -> Void, by: Deed
    ) throws(LedgerFault) -> KnownRetailer? { throw noRetail }
    func enter(_ brand: Brand, of user: Int64, by: Deed) throws(LedgerFault) -> KnownBrand? { throw noRetail }
    func change(
        brand id: Int64, _ change: @escaping @Sendable (inout Brand) -> Void, by: Deed
    ) throws(LedgerFault) -> KnownBrand? { throw noRetail }
    func brand(id: Int64) throws(LedgerFault) -> KnownBrand? { throw noRetail }
    func brand(named name: String) throws(LedgerFault) -> KnownBrand? { throw noRetail }
    func brands() throws(LedgerFault) -> [KnownBrand] { throw noRetail }
    func offers(ofBrand id: Int64) throws(LedgerFault) -> [FitQuestion.Offer] { throw noRetail }
    func choices(ofBrand id: Int64) throws(LedgerFault) -> [KnownChoice] { throw noRetail }
    func set(_ choices: [CategoryChoice], ofBrand id: Int64, by: Deed) throws(LedgerFault) -> [KnownChoice] { throw noRetail }
    func brandsOwedFit() throws(LedgerFault) -> [Int64] { throw noRetail }
    func fitAsking(ofBrand id: Int64) throws(LedgerFault) -> FitAsking? { throw noRetail }
    func notePublished(_ fits: [PublishedFit]) throws(LedgerFault) { throw noRetail }
    func enter(
        retailUpload batch: BatchID, filename: String, uploader: String?, at: Timestamp
    ) throws(LedgerFault) -> RetailUpload { throw noRetail }
    func end(retailUpload batch: BatchID, records: Int?, failure: String?, at: Timestamp) throws(LedgerFault) { throw noRetail }
    func retailUpload(id: Int64) throws(LedgerFault) -> RetailUpload? { throw noRetail }
    func retailUpload(_ batch: BatchID) throws(LedgerFault) -> RetailUpload? { throw noRetail }
    func retailUploads(uploader: String?, limit: Int) throws(LedgerFault) -> [RetailUpload] { throw noRetail }
    func retailCounts(tenant: String) throws(LedgerFault) -> RetailCounts { throw noRetail }
}
