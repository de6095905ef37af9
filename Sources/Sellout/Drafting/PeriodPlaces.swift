import Cells

/// Where a file states the period that no column bears: in a cell above the figures, in its sheet's name, in its own name, or on
/// another sheet.
struct PeriodPlaces {
    private enum Spot: Equatable {
        case cell(CellAddress)
        case sheet
        case fileName
        case otherSheet(name: String, pattern: String)
    }

    private struct Place {
        let spot: Spot
        let pattern: PeriodPattern
        let period: Period
    }

    private static let dated = [
        "DD-MM-YYYY", "DD.MM.YYYY", "DD/MM/YYYY", "DD MM YYYY", "YYYY-MM-DD", "MM-DD-YYYY", "MMM-MMM YYYY", "QQ YYYY", "YYYY QQ",
        "MMM YYYY", "YYYY MMM",
        "MMMYYYY", "MMM-YYYY", "MMM'YY", "MMM YY", "MM-YYYY", "MM/YYYY", "MM.YYYY", "YYYY-MM", "YYYY/MM", "YYYY.MM", "YYYY MM", "MM YYYY",
        "WW YYYY", "YYYY WW", "YYYY-WW", "YYYYMM",
    ].compactMap(PeriodPattern.init)
    private static let ofYears = ["YYYY"].compactMap(PeriodPattern.init)

    private var places: [Place] = []
    private(set) var doubts: [String] = []

    /// - Parameter header: the first row that is below the cells that may name the period.
    init(_ file: FileLook, _ sheet: SheetLook, above header: Int, yearOnly: Bool) {
        let patterns = yearOnly ? PeriodPlaces.ofYears : PeriodPlaces.dated
        let stem = FileStem.of(file.name)
        var found: [Place] = []
        if let place = PeriodPlaces.place(.fileName, in: stem, patterns) { found.append(place) }
        if !file.isPlainTable, let place = PeriodPlaces.place(.sheet, in: sheet.name, patterns) { found.append(place) }
        found += PeriodPlaces.cells(of: sheet, above: header, patterns)
        if !yearOnly { found += PeriodPlaces.otherSheets(file, sheet, patterns) }
        keep(found)
    }

    private static func place(_ spot: Spot, in text: String, _ patterns: [PeriodPattern]) -> Place? {
        // A span of days within one month is that month.
        if let month = wholeMonth(text), let pattern = PeriodPattern(month) {
            return pattern.find(in: text).map { Place(spot: spot, pattern: pattern, period: $0) }
        }
        for pattern in patterns {
            guard !pattern.tokens.contains(.week) || text.contains(where: \.isLetter), let period = pattern.find(in: text) else { continue }
            return Place(spot: spot, pattern: pattern, period: period)
        }
        return nil
    }

    /// `MM.YYYY` for `01.03.2025 - 31.03.2025`.
    private static func wholeMonth(_ text: String) -> String? {
        let days = text.split { !$0.isNumber && !"./-".contains($0) }.map(String.init).compactMap { part in
            WrittenTime.day(part, .dayFirst).map { ($0, part) }
        }
        guard days.count == 2, Month(days[0].0) == Month(days[1].0), let sign = days[0].1.first(where: { !$0.isNumber }) else { return nil }
        return days[0].1.prefix(4).allSatisfy(\.isNumber) ? nil : "MM\(sign)YYYY"
    }

    private static func cells(of sheet: SheetLook, above header: Int, _ patterns: [PeriodPattern]) -> [Place] {
        var found: [Place] = []
        for row in 0..<min(header, sheet.rows.count) {
            for (column, text) in sheet.rows[row].enumerated() where !text.isEmpty && text.utf8.count <= 80 {
                guard let at = CellAddress("\(ColumnName.text(column))\(sheet.rowNumbers[row])"),
                    let place = place(.cell(at), in: text, patterns)
                else { continue }
                found.append(place)
            }
        }
        return found
    }

    private static func otherSheets(_ file: FileLook, _ own: SheetLook, _ patterns: [PeriodPattern]) -> [Place] {
        file.sheets.filter { $0.index != own.index && $0.rows.count <= 20 && $0.width <= 4 }.compactMap { sheet in
            sheet.rows.lazy.flatMap { $0 }.filter { !$0.isEmpty && $0.utf8.count <= 80 }
                .compactMap { place(.otherSheet(name: sheet.name, pattern: sheet.namePattern), in: $0, patterns) }.first
        }
    }

    /// Keeps what agrees with the first place, and one cell at most.
    private mutating func keep(_ found: [Place]) {
        guard let first = found.first else { return }
        for place in found {
            let agrees =
                place.period.date.map { Month($0.day) } == first.period.date.map { Month($0.day) } && place.period.year == first.period.year
            if !agrees {
                doubts.append("\(PeriodPlaces.words(place.spot)) names another period and was left out")
            } else if !places.contains(where: { PeriodPlaces.isCell($0.spot) && PeriodPlaces.isCell(place.spot) }) {
                places.append(place)
            }
        }
        if case .day? = first.period.date.map({ $0.isMonthly ? Period.month(Month($0.day)) : .day($0.day) }), first.period.span == nil {
            doubts.append("every sale is dated on that day")
        }
    }

    private static func isCell(_ spot: Spot) -> Bool { if case .cell = spot { true } else { false } }

    private static func words(_ spot: Spot) -> String {
        switch spot {
        case .cell(let at): "the cell \(at)"
        case .sheet: "the sheet's name"
        case .fileName: "the file's name"
        case .otherSheet(let name, _): "the sheet \(DraftLine.quoted(name))"
        }
    }

    var isEmpty: Bool { places.isEmpty }

    /// The names of sheets that name the period.
    var otherSheets: [String] { places.compactMap { if case .otherSheet(let name, _) = $0.spot { name } else { nil } } }

    /// What the profile's `period` says.
    var keys: [String] {
        var keys: [String] = []
        let cells = places.compactMap { place in
            switch place.spot {
            case .cell(let at): "{ at: \"\(at)\", like: [\(DraftLine.quoted(place.pattern.text))] }"
            case .otherSheet(_, let pattern): "{ sheet: \(DraftLine.quoted(pattern)), like: [\(DraftLine.quoted(place.pattern.text))] }"
            case .sheet, .fileName: nil
            }
        }
        if !cells.isEmpty { keys.append("cells: [\(cells.joined(separator: ", "))]") }
        for (spot, key) in [(Spot.sheet, "sheet"), (.fileName, "file_name")] {
            if let place = places.first(where: { $0.spot == spot }) { keys.append("\(key): [\(DraftLine.quoted(place.pattern.text))]") }
        }
        return keys
    }
}
