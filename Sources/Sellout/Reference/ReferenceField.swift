/// The columns of the reference files, as they are published. A rate file has one column per currency beside its date.
enum ReferenceField: Hashable, Sendable {
    case ean, functionalName, description
    case currency, price, validFrom
    case reseller, code, name, type, city, country
    case date
    case rate(String)

    var header: String {
        switch self {
        case .ean: "ean"
        case .functionalName: "functional_name"
        case .description: "description"
        case .currency: "currency"
        case .price: "price"
        case .validFrom: "valid_from"
        case .reseller: "reseller"
        case .code: "code"
        case .name: "name"
        case .type: "type"
        case .city: "city"
        case .country: "country"
        case .date: "Date"
        case .rate(let currency): currency
        }
    }

    static func required(of kind: ReferenceData.Kind) -> [ReferenceField] {
        switch kind {
        case .products: [.ean, .functionalName]
        case .prices: [.ean, .currency, .price, .validFrom]
        case .mappings: [.reseller, .code, .ean]
        case .stores: [.reseller, .code, .name, .type]
        case .rates: [.date]
        }
    }

    /// May be missing, and is then empty.
    static func optional(of kind: ReferenceData.Kind) -> [ReferenceField] {
        switch kind {
        case .products: [.description]
        case .stores: [.city, .country]
        case .prices, .mappings, .rates: []
        }
    }

    static func headers(of kind: ReferenceData.Kind) -> String {
        let names = (required(of: kind) + optional(of: kind)).map(\.header)
        return kind == .rates ? "Date, USD, JPY, … as the ECB publishes them" : names.joined(separator: ",")
    }
}
