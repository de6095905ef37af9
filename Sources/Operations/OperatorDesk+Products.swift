import Ledger
import Sellout
import Texts

/// What mapping a reseller's code to a product has done.
package struct MappingOutcome: Hashable, Sendable {
    package let mapping: ProductMapping
    package let productName: String
    /// What the code stood for until now, where that was something else.
    package let previous: EAN?
    /// What waited for it, and is resolved again by the daemon.
    package let waitingRows: Int
    package let waitingBatches: Int
    /// The code had an end, which is taken back with this.
    package let hadEnd: Bool
    /// So many booked sales would come out otherwise today.
    package let salesAffected: Int?

    package var sentence: String { told + (salesAffected ?? 0 > 0 ? CorrectionAnswer.advice(salesAffected) : "") }

    private var told: String {
        var text = "\(mapping.reseller): \(mapping.code) is \(mapping.ean) \(productName)"
        if let previous { text += ", no longer \(previous)" }
        if hadEnd { text += ", without an end" }
        if waitingRows == 0 { return text + "; no row waits for it." }
        let rows = waitingRows == 1 ? "1 row" : "\(waitingRows) rows"
        let batches = waitingBatches == 1 ? "1 batch" : "\(waitingBatches) batches"
        return "\(text); \(rows) of \(batches) \(waitingRows == 1 ? "is" : "are") resolved again."
    }
}

/// A product that rows wait for, and the one of ours that it probably is.
package struct SuggestedMapping: Hashable, Sendable {
    package let product: UnmappedProduct
    package let suggestion: ProductSuggestion?
    /// The reseller's.
    package let currency: String?

    /// Whether both texts state the same size and kind of goods. Where not, nobody may accept it but a person who has looked.
    package var makeAgrees: Bool { suggestion?.makeAgrees == true }

    /// `boxnox: "BB100" Rainbow Roses -> 7350154320053 Rainbow Rose EDP 100 ml (95 % alike, size and kind agree)`.
    package var sentence: String {
        let product =
            "\(product.reseller): \"\(product.code)\"\(product.name.isEmpty || product.name == product.code ? "" : " \(product.name)")"
        guard let suggestion else { return product }
        let make = makeAgrees ? "size and kind agree" : "size or kind is not stated by both"
        return "\(product) -> \(suggestion.ean) \(suggestion.text) (\(suggestion.percent) % alike, \(make))"
    }

    /// For a table: `7350154320053 Rainbow Rose EDP 100 ml (95 %)`.
    package var advice: String {
        if let end = product.endedFrom { return "ended from \(end)" }
        return suggestion.map { "\($0.ean) \($0.text) (\($0.percent) %)" } ?? "-"
    }
}

/// A store that rows wait for, and those that are named most like it.
package struct SuggestedStore: Hashable, Sendable {
    package let store: UnknownStore
    package let near: [String]
    /// The reseller's.
    package let currency: String?

    /// For a table.
    package var advice: String {
        if let end = store.endedFrom { return "ended from \(end)" }
        return near.isEmpty ? "-" : near.joined(separator: ", ")
    }
}

extension OperatorDesk {
    /// Says that a reseller's code or product name means a product of the catalogue.
    package func map(reseller: String, code given: String, ean text: String) throws(Refused) -> MappingOutcome {
        let reseller = try known(reseller: reseller)
        let code = given.split(whereSeparator: \.isWhitespace).isEmpty ? "" : given
        guard !code.isEmpty else { throw Refused(.wrong, "The code is empty.") }
        let ean = try ean(text)
        let product = try product(ean)
        let folded = Folded.text(code)
        let before = try ask { () throws(LedgerFault) in try ledger.mappings(reseller: reseller) }.first { Folded.text($0.code) == folded }
        let waiting = try ask { () throws(LedgerFault) in try ledger.unmapped(reseller: reseller) }
            .filter { Folded.text($0.code) == folded || Folded.text($0.name) == folded }
        // The spelling that is known stays, so that one code does not become two.
        let mapping = ProductMapping(reseller: reseller, code: before?.code ?? code, ean: ean)
        let deed = deed("\(reseller): \(mapping.code) is \(ean)")
        let hadEnd = before?.endedFrom != nil
        let meantAnother = waiting.isEmpty || before != nil ? try meansAnother(code, than: ean, at: reseller) : false
        _ = try ask { () throws(LedgerFault) in try ledger.take(.mappings([mapping]), by: deed) }
        if hadEnd, before?.ean == ean {
            _ = try ask { () throws(LedgerFault) in
                try ledger.correct(.endMapping(reseller: reseller, code: mapping.code, from: nil), by: deed)
            }
        }
        return MappingOutcome(
            mapping: mapping, productName: product.functionalName, previous: before?.ean == ean ? nil : before?.ean,
            waitingRows: waiting.reduce(0) { $0 + $1.rows }, waitingBatches: waiting.map(\.batches).max() ?? 0, hadEnd: hadEnd,
            salesAffected: meantAnother ? try salesAffected(of: [reseller]) : nil)
    }

    private func meansAnother(_ code: String, than ean: EAN, at reseller: String) throws(Refused) -> Bool {
        guard let terms = terms[reseller] else { return false }
        let catalogue = try ask { () throws(LedgerFault) in try ledger.catalogue(for: terms) }
        return catalogue.product(for: ProductNaming(code: code)).map { $0 != ean } ?? false
    }

    /// Products that rows wait for.
    package func unmapped(reseller: String? = nil) throws(Refused) -> [UnmappedProduct] {
        if let reseller { _ = try known(reseller: reseller) }
        return try ask { () throws(LedgerFault) in try ledger.unmapped(reseller: reseller) }
    }

    /// Products that rows wait for, with what each probably is.
    package func suggestions(reseller: String? = nil) throws(Refused) -> [SuggestedMapping] {
        var catalogues: [String: Catalogue] = [:]
        var found: [SuggestedMapping] = []
        for product in try unmapped(reseller: reseller) {
            if catalogues[product.reseller] == nil, let terms = terms[product.reseller] {
                catalogues[product.reseller] = try ask { () throws(LedgerFault) in try ledger.catalogue(for: terms) }
            }
            let naming = ProductNaming(code: product.code, name: product.name.isEmpty ? nil : product.name)
            // What ended is like nothing so much as itself.
            let suggestion = product.endedFrom == nil ? catalogues[product.reseller]?.suggestion(for: naming) : nil
            found.append(SuggestedMapping(product: product, suggestion: suggestion, currency: terms[product.reseller]?.currency))
        }
        return found
    }

    /// Stores that rows wait for, with those that are named most like them.
    package func unknownStores(reseller: String? = nil) throws(Refused) -> [SuggestedStore] {
        if let reseller { _ = try known(reseller: reseller) }
        var catalogues: [String: Catalogue] = [:]
        var found: [SuggestedStore] = []
        for store in try ask({ () throws(LedgerFault) in try ledger.unknownStores(reseller: reseller) }) {
            if catalogues[store.reseller] == nil, let terms = terms[store.reseller] {
                catalogues[store.reseller] = try ask { () throws(LedgerFault) in try ledger.catalogue(for: terms) }
            }
            let near = store.endedFrom == nil ? catalogues[store.reseller]?.storesNear(store.name) ?? [] : []
            found.append(SuggestedStore(store: store, near: near, currency: terms[store.reseller]?.currency))
        }
        return found
    }

    /// Maps each product to what was suggested; those without a suggestion are left alone.
    package func accept(_ suggestions: [SuggestedMapping]) throws(Refused) -> [MappingOutcome] {
        var outcomes: [MappingOutcome] = []
        for one in suggestions {
            guard let suggestion = one.suggestion else { continue }
            outcomes.append(try map(reseller: one.product.reseller, code: one.product.code, ean: suggestion.ean.description))
        }
        return outcomes
    }

    /// By name.
    package var resellers: [Terms] { terms.values.sorted { $0.reseller < $1.reseller } }

    func product(_ ean: EAN) throws(Refused) -> Product {
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
