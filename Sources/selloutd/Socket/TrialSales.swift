import Frames
import Sellout
import Texts

/// The sales that a profile reads from a workbook, as far as a person looks at them; nothing of it is kept.
struct TrialSales {
    private static let mostShown = 200
    private static let mostLines = 2_000_000

    private var sheets: [String] = []
    private var products: [ProductNaming] = []
    private var stores: [StoreNaming] = []
    private var shown: [JSONValue] = []
    private var count = 0
    private var quantity: Int64 = 0
    private var amount = Money.zero
    private var failed = 0
    private var errors: [JSONValue] = []

    mutating func take(_ frame: Frame) throws(FrameFault) {
        switch frame {
        case .recognised, .progress: break
        case .harvested(let harvested): try take(harvested)
        default: throw FrameFault("a frame came that nobody asked for")
        }
    }

    private mutating func take(_ harvested: Harvested) throws(FrameFault) {
        sheets += harvested.sheets
        products += harvested.products
        stores += harvested.stores
        count += harvested.drafts.count
        failed += harvested.malformedRows
        guard count + failed + sheets.count + products.count + stores.count <= Self.mostLines else {
            throw FrameFault("the file states more sales than a trial takes")
        }
        for draft in harvested.drafts {
            let (sum, overflow) = quantity.addingReportingOverflow(draft.quantity)
            guard !overflow, let total = amount.adding(draft.amount ?? .zero) else { throw FrameFault("the sums are too large") }
            quantity = sum
            amount = total
            if shown.count < Self.mostShown { shown.append(try json(draft)) }
        }
        for error in harvested.errors where errors.count < Self.mostShown {
            errors.append([
                "sheet": .text(error.sheet), "row": .number(error.row), "column": .optional(error.column),
                "type": .text(error.type.rawValue), "message": .text(error.message),
            ])
        }
    }

    private func json(_ draft: Draft) throws(FrameFault) -> JSONValue {
        guard sheets.indices.contains(Int(draft.sheet)), products.indices.contains(Int(draft.product)),
            stores.indices.contains(Int(draft.store))
        else { throw FrameFault("a sale names what was not named") }
        let product = products[Int(draft.product)]
        return [
            "sheet": .text(sheets[Int(draft.sheet)]), "row": .number(Int(draft.row)), "ean": .optional(product.ean?.description),
            "code": .optional(product.code), "name": .optional(product.name), "store": .text(stores[Int(draft.store)].name),
            "date": .text(draft.date.day.description), "monthly": .bool(draft.date.isMonthly), "quantity": .number(draft.quantity),
            "amount": .optional(draft.amount?.description),
        ]
    }

    func json(_ findings: Findings) -> JSONValue {
        let skipped = findings.skipped.map { skipped -> JSONValue in
            ["reason": .text(skipped.reason), "rows": .number(skipped.rows)]
        }
        let warnings = findings.warnings.prefix(Self.mostShown).map { warning -> JSONValue in
            ["code": .text(warning.code), "message": .text(warning.message)]
        }
        return [
            "sales": .array(shown), "count": .number(count), "quantity": .number(quantity), "amount": .text(amount.description),
            "failed": .number(failed), "errors": .array(errors), "skipped": .array(skipped), "warnings": .array(Array(warnings)),
        ]
    }
}
