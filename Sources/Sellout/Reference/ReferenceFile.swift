import Cells

/// Reads a reference file row by row and tells by its headers which of the five kinds it is. It hands on what the file holds in
/// pieces, so that memory does not grow with the file. Good lines are taken, bad ones are told by their number.
package struct ReferenceFile {
    /// So many problems are kept. All are counted.
    package static let problemsKept = 1000

    /// Nil until the headers have been read.
    package var kind: ReferenceData.Kind? { header?.kind }
    package private(set) var problems: [ReferenceProblem] = []
    /// Lines with a problem.
    package private(set) var linesRefused = 0
    /// Lines that are not blank, without the headers.
    package private(set) var lines = 0

    private let expected: ReferenceData.Kind?
    private let resellers: Set<String>?
    private let pieceSize: Int
    private var header: ReferenceHeader?
    private var records: ReferenceRecords?

    /// `expected` is the kind that an operator has named. Mappings and stores may name no other reseller than `resellers`, if given.
    package init(expecting expected: ReferenceData.Kind? = nil, resellers: Set<String>? = nil, pieceSize: Int = 10_000) {
        self.expected = expected
        self.resellers = resellers
        self.pieceSize = max(1, pieceSize)
    }

    /// Takes the next row, and gives a piece whenever enough has come together.
    package mutating func take(_ row: Row) throws(FileRefusal) -> ReferenceData? {
        guard row.cells.contains(where: { !Folded.text(row.string($0)).isEmpty }) else { return nil }
        guard let header else {
            let read = try ReferenceHeader(row, expecting: expected)
            header = read
            records = ReferenceRecords(kind: read.kind, resellers: resellers)
            return nil
        }
        lines += 1
        let wrong = records?.take(row, header: header) ?? []
        if !wrong.isEmpty {
            linesRefused += 1
            problems.append(contentsOf: wrong.prefix(max(0, ReferenceFile.problemsKept - problems.count)))
        }
        return (records?.data.count ?? 0) >= pieceSize ? records?.drain() : nil
    }

    /// Takes the next row as plain texts.
    package mutating func take(_ fields: [String], number: Int) throws(FileRefusal) -> ReferenceData? {
        var row = Row()
        row.reset(number: number)
        for (column, field) in fields.enumerated() where !field.isEmpty { row.append(text: field.utf8, column: column) }
        return try take(row)
    }

    /// The rest, after the last row.
    package mutating func finish() throws(FileRefusal) -> ReferenceData? {
        guard header != nil else {
            throw FileRefusal(.parsingError, "The file is empty: not even headers stand in it.")
        }
        return records?.drain()
    }
}
