/// One object of a profile while it is read. Collects what is wrong instead of stopping at the first mistake, and in the end
/// names the keys that nobody asked for: a misspelt key must not be silently without effect.
final class ProfileNode {
    private let path: String
    private let values: [String: JSONValue]
    private var asked: Set<String> = []
    private let ledger: Faults

    /// The faults of one file.
    final class Faults {
        let file: String
        var all: [ProfileFault] = []

        init(file: String) { self.file = file }

        func add(_ path: String, _ expected: String) { all.append(ProfileFault(file: file, path: path, expected: expected)) }
    }

    init(_ value: JSONValue, path: String, faults: Faults) {
        self.path = path
        ledger = faults
        if case .object(let values) = value {
            self.values = values
        } else {
            values = [:]
            faults.add(path, "expected an object, found \(value.kindName)")
        }
    }

    private func at(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private func take(_ key: String) -> JSONValue? {
        asked.insert(key)
        if case .null? = values[key] { return nil }
        return values[key]
    }

    func fault(_ key: String, _ expected: String) { ledger.add(at(key), expected) }

    func has(_ key: String) -> Bool { values[key] != nil }

    func text(_ key: String) -> String? {
        guard let value = take(key) else { return nil }
        if case .text(let text) = value, !text.isEmpty { return text }
        fault(key, "expected a text, found \(value.kindName)")
        return nil
    }

    func requiredText(_ key: String, _ meaning: String) -> String {
        if !has(key) { fault(key, "is missing; expected \(meaning)") }
        return text(key) ?? ""
    }

    func flag(_ key: String, default standard: Bool) -> Bool {
        guard let value = take(key) else { return standard }
        if case .bool(let flag) = value { return flag }
        fault(key, "expected true or false, found \(value.kindName)")
        return standard
    }

    func whole(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let value = take(key) else { return nil }
        if case .number(let number) = value, let whole = Int(exactly: number), range.contains(whole) { return whole }
        fault(key, "expected a whole number from \(range.lowerBound) to \(range.upperBound), found \(value.kindName)")
        return nil
    }

    func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, default standard: Choice) -> Choice where Choice.RawValue == String {
        guard let text = text(key) else { return standard }
        if let choice = Choice(rawValue: text) { return choice }
        fault(key, "expected one of \(Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")), found \"\(text)\"")
        return standard
    }

    /// One text or a list of texts.
    func texts(_ key: String) -> [String] {
        guard let value = take(key) else { return [] }
        switch value {
        case .text(let text): return [text]
        case .list(let items):
            return items.enumerated().compactMap { index, item in
                if case .text(let text) = item { return text }
                fault("\(key)[\(index)]", "expected a text, found \(item.kindName)")
                return nil
            }
        default:
            fault(key, "expected a text or a list of texts, found \(value.kindName)")
            return []
        }
    }

    func node(_ key: String) -> ProfileNode? {
        take(key).map { ProfileNode($0, path: at(key), faults: ledger) }
    }

    func nodes(_ key: String) -> [ProfileNode] {
        guard let value = take(key) else { return [] }
        guard case .list(let items) = value else {
            fault(key, "expected a list, found \(value.kindName)")
            return []
        }
        return items.enumerated().map { ProfileNode($1, path: "\(at(key))[\($0)]", faults: ledger) }
    }

    var keys: [String] { values.keys.sorted() }

    /// Call last: every key that was not asked for is a mistake.
    func nothingElse() {
        for key in values.keys.sorted() where !asked.contains(key) {
            let near = asked.min { Likeness.distance($0, key) < Likeness.distance($1, key) }
            let hint = near.map { Likeness.distance($0, key) <= 3 ? "; did you mean \"\($0)\"?" : "" } ?? ""
            fault(key, "is not known here\(hint)")
        }
    }
}
