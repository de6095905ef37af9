import Sellout

/// Failed rows that have in common who mends them, and how.
struct ErrorKind: Hashable {
    let type: RowErrorType
    let isForUs: Bool

    func heading(_ count: Int, in voice: Voice) -> String {
        lacksPrice ? voice.say(.priceMissing, count) : voice.heading(type, count)
    }

    func advice(in voice: Voice) -> String { lacksPrice ? voice.say(.priceMissingAdvice) : voice.advice(type) }

    /// A row with an amount that is wrong is its sender's; a list price or a rate that is missing is ours.
    private var lacksPrice: Bool { isForUs && type == .invalidPrice }
}

extension RowErrorType {
    /// Who mends it: we, by entering reference data, or whoever sent the file.
    package var isOurs: Bool { self == .productNotMapped || self == .storeNotFound }
}

extension RowError {
    var kind: ErrorKind {
        ErrorKind(type: type, isForUs: type.isOurs || type == .invalidPrice && suggestion?.hasPrefix("Operations must add") == true)
    }

    /// In another language than the ledger's sentences are written in: what of the suggestion is more than the kind's own advice.
    func suggestion(in voice: Voice) -> String? {
        guard let suggestion else { return nil }
        func behind(_ start: String, upTo end: String) -> String? {
            guard suggestion.hasPrefix(start), let stop = suggestion.firstRange(of: end) else { return nil }
            return String(suggestion[suggestion.index(suggestion.startIndex, offsetBy: start.count)..<stop.lowerBound])
        }
        if let near = behind("Perhaps ", upTo: " (\"") { return voice.say(.perhaps, near) }
        if suggestion.hasPrefix("Known stores are like ") {
            return voice.say(.knownStores, String(suggestion.dropFirst(22).dropLast()))
        }
        // `Write the date like 28.01.2025 or as an Excel date.`
        if let example = behind("Write the date like ", upTo: " or as") { return voice.say(.writeLike, example) }
        return nil
    }
}
