import Texts

/// One object of a JSON5 file while it is read. It gathers all mistakes instead of stopping at the first one. In the end it names the
/// keys that nobody asked for: a misspelt key must not be ignored in silence.
package final class SettingsNode {
    private let path: String
    private let values: [String: JSON5Value]
    private var asked: Set<String> = []
    private let faults: Faults

    /// The faults of one file.
    final class Faults {
        let file: String
        var all: [SettingsFault] = []

        init(file: String) { self.file = file }

        func add(_ path: String, _ expected: String) { all.append(SettingsFault(file: file, path: path, expected: expected)) }
    }

    init(_ value: JSON5Value, path: String, faults: Faults) {
        self.path = path
        self.faults = faults
        if case .object(let values) = value {
            self.values = values
        } else {
            values = [:]
            faults.add(path, "expected an object, found \(value.kindName)")
        }
    }

    /// Reads a whole file; throws all its mistakes at once.
    package static func read<Value>(_ json5: [UInt8], file: String, _ body: (SettingsNode) -> Value) throws(SettingsFaults) -> Value {
        let faults = Faults(file: file)
        let tree: JSON5Value
        do {
            tree = try JSON5Value.parse(json5: json5)
        } catch {
            throw SettingsFaults(all: [SettingsFault(file: file, path: "", expected: "is no JSON5: \(JSON5Value.reason(error))")])
        }
        let value = body(SettingsNode(tree, path: "", faults: faults))
        guard faults.all.isEmpty else { throw SettingsFaults(all: faults.all) }
        return value
    }

    private func at(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private func take(_ key: String) -> JSON5Value? {
        asked.insert(key)
        if case .null? = values[key] { return nil }
        return values[key]
    }

    package func fault(_ key: String, _ expected: String) { faults.add(at(key), expected) }

    package func has(_ key: String) -> Bool { values[key] != nil }

    package func text(_ key: String) -> String? {
        guard let value = take(key) else { return nil }
        if case .text(let text) = value, !text.isEmpty { return text }
        fault(key, "expected a text, found \(value.kindName)")
        return nil
    }

    package func requiredText(_ key: String, _ meaning: String) -> String {
        if !has(key) { fault(key, "is missing; expected \(meaning)") }
        return text(key) ?? ""
    }

    package func flag(_ key: String, default standard: Bool) -> Bool {
        guard let value = take(key) else { return standard }
        if case .bool(let flag) = value { return flag }
        fault(key, "expected true or false, found \(value.kindName)")
        return standard
    }

    package func whole(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let value = take(key) else { return nil }
        if case .number(let number) = value, let whole = Int(exactly: number), range.contains(whole) { return whole }
        fault(key, "expected a whole number from \(range.lowerBound) to \(range.upperBound), found \(value.kindName)")
        return nil
    }

    package func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, default standard: Choice) -> Choice
    where Choice.RawValue == String {
        guard let text = text(key) else { return standard }
        if let choice = Choice(rawValue: text) { return choice }
        fault(key, "expected one of \(Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")), found \"\(text)\"")
        return standard
    }

    /// One text or a list of texts.
    package func texts(_ key: String) -> [String] {
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

    /// An object whose members are all texts, by name.
    package func pairs(_ key: String) -> [(name: String, text: String)] {
        guard let value = take(key) else { return [] }
        guard case .object(let members) = value else {
            fault(key, "expected an object of texts, found \(value.kindName)")
            return []
        }
        return members.sorted { $0.key < $1.key }.compactMap { name, value in
            if case .text(let text) = value, !text.isEmpty { return (name, text) }
            fault("\(key).\(name)", "expected a text, found \(value.kindName)")
            return nil
        }
    }

    package func node(_ key: String) -> SettingsNode? {
        take(key).map { SettingsNode($0, path: at(key), faults: faults) }
    }

    package func nodes(_ key: String) -> [SettingsNode] {
        guard let value = take(key) else { return [] }
        guard case .list(let items) = value else {
            fault(key, "expected a list, found \(value.kindName)")
            return []
        }
        return items.enumerated().map { SettingsNode($1, path: "\(at(key))[\($0)]", faults: faults) }
    }

    /// Call last: every key that was not asked for is a mistake.
    package func nothingElse() {
        for key in values.keys.sorted() where !asked.contains(key) {
            let hint = Nearest.name(to: key, among: asked).map { "; did you mean \"\($0)\"?" } ?? ""
            fault(key, "is not known here\(hint)")
        }
    }
}

/// A mistake in a profile or a configuration: the file, the place in it, and what was expected there.
package struct SettingsFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let file: String
    /// `layouts[0].columns.ean`; empty if the whole file is meant.
    package let path: String
    package let expected: String

    package init(file: String, path: String, expected: String) {
        self.file = file
        self.path = path
        self.expected = expected
    }

    package var description: String {
        let end = expected.hasSuffix("?") ? "" : "."
        return path.isEmpty ? "\(file): \(expected)\(end)" : "\(file): \(path): \(expected)\(end)"
    }
}

/// All mistakes in one file.
package struct SettingsFaults: Error, Sendable, CustomStringConvertible {
    package let all: [SettingsFault]

    package init(all: [SettingsFault]) { self.all = all }

    package var description: String { all.map(\.description).joined(separator: "\n") }
}
