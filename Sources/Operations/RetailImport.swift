import Ledger
import RetailFit
import Sellout

/// What became of a retail workbook.
package enum RetailImport: Sendable {
    case taken(records: Int, ReferenceChange, warnings: [RetailFault])
    /// Nothing has changed.
    case faulty(RetailFaults)

    package var sentence: String {
        switch self {
        case .taken(let records, let change, _):
            "\(records) records: \(change.new) new, \(change.changed) changed, \(change.unchanged) unchanged."
        case .faulty(let faults):
            "Nothing was taken, since \(faults.count == 1 ? "1 thing is" : "\(faults.count) things are") wrong. \(faults.sentence)"
        }
    }
}

extension OperatorDesk {
    /// Takes all of it or nothing. `brand` is the sender's own, for products that name none.
    package func importRetail(from file: any FileViewing, brand: Int64?) throws(Refused) -> RetailImport {
        var workbook = RetailWorkbook()
        do {
            try file.rows { sheet, row in
                workbook.take(row, ofSheet: sheet)
                return true
            }
        } catch { throw Refused(any: error) }
        let deed = deed(file.name)
        return try ask { () throws(LedgerFault) in
            let codes = try ledger.retailCodes()
            let found = workbook.finish(
                knowsRetailer: codes.retailers.contains, knowsProduct: codes.products.contains, knowsSender: brand != nil)
            switch found {
            case .failure(let found): return .faulty(found.faults)
            case .success(let data):
                return .taken(records: data.records, try ledger.take(data, brand: brand, by: deed), warnings: data.warnings)
            }
        }
    }
}
