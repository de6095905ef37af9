import Audience
import Chances
import Testing
import Texts

/// Bodies cut at every byte, made-up ones beside the house's other reader, and those that are meant to harm.
@Suite struct HostileBodyTests {
    private static let body =
        Array(
            #"{"upload_name":"f\u00e4ir 🧴","more":{"a":[true,false,null,-0.5e+10]},"records":[{"email":"Ana \"q\" \\ \ud83e\uddf4 ø","n":-12.50},"#
                .utf8) + Array(#" {"domain":"x" , "deep":{"b":[1,{"c":""}]}}],"fields":["email","n"]}"#.utf8)

    @Test func `a body is read the same wherever it is cut`() throws {
        let whole = try read(Self.body)
        #expect(whole.rows == 2)
        for cut in 0...Self.body.count { #expect(try read(Self.body, cutAt: [cut]) == whole, "cut at \(cut)") }
        #expect(try read(Self.body, cutAt: Array(1..<Self.body.count)) == whole)
    }

    @Test func `a fault has the same words and the same place wherever the body is cut`() {
        for broken in [Self.body.dropLast(5) + [0x7D], Self.body.prefix(40) + [0xFF] + Self.body.dropFirst(40)].map(Array.init) {
            let told = fault(broken)
            #expect(!told.isEmpty)
            for cut in 0...broken.count { #expect(fault(broken, cutAt: [cut]) == told, "cut at \(cut)") }
        }
    }

    @Test func `no half of a body is whole`() {
        for count in 0..<Self.body.count { #expect(!fault(Array(Self.body.prefix(count))).isEmpty) }
    }

    @Test(arguments: [[0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x28, 0xA1]] as [[UInt8]])
    func `bytes that are not UTF-8 are refused in names and in texts`(bytes: [UInt8]) {
        for (before, after) in [(#"[{"email":"a"#, #""}]"#), (#"[{"email":"a","k"#, #"":1}]"#)] {
            let told = fault(Array(before.utf8) + bytes + Array(after.utf8), form: .file)
            #expect(told.contains("a text that is not UTF-8"), "\(told)")
        }
        #expect(!fault(bytes).isEmpty)
    }

    @Test func `depth is bounded, whatever is nested`() {
        func body(_ depth: Int, _ open: String, _ close: String) -> String {
            #"[{"email":"a","x":"# + String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth) + "}]"
        }
        #expect(fault(body(30, "[", "]"), form: .file) == "")
        #expect(fault(body(31, "[", "]"), form: .file).contains("nested deeper than 32"))
        #expect(fault(body(30, #"{"a":"#, "}"), form: .file) == "")
        #expect(fault(#"{"records":"# + String(repeating: "[", count: 100_000)) == "records[0]: must be an object")
        #expect(fault(#"{"x":"# + String(repeating: "[", count: 100_000)).contains("nested deeper than 32"))
    }

    @Test func `ten thousand different fields are enough`() {
        func body(_ count: Int) -> String { #"[{"email":"a""# + (0..<count).map { #","f\#($0)":1"# }.joined() + "}]" }
        #expect(fault(body(9_999), form: .file) == "")
        #expect(fault(body(10_000), form: .file).contains("different fields"))
    }

    @Test func `no fault holds a word of a record`() {
        let secret = "wren4c0ffee"
        for record in [
            #"{"email":["\#(secret)"]}"#, #"{"\#(secret)":1}"#, #"{"email":"\#(secret)","\#(secret)":1,"\#(secret)":2}"#,
            #"{"email":"\#(secret)","\#(secret)":tru}"#, #"{"email":"\#(secret)"#,
            #"{"email":"a","\#(secret)":{"\#(secret)":1,"\#(secret)":1}}"#,
        ] {
            let told = fault(#"{"upload_name":"n","records":["# + record + "]}")
            #expect(!told.isEmpty && !told.contains(secret), "\(told)")
        }
    }

    @Test(arguments: 1...300 as ClosedRange<UInt64>)
    func `any record comes back as the value that it was`(seed: UInt64) throws {
        var chance = Chance(seed: seed)
        let records = (0..<Int.random(in: 1...6, using: &chance)).map { _ in
            JSONValue.joined([["email": .text(Self.text(&chance))], Self.object(&chance, depth: 0)])
        }
        let value: JSONValue = ["upload_name": .text("n"), "records": .array(records)]
        let layout: JSONText.Layout = Bool.random(using: &chance) ? .compact : .indented
        let body = JSONText.bytes(of: value, layout)
        let cut = Int.random(in: 0...body.count, using: &chance)
        let batch = try read(body, cutAt: [cut])
        #expect(try lines(batch).map { try JSONValue(reading: $0.utf8) } == records)
        // One byte otherwise: whoever of the two readers takes it, the other does not find it broken in another way than by its limits.
        var other = body
        other[Int.random(in: 0..<other.count, using: &chance)] = Array("{}[],:\"\\0 e-tn\u{1}".utf8).randomElement(using: &chance) ?? 0
        let isJSON = (try? JSONValue(reading: other)) != nil
        if !isJSON { #expect(!fault(other).isEmpty) } else { #expect(!fault(other).contains("not JSON")) }
    }

    private static func text(_ chance: inout Chance) -> String {
        String(
            (0..<Int.random(in: 0...8, using: &chance)).map { _ in
                "aZ0 \"\\/\n\t\u{1}\u{7F}øЖ🧴\u{FFFD}".randomElement(using: &chance) ?? "a"
            })
    }

    private static func object(_ chance: inout Chance, depth: Int) -> JSONValue {
        .object(
            (0..<Int.random(in: 0...4, using: &chance)).map { number in
                JSONValue.Member("k\(number)\(text(&chance))", value(&chance, depth: depth + 1))
            })
    }

    private static func value(_ chance: inout Chance, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth < 4 ? 7 : 5), using: &chance) {
        case 0: .null
        case 1: .bool(.random(using: &chance))
        case 2: .number(Int64.random(in: .min ... .max, using: &chance))
        case 3: .text(text(&chance))
        case 4: .number(0)
        case 5: .array((0..<Int.random(in: 0...3, using: &chance)).map { _ in value(&chance, depth: depth + 1) })
        default: object(&chance, depth: depth)
        }
    }
}
