import Sellout

/// The ledger's own English sentences, without the inner names that they may hold.
package enum PlainWords {
    package static func of(_ sentence: String) -> String {
        // Inner names have one of these, and most sentences have none.
        guard
            sentence.utf8.contains(where: { [UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: ")")].contains($0) })
                || sentence.contains(FileErrorType.timeout.rawValue)
        else { return sentence }
        var text = sentence
        for type in RowErrorType.allCases { text = text.replacing(type.rawValue, with: kind(type)) }
        for type in FileErrorType.allCases {
            text = text.replacing(type.rawValue, with: lowercasedFirst(Voice(.english).refusal(type)))
        }
        for state in BatchState.allCases where state.rawValue.contains("_") { text = text.replacing(state.rawValue, with: word(state)) }
        for state in BatchState.allCases { text = text.replacing(", \(state.rawValue))", with: ", \(word(state)))") }
        for (command, place) in [
            ("`selloutctl rebook`", "“Books, set right”"), (" With --cascade they are undone too and read again.", ""),
        ] { text = text.replacing(command, with: place) }
        return text
    }

    /// For filters and in the audit log's lines. Two that look alike to a person have one word.
    package static func word(_ state: BatchState) -> String {
        switch state {
        case .stagingComplete: "waits for a look"
        case .partialSuccess: "taken in part"
        case .completed: "all taken"
        case .failed: "refused"
        case .pending: "waits its turn"
        case .processing: "being read"
        case .cancelled: "cancelled or undone"
        case .approved: "approved"
        }
    }

    /// Short, for filters and tables.
    package static func kind(_ type: RowErrorType) -> String {
        switch type {
        case .productNotMapped: "new product"
        case .storeNotFound: "new store"
        case .invalidDateFormat: "date"
        case .missingRequiredField: "empty cell"
        case .invalidQuantity: "pieces"
        case .invalidPrice: "amount"
        case .invalidEAN: "EAN"
        case .duplicateTransaction: "known already"
        case .formulaNotCalculated: "formula without a value"
        }
    }

    private static func lowercasedFirst(_ text: String) -> String { text.prefix(1).lowercased() + text.dropFirst() }
}
