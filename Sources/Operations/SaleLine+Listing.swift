import Ledger
import Reports
import Sellout
import Texts

/// A final sale as exports show it: the same columns as CSV and as JSON.
extension SaleLine {
    package static let columns = [
        "batch_id", "sheet", "row_number", "reseller", "store", "store_type", "product_ean", "product_name", "sale_date", "year", "month",
        "quantity", "is_return", "sales_local", "currency", "sales_eur",
    ]

    package var isReturn: Bool { quantity < 0 }

    /// In the order of `columns`.
    package var fields: [JSONValue] {
        let (year, month, _) = date.components
        return [
            .text(batch), .text(sheet), .number(row), .text(reseller), .text(store), .text(storeIsOnline ? "online" : "physical"),
            .text(ean),
            .text(productName), .text(date.description), .number(year), .number(month), .number(quantity), .bool(isReturn),
            .text(local.description), .text(currency), .text(euros.description),
        ]
    }

    package var json: JSONValue { .object(zip(SaleLine.columns, fields).map { JSONValue.Member($0, $1) }) }
}
