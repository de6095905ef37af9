import Audience
import Chances
import Testing
import Texts

@Suite struct StudioQuestionTests {
    private func question(_ pairs: (String, String)...) throws -> StudioQuestion {
        try StudioQuestion(pairs: pairs.map { (name: $0.0, value: $0.1) })
    }

    @Test func `a question reads as it was written, from an address and from what is saved`() throws {
        var full = StudioQuestion()
        full.search = "søg & \"mere\""
        full.conditions = [
            .init("city", .contains, "a=b"), .init("a column", .isEmpty), .init("x", .equals, ""), .init("x", .differs, " "),
        ]
        (full.sort, full.isDescending, full.isEnriched, full.shown) = ("n", true, true, ["b", "a"])
        for question in [full, StudioQuestion()] {
            #expect(try StudioQuestion(pairs: question.pairs.map { ($0.name, $0.value ?? "") }) == question)
            let text = JSONText.bytes(of: question.json)
            #expect(try StudioQuestion(pairs: JSONValue(reading: text)) == question)
        }
    }

    @Test func `lines of a form that nobody filled in ask nothing, and other names are passed over`() throws {
        let asked = try question(
            ("csrf", "t"), ("find", ""), ("column", ""), ("test", "is"), ("value", "left over"), ("column", "city"), ("test", "contains"),
            ("value", ""), ("column", "n"), ("test", "is empty"), ("value", "left over"), ("sort", ""), ("down", "1"), ("page", "3"),
            ("show", ""), ("show", "n"), ("show", "n"))
        #expect(asked.conditions == [.init("n", .isEmpty)] && asked.sort == nil && !asked.isDescending && asked.shown == ["n"])
    }

    @Test func `a value without a column changes nothing, and an unknown test is refused`() throws {
        #expect(try question(("value", "x"), ("test", "is")) == StudioQuestion())
        #expect(throws: StudioFault.self) { try question(("column", "a"), ("test", "is like")) }
    }

    @Test func `twenty conditions and two hundred characters are taken, more are not`() throws {
        func conditions(_ count: Int) -> [(name: String, value: String)] {
            (0..<count).flatMap { [(name: "column", value: "c\($0)"), (name: "test", value: "is"), (name: "value", value: "x")] }
        }
        #expect(try StudioQuestion(pairs: conditions(20)).conditions.count == 20)
        #expect(throws: StudioFault.self) { try StudioQuestion(pairs: conditions(21)) }
        #expect(try question(("find", String(repeating: "🧴", count: 200))).search.count == 200)
        for name in ["find", "column", "sort", "show"] {
            #expect(throws: StudioFault.self) {
                try question((name, String(repeating: "x", count: 201)), ("test", "is"), ("value", "x"))
            }
        }
        #expect(throws: StudioFault.self) { try question(("column", "a"), ("value", String(repeating: "x", count: 201))) }
        #expect(throws: StudioFault.self) { try StudioQuestion(pairs: (0..<101).map { (name: "show", value: "c\($0)") }) }
    }

    @Test(arguments: ["{}", "[1]", #"[["find"]]"#, #"[["find",1]]"#, #"[["column","a"],["test","like"]]"#, "null"])
    func `what is no question is refused`(json: String) throws {
        let value = try JSONValue(reading: json.utf8)
        #expect(throws: StudioFault.self) { try StudioQuestion(pairs: value) }
    }

    @Test(
        arguments: [
            ("email contains fjord", .init("email", .contains, "fjord")),
            ("city is Fort is not far", .init("city", .equals, "Fort is not far")),
            ("city is not  x", .init("city", .differs, " x")), ("a b is empty", .init("a b", .isEmpty)),
            ("note is not empty", .init("note", .isNotEmpty)), ("is is is", .init("is", .equals, "is")),
            ("n is ", .init("n", .equals, "")),
        ] as [(String, StudioQuestion.Condition)])
    func `words make a condition`(words: String, condition: StudioQuestion.Condition) throws {
        #expect(try StudioQuestion.Condition(words: words) == condition)
    }

    @Test(arguments: ["", "email", "contains x", "is empty", " is x", "email like x"])
    func `words that say no column or no test are refused`(words: String) {
        #expect(throws: StudioFault.self) { try StudioQuestion.Condition(words: words) }
    }
}
