import Cells
import Sellout

/// Reference data as values again.
extension ReferenceTables {
    func catalogue(for terms: Terms) throws(LedgerFault) -> Catalogue {
        Catalogue(
            version: try version(), currency: terms.currency, products: try products(), mappings: try mappings(reseller: terms.reseller),
            stores: try StoreTable(connection: connection).all(of: terms.reseller), prices: try prices(currency: terms.currency),
            rates: RateTable(currency: terms.currency, published: try rates(currency: terms.currency)))
    }

    func products() throws(LedgerFault) -> [Product] {
        try connection.all("SELECT product_ean, functional_name, description FROM products ORDER BY product_ean") {
            row throws(LedgerFault) in
            Product(ean: try ean(row.text(0)), functionalName: row.text(1), description: row.text(2))
        }
    }

    func mappings(reseller: String?) throws(LedgerFault) -> [ProductMapping] {
        try connection.all(
            "SELECT reseller, code, product_ean FROM product_reseller_mappings WHERE ?1 IS NULL OR reseller = ?1 ORDER BY reseller, code",
            reseller
        ) { row throws(LedgerFault) in
            ProductMapping(reseller: row.text(0), code: row.text(1), ean: try ean(row.text(2)))
        }
    }

    private func prices(currency: String) throws(LedgerFault) -> [ListPrice] {
        try connection.all(
            "SELECT product_ean, price, valid_from FROM list_prices WHERE currency = ?", currency
        ) { row throws(LedgerFault) in
            ListPrice(
                ean: try ean(row.text(0)), currency: currency, price: Money(units: row.int64(1)),
                validFrom: CivilDay(number: Int32(clamping: row.int64(2))))
        }
    }

    private func rates(currency: String) throws(LedgerFault) -> [RateTable.Published] {
        try connection.all(
            "SELECT rate_day, rate_per_euro FROM fx_rates WHERE currency = ? ORDER BY rate_day", currency
        ) { row throws(LedgerFault) in
            RateTable.Published(day: CivilDay(number: Int32(clamping: row.int64(0))), perEuro: row.int64(1))
        }
    }

    private func ean(_ text: String) throws(LedgerFault) -> EAN {
        guard let ean = EAN(text) else { throw LedgerFault.broken("The ledger holds \(text) in the place of an EAN.") }
        return ean
    }

    func unmapped(reseller: String?) throws(LedgerFault) -> [UnmappedProduct] {
        try connection.all(
            """
            SELECT b.reseller, coalesce(p.named_code, p.named_name, printf('%013d', p.named_ean)) AS code, max(coalesce(p.named_name, '')),
                count(*), count(DISTINCT b.id)
            FROM upload_batches b CROSS JOIN staging_sales t ON t.id BETWEEN b.id << 32 AND (b.id << 32) + 4294967295 AND t.outcome = ?2
            JOIN batch_products p ON p.batch = b.id AND p.number = t.product AND p.product_ean IS NULL
            WHERE b.rows_waiting > 0 AND b.status IN ('staging_complete', 'partial_success') AND (?1 IS NULL OR b.reseller = ?1)
            GROUP BY b.reseller, code ORDER BY b.reseller, count(*) DESC, code
            """, reseller, RowOutcome.waiting.rawValue
        ) { row throws(LedgerFault) in
            UnmappedProduct(reseller: row.text(0), code: row.text(1), name: row.text(2), rows: row.int(3), batches: row.int(4))
        }
    }
}
