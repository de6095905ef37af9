import Cells

/// A line as what it stands for in its kind of file; nil where something in it is wrong.
extension ReferenceLine {
    mutating func product() -> Product? {
        let ean = ean()
        let name = text(.functionalName)
        let description = optionalText(.description)
        guard let ean, let name, problems.isEmpty else { return nil }
        return Product(ean: ean, functionalName: name, description: description)
    }

    mutating func listPrice() -> ListPrice? {
        let ean = ean()
        let currency = text(.currency)?.uppercased()
        let price = number(.price)
        let day = day(.validFrom)
        if let currency, !CurrencyCodes.isKnown(currency) {
            note(.currency, value: currency, "\(currency) is no currency such as EUR.")
        }
        let amount = price.flatMap { Money($0) }
        if let price, amount.map({ $0 < .zero }) ?? true { note(.price, value: price.description, "\(price) is no price.") }
        guard let ean, let currency, let amount, let day, problems.isEmpty else { return nil }
        return ListPrice(ean: ean, currency: currency, price: amount, validFrom: day)
    }

    mutating func mapping(_ resellers: Set<String>?) -> ProductMapping? {
        let reseller = reseller(resellers)
        let code = text(.code)
        let ean = ean()
        guard let reseller, let code, let ean, problems.isEmpty else { return nil }
        return ProductMapping(reseller: reseller, code: code, ean: ean)
    }

    mutating func store(_ resellers: Set<String>?) -> Store? {
        let reseller = reseller(resellers)
        let code = text(.code)
        let name = text(.name)
        let type = text(.type)
        let city = optionalText(.city)
        let country = optionalText(.country)
        let isOnline = type.flatMap { ["physical": false, "online": true][Folded.text($0)] }
        if let type, isOnline == nil { note(.type, value: type, "\(type) is no type of store: physical or online is expected.") }
        guard let reseller, let code, let name, let isOnline, problems.isEmpty else { return nil }
        return Store(reseller: reseller, code: code, name: name, isOnline: isOnline, city: city, country: country)
    }

    private mutating func reseller(_ resellers: Set<String>?) -> String? {
        guard let name = text(.reseller) else { return nil }
        guard let resellers, !resellers.contains(name) else { return name }
        if let same = resellers.first(where: { Folded.text($0) == Folded.text(name) }) { return same }
        let known = resellers.sorted().prefix(20).joined(separator: ", ")
        note(.reseller, value: name, "There is no reseller \(name); known are \(known.isEmpty ? "none" : known).")
        return nil
    }

    private static let noRate: Set<String> = ["", "n/a", "#n/a", "-"]

    /// Each cell is a rate of its own: one that is wrong leaves the others of its day.
    mutating func rates(into all: inout [PublishedRate]) {
        guard let day = day(.date) else { return }
        for (field, column, _) in header.columns {
            guard case .rate(let currency) = field, let cell = row.cell(column: column) else { continue }
            if cell.number == nil, ReferenceLine.noRate.contains(text(of: cell).lowercased()) { continue }
            guard let number = number(cell, field) else { continue }
            guard let perEuro = number.units(places: 8), perEuro > 0 else {
                note(field, value: number.description, "\(number) is no rate.")
                continue
            }
            all.append(PublishedRate(currency: currency, rate: RateTable.Published(day: day, perEuro: perEuro)))
        }
    }
}
