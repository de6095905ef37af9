import Texts

/// A list on its way out as CSV, one line after the other, under its columns.
struct CSVListing {
    private var text = CSVText()
    private let output: Output

    init(_ columns: [String], to output: Output) throws {
        self.output = output
        try add(columns.map(JSONValue.text))
    }

    mutating func add(_ fields: [JSONValue]) throws {
        text.removeAll()
        text.line(fields)
        try output.write(text.bytes)
    }
}
