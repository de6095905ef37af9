import Cells
import Foundation
import Sellout
import Testing

/// A workbook in a test: sheets of plain values, read by the samples' profiles as the reader would.
struct TestBook {
    enum Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByNilLiteral {
        case text(String)
        case number(DecimalNumber)
        case date(CivilDay)
        /// An error value such as `#REF!`.
        case error(String)
        /// A formula without a stored value.
        case uncalculated
        case none

        init(stringLiteral text: String) { self = .text(text) }
        init(integerLiteral number: Int64) { self = .number(DecimalNumber(digits: number)) }
        init(floatLiteral number: Double) { self = DecimalNumber(number).map { .number($0) } ?? .none }
        init(nilLiteral: ()) { self = .none }

        static func day(_ text: String) -> Value { CivilDay(text).map { .date($0) } ?? .none }

        var isNone: Bool { if case .none = self { true } else { false } }
    }

    typealias Sheet = (name: String, rows: [[Value]])

    var name: String
    var sheets: [Sheet]
    var isPlainTable = false
    /// The names of the sheets that are hidden.
    var hidden: Set<String> = []
    /// The merged cells of each sheet, by its name: `A2:A4`.
    var merged: [String: [String]] = [:]

    init(_ name: String, _ sheets: [Sheet], isPlainTable: Bool = false) {
        self.name = name
        self.sheets = sheets
        self.isPlainTable = isPlainTable
    }

    init(_ name: String, sheet: String = "Sheet1", _ rows: [[Value]]) { self.init(name, [(sheet, rows)]) }

    /// The rows that have cells, as a reader hands them over.
    static func rows(of sheet: Sheet) -> [Row] {
        sheet.rows.enumerated().compactMap { index, values in
            var row = Row()
            row.reset(number: index + 1)
            for (column, value) in values.enumerated() {
                switch value {
                case .text(let text): row.append(text: text.utf8, column: column)
                case .number(let number): row.cells.append(.number(number, column: Int32(column)))
                case .date(let day): row.cells.append(.date(CivilTime(day: day), column: Int32(column)))
                case .error(let text): row.append(text: text.utf8, column: column, isError: true)
                case .uncalculated:
                    row.cells.append(.uncalculated(column: Int32(column)))
                    row.hasUncalculated = true
                case .none: continue
                }
            }
            return row.cells.isEmpty ? nil : row
        }
    }

    var glimpse: Glimpse {
        let sheets = sheets.map { sheet in
            let rows = TestBook.rows(of: sheet).prefix(Glimpse.rows)
            let head = rows.map { row in
                (0...Int(row.cells.last?.column ?? 0)).map { column in row.cell(column: column).map(row.string) ?? "" }
            }
            return Glimpse.Sheet(name: sheet.name, isHidden: hidden.contains(sheet.name), head: Array(head), rowNumbers: rows.map(\.number))
        }
        return Glimpse(fileName: name, isPlainTable: isPlainTable, sheets: sheets)
    }

    func reading(as reseller: String, among profiles: [Profile] = Samples.profiles) throws -> TestReading {
        let recognition = try Recognition.of(glimpse, inbox: reseller, among: profiles)
        var all = Harvested()
        let harvest = Harvest(isOnline: recognition.profile.isOnline(store:)) { piece in
            all.sheets += piece.sheets
            all.products += piece.products
            all.stores += piece.stores
            all.drafts += piece.drafts
            all.errors += piece.errors
            all.malformedRows += piece.malformedRows
            all.malformed += piece.malformed
        }
        for fitted in recognition.fit.sheets {
            let ranges = try (merged[fitted.name] ?? []).map(TestBook.range)
            var extraction = fitted.extraction(for: recognition.profile, into: harvest, merged: MergedCells { ranges })
            for row in TestBook.rows(of: sheets[fitted.index]) { try extraction.take(row) }
            try extraction.finish()
        }
        var findings = try harvest.finish()
        findings.warnings += recognition.fit.warnings
        findings.warnings += recognition.profile.incompleteness(findings.controlTotals)
        return TestReading(recognition: recognition, harvested: all, findings: findings, days: harvest.days)
    }

    /// Reads `A2:B4`.
    private static func range(_ text: String) throws -> MergedCells.Range {
        let corners = try text.split(separator: ":").map { corner in
            let letters = corner.prefix { $0.isLetter }.utf8.reduce(0) { $0 * 26 + Int($1) - 64 }
            return (row: try #require(Int(corner.drop { $0.isLetter })), column: letters - 1)
        }
        let (first, last) = (try #require(corners.first), try #require(corners.last))
        return (first.row...last.row, first.column...last.column)
    }
}

/// What came out of a workbook, in words.
struct TestReading {
    let recognition: Recognition
    let harvested: Harvested
    let findings: Findings
    /// The first and the last day of any sale.
    let days: ClosedRange<CivilDay>?

    /// `store | product | date | quantity | amount`.
    var sales: [String] {
        harvested.drafts.map { draft in
            let product = harvested.products[Int(draft.product)]
            let store = harvested.stores[Int(draft.store)]
            let date = draft.date.isMonthly ? Month(draft.date.day).description : draft.date.day.description
            return [
                store.name + (store.isOnline ? " (online)" : ""), product.ean?.description ?? product.text, date, "\(draft.quantity)",
                draft.amount?.description ?? "list price",
            ].joined(separator: " | ")
        }
    }

    var errors: [String] { harvested.errors.map { "\($0.row)\($0.column ?? "") \($0.type.rawValue) \($0.field ?? "")" } }

    var controls: [String] { findings.controlTotals.map { "\($0.scope) \($0.agrees ? "agrees" : "differs")" } }

    /// What makes the batch wait.
    var doubts: [String] { findings.warnings.filter(\.holds).map(\.code) }

    var warnings: [String] { findings.warnings.map(\.code) }

    /// What makes the batch wait, each of its places: `code | sheet | range | look`.
    var held: [String] { findings.warnings.filter(\.holds).flatMap(\.lines) }

    /// What is only said.
    var notes: [String] { findings.warnings.filter { !$0.holds }.map(\.code) }

    /// What the names of file and sheets say against the sales' days.
    var contradictions: [Warning] { recognition.fit.contradictions(with: days, of: recognition.profile.terms) }

    /// The rows that are no sales: `reason: rows`, and the figures in them where there are any.
    var skipped: [String] {
        findings.skipped.map { skipped in
            let figures =
                skipped.quantity == 0 && skipped.amount == 0 ? "" : ", \(skipped.quantity) pieces, \(Money(units: skipped.amount))"
            return "\(skipped.reason): \(skipped.rows)\(figures)"
        }
    }
}

extension Warning {
    /// `code | sheet | range | look` of each place.
    var lines: [String] { places.map { "\(code) | \($0.sheet) | \($0.range) | \($0.look)" } }
}

/// The profiles that the samples run with.
enum Samples {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../../samples").standardizedFileURL

    static let profiles: [Profile] = {
        let files =
            (try? FileManager.default.contentsOfDirectory(at: folder.appending(path: "resellers"), includingPropertiesForKeys: nil)) ?? []
        return files.filter { $0.pathExtension == "json5" }.sorted { $0.path < $1.path }.compactMap { file in
            guard let data = try? Data(contentsOf: file) else { return nil }
            return try? Profile.read(Array(data), file: file.lastPathComponent)
        }
    }()

    /// One of them with other expectations: `quantity: 'warn'`. They take the place of the sample's own.
    static func profile(_ reseller: String, expect: String) throws -> Profile {
        let text = try text(reseller).replacing("expect: { first_year: 2020 }", with: "expect: { \(expect) }")
        return try Profile.read(Array(text.utf8), file: "\(reseller).json5")
    }

    static func text(_ profile: String) throws -> String {
        try String(contentsOf: folder.appending(path: "resellers/\(profile).json5"), encoding: .utf8)
    }
}
