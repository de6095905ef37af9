import Reports
import Texts

/// Prints rows under aligned columns. The widths come from the first rows, so that a listing of any length streams by.
struct Table {
    struct Column {
        let title: String
        let isRight: Bool

        static func left(_ title: String) -> Column { Column(title: title, isRight: false) }
        static func right(_ title: String) -> Column { Column(title: title, isRight: true) }
    }

    private static let measured = 500

    private let columns: [Column]
    private let output: Output
    private let none: String
    private var waiting: [[String]] = []
    private var widths: [Int]?

    /// `none` is said where no row comes.
    init(_ columns: [Column], none: String, to output: Output) {
        self.columns = columns
        self.none = none
        self.output = output
    }

    mutating func row(_ fields: [String]) throws {
        let fields = fields.map { Printable.line($0) }
        if let widths { return try output.print(line(fields, widths)) }
        waiting.append(fields)
        if waiting.count == Table.measured { try printWaiting() }
    }

    /// After the last row.
    mutating func end() throws {
        if widths == nil, waiting.isEmpty { return try output.print(none) }
        try printWaiting()
    }

    private mutating func printWaiting() throws {
        if widths == nil {
            let measured = columns.indices.map { index in
                waiting.reduce(TextWidth.of(columns[index].title)) { max($0, TextWidth.of($1[index])) }
            }
            widths = measured
            try output.print(line(columns.map(\.title), measured))
        }
        for fields in waiting { try output.print(line(fields, widths ?? [])) }
        waiting.removeAll()
    }

    private func line(_ fields: [String], _ widths: [Int]) -> String {
        var text = ""
        for (index, field) in fields.enumerated() {
            let gap = String(repeating: " ", count: max(0, widths[index] - TextWidth.of(field)))
            // Nothing is padded after the last column: lines end where their text does.
            let isLast = index == fields.count - 1
            text += columns[index].isRight ? gap + field : isLast ? field : field + gap
            if !isLast { text += "  " }
        }
        return text
    }
}

/// A list on its way out: a table for people, a JSON array for programs; one element after the other.
struct Listing {
    private var table: Table?
    private var json = JSONText()
    private var count = 0
    private let output: Output

    init(_ session: Session, _ columns: [Table.Column], none: String) {
        output = session.output
        table = session.wantsJSON ? nil : Table(columns, none: none, to: session.output)
    }

    mutating func add(_ value: @autoclosure () -> JSONValue, _ fields: @autoclosure () -> [String]) throws {
        if table != nil { return try table?.row(fields()) ?? () }
        json.removeAll()
        json.write(value())
        try output.write(Array((count == 0 ? "[\n  " : ",\n  ").utf8) + json.bytes)
        count += 1
    }

    /// The first things of a page; the further one, if it came, is only told of.
    mutating func page<Thing>(_ page: Page, _ things: [Thing], _ json: (Thing) -> JSONValue, _ fields: (Thing) -> [String]) throws {
        for thing in things.prefix(page.limit) { try add(json(thing), fields(thing)) }
        try end()
        if things.count > page.limit { try tellOfMore(page) }
    }

    /// After the end, where a page is not the last. Programs see it by the number of elements.
    func tellOfMore(_ page: Page) throws {
        if table != nil { try output.print("… and more; the next begin with --offset \(page.offset + page.limit).") }
    }

    mutating func end() throws {
        if table != nil { return try table?.end() ?? () }
        try output.print(count == 0 ? "[]" : "\n]")
    }
}

/// How many columns of a terminal a text takes.
enum TextWidth {
    static func of(_ text: String) -> Int {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        return text.reduce(0) { $0 + of($1) }
    }

    /// What a person sees as one letter stands in one place or two; marks upon it take none of their own.
    private static func of(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        if first.properties.isEmojiPresentation || character.unicodeScalars.contains("\u{FE0F}") { return 2 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        switch first.value {
        // The wide blocks of Unicode's EastAsianWidth.txt.
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF, 0xAC00...0xD7A3,
            0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
