/// Why a layout does not fit a sheet: what it misses, and what stands there instead.
struct Shortfall: Error {
    let sheet: String
    /// In a person's words, as `"QTY / Sold Qty"`.
    let missing: [String]
    let found: [String]
    /// How much of the layout was there: the layout that has most is the one its sender meant.
    let seen: Int
    /// A whole sentence, where a list of what is missing would not say it.
    var sentence: String?

    init(_ sheet: Glimpse.Sheet, missing: [String], row: [String] = [], seen: Int = 0, sentence: String? = nil) {
        self.sheet = sheet.name
        self.missing = missing
        found = row.map(\.trimmedLine).filter { !$0.isEmpty }
        self.seen = seen
        self.sentence = sentence
    }

    init(_ sheet: Glimpse.Sheet, foreign header: String, seen: Int) {
        self.init(
            sheet, missing: [], seen: seen,
            sentence: "The sheet \"\(sheet.name)\" has the column \"\(header.trimmedLine)\", which this layout never has.")
    }

    func isNearer(than other: Shortfall) -> Bool { (seen, -missing.count) > (other.seen, -other.missing.count) }

    var refusal: FileRefusal {
        if let sentence { return FileRefusal(.parsingError, sentence, suggestion: "Please send the report in its usual layout.") }
        let columns = missing.map { "\"\($0)\"" }.joined(separator: ", ")
        let headers = found.prefix(30).map { "\"\($0)\"" }.joined(separator: ", ")
        return FileRefusal(
            .parsingError,
            "The sheet \"\(sheet)\" lacks the column\(missing.count == 1 ? "" : "s") \(columns); found were \(headers.isEmpty ? "none" : headers).",
            suggestion: "Please send the report with its usual columns.")
    }
}
