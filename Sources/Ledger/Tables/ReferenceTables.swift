import Cells
import Sellout

/// Products, mappings, stores, prices and rates. Taking the same twice changes nothing.
struct ReferenceTables {
    let connection: Connection

    func version() throws(LedgerFault) -> Int { try connection.count("SELECT version FROM reference_version") }

    func raiseVersion() throws(LedgerFault) { try connection.run("UPDATE reference_version SET version = version + 1") }

    func take(_ data: ReferenceData) throws(LedgerFault) -> ReferenceChange {
        switch data {
        case .products(let all):
            try count(all) { product throws(LedgerFault) in
                try change(
                    insert: "INSERT OR IGNORE INTO products (product_ean, functional_name, description) VALUES (?1, ?2, ?3)",
                    update: """
                        UPDATE products SET functional_name = ?2, description = ?3
                        WHERE product_ean = ?1 AND (functional_name, description) <> (?2, ?3)
                        """, product.ean.description, product.functionalName, product.description)
            }
        case .prices(let all):
            try count(all) { price throws(LedgerFault) in
                try change(
                    insert: "INSERT OR IGNORE INTO list_prices (product_ean, currency, valid_from, price) VALUES (?1, ?2, ?3, ?4)",
                    update: """
                        UPDATE list_prices SET price = ?4 WHERE product_ean = ?1 AND currency = ?2 AND valid_from = ?3 AND price <> ?4
                        """, price.ean.description, price.currency, price.validFrom, price.price)
            }
        case .mappings(let all):
            try count(all) { mapping throws(LedgerFault) in
                try change(
                    insert: """
                        INSERT OR IGNORE INTO product_reseller_mappings (reseller, folded_code, product_ean, code) VALUES (?1, ?2, ?3, ?4)
                        """,
                    update: """
                        UPDATE product_reseller_mappings SET product_ean = ?3, code = ?4
                        WHERE reseller = ?1 AND folded_code = ?2 AND product_ean <> ?3
                        """, mapping.reseller, Folded.text(mapping.code), mapping.ean.description, mapping.code)
            }
        case .stores(let all): try count(all, take)
        case .rates(let all): try count(all, take)
        }
    }

    private enum Fate { case new, changed, unchanged }

    private func count<Thing>(_ things: [Thing], _ take: (Thing) throws(LedgerFault) -> Fate) throws(LedgerFault) -> ReferenceChange {
        var new = 0
        var changed = 0
        for thing in things {
            switch try take(thing) {
            case .new: new += 1
            case .changed: changed += 1
            case .unchanged: continue
            }
        }
        return ReferenceChange(new: new, changed: changed, unchanged: things.count - new - changed)
    }

    private func change(insert: String, update: String, _ values: any Bindable...) throws(LedgerFault) -> Fate {
        for (sql, fate) in [(insert, Fate.new), (update, .changed)] {
            let statement = try connection.statement(sql)
            for (place, value) in values.enumerated() { try value.bind(to: statement, at: Int32(place + 1)) }
            try statement.run()
            if connection.changes > 0 { return fate }
        }
        return .unchanged
    }

    private func take(_ store: Store) throws(LedgerFault) -> Fate {
        try change(
            insert: """
                INSERT OR IGNORE INTO stores (reseller, store_code, store, store_type, city, country, folded_code, folded_name)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                """,
            update: """
                UPDATE stores SET store = ?3, store_type = ?4, city = ?5, country = ?6, folded_name = ?8
                WHERE reseller = ?1 AND folded_code = ?7 AND (store, store_type, city, country) <> (?3, ?4, ?5, ?6)
                """, store.reseller, store.code, store.name, StoreTable.type(store), store.city, store.country, Folded.text(store.code),
            Folded.text(store.name))
    }

    /// The European Central Bank's whole history has a quarter of a million of these: numbers and a short text, nothing else.
    private func take(_ published: PublishedRate) throws(LedgerFault) -> Fate {
        let values = "currency = ?1 AND rate_day = ?2 AND rate_per_euro <> ?3"
        for (sql, fate) in [
            ("INSERT OR IGNORE INTO fx_rates (currency, rate_day, rate_per_euro) VALUES (?1, ?2, ?3)", Fate.new),
            ("UPDATE fx_rates SET rate_per_euro = ?3 WHERE \(values)", .changed),
        ] {
            let statement = try connection.statement(sql)
            try statement.bind(published.currency, at: 1)
            try statement.bind(Int64(published.rate.day.number), at: 2)
            try statement.bind(published.rate.perEuro, at: 3)
            try statement.run()
            if connection.changes > 0 { return fate }
        }
        return .unchanged
    }
}
