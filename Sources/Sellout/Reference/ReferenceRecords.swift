import Cells

/// What has been read of a reference file and not been handed on: a list of the records that its kind has.
struct ReferenceRecords {
    private let resellers: Set<String>?
    private(set) var data: ReferenceData
    private var repeats = Repeats()

    init(kind: ReferenceData.Kind, resellers: Set<String>?) {
        self.resellers = resellers
        data = ReferenceRecords.empty(kind)
    }

    mutating func drain() -> ReferenceData? {
        guard data.count > 0 else { return nil }
        defer { data = ReferenceRecords.empty(data.kind) }
        return data
    }

    /// Takes the line's records, and gives what is wrong with the line.
    mutating func take(_ row: Row, header: ReferenceHeader) -> [ReferenceProblem] {
        var line = ReferenceLine(row, header: header)
        switch data {
        case .products(var all):
            data = .products([])
            if let product = line.product(), !contradicts(&line, .ean, key: product.ean, value: product) { all.append(product) }
            data = .products(all)
        case .prices(var all):
            data = .prices([])
            if let price = line.listPrice() {
                let key = [price.ean.description, price.currency, price.validFrom.description]
                if !contradicts(&line, .price, key: key, value: price) { all.append(price) }
            }
            data = .prices(all)
        case .mappings(var all):
            data = .mappings([])
            if let mapping = line.mapping(resellers) {
                let key = [mapping.reseller, Folded.text(mapping.code)]
                if !contradicts(&line, .code, key: key, value: mapping.ean) { all.append(mapping) }
            }
            data = .mappings(all)
        case .stores(var all):
            data = .stores([])
            if let store = line.store(resellers) {
                let key = [store.reseller, Folded.text(store.code)]
                if !contradicts(&line, .code, key: key, value: store) { all.append(store) }
            }
            data = .stores(all)
        case .rates(var all):
            data = .rates([])
            line.rates(into: &all)
            data = .rates(all)
        }
        return line.problems
    }

    private mutating func contradicts(
        _ line: inout ReferenceLine, _ field: ReferenceField, key: some Hashable, value: some Hashable
    ) -> Bool {
        guard let earlier = repeats.contradiction(of: key, saying: value, row: line.row.number) else { return false }
        line.note(field, "Line \(earlier) says otherwise of the same; which of the two is meant?")
        return true
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
}

/// A line as the record that it stands for; nil if something in it is wrong.
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

    /// Each cell is a rate of its own: a wrong one does not keep the day's others from being taken.
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
            all.append(PublishedRate(currency: currency, rate: RateTable.Fixing(day: day, perEuro: perEuro)))
        }
    }
}

/// Remembers what the lines of a file have said, to find a later line that says otherwise: only the writer knows which of the two
/// is meant. Hashes are enough, and after so many lines no more are remembered.
private struct Repeats {
    private static let remembered = 200_000

    private var said: [Int: (value: Int, row: Int)] = [:]

    /// The row that gave the same key another value; nil if there is none.
    mutating func contradiction(of key: some Hashable, saying value: some Hashable, row: Int) -> Int? {
        let (key, value) = (key.hashValue, value.hashValue)
        if let before = said[key] { return before.value == value ? nil : before.row }
        if said.count < Repeats.remembered { said[key] = (value, row) }
        return nil
    }
}
