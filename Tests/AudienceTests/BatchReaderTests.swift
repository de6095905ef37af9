import Audience
import Testing

@Suite struct BatchReaderTests {
    @Test func `a batch keeps its name, its fields and each record as it was sent`() throws {
        let batch = try read(
            #"{"upload_name": "fair", "records": [ {"zeta": 1.50, "email" : "Ana@Fjord.example ", "deep": {"b": [1, {"c": "d"}]}},"#
                + #" {"domain":"x","big":12345678901234567890123,"tiny":1e-7,"t":"\u0041\ud83e\uddf4 \" \\ \/ \n"}], "fields": ["email"]}"#)
        #expect(batch.name == "fair" && batch.rows == 2 && batch.fields == ["email"])
        #expect(
            lines(batch) == [
                #"{"zeta":1.50,"email":"Ana@Fjord.example ","deep":{"b":[1,{"c":"d"}]}}"#,
                #"{"domain":"x","big":12345678901234567890123,"tiny":1e-7,"t":"\u0041\ud83e\uddf4 \" \\ \/ \n"}"#,
            ])
    }

    @Test func `where no fields are told they are those of the records, in the order in which they first came`() throws {
        let batch = try read(
            #"{"records":[{"b":1,"email":"x"},{"email":"x","a":1,"":2},{"\u0062":3,"domain":"","c":1}],"upload_name":"n"}"#)
        #expect(batch.fields == ["b", "email", "a", "", "domain", "c"])
        #expect(try read(#"{"upload_name":"n","records":[{"email":"x"}],"fields":[]}"#).fields == [])
        #expect(try read(#"{"upload_name":"n","fields":["a","a"],"records":[{"email":"x"}]}"#).fields == ["a", "a"])
    }

    @Test(arguments: [
        (#"{"email":7}"#, "records[1].email: must be a text"), (#"{"email":null}"#, "records[1].email: must be a text"),
        (#"{"business_email":["a"]}"#, "records[1].business_email: must be a text"),
        (#"{"email":"a","first_name":{"a":1}}"#, "records[1].first_name: must be a text"),
        (#"{"domain":true}"#, "records[1].domain: must be a text"), (#"{"em\u0061il":7}"#, "records[1].email: must be a text"),
        ("{}", "records[1]: one of "), (#"{"first_name":"A"}"#, "records[1]: one of "), (#"{"Email":"a@b"}"#, "records[1]: one of "),
        ("[]", "records[1]: must be an object"), (#""text""#, "records[1]: must be an object"), ("7", "records[1]: must be an object"),
        ("null", "records[1]: must be an object"), (#"{"email":"a","email":"b"}"#, "records[1].email: stands there twice"),
        (#"{"email":"a","\u0065mail":"b"}"#, "records[1].email: stands there twice"),
        (#"{"email":"a","x":{"y":1,"\u0079":2}}"#, "records[1].field 2: a member stands there twice"),
        (#"{"email":"a","x":1,"x":2}"#, "records[1].field 2: stands there twice"),
        (#"{"email":NaN}"#, "records[1].email: this is not JSON: no value at byte "),
        (#"{"email":"a",}"#, "records[1]: this is not JSON: no name of a member at byte "),
    ])
    func `what is wrong in a record is told with its position`(record: String, told: String) {
        let body = #"{"upload_name":"n","records":[{"email":"a"},"# + record + #",{"email":7}]}"#
        #expect(fault(body).hasPrefix(told), "\(fault(body))")
    }

    @Test(arguments: [
        (#"{"records":[{"email":"a"}]}"#, "upload_name is missing"), (#"{"upload_name":"n"}"#, "records is missing"),
        (#"{"upload_name":"n","records":[]}"#, "records must not be empty"),
        (#"{"upload_name":"n","records":{}}"#, "records must be a list"),
        (#"{"upload_name":"","records":[]}"#, "upload_name must not be empty"), (#"{"upload_name":7}"#, "upload_name must be a text"),
        (#"{"upload_name":"n","fields":"email"}"#, "fields must be a list of texts"), (#"{"fields":["a",7]}"#, "fields[1]: must be a text"),
        (#"{"upload_name":"n","upload_name":"m"}"#, "upload_name stands there twice"),
        (#"{"x":1,"x":2}"#, "A member of the body stands there twice"), ("[]", "The body must be an object"),
        ("7", "The body must be an object"), ("", "This is not JSON: it is empty"), ("{", "This is not JSON: it ends too early"),
        (#"{"upload_name":"n"}{"#, "This is not JSON: more text behind the value"), ("{'a':1}", "This is not JSON: no name of a member"),
        (#"{"a":1 "b":2}"#, "This is not JSON: no comma"), (#"{"a":01}"#, "This is not JSON: a number with a leading zero"),
        (#"{"a":1.}"#, "This is not JSON: half a number"), (#"{"a":nul}"#, "This is not JSON: an unknown word"),
        (#"{"a":"\ud800"}"#, "This is not JSON: half a surrogate pair"),
        (#"{"a":"\udc00\ud800"}"#, "This is not JSON: half a surrogate pair"),
        (#"{"a":"\x"}"#, "This is not JSON: an unknown escape"), ("{\"a\":\"\n\"}", "This is not JSON: a control character"),
        (#"{"a":[1}"#, "This is not JSON: an end of what has not begun"),
    ])
    func `what is no batch is told in one sentence`(body: String, told: String) {
        #expect(fault(body).hasPrefix(told), "\(fault(body))")
    }

    @Test func `a name has a hundred characters and not one more`() throws {
        func body(_ name: String) -> String { #"{"upload_name":"\#(name)","records":[{"email":"a"}]}"# }
        for letter in ["x", "ø", "🧴", #"\u00f8"#] {
            #expect(try read(body(String(repeating: letter, count: 100))).rows == 1)
            #expect(fault(body(String(repeating: letter, count: 101))) == "upload_name is limited to 100 characters")
        }
    }

    @Test func `so many records are taken and not one more`() throws {
        func body(_ count: Int) -> String {
            #"{"upload_name":"n","records":["# + repeatElement(#"{"email":"a"}"#, count: count).joined(separator: ",") + "]}"
        }
        let batch = try read(body(1200), most: 1200)
        #expect(batch.rows == 1200 && batch.blocks.map(\.rows) == [500, 500, 200])
        #expect(fault(body(1201), most: 1200) == "records holds more than 1200 records")
    }

    @Test func `a file may hold the list of records alone`() throws {
        let batch = try read(#" [{"email":"a"},{"email":"b","c":1}] "#, form: .file)
        #expect(batch.name == nil && batch.rows == 2 && batch.fields == ["email", "c"])
        #expect(try read(#"{"records":[{"email":"a"}]}"#, form: .file).name == nil)
        #expect(fault("[]", form: .file) == "records must not be empty")
        #expect(fault("[7]", form: .file) == "records[0]: must be an object")
    }
}
