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
        let mailDomain = known.mailDomain
        let isPrivate = mailDomain.map(FreeMailHosts.hold)
        let domain = known.companyDomain
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

    var mailDomain: String? { address.flatMap { $0.split(separator: "@").last.map(String.init) } }

    var companyDomain: String? {
        if let told = ["company_domain", "domain"].lazy.compactMap({ self[$0].flatMap(Normal.domain) }).first { return told }
        return mailDomain.flatMap { FreeMailHosts.hold($0) ? nil : $0 }
    }
}

/// Texts of people, written in one way.
enum Normal {
    private static let legalForms: Set = [
        "ab", "ag", "aps", "as", "asa", "bv", "co", "corp", "gmbh", "inc", "kg", "lda", "llc", "ltd", "limited", "nv", "oy", "oyj", "plc",
        "sa", "sarl", "sas", "sl", "spa", "srl", "sro",
    ]

    static func address(_ text: String) -> String? {
        let bare = text.lowercased().split(whereSeparator: \.isWhitespace).joined()
        let parts = bare.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, let domain = domain(String(parts[1])) else { return nil }
        return "\(parts[0])@\(domain)"
    }

    static func domain(_ text: String) -> String? {
        var bare = text.lowercased().split(whereSeparator: \.isWhitespace).joined()
        for start in ["https://", "http://", "www."] where bare.hasPrefix(start) { bare.removeFirst(start.count) }
        bare = String(bare.prefix { $0 != "/" && $0 != "?" && $0 != ":" })
        while bare.hasSuffix(".") { bare.removeLast() }
        return bare.contains(".") && !bare.hasPrefix(".") && !bare.contains("@") ? bare : nil
    }

    static func person(_ text: String) -> String? {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard !words.isEmpty else { return nil }
        let joined = words.joined(separator: " ")
        guard joined == joined.uppercased() || joined == joined.lowercased() else { return joined }
        var isStart = true
        return String(
            joined.flatMap { letter -> String in
                defer { isStart = !letter.isLetter }
                return isStart ? letter.uppercased() : letter.lowercased()
            })
    }

    static func company(_ text: String) -> String? {
        var words = text.split(whereSeparator: \.isWhitespace)
        guard !words.isEmpty else { return nil }
        // `GmbH & Co. KG` ends in two of them.
        while words.count > 1, let last = words.last, last == "&" || legalForms.contains(last.lowercased().filter(\.isLetter)) {
            words.removeLast()
        }
        let bare = words.joined(separator: " ")
        return bare.hasSuffix(",") ? String(bare.dropLast()) : bare
    }
}

/// Hosts at which people have addresses of their own, not their employers'.
enum FreeMailHosts {
    private static let all: Set = [
        "aol.com", "arcor.de", "bigpond.com", "bluewin.ch", "btinternet.com", "comcast.net", "fastmail.com", "free.fr", "freenet.de",
        "gmail.com",
        "gmx.at", "gmx.ch", "gmx.com", "gmx.de", "gmx.net", "googlemail.com", "hey.com", "hotmail.com", "hotmail.co.uk", "hotmail.de",
        "hotmail.es", "hotmail.fr", "hotmail.it", "icloud.com", "inbox.ru", "interia.pl", "laposte.net", "libero.it", "live.com",
        "live.co.uk",
        "live.fr", "mac.com", "mail.com", "mail.ru", "me.com", "msn.com", "naver.com", "o2.pl", "online.de", "onet.pl", "orange.fr",
        "outlook.com", "outlook.de", "outlook.es", "outlook.fr", "posteo.de", "proton.me", "protonmail.com", "qq.com", "rambler.ru",
        "rocketmail.com", "sapo.pt", "seznam.cz", "sfr.fr", "sky.com", "t-online.de", "telenet.be", "telia.com", "tiscali.it",
        "tutanota.com",
        "ukr.net", "verizon.net", "virgilio.it", "virginmedia.com", "wanadoo.fr", "web.de", "wp.pl", "yahoo.com", "yahoo.co.uk", "yahoo.de",
        "yahoo.es", "yahoo.fr", "yahoo.it", "yandex.ru", "ymail.com", "zoho.com", "163.com", "126.com",
    ]

    static func hold(_ domain: String) -> Bool { all.contains(domain) }
}
