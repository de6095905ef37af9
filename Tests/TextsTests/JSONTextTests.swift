import Foundation
import Testing
import Texts

@Suite struct JSONTextTests {
    private func text(_ value: JSONValue, _ layout: JSONText.Layout = .compact) -> String {
        String(decoding: JSONText.bytes(of: value, layout), as: UTF8.self)
    }

    @Test func `members keep their order and texts are escaped`() {
        #expect(
            text(["b": .text("a\"\\\n\t\u{1}é\u{1F600}"), "a": [1, .null, .bool(true)]])
                == "{\"b\":\"a\\\"\\\\\\n\\t\\u0001é\u{1F600}\",\"a\":[1,null,true]}")
    }

    @Test func `what has parts is broken into lines, what has none stays on one`() {
        #expect(
            text(["list": [["a": 1, "b": 2]], "none": .array([]), "flat": [1, 2]], .indented)
                == "{\n  \"list\": [\n    {\"a\": 1, \"b\": 2}\n  ],\n  \"none\": [],\n  \"flat\": [1, 2]\n}")
    }

    @Test func `every byte sequence a file can be named by reads back as JSON`() throws {
        for seed in 0..<200 {
            let name = String(decoding: (0..<40).map { UInt8(truncatingIfNeeded: ($0 &* 37 &+ seed) &* (seed &+ 11)) }, as: UTF8.self)
            let bytes = JSONText.bytes(of: ["name": .text(name)], .indented)
            let read = try JSONDecoder().decode([String: String].self, from: Data(bytes))
            #expect(read["name"] == name)
        }
    }
}

extension JSONValue: ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
    package init(integerLiteral value: Int64) { self = .number(value) }
    package init(arrayLiteral items: JSONValue...) { self = .array(items) }
}
