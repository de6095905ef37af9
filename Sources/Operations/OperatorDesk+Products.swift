import Ledger
import Sellout

extension OperatorDesk {
    /// Says that a reseller's code or product name means a product of the catalogue.
    package func map(reseller: String, code given: String, ean text: String) throws(Refused) -> MappingOutcome {
        let reseller = try known(reseller: reseller)
        let code = given.split(whereSeparator: \.isWhitespace).isEmpty ? "" : given
        guard !code.isEmpty else { throw Refused(.wrong, "The code is empty.") }
        guard let ean = EAN(text) else { throw Refused(.wrong, "\(text) is no EAN: thirteen digits are expected.") }
        let product = try product(ean)
        let folded = Folded.text(code)
        let before = try ask { () throws(LedgerFault) in try ledger.mappings(reseller: reseller) }.first { Folded.text($0.code) == folded }
        let waiting = try ask { () throws(LedgerFault) in try ledger.unmapped(reseller: reseller) }
            .filter { Folded.text($0.code) == folded || Folded.text($0.name) == folded }
        // The spelling that is known stays, so that one code does not become two.
        let mapping = ProductMapping(reseller: reseller, code: before?.code ?? code, ean: ean)
        let deed = deed("\(reseller): \(mapping.code) is \(ean)")
        _ = try ask { () throws(LedgerFault) in try ledger.take(.mappings([mapping]), by: deed) }
        return MappingOutcome(
            mapping: mapping, productName: product.functionalName, previous: before?.ean == ean ? nil : before?.ean,
            waitingRows: waiting.reduce(0) { $0 + $1.rows }, waitingBatches: waiting.map(\.batches).max() ?? 0)
    }

    /// Products that rows wait for.
    package func unmapped(reseller: String? = nil) throws(Refused) -> [UnmappedProduct] {
        if let reseller { _ = try known(reseller: reseller) }
        return try ask { () throws(LedgerFault) in try ledger.unmapped(reseller: reseller) }
    }

    /// By name.
    package var resellers: [Terms] { terms.values.sorted { $0.reseller < $1.reseller } }

    private func product(_ ean: EAN) throws(Refused) -> Product {
        let products = try ask { () throws(LedgerFault) in try ledger.products() }
        if let product = products.first(where: { $0.ean == ean }) { return product }
        let near = Nearest.name(to: ean.description, among: products.map(\.ean.description))
        let product = near.flatMap { near in products.first { $0.ean.description == near } }
        guard let product else {
            throw Refused(.unknown, "\(ean) is not among the \(products.count) products; import it first.")
        }
        throw Refused(.unknown, "\(ean) is not among the products; the nearest is \(product.ean) \(product.functionalName).")
    }
}
