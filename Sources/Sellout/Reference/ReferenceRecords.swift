import Cells

/// What has been read of a reference file and not yet been handed on: one of the five lists, according to its kind.
struct ReferenceRecords {
    private let resellers: Set<String>?
    private(set) var data: ReferenceData

    init(kind: ReferenceData.Kind, resellers: Set<String>?) {
        self.resellers = resellers
        data = ReferenceRecords.empty(kind)
    }

    mutating func drain() -> ReferenceData? {
        guard data.count > 0 else { return nil }
        defer { data = ReferenceRecords.empty(data.kind) }
        return data
    }

    /// Takes what is right of a line and gives what is wrong with it.
    mutating func take(_ row: Row, header: ReferenceHeader) -> [ReferenceProblem] {
        var line = ReferenceLine(row, header: header)
        switch data {
        case .products(var all):
            data = .products([])
            if let product = ReferenceRecords.product(&line) { all.append(product) }
            data = .products(all)
        case .prices(var all):
            data = .prices([])
            if let price = ReferenceRecords.price(&line) { all.append(price) }
            data = .prices(all)
        case .mappings(var all):
            data = .mappings([])
            if let mapping = mapping(&line) { all.append(mapping) }
            data = .mappings(all)
        case .stores(var all):
            data = .stores([])
            if let store = store(&line) { all.append(store) }
            data = .stores(all)
        case .rates(var all):
            data = .rates([])
            ReferenceRecords.rates(&line, into: &all)
            data = .rates(all)
        }
        return line.problems
    }

    private static func empty(_ kind: ReferenceData.Kind) -> ReferenceData {
        switch kind {
        case .products: .products([])
        case .prices: .prices([])
        case .mappings: .mappings([])
        case .stores: .stores([])
        case .rates: .rates([])
        }
    }

    private static func product(_ line: inout ReferenceLine) -> Product? {
        let ean = line.ean()
        let name = line.text(.functionalName)
        let description = line.optionalText(.description)
        guard let ean, let name, line.problems.isEmpty else { return nil }
        return Product(ean: ean, functionalName: name, description: description)
    }

    private static func price(_ line: inout ReferenceLine) -> ListPrice? {
        let ean = line.ean()
        let currency = line.text(.currency)?.uppercased()
        let price = line.number(.price)
        let day = line.day(.validFrom)
        if let currency, !CurrencyCodes.isKnown(currency) {
            line.note(.currency, value: currency, "\(currency) is no currency such as EUR.")
        }
        let amount = price.flatMap { Money($0) }
        if let price, amount.map({ $0 < .zero }) ?? true { line.note(.price, value: price.description, "\(price) is no price.") }
        guard let ean, let currency, let amount, let day, line.problems.isEmpty else { return nil }
        return ListPrice(ean: ean, currency: currency, price: amount, validFrom: day)
    }

    private func mapping(_ line: inout ReferenceLine) -> ProductMapping? {
        let reseller = reseller(&line)
        let code = line.text(.code)
        let ean = line.ean()
        guard let reseller, let code, let ean, line.problems.isEmpty else { return nil }
        return ProductMapping(reseller: reseller, code: code, ean: ean)
    }

    private func store(_ line: inout ReferenceLine) -> Store? {
        let reseller = reseller(&line)
        let code = line.text(.code)
        let name = line.text(.name)
        let type = line.text(.type)
        let city = line.optionalText(.city)
        let country = line.optionalText(.country)
        let isOnline = type.flatMap { ["physical": false, "online": true][Folded.text($0)] }
        if let type, isOnline == nil { line.note(.type, value: type, "\(type) is no type of store: physical or online is expected.") }
        guard let reseller, let code, let name, let isOnline, line.problems.isEmpty else { return nil }
        return Store(reseller: reseller, code: code, name: name, isOnline: isOnline, city: city, country: country)
    }

    private func reseller(_ line: inout ReferenceLine) -> String? {
        guard let name = line.text(.reseller) else { return nil }
        guard let resellers, !resellers.contains(name) else { return name }
        if let same = resellers.first(where: { Folded.text($0) == Folded.text(name) }) { return same }
        let known = resellers.sorted().prefix(20).joined(separator: ", ")
        line.note(.reseller, value: name, "There is no reseller \(name); known are \(known.isEmpty ? "none" : known).")
        return nil
    }

    private static let noRate: Set<String> = ["", "n/a", "#n/a", "-"]

    /// Each cell is a rate of its own: one that is wrong leaves the others of its day.
    private static func rates(_ line: inout ReferenceLine, into all: inout [PublishedRate]) {
        guard let day = line.day(.date) else { return }
        for (field, column, _) in line.header.columns {
            guard case .rate(let currency) = field, let cell = line.row.cell(column: column) else { continue }
            if cell.number == nil, noRate.contains(line.text(of: cell).lowercased()) { continue }
            guard let number = line.number(cell, field) else { continue }
            guard let perEuro = number.units(places: 8), perEuro > 0 else {
                line.note(field, value: number.description, "\(number) is no rate.")
                continue
            }
            all.append(PublishedRate(currency: currency, rate: RateTable.Published(day: day, perEuro: perEuro)))
        }
    }
}
