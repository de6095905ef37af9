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
        let fields = fields.map(Printable.text)
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
