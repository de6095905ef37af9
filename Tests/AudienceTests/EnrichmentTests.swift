import Audience
import Testing

@Suite struct EnrichmentTests {
    /// Of each record, by the names of the columns.
    private func enriched(_ records: String...) -> [[String: String]] {
        var enrichment = Enrichment()
        var all: [[String: String]] = []
        RecordBlock(rows: records.count, lines: Array(records.joined(separator: "\n").utf8)).records { record in
            let values = enrichment.values(of: record)
            var named: [String: String] = [:]
            for column in EnrichedColumn.allCases { named[column.name] = values[column.rawValue] }
            all.append(named)
        }
        return all
    }

    @Test(
        arguments: [
            (#"{"email":" Ana@Fjord.Example "}"#, "fjord.example", "company"),
            (#"{"personal_email":"ana@GMAIL.com"}"#, "gmail.com", "private"),
            (#"{"business_email":"none","email":"a@gmx.net"}"#, "gmx.net", "private"), (#"{"email":"@x.y"}"#, nil, nil),
            (#"{"email":"a@b"}"#, nil, nil), (#"{"domain":"x.example"}"#, nil, nil),
        ] as [(String, String?, String?)])
    func `the domain of an address tells whether it is a company's`(record: String, domain: String?, kind: String?) {
        let values = enriched(record)[0]
        #expect(values["mail_domain"] == domain && values["address_kind"] == kind)
    }

    @Test(
        arguments: [
            (#"{"domain":"https://WWW.Fjord.Example/about?x"}"#, "fjord.example"),
            (#"{"company_domain":"fjord.example.","domain":"x.y"}"#, "fjord.example"),
            (#"{"email":"a@fjord.example"}"#, "fjord.example"), (#"{"email":"a@gmail.com"}"#, nil), (#"{"domain":"nothing"}"#, nil),
        ] as [(String, String?)])
    func `a domain is written in one way, and a free host is no company's`(record: String, domain: String?) {
        #expect(enriched(record)[0]["domain_normalised"] == domain)
    }

    @Test func `names are written like names, and those that were are left alone`() {
        let values = enriched(
            #"{"email":"a","first_name":"ANA MARIA ","last_name":"o'HARA-smith","company_name":" Fjord  &  Sons GmbH & Co. KG"}"#,
            #"{"email":"b","first_name":"ana","last_name":"de la cruz","company_name":"Ltd"}"#,
            #"{"email":"c","first_name":"Ana","last_name":"van der Berg","company_name":"Alder S.A."}"#)
        #expect(values.map { $0["person_name"] } == ["ANA MARIA o'HARA-smith", "Ana De La Cruz", "Ana van der Berg"])
        #expect(values.map { $0["company_name_normalised"] } == ["Fjord & Sons", "Ltd", "Alder"])
    }

    @Test func `twins name the first of their kind, and who shares only a company is none`() {
        let values = enriched(
            #"{"email":"ana@fjord.example"}"#, #"{"business_email":"ANA@fjord.example","first_name":"x"}"#,
            #"{"domain":"fjord.example","first_name":"Bo"}"#, #"{"domain":"www.fjord.example","first_name":"BO"}"#,
            #"{"domain":"fjord.example","first_name":"Cy"}"#, #"{"domain":"none"}"#, #"{"domain":"none"}"#)
        #expect(values.map { $0["twin_of"] } == [nil, "1", nil, "3", nil, nil, nil])
    }

    @Test func `each column says where it comes from`() {
        #expect(Set(EnrichedColumn.allCases.map(\.name)).count == 6 && EnrichedColumn.allCases.allSatisfy { $0.origin.count > 20 })
    }
    @Test func `letters beyond ASCII, odd blanks and lone marks are taken as Unicode has them`() {
        let values = enriched(
            #"{"email":" Ñandú@FJÖRD.example\u00a0","first_name":"\u00a0ÅSA\u2003 ","last_name":"ÖBERG","company_name":"Ångström\t Oy"}"#,
            #"{"email":"a@b@c.example","domain":"HTTPS://www.b.example:8080","first_name":"\t","company_name":"GmbH"}"#,
            #"{"email":"@c.example","domain":"c.example/@x","first_name":"o'hara","company_name":"& Co., Ltd."}"#)
        #expect(values.map { $0["mail_domain"] } == ["fjörd.example", nil, nil])
        #expect(values.map { $0["domain_normalised"] } == ["fjörd.example", "b.example", "c.example"])
        #expect(values.map { $0["person_name"] } == ["Åsa Öberg", nil, "O'Hara"])
        #expect(values.map { $0["company_name_normalised"] } == ["Ångström", "GmbH", "&"])
    }
}
