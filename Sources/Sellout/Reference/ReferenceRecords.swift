import Cells

/// What has been read of a reference file and not yet been handed on: one of the five lists, according to its kind.
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

    /// Takes what is right of a line and gives what is wrong with it.
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
