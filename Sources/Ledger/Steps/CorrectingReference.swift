import Cells
import Sellout

/// Carries out an operator's word on one record of the reference data.
struct CorrectingReference {
    let connection: Connection
    let deed: Deed

    func carryOut(_ correction: Correction) throws(LedgerFault) -> Corrected {
        switch correction {
        case .store(let store): try set(store)
        case .product(let product): try set(product)
        case .endMapping(let reseller, let code, let day):
            try end(.mapping(reseller, code), "\(reseller): \(code)", "end mapping", from: day)
        case .endStore(let reseller, let code, let day): try end(.store(reseller, code), "\(reseller): \(code)", "end store", from: day)
        case .endProduct(let ean, let day): try end(.product(ean), ean.description, "end product", from: day)
        case .mergeProducts(let one, let other): try merge(one, into: other)
        case .splitStore(let reseller, let code): try split(store: code, of: reseller)
        case .splitProduct(let ean): try split(ean)
        }
    }

    func began(_ action: String, line: Int64? = nil) -> ReferenceDeed { ReferenceDeed(connection, action, by: deed, line: line) }

    func corrected(_ recorded: ReferenceDeed, _ what: String) throws(LedgerFault) -> Corrected {
        try recorded.end(what)
        return Corrected(line: recorded.line, recorded.line == nil ? "\(what): so it was already" : what)
    }

    private func set(_ store: Store) throws(LedgerFault) -> Corrected {
        let name = Folded.text(store.name)
        let others = try connection.all(
            StoreTable.name,
            from: """
                stores WHERE reseller = ?1 AND folded_code <> ?2 AND (folded_code = ?3 OR folded_name = ?3) AND merged_into IS NOT (
                    SELECT id FROM stores WHERE reseller = ?1 AND folded_code = ?2)
                """, store.reseller, Folded.text(store.code), name)
        let isRenamed = try connection.count(
            "SELECT EXISTS (SELECT 1 FROM stores WHERE reseller = ? AND folded_code = ? AND folded_name <> ?)", store.reseller,
            Folded.text(store.code), name)
        if isRenamed > 0, let other = others.first {
            throw LedgerFault.refused(
                "\(store.reseller) has a store that is named \(other) already; where the two are one, merge them instead.")
        }
        let recorded = began("set store")
        try recorded.change(.store(store.reseller, store.code)) { () throws(LedgerFault) in
            try StoreTable(connection: connection).update(store)
        }
        let places = [store.city, store.country].filter { !$0.isEmpty }
        let told = ([store.name, store.isOnline ? "online" : "physical"] + places).joined(separator: ", ")
        return try corrected(recorded, "\(store.reseller): \(store.code) is \(told)")
    }

    private func set(_ product: Product) throws(LedgerFault) -> Corrected {
        let recorded = began("set product")
        let products = ReferenceTables.Products.self
        try recorded.change(.product(product.ean)) { () throws(LedgerFault) in
            try connection.update(
                products.functionalName(product.functionalName), products.description(product.description), where: "product_ean = ?",
                WrittenEAN(product.ean))
        }
        let told = [product.functionalName, product.description].filter { !$0.isEmpty }.joined(separator: ", ")
        return try corrected(recorded, "\(product.ean) is \(told)")
    }
}

/// Names that mean nothing any more from a day on.
extension CorrectingReference {
    private func end(_ record: ReferenceRecord, _ name: String, _ action: String, from day: CivilDay?) throws(LedgerFault) -> Corrected {
        guard try record.state(in: connection) != nil else { throw LedgerFault.refused("There is no \(record.kind.rawValue) \(name).") }
        let recorded = began(action)
        try recorded.change(record) { () throws(LedgerFault) in
            switch record.kind {
            case .mapping:
                try connection.update(
                    ReferenceTables.Mappings.endedFrom(day), where: "reseller = ? AND folded_code = ?", record.owner, record.name)
            case .store:
                try connection.update(
                    StoreTable.endedFrom(day), StoreTable.isFromFile(false), where: "reseller = ? AND folded_code = ?", record.owner,
                    record.name)
            case .product: try connection.update(ReferenceTables.Products.endedFrom(day), where: "product_ean = ?", record.name)
            case .price, .rate: break
            }
        }
        return try corrected(recorded, day.map { "\(name) means nothing for sales from \($0) on" } ?? "\(name) has no end")
    }
}

/// Two that are one, and two again.
extension CorrectingReference {
    private func merge(_ one: EAN, into other: EAN) throws(LedgerFault) -> Corrected {
        let products = ReferenceTables.Products.self
        let into = try connection.all(products.replacedBy, from: "products WHERE product_ean = ?", WrittenEAN(other)).first
        let root = into.flatMap { $0?.ean } ?? other
        guard into != nil, try ReferenceRecord.product(one).state(in: connection) != nil else {
            throw LedgerFault.refused("\(into == nil ? other : one) is not among the products.")
        }
        guard root != one else {
            throw LedgerFault.refused("\(other) is \(one) already, or the two are the same product: it cannot be merged into itself.")
        }
        let recorded = began("merge products")
        let along = try connection.all(products.ean, from: "products WHERE replaced_by = ?", WrittenEAN(one)).map(\.ean)
        // Whatever was merged into it before goes along: nobody has to follow more than one step.
        for ean in [one] + along {
            try recorded.change(.product(ean)) { () throws(LedgerFault) in
                try connection.update(products.replacedBy(WrittenEAN(root)), where: "product_ean = ?", WrittenEAN(ean))
            }
        }
        return try corrected(recorded, "\(one) is \(root)")
    }

    private func split(_ ean: EAN) throws(LedgerFault) -> Corrected {
        let products = ReferenceTables.Products.self
        let root = try connection.all(products.replacedBy, from: "products WHERE product_ean = ?", WrittenEAN(ean)).first
        guard let root = root.flatMap({ $0 })?.ean else { throw LedgerFault.refused("\(ean) was not merged into another product.") }
        let recorded = began("split products")
        try takeBack(mergeOf: .product(ean), field: 3, by: recorded) { () throws(LedgerFault) in
            try connection.update(products.replacedBy(nil), where: "product_ean = ?", WrittenEAN(ean))
        }
        return try corrected(recorded, "\(ean) is a product of its own again, and no longer \(root)")
    }

    private func split(store code: String, of reseller: String) throws(LedgerFault) -> Corrected {
        let record = ReferenceRecord.store(reseller, code)
        let root = Column<String?>(computed: "(SELECT store FROM stores root WHERE root.id = stores.merged_into)")
        let into = try connection.all(root, from: "stores WHERE reseller = ? AND folded_code = ?", reseller, record.name).first
        guard let into = into.flatMap({ $0 }) else {
            throw LedgerFault.refused("\(code) of \(reseller) was not merged into another store.")
        }
        let recorded = began("split stores")
        try takeBack(mergeOf: record, field: 7, by: recorded) { () throws(LedgerFault) in
            try connection.update(
                StoreTable.mergedInto(nil), where: "reseller = ? AND folded_code = ?", reseller, record.name)
        }
        return try corrected(recorded, "\(reseller): \(code) is a store of its own again, and no longer \(into)")
    }

    /// Those that went along with it into the other one come back to it. `field` is where a state says what the record was merged into.
    private func takeBack(
        mergeOf record: ReferenceRecord, field: Int, by recorded: ReferenceDeed, alone: () throws(LedgerFault) -> Void
    ) throws(LedgerFault) {
        let deed = Column<Int64?>(computed: "max(deed)")
        let isMerge = "json_extract(before, '$[\(field)]') IS NULL AND json_extract(after, '$[\(field)]') IS NOT NULL"
        let last = try connection.all(
            deed, from: "reference_changes WHERE kind = ? AND owner = ? AND name = ? AND \(isMerge)", record.kind, record.owner,
            record.name
        ).first.flatMap { $0 }
        try recorded.change(record, alone)
        guard let last else { return }
        let wentAlong = "json_extract(before, '$[\(field)]') IS NOT NULL"
        for change in try KeptChanges(connection: connection).all(of: last, where: wentAlong) {
            guard try change.record.state(in: connection) == change.after else { continue }
            try recorded.change(change.record) { () throws(LedgerFault) in try change.record.put(change.before, in: connection) }
        }
    }
}
