/// Reads a batch of records from JSON that comes in pieces, and keeps each record as it was sent. The first fault ends it.
package struct BatchReader {
    package enum Form: Sendable {
        /// An object with `upload_name`, `records` and, if anybody likes, `fields`.
        case request
        /// The same or the list of records alone; nothing needs a name.
        case file
    }

    enum Member: Hashable { case name, records, fields, other }

    /// Where in the batch the next token stands.
    enum Spot {
        case start
        case members
        case value(Member)
        case fields
        case records
        case record
        /// The value of a record's field.
        case field
        /// So deep within a value that is only kept, or passed over.
        case within(depth: Int, ofRecord: Bool)
        case end
    }

    let most: Int
    let form: Form
    var tokens = JSONTokens()
    var spot = Spot.start
    var seen: Set<Member> = []
    var isBareList = false
    var names = OpenNames()
    var name: String?
    var told: [String]?
    var table = FieldTable()
    /// The last of this record, -1 for none.
    var field = -1
    var isIdentified = false
    var rows = 0
    var block = RecordBlock()
    var blocks: [RecordBlock] = []

    /// `most` records are taken.
    package init(most: Int, form: Form = .request) {
        self.most = most
        self.form = form
    }

    package mutating func take(_ piece: Span<UInt8>) throws(BatchFault) {
        var at = 0
        while let token = try next(piece, &at) { try take(token) }
    }

    /// All of it has come.
    package mutating func finish() throws(BatchFault) -> ReceivedBatch {
        if let token = try last() { try take(token) }
        if form == .request, name == nil { throw BatchFault("upload_name is missing") }
        guard seen.contains(.records) else { throw BatchFault("records is missing") }
        guard rows > 0 else { throw BatchFault("records must not be empty") }
        if block.rows > 0 { blocks.append(block) }
        block = RecordBlock()
        let fields = told ?? table.names.map { String(decoding: $0, as: UTF8.self) }
        return ReceivedBatch(name: name, fields: fields, rows: rows, blocks: blocks)
    }

    private mutating func next(_ piece: Span<UInt8>, _ at: inout Int) throws(BatchFault) -> JSONToken? {
        do throws(JSONFault) { return try tokens.next(in: piece, from: &at) } catch { throw notJSON(error) }
    }

    private mutating func last() throws(BatchFault) -> JSONToken? {
        do throws(JSONFault) { return try tokens.finish() } catch { throw notJSON(error) }
    }

    private func notJSON(_ fault: JSONFault) -> BatchFault {
        let (start, place) =
            switch spot {
            case .record, .within(_, ofRecord: true), .field: ("this", self.place)
            case .start, .members, .value, .fields, .records, .within, .end: ("This", "")
            }
        return BatchFault(place, "\(start) is not JSON: \(fault.what) at byte \(fault.place)")
    }

    /// Of the record or the field that is being read.
    var place: String {
        switch spot {
        case .field, .within(_, ofRecord: true): "records[\(rows)].\(shownField)"
        default: "records[\(rows)]"
        }
    }

    /// A field of our own by its name. What somebody else has called one may hold anything, also what belongs to a record.
    private var shownField: String {
        guard field >= 0, table.mustBeText(field) else { return "field \(field + 1)" }
        return String(decoding: table.names[field], as: UTF8.self)
    }
}
