/// Where else the companies of a table are known: in which of its owner's other batches their domains stand.
package struct KnownCompanies: Sendable {
    package static let column = "known_in"
    package static let origin = "other batches of the same owner with a record of the same domain_normalised, newest first"
    private static let named = 3
    /// Of a batch's name.
    private static let longest = 30

    /// By domain, the numbers of the batches.
    private var places: [String: [Int]]
    private var names: [String] = []

    package init(of domains: Set<String>) { places = Dictionary(uniqueKeysWithValues: domains.map { ($0, []) }) }

    /// The blocks that follow are of that batch.
    package mutating func begin(_ name: String) { names.append(name) }

    package mutating func look(in block: RecordBlock) {
        let batch = names.count - 1
        block.records { record in
            guard let domain = KnownFields(record).companyDomain, let found = places[domain], found.last != batch else { return }
            places[domain]?.append(batch)
        }
    }

    func words(on domain: String) -> String? {
        guard let found = places[domain], !found.isEmpty else { return nil }
        let shown = found.prefix(Self.named).map { number in
            names[number].count > Self.longest ? "\(names[number].prefix(Self.longest - 1))…" : names[number]
        }
        let count = found.count == 1 ? "1 other" : "\(found.count) others"
        return "\(count): \(shown.joined(separator: ", "))\(found.count > Self.named ? ", …" : "")"
    }
}
