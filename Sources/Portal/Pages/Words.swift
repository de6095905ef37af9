import Batches
import Reports
import Sellout

/// A state as people see it: always a sign, a word and a colour.
struct StateMark: Hashable, Sendable {
    typealias Tone = BatchHeadline.Tone

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
        .stagingComplete, .partialSuccess, .completed, .failed, .pending, .processing, .cancelled,
    ].map { ($0, PlainWords.word($0)) }

    /// A state by its inner name, in the audit log's lines.
    static func state(_ raw: String) -> String { BatchState(rawValue: raw).map(PlainWords.word) ?? raw }

    static func mode(_ mode: UploadMode) -> String {
        switch mode {
        case .append: "adds to the books"
        case .replace: "replaces its months"
        case .replaceAll: "replaces everything"
        }
    }

    private static let voice = Voice(.english)

    /// How many rows have what: the heading of a group.
    static func heading(_ type: RowErrorType, _ rows: Int) -> String { voice.heading(type, rows) }

    /// What is done about it, as its reseller or as we read it.
    static func advice(_ type: RowErrorType) -> String { voice.advice(type) }

    /// Short, for filters and tables.
    static func kind(_ type: RowErrorType) -> String { PlainWords.kind(type) }

    static func fileError(_ type: FileErrorType) -> String { voice.refusal(type) }

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
    static func plain(_ sentence: String) -> String { PlainWords.of(sentence) }
}

extension String {
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
