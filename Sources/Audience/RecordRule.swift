/// What makes a record one: a person or a company that something identifies. Any further field is kept as it was sent.
package enum RecordRule {
    /// One of them is there in every record.
    package static let identifying = ["business_email", "personal_email", "email", "domain", "company_domain"]
    /// A text where they are there.
    package static let texts = identifying + ["first_name", "last_name", "company_name"]

    static let mustBeText = "must be a text"
    static let mustIdentify = "one of business_email, personal_email, email, domain and company_domain must be there"

    /// More different fields are no batch of records, but one that is to fill our memory.
    static let mostFields = 10_000
}

/// What is wrong with a batch, and where; never with a word of what stands there.
package struct BatchFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// `records[417].email`; empty for the whole of it.
    package let place: String
    package let what: String

    package init(_ place: String, _ what: String) {
        self.place = place
        self.what = what
    }

    package init(_ what: String) { self.init("", what) }

    package var description: String { place.isEmpty ? what : "\(place): \(what)" }
}

/// Records as they are kept: each on a line of its own, as JSON without blanks between its parts.
package struct RecordBlock: Hashable, Sendable {
    package var rows: Int
    package var lines: [UInt8]

    package init(rows: Int = 0, lines: [UInt8] = []) {
        self.rows = rows
        self.lines = lines
    }

    /// Of so many records, or of so many bytes, a block is full.
    package static let fullRows = 500
    package static let fullBytes = 256 << 10

    package var isFull: Bool { rows >= Self.fullRows || lines.count >= Self.fullBytes }
}

/// A batch that was read whole and is in order.
package struct ReceivedBatch: Hashable, Sendable {
    /// Nil only where a file says none.
    package let name: String?
    /// As they were told, or else those of the records in the order in which they came.
    package let fields: [String]
    package let rows: Int
    package let blocks: [RecordBlock]

    package init(name: String?, fields: [String], rows: Int, blocks: [RecordBlock]) {
        self.name = name
        self.fields = fields
        self.rows = rows
        self.blocks = blocks
    }
}
