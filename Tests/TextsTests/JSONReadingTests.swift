import Cells
import Chances
import Foundation
import Testing
import Texts

@Suite struct JSONReadingTests {
    @Test func `what was written reads back the same`() throws {
        let value: JSONValue = [
            "text": .text("a\"\\\n\u{1}é\u{1F600}"), "list": [1, .null, .bool(true), ["deep": .array([])]], "least": .number(Int64.min),
            "decimal": .decimal(DecimalNumber(digits: -125, exponent: -1)),
        ]
        for layout in [JSONText.Layout.compact, .indented] { #expect(try JSONValue(reading: JSONText.bytes(of: value, layout)) == value) }
        #expect(value["list"]?.items?.count == 4 && value["least"]?.whole == .min && value["none"] == nil)
    }

    @Test(arguments: [
        "", " ", "{", "[1,]", "{\"a\"}", "{\"a\":1,}", "01", "-", "1.", "+1", "1e", "nul", "\"", "\"\u{1}\"", "\"\\x\"", "\"\\u12\"",
        "\"\\u+123\"", "\"\\uD800\"", "\"\\uD800\\u0041\"", "[1] 2", "{1:2}", "1e99999",
    ])
    func `what is not JSON is refused with its place`(text: String) {
        #expect(throws: NotJSON.self) { try JSONValue(reading: text.utf8) }
    }

    @Test(arguments: [
        "-0", "0", "-0.5E-3", "12e2", " [ ] ", "\"\\uD83D\\uDE00\\u0041\\/\"", "{\"a\":{\"a\":[null]}}", "9223372036854775808",
    ])
    func `what another parser takes is taken`(text: String) throws {
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed) }
        #expect(throws: Never.self) { try JSONValue(reading: text.utf8) }
    }

    @Test func `a value nested without end is refused and takes no stack`() {
        #expect(throws: NotJSON.self) { try JSONValue(reading: String(repeating: "[", count: 1_000_000).utf8) }
    }

    @Test func `no bytes make it trap`() {
        var chance = Chance(seed: 7)
        let seed = Array("{\"a\":[1,-2.5e3,\"\\u00e9\\n\"],\"b\":{\"c\":null,\"d\":true}}".utf8)
        for _ in 0..<3000 {
            var bytes = seed
            for _ in 0..<Int.random(in: 1...4, using: &chance) {
                let place = Int.random(in: 0..<bytes.count, using: &chance)
                if Bool.random(using: &chance) { bytes[place] = .random(in: 0...255, using: &chance) } else { bytes.remove(at: place) }
            }
            _ = try? JSONValue(reading: bytes)
        }
    }
}
