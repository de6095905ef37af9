import Foundation

/// What a product's text says of its make: size, pieces, kind of goods, and the article's number. Two products can have nearly the
/// same name and differ in just that.
struct ProductMake: Hashable, Sendable {
    /// Whether two texts speak of the same make.
    enum Comparison: Sendable { case agrees, differs, unknown }

    enum Mark: Hashable { case tester, set, sample, refill }

    /// In millilitres, grams or ounces, by unit.
    private var sizes: [String: Set<Double>] = [:]
    private var pieces = 1
    private var kinds: Set<String> = []
    private(set) var marks: Set<Mark> = []
    /// Runs of five digits or more: the number of an article, and of no size.
    private var numbers: Set<String> = []

    private static let units: [String: (name: String, factor: Double)] = [
        "ml": ("ml", 1), "cl": ("ml", 10), "l": ("ml", 1000), "мл": ("ml", 1), "g": ("g", 1), "gr": ("g", 1), "gram": ("g", 1),
        "grams": ("g", 1), "kg": ("g", 1000), "г": ("g", 1), "гр": ("g", 1), "oz": ("oz", 1), "floz": ("oz", 1),
    ]
    private static let pieceWords: Set<String> = ["pcs", "pc", "pieces", "szt", "stk", "stuck", "pack", "pz", "uds", "vnt", "gab", "шт"]
    private static let times: Set<String> = ["x", "×", "х"]
    private static let kindPhrases: [(words: [String], kind: String)] = phrases([
        "edp":
            "edp, eau de parfum, woda perfumowana, парфумована вода, парфюмерная вода, parfumuotas vanduo, agua de perfume, acqua di profumo",
        "edt": "edt, eau de toilette, woda toaletowa, туалетна вода, туалетная вода, tualetinis vanduo, agua de tocador",
        "edc": "edc, eau de cologne, woda kolońska, одеколон",
        "extrait": "extrait, extract, ekstrakt",
        "candle":
            "candle, kerze, duftkerze, bougie, świeca, świeczka, kaars, geurkaars, vela, candela, žvakė, svece, küünal, свічка, свеча, ljus, doftljus",
        "soap": "soap, seife, savon, mydło, zeep, jabón, sapone, muilas, ziepes, seep, мило, мыло, tvål",
        "lotion": "lotion, lait, balsam, locion, lozione, лосьйон, лосьон",
        "cream": "cream, creme, krem, crema, крем",
        "gel": "gel, duschgel, żel",
        "oil": "oil, öl, huile, olejek, aceite, olie, olio, олія, масло",
        "mist": "mist, brume, mgiełka, bruma",
        "diffuser": "diffuser, diffuseur, dyfuzor, difusor, diffusore, diffusor",
        "shampoo": "shampoo, shampooing, szampon, champú, шампунь",
        "deodorant": "deodorant, deo, dezodorant, déodorant, desodorante, дезодорант",
    ])
    private static let markWords: [String: Mark] = words([
        (.tester, "tester, testeur, probador, тестер, testeris"),
        (.set, "set, coffret, zestaw, kit, набір, набор, komplekt, komplekts, rinkinys, cofanetto, estuche, geschenkset"),
        (.sample, "sample, probe, próbka, échantillon, muestra, campione, vial, пробник"),
        (.refill, "refill, nachfüllung, recharge, uzupełnienie, recarga, ricarica, navulling"),
    ])

    private static func phrases(_ texts: [String: String]) -> [(words: [String], kind: String)] {
        texts.flatMap { kind, text in text.split(separator: ",").map { (parts(String($0)), kind) } }
    }

    private static func words(_ texts: [(Mark, String)]) -> [String: Mark] {
        Dictionary(
            texts.flatMap { mark, text in text.split(separator: ",").flatMap { parts(String($0)) }.map { ($0, mark) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// What all of a product's texts say together.
    init(_ texts: [String]) {
        for text in texts { take(text) }
    }

    init(_ text: String) { self.init([text]) }

    private mutating func take(_ text: String) {
        let parts = ProductMake.parts(text)
        for place in parts.indices {
            if let mark = ProductMake.markWords[parts[place]] { marks.insert(mark) }
            for (words, kind) in ProductMake.kindPhrases where parts[place...].starts(with: words) { kinds.insert(kind) }
            takeNumber(parts, place)
        }
        if pieces > 1 { marks.insert(.set) }
    }

    private mutating func takeNumber(_ parts: [String], _ place: Int) {
        guard let number = Double(parts[place]), number > 0 else { return }
        let next = place + 1 < parts.count ? parts[place + 1] : ""
        if let unit = ProductMake.units[next] {
            sizes[unit.name, default: []].insert(number * unit.factor)
        } else if next == "fl", place + 2 < parts.count, parts[place + 2] == "oz" {
            sizes["oz", default: []].insert(number)
        } else if ProductMake.pieceWords.contains(next) || isCount(parts, place) {
            pieces = Int(exactly: number) ?? pieces
        } else if parts[place].count >= 5, parts[place].allSatisfy(\.isNumber) {
            numbers.insert(parts[place])
        }
    }

    /// `10 x 2 ml` and `set of 3`.
    private func isCount(_ parts: [String], _ place: Int) -> Bool {
        if place + 3 < parts.count, ProductMake.times.contains(parts[place + 1]), ProductMake.units[parts[place + 3]] != nil { return true }
        return place > 1 && parts[place - 1] == "of" && ProductMake.markWords[parts[place - 2]] == .set
    }

    func compared(with other: ProductMake) -> Comparison {
        // Who sells a tester says so.
        marks == other.marks ? comparedApartFromMarks(with: other) : .differs
    }

    /// A product of ours by all of its texts; `text` is the one that is alike.
    func compared(with text: ProductMake, of product: [ProductMake]) -> Comparison {
        guard marks == product.reduce(into: text.marks, { $0.formUnion($1.marks) }) else { return .differs }
        let own = comparedApartFromMarks(with: text)
        if own != .unknown { return own }
        let others = product.map(comparedApartFromMarks)
        return others.contains(.differs) ? .differs : others.contains(.agrees) ? .agrees : .unknown
    }

    private func comparedApartFromMarks(with other: ProductMake) -> Comparison {
        if !numbers.isEmpty, !other.numbers.isEmpty, numbers.isDisjoint(with: other.numbers) { return .differs }
        if !kinds.subtracting(other.kinds).isEmpty, !other.kinds.subtracting(kinds).isEmpty { return .differs }
        let size = comparedSizes(with: other)
        if size == .differs || size == .agrees && pieces != other.pieces { return .differs }
        return size == .agrees && kinds == other.kinds ? .agrees : .unknown
    }

    private func comparedSizes(with other: ProductMake) -> Comparison {
        if sizes.isEmpty || other.sizes.isEmpty { return .unknown }
        let common = Set(sizes.keys).intersection(other.sizes.keys)
        if common.contains(where: { sizes[$0] != other.sizes[$0] }) { return .differs }
        if !common.isEmpty { return .agrees }
        // Ounces may be the same size as millilitres or grams; what is measured in both of these is two goods.
        return sizes["oz"] != nil || other.sizes["oz"] != nil ? .unknown : .differs
    }

    /// Runs of letters and of digits, small and without accents: `10X2ML` is `10 x 2 ml`.
    private static func parts(_ text: String) -> [String] {
        var parts: [String] = []
        var isNumber = false
        var isJoined = false
        let scalars = text.prefix(400).decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars
        for scalar in scalars where scalar.properties.generalCategory != .nonspacingMark {
            let isDigit = ("0"..."9").contains(scalar)
            let isDecimalSign = (scalar == "." || scalar == ",") && isNumber && isJoined && parts.last?.contains(".") == false
            guard isDigit || isDecimalSign || scalar.properties.isAlphabetic || scalar == "×" else {
                isJoined = false
                continue
            }
            let character = isDecimalSign ? "." : NormalizedText.letters[scalar] ?? String(scalar)
            if isJoined, isDigit || isDecimalSign ? isNumber : !isNumber {
                parts[parts.count - 1] += character
            } else {
                parts.append(character)
            }
            isNumber = isDigit || isDecimalSign
            isJoined = true
        }
        return parts.indices.map { place in
            // Selfridges leaves out a blank: `edpno colour100ml`.
            let isGlued = parts[place].count > 2 && parts[place].hasSuffix("no") && place + 1 < parts.count && parts[place + 1] == "colour"
            return isGlued ? String(parts[place].dropLast(2)) : parts[place]
        }
    }
}
