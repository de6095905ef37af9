import Texts

/// What somebody wants to see of a batch: which records, which columns, and in which order. An address, a command line and a saved segment
/// all say it by the same pairs of names and values. Letters count in either case.
package struct StudioQuestion: Hashable, Sendable {
    package enum Test: String, CaseIterable, Sendable {
        case contains
        case equals = "is"
        case differs = "is not"
        case isEmpty = "is empty"
        case isNotEmpty = "is not empty"

        package var wantsValue: Bool { self != .isEmpty && self != .isNotEmpty }
    }

    package struct Condition: Hashable, Sendable {
        package var column: String
        package var test: Test
        package var value: String

        package init(_ column: String, _ test: Test, _ value: String = "") {
            (self.column, self.test, self.value) = (column, test, test.wantsValue ? value : "")
        }
    }

    /// Stands in any column of a record; empty for all records.
    package var search = ""
    package var conditions: [Condition] = []
    /// Nil for the order in which the records came.
    package var sort: String?
    package var isDescending = false
    /// With the columns that say what is known beside what was sent.
    package var isEnriched = false
    /// The columns to be seen, in their order; none for all.
    package var shown: [String] = []

    package init() {}

    package static let mostConditions = 20
    package static let mostShown = 100
    /// Of a text, in characters as Unicode counts them.
    package static let longest = 200

    package var isAll: Bool { search.isEmpty && conditions.isEmpty }

    /// Throws where a bound is passed.
    package func checked() throws(StudioFault) -> StudioQuestion {
        guard conditions.count <= Self.mostConditions else { throw StudioFault("At most \(Self.mostConditions) conditions are taken.") }
        guard shown.count <= Self.mostShown else { throw StudioFault("At most \(Self.mostShown) columns can be chosen.") }
        guard texts.allSatisfy({ $0.unicodeScalars.count <= Self.longest }) else {
            throw StudioFault("A text or a column's name is limited to \(Self.longest) characters.")
        }
        return self
    }

    /// All that somebody wrote or named.
    package var texts: [String] {
        [search] + conditions.flatMap { [$0.column, $0.value] } + [sort].compactMap(\.self) + shown
    }
}

/// Why a question cannot be answered, in one sentence.
package struct StudioFault: Error, Hashable, Sendable {
    package let sentence: String

    init(_ sentence: String) { self.sentence = sentence }
}

/// The one way in which a question is written down.
extension StudioQuestion {
    package var pairs: [(name: String, value: String?)] {
        var pairs: [(name: String, value: String?)] = []
        if !search.isEmpty { pairs.append(("find", search)) }
        for condition in conditions {
            pairs += [("column", condition.column), ("test", condition.test.rawValue)]
            if condition.test.wantsValue { pairs.append(("value", condition.value)) }
        }
        if let sort { pairs.append(("sort", sort)) }
        if sort != nil, isDescending { pairs.append(("down", "1")) }
        if isEnriched { pairs.append(("enriched", "1")) }
        return pairs + shown.map { ("show", $0) }
    }

    /// Names that are not ours are passed over. A condition begins with its column; one whose column is empty is a line of a form that
    /// nobody filled in.
    package init(pairs: some Sequence<(name: String, value: String)>) throws(StudioFault) {
        for (name, value) in pairs {
            switch name {
            case "find": search = value
            case "column": conditions.append(Condition(value, .contains))
            case "test":
                guard let test = Test(rawValue: value) else { throw StudioFault("A column can be asked whether it \(Self.tests).") }
                if !conditions.isEmpty { conditions[conditions.count - 1].test = test }
            case "value": if !conditions.isEmpty { conditions[conditions.count - 1].value = value }
            case "sort": sort = value.isEmpty ? nil : value
            case "down": isDescending = value == "1"
            case "enriched": isEnriched = value == "1"
            case "show": if !value.isEmpty, !shown.contains(value) { shown.append(value) }
            default: break
            }
        }
        // A form sends a value with every test. What contains nothing says nothing.
        conditions = conditions.map { Condition($0.column, $0.test, $0.value) }.filter { condition in
            !condition.column.isEmpty && !(condition.test == .contains && condition.value.isEmpty)
        }
        if sort == nil { isDescending = false }
        self = try checked()
    }

    package var json: JSONValue { .array(pairs.map { .array([.text($0.name), .optional($0.value)]) }) }

    /// Throws for what is no question.
    package init(pairs json: JSONValue) throws(StudioFault) {
        let pairs = (json.items ?? []).compactMap { pair -> (name: String, value: String)? in
            guard let parts = pair.items, parts.count == 2, let name = parts[0].text, let value = parts[1].text else { return nil }
            return (name, value)
        }
        guard let count = json.items?.count, count == pairs.count else { throw StudioFault("The question is damaged.") }
        try self.init(pairs: pairs)
    }

    private static let tests = Test.allCases.map(\.rawValue).joined(separator: ", ")
}

/// For people.
extension StudioQuestion.Condition {
    /// `email contains fjord`, `city is empty`: the column is what stands before the first of the tests' words.
    package init(words: String) throws(StudioFault) {
        self.init("", .contains)
        for test in [StudioQuestion.Test.isNotEmpty, .isEmpty] where words.hasSuffix(" \(test.rawValue)") {
            (column, self.test) = (String(words.dropLast(test.rawValue.count + 1)), test)
            if !column.isEmpty { return }
        }
        var parts: [Substring] = words.split(separator: " ", omittingEmptySubsequences: false)
        column = parts.isEmpty ? "" : String(parts.removeFirst())
        while let word = parts.first {
            if word == "contains" || word == "is", !column.isEmpty {
                let isNegated = word == "is" && parts.count > 1 && parts[1] == "not"
                test = word == "contains" ? .contains : isNegated ? .differs : .equals
                value = parts.dropFirst(isNegated ? 2 : 1).joined(separator: " ")
                return
            }
            column += " \(parts.removeFirst())"
        }
        throw StudioFault(
            "A condition says COLUMN contains TEXT, COLUMN is TEXT, COLUMN is not TEXT, COLUMN is empty or COLUMN is not empty.")
    }

    package var words: String { test.wantsValue ? "\(column) \(test.rawValue) “\(value)”" : "\(column) \(test.rawValue)" }
}

extension StudioQuestion {
    /// In one line; the shown columns are seen in the table itself.
    package var words: String {
        var parts = search.isEmpty ? [] : ["any column contains “\(search)”"]
        parts += conditions.map(\.words)
        if parts.isEmpty { parts = ["all records"] }
        if let sort { parts.append("sorted by \(sort)\(isDescending ? ", the largest first" : "")") }
        if isEnriched { parts.append("enriched") }
        return parts.joined(separator: "; ")
    }
}
