import Ledger
import Reports
import Sellout
import Texts

/// A product that rows wait for, and the one of ours that it probably is.
package struct SuggestedMapping: Hashable, Sendable {
    package let product: UnmappedProduct
    package let suggestion: ProductSuggestion?

    package var json: JSONValue {
        [
            "reseller": .text(product.reseller), "code": .text(product.code), "name": .text(product.name), "rows": .number(product.rows),
            "batches": .number(product.batches),
            "suggestion": suggestion.map {
                ["ean": .text($0.ean.description), "text": .text($0.text), "likeness": .number($0.percent)]
            } ?? .null,
        ]
    }

    /// For a table: `7350154320053 Rainbow Rose EDP 100 ml (95 %)`.
    package var advice: String { suggestion.map { "\($0.ean) \($0.text) (\($0.percent) %)" } ?? "-" }
}

extension OperatorDesk {
    /// Products that rows wait for, with what each probably is.
    package func suggestions(reseller: String? = nil) throws(Refused) -> [SuggestedMapping] {
        var catalogues: [String: Catalogue] = [:]
        var found: [SuggestedMapping] = []
        for product in try unmapped(reseller: reseller) {
            if catalogues[product.reseller] == nil, let terms = terms[product.reseller] {
                catalogues[product.reseller] = try ask { () throws(LedgerFault) in try ledger.catalogue(for: terms) }
            }
            let naming = ProductNaming(code: product.code, name: product.name.isEmpty ? nil : product.name)
            found.append(SuggestedMapping(product: product, suggestion: catalogues[product.reseller]?.suggestion(for: naming)))
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
}
