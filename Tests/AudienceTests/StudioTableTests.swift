import Audience
import Testing

@Suite struct StudioTableTests {
    private func block(_ records: [String]) -> RecordBlock {
        RecordBlock(rows: records.count, lines: Array(records.map { $0 + "\n" }.joined().utf8))
    }

    /// In blocks of two.
    private func table(_ records: String..., enriched: Bool = false) -> StudioTable { table(records, enriched: enriched) }

    private func table(_ records: [String], enriched: Bool = false) -> StudioTable {
        var blocks = stride(from: 0, to: records.count, by: 2).map { block(Array(records[$0..<min($0 + 2, records.count)])) }[...]
        return StudioTable(enriched: enriched) { blocks.popFirst() }
    }

    private func rows(_ table: StudioTable, _ change: (inout StudioQuestion) -> Void) throws -> [Int32] {
        var question = StudioQuestion()
        change(&question)
        return try table.rows(for: question)
    }

    private let people = [
        #"{"email":"ana@fjord.example","city":"Århus","n":10}"#, #"{"email":"bo@x.example","city":"","n":9}"#,
        #"{"city":"aarhus","email":"CY@Fjord.example","note":"a\nb","n":-2.5}"#, #"{"domain":"y.example","n":9,"flag":true,"city":null}"#,
    ]

    @Test func `columns stand in the order in which the fields came, and values as they were sent`() {
        let table = table(people)
        #expect(table.columns.map(\.name) == ["email", "city", "n", "note", "domain", "flag"] && table.rowCount == 4)
        #expect(table.texts(2, Array(0..<6)) == ["CY@Fjord.example", "aarhus", "-2.5", "a\nb", nil, nil])
        #expect(table.texts(3, [0, 1, 5]) == [nil, nil, "true"] && table.texts(4, [0]) == [nil] && table.texts(-1, [0]) == [nil])
    }

    @Test func `a word is found in any column, whatever the case, and never across two`() throws {
        let table = table(people)
        #expect(try rows(table) { $0.search = "FJORD" } == [0, 2])
        #expect(try rows(table) { $0.search = "åRHUS" } == [0])
        #expect(try rows(table) { $0.search = "exampleå" } == [] && rows(table) { $0.search = "examplex" } == [])
        #expect(try rows(table) { $0.search = "email" } == [], "names of fields are not searched")
        #expect(try rows(table) { $0.search = "true" } == [3] && rows(table) { _ in } == [0, 1, 2, 3])
    }

    @Test(
        arguments: [
            (.contains, "ARHUS", [2]), (.equals, "århus", [0]), (.differs, "århus", [1, 2, 3]), (.isEmpty, "", [1, 3]),
            (.isNotEmpty, "", [0, 2]),
            (.contains, "", [0, 1, 2, 3]),
        ] as [(StudioQuestion.Test, String, [Int32])])
    func `a condition asks one column`(test: StudioQuestion.Test, value: String, found: [Int32]) throws {
        #expect(try rows(table(people)) { $0.conditions = [.init("city", test, value)] } == found)
    }

    @Test func `conditions and words must all hold`() throws {
        let table = table(people)
        #expect(try rows(table) { $0.conditions = [.init("city", .isNotEmpty), .init("email", .contains, "cy")] } == [2])
        #expect(
            try rows(table) {
                $0.search = "x.example"
                $0.conditions = [.init("n", .equals, "10")]
            } == [])
    }

    @Test func `a column of numbers is sorted by number, and rows that are alike stay as they stood`() throws {
        let table = table(people)
        #expect(try rows(table) { $0.sort = "n" } == [2, 1, 3, 0])
        #expect(
            try rows(table) { ($0.sort, $0.isDescending) = ("n", true) } == [0, 1, 3, 2])
    }

    @Test func `other columns are sorted by their letters, and what is empty comes last either way`() throws {
        let table = table(people)
        #expect(try rows(table) { $0.sort = "email" } == [0, 1, 2, 3])
        #expect(try rows(table) { ($0.sort, $0.isDescending) = ("email", true) } == [2, 1, 0, 3])
        #expect(try rows(table) { $0.sort = "city" } == [2, 0, 1, 3])
        let long = self.table(
            (0..<40).map { #"{"email":"the same start \#(String(repeating: "x", count: $0 * 7 % 40))","k":"\#($0 % 3)x"}"# })
        let sorted = try rows(long) { $0.sort = "email" }.map { long.text(Int($0), 0)?.count ?? 0 }
        #expect(sorted == sorted.sorted() && Set(sorted).count == 40)
        #expect(try rows(long) { $0.sort = "k" }.prefix(3) == [0, 3, 6])
    }

    @Test func `an unknown column is refused in one sentence, and an added one says when it is there`() throws {
        let fault = #expect(throws: StudioFault.self) { try rows(table(people)) { $0.sort = "nothing" } }
        #expect(fault?.sentence == "There is no column called “nothing”.")
        let added = #expect(throws: StudioFault.self) { try rows(table(people)) { $0.conditions = [.init("twin_of", .isEmpty)] } }
        #expect(added?.sentence == "There is no column called “twin_of” until the batch is enriched.")
        #expect(throws: StudioFault.self) { try rows(table(people, enriched: true)) { $0.sort = "twin_of" } }
    }

    @Test func `enriching adds columns that say where they come from, and changes no other answer`() throws {
        let table = table(people + [#"{"email":"ana@fjord.example","mail_domain":"my own"}"#], enriched: true)
        let added = table.columns.filter { $0.origin != nil }.map(\.name)
        #expect(
            added == [
                "record_number", "mail_domain_2", "address_kind", "domain_normalised", "person_name", "company_name_normalised", "twin_of",
            ])
        #expect(
            try rows(table) {
                $0.isEnriched = true
                $0.conditions = [.init("twin_of", .equals, "1")]
            } == [4])
        #expect(try rows(table) { $0.search = "company" } == [], "it was not asked for what was added")
        #expect(
            try rows(table) {
                $0.isEnriched = true
                $0.search = "company"
            } == [0, 1, 2, 4])
        let plain = try table.columns(for: StudioQuestion())
        #expect(plain.map { table.columns[$0].name } == ["email", "city", "n", "note", "domain", "flag", "mail_domain"])
    }

    @Test func `a company names the other batches that know it, three at most`() throws {
        let table = table(people, enriched: true)
        var known = KnownCompanies(of: table.domains)
        for (name, domain) in [
            ("first", "fjord.example"), ("second", "z.example"), ("third", "WWW.Fjord.example"), ("fourth", "fjord.example"),
            ("a name of more than thirty letters is cut", "fjord.example"),
        ] {
            known.begin(name)
            known.look(in: block([#"{"domain":"\#(domain)"}"#, #"{"domain":"\#(domain)"}"#]))
        }
        known.begin("last")
        known.look(in: block([#"{"email":"b@y.example"}"#, #"{"email":"b@gmail.com"}"#]))
        let compared = StudioTable(table, knownIn: known, compared: "Compared.")
        let column = compared.columns.count - 1
        #expect(compared.columns[column].name == "known_in" && compared.columns[column].origin?.isEmpty == false)
        #expect(
            (0..<4).map { compared.text($0, column) } == [
                "4 others: first, third, fourth, …", nil, "4 others: first, third, fourth, …", "1 other: last",
            ])
        #expect(compared.compared == "Compared." && compared.rowCount == 4)
    }

    @Test func `what strangers wrote is only text`() throws {
        let table = table(
            #"{"email":"\ud83e\uddf4 \"q\" \\ \u0000","e\u006dail":"x","":"nameless"}"#, #"{"email":"\ud800","deep":{"a":["}",{"b":1}]}}"#,
            #"{"email":"broken"#, "", #"{"email""#)
        #expect(table.text(0, 0) == "🧴 \"q\" \\ \0" && table.rowCount == 5)
        #expect(try rows(table) { $0.search = "🧴" } == [0] && rows(table) { $0.search = "[\"}\",{\"b\":1}]" } == [1])
        #expect(try rows(table) { $0.search = "NAMELESS" } == [0])
        let empty = StudioTable(enriched: true) { nil as RecordBlock? }
        #expect(try empty.rowCount == 0 && rows(empty) { $0.search = "x" } == [])
    }
}
