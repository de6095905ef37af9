import Cells
import Ledger
import Sellout
import Texts

/// What a change of the reference data did, and how the booked sales stand to it.
package struct CorrectionAnswer: Hashable, Sendable {
    /// Its line in the audit log; nil where everything was so already.
    package let line: Int64?
    package let change: String
    /// So many booked sales would come out otherwise today. Nil where nothing has changed, or no profile says how they are resolved.
    package let salesAffected: Int?

    package var sentence: String { "\(change).\(CorrectionAnswer.advice(salesAffected))" }

    package static func advice(_ sales: Int?) -> String {
        switch sales {
        case nil: ""
        case 0?: " No booked sale comes out otherwise."
        case 1?: " 1 booked sale would come out otherwise today; `selloutctl rebook` takes it over."
        case let sales?: " \(sales) booked sales would come out otherwise today; `selloutctl rebook` takes them over."
        }
    }
}

/// Reference data under the operators' care.
extension OperatorDesk {
    package func mappings(_ filter: ReferenceFilter) throws(Refused) -> [MappingEntry] {
        if let reseller = filter.reseller { _ = try known(reseller: reseller) }
        return try ask { () throws(LedgerFault) in try ledger.mappings(filter) }
    }

    package func stores(_ filter: ReferenceFilter) throws(Refused) -> [StoreEntry] {
        if let reseller = filter.reseller { _ = try known(reseller: reseller) }
        return try ask { () throws(LedgerFault) in try ledger.stores(filter) }
    }

    package func products(_ filter: ReferenceFilter) throws(Refused) -> [Product] {
        if let reseller = filter.reseller { _ = try known(reseller: reseller) }
        return try ask { () throws(LedgerFault) in try ledger.products(filter) }
    }

    /// `fields` are `name`, `type`, `city` and `country`; what is not named stays.
    package func set(
        store name: String, of reseller: String, fields: [String: String], reason: String = ""
    ) throws(Refused) -> CorrectionAnswer {
        let store = try store(name, of: try known(reseller: reseller)).store
        try check(fields, among: ["name", "type", "city", "country"], mayBeEmpty: ["city", "country"])
        let type = try fields["type"].map { text throws(Refused) in
            guard let isOnline = ["physical": false, "online": true][Folded.text(text)] else {
                throw Refused(.wrong, "\(text) is no type of store: physical or online is expected.")
            }
            return isOnline
        }
        let wanted = Store(
            reseller: store.reseller, code: store.code, name: fields["name"] ?? store.name, isOnline: type ?? store.isOnline,
            city: fields["city"] ?? store.city, country: fields["country"] ?? store.country)
        return try correct(.store(wanted), reason, of: [reseller])
    }

    /// `fields` are `functional_name` and `description`; what is not named stays.
    package func set(product text: String, fields: [String: String], reason: String = "") throws(Refused) -> CorrectionAnswer {
        let product = try product(try ean(text))
        try check(fields, among: ["functional_name", "description"], mayBeEmpty: ["description"])
        let wanted = Product(
            ean: product.ean, functionalName: fields["functional_name"] ?? product.functionalName,
            description: fields["description"] ?? product.description)
        return try correct(.product(wanted), reason, of: nil)
    }

    /// From that day on the name means nothing any more; nil takes an end back.
    package func end(mapping code: String, of reseller: String, from day: CivilDay?, reason: String = "") throws(Refused)
        -> CorrectionAnswer
    {
        let reseller = try known(reseller: reseller)
        let codes = try ask { () throws(LedgerFault) in try ledger.mappings(reseller: reseller) }.map(\.code)
        guard let spelled = codes.first(where: { Folded.text($0) == Folded.text(code) }) else {
            throw Refused(.unknown, "\(reseller) has no mapping of \(code)\(Nearest.question(for: code, among: codes))")
        }
        return try correct(.endMapping(reseller: reseller, code: spelled, from: day), reason, of: [reseller])
    }

    package func end(store name: String, of reseller: String, from day: CivilDay?, reason: String = "") throws(Refused) -> CorrectionAnswer
    {
        let store = try store(name, of: try known(reseller: reseller)).store
        return try correct(.endStore(reseller: reseller, code: store.code, from: day), reason, of: [reseller])
    }

    package func end(product text: String, from day: CivilDay?, reason: String = "") throws(Refused) -> CorrectionAnswer {
        try correct(.endProduct(try product(try ean(text)).ean, from: day), reason, of: nil)
    }

    private func check(_ fields: [String: String], among known: [String], mayBeEmpty: Set<String>) throws(Refused) {
        guard !fields.isEmpty else { throw Refused(.wrong, "Say what shall be set: \(known.joined(separator: "=…, "))=….") }
        for (field, value) in fields.sorted(by: { $0.key < $1.key }) {
            guard known.contains(field) else {
                throw Refused(.wrong, "There is no field \(field)\(Nearest.question(for: field, among: known))")
            }
            if value.allSatisfy(\.isWhitespace), !mayBeEmpty.contains(field) { throw Refused(.wrong, "\(field) may not be empty.") }
        }
    }

    /// Takes the deed, and counts the sales of those resellers that would come out otherwise; nil for all that have a profile.
    func correct(_ correction: Correction, _ reason: String, of resellers: [String]?) throws(Refused) -> CorrectionAnswer {
        let deed = deed(reason)
        let corrected = try ask { () throws(LedgerFault) in try ledger.correct(correction, by: deed) }
        let affected = corrected.line == nil ? nil : try salesAffected(of: resellers)
        return CorrectionAnswer(line: corrected.line, change: corrected.sentence, salesAffected: affected)
    }

    func salesAffected(of resellers: [String]?) throws(Refused) -> Int? {
        let concerned = terms.values.filter { resellers?.contains($0.reseller) ?? true }
        if concerned.isEmpty { return nil }
        var sales = 0
        for terms in concerned { sales += try ask { () throws(LedgerFault) in try ledger.rebooking(terms) }.sales }
        return sales
    }
}

/// What operators name.
extension OperatorDesk {
    /// A store by its code, or by its name where only one bears it.
    func store(_ text: String, of reseller: String) throws(Refused) -> StoreEntry {
        let all = try ask { () throws(LedgerFault) in try ledger.stores(ReferenceFilter(reseller: reseller, limit: .max)) }
        let folded = Folded.text(text)
        if let store = all.first(where: { Folded.text($0.store.code) == folded }) { return store }
        let named = all.filter { Folded.text($0.store.name) == folded }
        if let only = named.first, named.count == 1 { return only }
        guard named.isEmpty else {
            let codes = named.map(\.store.code).joined(separator: ", ")
            throw Refused(.unknown, "\(named.count) stores of \(reseller) are named \(text); give a code: \(codes).")
        }
        let names = all.flatMap { [$0.store.name, $0.store.code] }
        throw Refused(.unknown, "\(reseller) has no store \(text)\(Nearest.question(for: text, among: names))")
    }

    func ean(_ text: String) throws(Refused) -> EAN {
        guard let ean = EAN(text) else { throw Refused(.wrong, "\(text) is no EAN: thirteen digits are expected.") }
        return ean
    }
}
