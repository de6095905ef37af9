import Reports
import Texts

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

    mutating func end() throws {
        if table != nil { return try table?.end() ?? () }
        try output.print(count == 0 ? "[]" : "\n]")
    }
}
