import Batches
import Reports
import Sellout

/// A state as people see it: always a sign, a word and a colour.
struct StateMark: Hashable, Sendable {
    enum Tone: String, Sendable { case good, waits, bad, now, soft }

    let sign: String
    let word: String
    let tone: Tone

    var html: HTML { "<span class=\"state \(tone.rawValue)\"><span aria-hidden=\"true\">\(sign)</span> \(word)</span>" }

    init(_ sign: String, _ word: String, _ tone: Tone) {
        self.sign = sign
        self.word = word
        self.tone = tone
    }

    static let expected = StateMark("○", "expected", .soft)

    static func late(days: Int) -> StateMark { StateMark("○", days == 1 ? "1 day late" : "\(days) days late", .waits) }

    static func running(_ file: LiveFile?) -> StateMark { StateMark("●", file?.percent.map { "\($0) %" } ?? "being read", .now) }
}

extension Batch {
    /// Its sales were in the books once and were taken back: the ledger's own sentence says so.
    var isTakenBack: Bool { state == .cancelled && message.hasPrefix("Taken back") }

    var mark: StateMark {
        switch state {
        case .pending: StateMark("○", "waits its turn", .soft)
        case .processing: StateMark("●", "being read", .now)
        case .approved: StateMark("●", "being booked", .now)
        case .stagingComplete: StateMark("◐", counts.failed > 0 ? "\(Figures.count(counts.failed)) wait" : "waits for a look", .waits)
        case .completed: counts.processed == 0 ? StateMark("✓", "nothing new", .good) : StateMark("✓", "all taken", .good)
        case .partialSuccess: StateMark("◐", "\(Figures.count(counts.failed)) wait", .waits)
        case .failed: StateMark("✕", "refused", .bad)
        case .cancelled: isTakenBack ? StateMark("↶", "undone", .soft) : StateMark("–", "cancelled", .soft)
        }
    }
}

/// What the pages call the ledger's states, kinds of errors and fields.
enum Words {
    /// For filters. Two that look alike to a person go together.
    static let states: [(state: BatchState, word: String)] = [
        (.stagingComplete, "waits for a look"), (.partialSuccess, "taken in part"), (.completed, "all taken"), (.failed, "refused"),
        (.pending, "waits its turn"), (.processing, "being read"), (.cancelled, "cancelled or undone"),
    ]

    /// A state by its inner name, in the audit log's lines.
    static func state(_ raw: String) -> String {
        guard let state = BatchState(rawValue: raw) else { return raw }
        return states.first { $0.state == state }?.word ?? (state == .approved ? "approved" : raw)
    }

    static func mode(_ mode: UploadMode) -> String {
        switch mode {
        case .append: "adds to the books"
        case .replace: "replaces its months"
        case .replaceAll: "replaces everything"
        }
    }

    /// How many rows have what: the heading of a group.
    static func heading(_ type: RowErrorType, _ rows: Int) -> String {
        let one = rows == 1
        func say(_ single: String, _ several: String) -> String { one ? single : "\(Figures.count(rows)) \(several)" }
        return switch type {
        case .productNotMapped: say("One product is new", "rows have a product that is new")
        case .storeNotFound: say("One store is new", "rows have a store that is new")
        case .invalidDateFormat: say("One date cannot be read", "dates cannot be read")
        case .missingRequiredField: say("One cell is empty", "cells are empty")
        case .invalidQuantity: say("One number of pieces is not right", "numbers of pieces are not right")
        case .invalidPrice: say("One amount is not right", "amounts are not right")
        case .invalidEAN: say("One EAN is not right", "EANs are not right")
        case .duplicateTransaction: say("One sale is in the books already", "sales are in the books already")
        case .formulaNotCalculated: say("One formula has no value", "formulas have no value")
        }
    }

    /// What is done about it, as its reseller or as we read it.
    static func advice(_ type: RowErrorType) -> String {
        switch type {
        case .productNotMapped: "We say which product it is; its sales are then taken by themselves, and nobody sends the file again."
        case .storeNotFound: "We enter the store or say which one it is; its sales are then taken by themselves."
        case .invalidDateFormat: "Write the date like 2025-01-28, or the month like 2025-01."
        case .missingRequiredField: "Fill in the cell."
        case .invalidQuantity: "Pieces are whole numbers."
        case .invalidPrice: "Amounts are numbers; a return has a minus."
        case .invalidEAN: "An EAN has 13 digits."
        case .duplicateTransaction: "If it was sold twice, correct the row; if it was sent twice, dismiss it."
        case .formulaNotCalculated: "Open the file in Excel, save it, and send it again."
        }
    }

    /// Short, for filters and tables.
    static func kind(_ type: RowErrorType) -> String {
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

    static func fileError(_ type: FileErrorType) -> String {
        switch type {
        case .fileTypeNotAllowed: "This is no spreadsheet"
        case .fileTooLarge: "The file is too large"
        case .duplicateFile: "We have this file already"
        case .vendorDetectionFailed: "We do not know this layout"
        case .wrongReseller: "This looks like another reseller’s file"
        case .uploadNotPermitted: "Uploads are switched off"
        case .parsingError: "The file cannot be read"
        case .missingSheet: "A sheet is missing"
        case .encryptedFile: "The file is locked with a password"
        case .limitExceeded: "The file is too large to read"
        case .formulaNotCalculated: "A formula has no value"
        case .timeout: "Reading took too long"
        case .poisonFile: "The file cannot be read"
        case .incompleteFile: "The file has not come whole"
        }
    }

    static func field(_ name: String) -> String {
        switch SalePart(named: name) {
        case .product: name == "ean" ? "EAN" : "product"
        case .store: "store"
        case .date: "date"
        case .quantity: "pieces"
        case .amount: "amount"
        case .price: "price of a piece"
        case .order: "order"
        case .country: "country"
        case .city: "city"
        case .cost: "cost"
        case .fee: "fee"
        case nil: name
        }
    }

    /// A column of a profile: several may tell one part of a sale.
    static func column(_ field: String) -> String {
        switch field {
        case "code": "product’s code"
        case "name": "product’s name"
        case "year", "month", "period": field
        default: Words.field(field)
        }
    }

    /// The words of a sentence from below, which may hold inner names.
    static func plain(_ sentence: String) -> String {
        var text = sentence
        for type in RowErrorType.allCases { text = text.replacing(type.rawValue, with: kind(type)) }
        for type in FileErrorType.allCases { text = text.replacing(type.rawValue, with: fileError(type).lowercasedFirst) }
        for state in BatchState.allCases where state.rawValue.contains("_") {
            text = text.replacing(state.rawValue, with: Words.state(state.rawValue))
        }
        for state in BatchState.allCases { text = text.replacing(", \(state.rawValue))", with: ", \(Words.state(state.rawValue)))") }
        for (command, place) in [
            ("`selloutctl rebook`", "“Books, set right”"), (" With --cascade they are undone too and read again.", ""),
        ] { text = text.replacing(command, with: place) }
        return text
    }
}

extension String {
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension RowErrorType {
    /// Who mends it: we, by entering reference data, or whoever sent the file.
    var isOurs: Bool { self == .productNotMapped || self == .storeNotFound }
}
