import Batches
import Sellout
import Texts

/// What a column keeps as JSON: values that are shown and never searched. The members' names never change: ledgers are full of
/// them.
protocol KeptAsJSON: StoredAs where Kept == String {
    var json: JSONValue { get }
    init?(json: JSONValue)
}

extension KeptAsJSON {
    var kept: String { String(decoding: JSONText.bytes(of: json), as: UTF8.self) }

    init?(kept: String) {
        do { self.init(json: try JSONValue(reading: kept.utf8)) } catch { return nil }
    }
}

extension Array: Bindable where Element: KeptAsJSON {}
extension Array: Stored where Element: KeptAsJSON {}
extension Array: StoredAs where Element: KeptAsJSON {}

extension Array: KeptAsJSON where Element: KeptAsJSON {
    var json: JSONValue { .array(map(\.json)) }

    init?(json: JSONValue) {
        guard let items = json.items else { return nil }
        self = []
        for item in items {
            guard let element = Element(json: item) else { return nil }
            append(element)
        }
    }
}

extension FileRefusal: KeptAsJSON {
    var json: JSONValue {
        .object(
            ["type": .text(type.rawValue), "message": .text(message)], and: ("suggestion", suggestion.map(JSONValue.text)),
            ("operators_note", operatorsNote.map(JSONValue.text)))
    }

    init?(json: JSONValue) {
        guard let type = json["type"]?.text.flatMap(FileErrorType.init(rawValue:)), let message = json["message"]?.text,
            let suggestion = json.member("suggestion", \.text), let note = json.member("operators_note", \.text)
        else { return nil }
        self.init(type, message, suggestion: suggestion, operatorsNote: note)
    }
}

extension ForcedStep: KeptAsJSON {
    var json: JSONValue {
        ["step": .text(kind.rawValue), "by": .text(actor), "reason": .text(reason), "at": .number(at.milliseconds)]
    }

    init?(json: JSONValue) {
        guard let kind = json["step"]?.text.flatMap(Kind.init(rawValue:)), let actor = json["by"]?.text, let reason = json["reason"]?.text,
            let at = json["at"]?.whole
        else { return nil }
        self.init(kind, by: actor, reason: reason, at: Timestamp(milliseconds: at))
    }
}

extension Detection: KeptAsJSON {
    var json: JSONValue {
        ["profile": .text(profile), "confidence": .text(confidence.rawValue), "signs": .array(signs.map(JSONValue.text))]
    }

    /// The confidence follows from the signs, and is kept for whoever reads the ledger with SQL.
    init?(json: JSONValue) {
        guard let profile = json["profile"]?.text, json["confidence"]?.text.flatMap(Confidence.init(rawValue:)) != nil,
            let signs = json["signs"]?.items
        else { return nil }
        let texts = signs.compactMap(\.text)
        guard texts.count == signs.count else { return nil }
        self.init(profile: profile, signs: texts)
    }
}

extension ControlTotal: KeptAsJSON {
    var json: JSONValue { ["scope": .text(scope), "file": file.json, "extracted": extracted.json] }

    init?(json: JSONValue) {
        guard let scope = json["scope"]?.text, let file = json["file"].flatMap(Sums.init(json:)),
            let extracted = json["extracted"].flatMap(Sums.init(json:))
        else { return nil }
        self.init(scope: scope, file: file, extracted: extracted)
    }
}

extension ControlTotal.Sums {
    fileprivate var json: JSONValue {
        .object([:], and: ("quantity", quantity.map(JSONValue.number)), ("amount", amount.map(JSONValue.number)))
    }

    fileprivate init?(json: JSONValue) {
        guard case .object = json, let quantity = json.member("quantity", \.whole), let amount = json.member("amount", \.whole) else {
            return nil
        }
        self.init(quantity: quantity, amount: amount)
    }
}

extension Warning: KeptAsJSON {
    /// `holds` and `places` are there where they say something.
    var json: JSONValue {
        .object(
            ["code": .text(code), "message": .text(message), "count": .number(count)], and: ("holds", holds ? .bool(true) : nil),
            ("places", places.isEmpty ? nil : .array(places.map(\.json))))
    }

    init?(json: JSONValue) {
        guard let code = json["code"]?.text, let message = json["message"]?.text,
            let count = json["count"]?.whole.flatMap(Int.init(exactly:))
        else { return nil }
        let places = json["places"]?.items?.compactMap(Place.init(json:)) ?? []
        self.init(code, message, count: count, holds: json["holds"] == .bool(true), places: places)
    }
}

extension Warning.Place {
    fileprivate var json: JSONValue { ["sheet": .text(sheet), "range": .text(range), "look": .text(look)] }

    fileprivate init?(json: JSONValue) {
        guard let sheet = json["sheet"]?.text, let range = json["range"]?.text, let look = json["look"]?.text else { return nil }
        self.init(sheet: sheet, range: range, look: look)
    }
}

extension SkippedRows: KeptAsJSON {
    var json: JSONValue {
        .object(
            ["reason": .text(reason), "rows": .number(rows), "quantity": .number(quantity), "amount": .number(amount)],
            and: ("places", places.isEmpty ? nil : .array(places.map(\.json))))
    }

    init?(json: JSONValue) {
        guard let reason = json["reason"]?.text, let rows = json["rows"]?.whole.flatMap(Int.init(exactly:)),
            let quantity = json["quantity"]?.whole, let amount = json["amount"]?.whole
        else { return nil }
        let places = json["places"]?.items?.compactMap(Warning.Place.init(json:)) ?? []
        self.init(reason, rows: rows, quantity: quantity, amount: amount, places: places)
    }
}

extension Replacement: KeptAsJSON {
    /// Ledgers of old hold the two numbers alone, and only of what had happened.
    var json: JSONValue {
        ["went": .number(went), "came": .number(came), "parts": .array(parts.map(\.json)), "is_taken": .bool(isTaken)]
    }

    init?(json: JSONValue) {
        guard let went = json["went"]?.whole.flatMap(Int.init(exactly:)), let came = json["came"]?.whole.flatMap(Int.init(exactly:)) else {
            return nil
        }
        var parts: [Part] = []
        for item in json["parts"]?.items ?? [] {
            guard let part = Part(json: item) else { return nil }
            parts.append(part)
        }
        self.init(went: went, came: came, parts: parts, isTaken: json["is_taken"] != .bool(false))
    }
}

extension Replacement.Part {
    fileprivate var json: JSONValue {
        ["month": .text(month.description), "store": .text(store), "old": old.json, "new": new.json]
    }

    fileprivate init?(json: JSONValue) {
        guard let month = json["month"]?.text.flatMap({ Month($0) }), let store = json["store"]?.text,
            let old = json["old"].flatMap(Restatement.Figures.init(json:)), let new = json["new"].flatMap(Restatement.Figures.init(json:))
        else { return nil }
        self.init(month: month, store: store, old: old, new: new)
    }
}

extension Restatement.Figures {
    fileprivate var json: JSONValue { ["sales": .number(sales), "quantity": .number(quantity), "amount": .number(amount.units)] }

    fileprivate init?(json: JSONValue) {
        guard let sales = json["sales"]?.whole.flatMap(Int.init(exactly:)), let quantity = json["quantity"]?.whole,
            let amount = json["amount"]?.whole
        else { return nil }
        self.init(sales: sales, quantity: quantity, amount: Money(units: amount))
    }
}

extension JSONValue {
    /// With those of `others` that there are.
    fileprivate static func object(_ members: KeyValuePairs<String, JSONValue>, and others: (String, JSONValue?)...) -> JSONValue {
        .object(
            members.map { Member($0.key, $0.value) } + others.compactMap { name, value in value.map { Member(name, $0) } })
    }

    /// A member that may be missing or null, which is `.some(nil)`; nil where it is something else than `read` reads.
    func member<Value>(_ name: String, _ read: (JSONValue) -> Value?) -> Value?? {
        switch self[name] {
        case nil, .null?: .some(nil)
        case let value?: read(value).map(Optional.some)
        }
    }
}
