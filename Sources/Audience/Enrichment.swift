/// What can be said of a record beside what it holds. Each column says where it comes from; the record itself stays as it was sent.
package enum EnrichedColumn: Int, CaseIterable, Sendable {
    case mailDomain, addressKind, domain, personName, companyName, twinOf

    package var name: String {
        switch self {
        case .mailDomain: "mail_domain"
        case .addressKind: "address_kind"
        case .domain: "domain_normalised"
        case .personName: "person_name"
        case .companyName: "company_name_normalised"
        case .twinOf: "twin_of"
        }
    }

    package var origin: String {
        switch self {
        case .mailDomain: "behind the @ of business_email, email or personal_email, the first of them that has one"
        case .addressKind: "private where mail_domain is a free mail host's, company where it is another's"
        case .domain: "company_domain or domain without scheme, www and path; else mail_domain where that is a company's"
        case .personName: "first_name and last_name, written like a name where they came in one case of letters"
        case .companyName: "company_name without doubled blanks and without its legal form"
        case .twinOf: "the number of the first record with the same address, or without one with the same person and domain"
        }
    }
}

/// Enriches the records of one batch, one after the other.
package struct Enrichment {
    private var firsts: [String: Int] = [:]
    private var records = 0

    package init() {}

    /// A value for each `EnrichedColumn`, nil where there is nothing to say.
    package mutating func values(of record: KeptRecord) -> [String?] {
        let known = KnownFields(record)
        let address = known.address
        let mailDomain = address.flatMap(Normal.domain(ofAddress:))
        let isPrivate = mailDomain.map(FreeMailHosts.hold)
        let domain = known.companyDomain(isPrivate == false ? mailDomain : nil)
        let person = Normal.person([known["first_name"], known["last_name"]].compactMap(\.self).joined(separator: " "))
        let company = known["company_name"].flatMap(Normal.company)
        records += 1
        return [
            mailDomain, isPrivate.map { $0 ? "private" : "company" }, domain, person, company,
            twin(address: address, person: person, domain: domain).map(String.init),
        ]
    }

    /// The record with which it is one; nil for the first of its kind.
    private mutating func twin(address: String?, person: String?, domain: String?) -> Int? {
        let key: String
        if let address {
            key = "a \(address)"
        } else if let domain {
            // Of one domain and without a person they are the same company.
            key = "p \(person?.lowercased() ?? "") \(domain)"
        } else {
            return nil
        }
        if let first = firsts[key] { return first }
        firsts[key] = records
        return nil
    }
}

/// Those fields of a record that the contract names.
struct KnownFields {
    private static let names = RecordRule.texts.map { Array($0.utf8) }
    private var texts: [String?]

    init(_ record: KeptRecord) {
        var texts = [String?](repeating: nil, count: Self.names.count)
        record.fields { name, value in
            guard value.first == UInt8(ascii: "\""), let place = Self.place(of: name) else { return }
            texts[place] = JSONString.text(value.dropFirst().dropLast())
        }
        self.texts = texts
    }

    private static func place(of name: ArraySlice<UInt8>) -> Int? {
        if name.contains(UInt8(ascii: "\\")) { return names.firstIndex(of: JSONString.decoded(name)) }
        return names.firstIndex { $0.count == name.count && $0.elementsEqual(name) }
    }

    subscript(name: String) -> String? { RecordRule.texts.firstIndex(of: name).flatMap { texts[$0] } }

    /// In small letters; nil where none of them is one.
    var address: String? {
        ["business_email", "email", "personal_email"].lazy.compactMap { self[$0].flatMap(Normal.address) }.first
    }

    var companyDomain: String? {
        companyDomain(address.flatMap(Normal.domain(ofAddress:)).flatMap { FreeMailHosts.hold($0) ? nil : $0 })
    }

    /// The one that was told, or else that of a company's address.
    func companyDomain(_ ofAddress: @autoclosure () -> String?) -> String? {
        ["company_domain", "domain"].lazy.compactMap { self[$0].flatMap(Normal.domain(_:)) }.first ?? ofAddress()
    }
}
