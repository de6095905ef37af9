import Audience
import Batches
import Cells
import Testing
import Texts

/// What becomes of records that are kept: they are forgotten, shown as a table, and made of a sheet's rows.
@Suite struct KeptRecordTests {
    private func block(_ records: String...) -> RecordBlock {
        RecordBlock(rows: records.count, lines: Array(records.map { $0 + "\n" }.joined().utf8))
    }

    private func forgets(_ address: String, _ record: String) throws -> Bool {
        try #require(ForgottenAddress(address)).removed(from: block(record)) != nil
    }

    @Test(arguments: [
        #"{"email":"ana@fjord.example"}"#, #"{"email":" ANA@Fjord.Example "}"#, #"{"note":"ana@fjord.example","email":"x"}"#,
        #"{"email":"\u0061na@fjord.example"}"#, #"{"email":"x","deep":{"a":[1,"ana@fjord.example"]}}"#,
        #"{"email":"a \" b","b":"ana@fjord.example\t"}"#, #"{"email":"x","ana@fjord.example":1}"#,
    ])
    func `a record goes in which any field is the address, however it is written`(record: String) throws {
        #expect(try forgets("Ana@fjord.EXAMPLE ", record))
    }

    @Test(arguments: [
        #"{"email":"ana@fjord.example.org"}"#, #"{"email":"joana@fjord.example"}"#, #"{"email":"Ana <ana@fjord.example>"}"#,
        #"{"email":"\"ana@fjord.example"}"#, #"{"email":""}"#, #"{"n":1}"#,
    ])
    func `a record stays that only looks like it`(record: String) throws {
        #expect(try !forgets("ana@fjord.example", record))
    }

    @Test func `letters beyond ASCII count in either case too, and nobody is forgotten by blanks`() throws {
        #expect(try forgets("ÅSE@fjørd.example", #"{"email":"åse@FJØRD.example"}"#))
        #expect(ForgottenAddress(" \n") == nil)
    }

    @Test func `what stays keeps its bytes and its order`() throws {
        let all = block(#"{"email":"a","n":1.50}"#, #"{"email":"b"}"#, #"{"domain":"c"}"#)
        let (left, removed) = try #require(ForgottenAddress("B")?.removed(from: all))
        #expect(removed == 1 && left == block(#"{"email":"a","n":1.50}"#, #"{"domain":"c"}"#))
        #expect(String(decoding: left.items, as: UTF8.self) == #"{"email":"a","n":1.50},{"domain":"c"}"#)
    }

    @Test func `a table has a column for each field, and figures keep their digits`() {
        let records = block(#"{"email":"a,\"b","n":1.50}"#, #"{"deep":{"a":[1,","]},"email":null,"t":true}"#)
        var blocks = [records][...]
        let table = StudioTable(enriched: false) { blocks.popFirst() }
        #expect(table.columns.map(\.name) == ["email", "n", "deep", "t"])
        #expect(table.texts(0, Array(0..<4)) == [#"a,"b"#, "1.50", nil, nil])
        #expect(table.texts(1, Array(0..<4)) == [nil, nil, #"{"a":[1,","]}"#, "true"])
    }

    @Test(arguments: [#"{"email"#, #"{"email":"a"#, #"{"a":{"b":[1,"#, #"{"a":"\"#, "{", "x", #"{""}"#])
    func `a damaged line gives fewer fields and reaches no other`(line: String) {
        var blocks = [block(line, #"{"email":"b"}"#)][...]
        let table = StudioTable(enriched: true) { blocks.popFirst() }
        let own = table.columns.filter { $0.origin == nil }.map(\.name)
        #expect(own.last == "email" && own.count <= 2 && table.text(1, own.count - 1) == "b")
    }

    private func sheet(_ lines: [[String]], most: Int = 100) -> (fault: String, batch: ReceivedBatch?, problems: [RecordSheet.Problem]) {
        var sheet = RecordSheet(most: most)
        do throws(BatchFault) {
            for (place, line) in lines.enumerated() {
                var row = Row()
                row.reset(number: place + 1)
                for (column, field) in line.enumerated() where !field.isEmpty { row.append(text: field.utf8, column: column) }
                try sheet.take(row, of: "S")
            }
            return ("", try sheet.finish(), sheet.problems)
        } catch { return (error.description, nil, sheet.problems) }
    }

    @Test func `each row becomes a record, and an empty cell no field`() throws {
        let made = sheet([[], ["Email", "First-Name", "city"], ["a@b.example", "A \"x\"", ""], ["c@d.example", "", "Århus"]])
        let batch = try #require(made.batch)
        #expect(lines(batch) == [#"{"email":"a@b.example","first_name":"A \"x\""}"#, #"{"email":"c@d.example","city":"Århus"}"#])
        #expect(batch.fields == ["email", "first_name", "city"] && batch.rows == 2)
    }

    @Test func `a row that nobody is known by keeps the whole file from being taken, and is told by its number`() {
        let made = sheet([["email", "name"], ["a", "A"], ["", "Fjord"], ["b", "B", "beyond"]])
        #expect(made.batch == nil && made.fault.hasPrefix("2 of 3 rows are no records"))
        #expect(made.problems.map(\.row) == [3, 4] && !"\(made.problems)\(made.fault)".contains("Fjord"))
    }

    @Test(
        arguments: [
            ([], "The file is empty"), ([["email"]], "The file holds no records"), ([["name"], ["A"]], "Row 1 must name the fields"),
            ([["email", "a", "a"], ["x"]], "Two columns of row 1"),
            ([["email"], ["a"], ["b"], ["c"]], "The file holds more than 2 records"),
        ] as [([[String]], String)])
    func `what is no table of records is refused in one sentence`(lines: [[String]], told: String) {
        #expect(sheet(lines, most: 2).fault.hasPrefix(told))
    }

    @Test func `ids have the contract's form and are never the same`() {
        let moment = Timestamp(milliseconds: 1_761_984_000_999)
        let ids = (0..<1000).map { _ in AudienceID.upload(at: moment) }
        #expect(Set(ids).count == 1000 && ids.allSatisfy { $0.hasPrefix("upl_1761984000_") && AudienceID.isUpload($0) })
        #expect(AudienceID.session(at: moment).hasPrefix("sess_1761984000_"))
        for wrong in ["", "upl__a", "upl_1_", "UPL_1_a", "upl_1_a_b", "upl_1_ø", "sess_1_a", "upl_1_a\u{0}"] {
            #expect(!AudienceID.isUpload(wrong), "\(wrong)")
        }
        #expect(BatchName.of(file: "fair.csv") == "fair" && BatchName.of(file: ".csv") == ".csv")
    }
}
