/// Something that a report should say although nothing was refused for it.
package struct Warning: Hashable, Sendable {
    /// Where in the file, and what stands there.
    package struct Place: Hashable, Sendable {
        package let sheet: String
        /// As spreadsheet programs write it: `J2:J40`, `row 17`; empty for the sheet as a whole.
        package let range: String
        package let look: String

        package init(sheet: String, range: String, look: String) {
            self.sheet = sheet
            self.range = range
            self.look = look
        }
    }

    /// A report shows so many places of one warning at the most.
    package static let mostPlaces = 10

    package let code: String
    package let message: String
    package var count: Int
    /// Whether the batch waits for an operator's look because of it.
    package let holds: Bool
    /// The first of them.
    package private(set) var places: [Place]

    package init(_ code: String, _ message: String, count: Int = 1, holds: Bool = false, places: [Place] = []) {
        self.code = code
        self.message = message
        self.count = count
        self.holds = holds
        self.places = Array(places.prefix(Warning.mostPlaces))
    }

    /// Counts another case of the same, and keeps its place while there is room.
    mutating func add(_ place: Place?) {
        count += 1
        if let place, places.count < Warning.mostPlaces { places.append(place) }
    }
}

/// Rows that are no sales, for one reason, with the figures that stand in them.
package struct SkippedRows: Hashable, Sendable {
    package let reason: String
    package var rows: Int
    package var quantity: Int64
    /// In 1/10 000.
    package var amount: Int64
    /// The first of them that hold figures.
    package private(set) var places: [Warning.Place]

    package init(_ reason: String, rows: Int = 0, quantity: Int64 = 0, amount: Int64 = 0, places: [Warning.Place] = []) {
        self.reason = reason
        self.rows = rows
        self.quantity = quantity
        self.amount = amount
        self.places = Array(places.prefix(Warning.mostPlaces))
    }

    /// A sum that does not fit becomes the largest that does.
    package mutating func add(rows more: Int = 1, quantity: Int64 = 0, amount: Int64 = 0, at new: [Warning.Place] = []) {
        rows += more
        places = Array((places + new).prefix(Warning.mostPlaces))
        self.quantity = Self.sum(self.quantity, quantity)
        self.amount = Self.sum(self.amount, amount)
    }

    private static func sum(_ one: Int64, _ other: Int64) -> Int64 {
        let (sum, overflow) = one.addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }
}

extension [Warning.Place] {
    /// The first of them, for a sentence.
    var words: String {
        let first = prefix(3).map { [$0.range, $0.look].filter { !$0.isEmpty }.joined(separator: " ") }.joined(separator: ", ")
        return count > 3 ? "\(first) …" : first
    }
}

extension [SkippedRows] {
    package mutating func add(_ other: SkippedRows) {
        if let place = firstIndex(where: { $0.reason == other.reason }) {
            self[place].add(rows: other.rows, quantity: other.quantity, amount: other.amount, at: other.places)
        } else {
            append(other)
        }
    }
}
