import Calling
import Operations
import Reports
import RetailFit
import Texts

/// `fit`: which retailers a brand fits.
enum FitCommand {
    static let all = [
        Command(
            CommandShape(
                "fit",
                options: [
                    OptionShape("brand", "B", "the brand, by its name"),
                    OptionShape("categories", "C", "as if it had chosen \"Hair: Serums, Dyes; Skin: Masks\" (what it has saved)"),
                    OptionShape("csv", "write CSV"), OptionShape("xlsx", "write a workbook"), OptionShape("html", "write a page"),
                    OptionShape("out", "FILE", "into this new file; else to standard output"),
                ], summary: "Which retailers a brand fits, the best first, with the reasons and what to do.",
                details: """
                    FILE must not exist yet, and no link is followed. A brand's saved choices are also in its folder,
                    retail/outbox/NAME-N/fit.html and fit.xlsx, which the daemon renews when something changes.
                    """), run: run)
    ]

    private enum Form: String, CaseIterable { case csv, xlsx, html, json }

    @Sendable private static func run(_ session: Session) throws {
        let arguments = session.arguments
        let forms = Form.allCases.filter { arguments.has($0.rawValue) }
        guard forms.count < 2 else { throw arguments.misuse("--\(forms[0].rawValue) and --\(forms[1].rawValue) exclude each other.") }
        guard let brand = arguments.value("brand") else { throw arguments.misuse("fit wants a brand: --brand NAME.") }
        let path = arguments.value("out")
        if path != nil, forms.isEmpty || forms == [.json] { throw arguments.misuse("--out goes with --csv, --xlsx or --html.") }
        if forms == [.xlsx], path == nil, session.output.isTerminal {
            throw Refused(.wrong, "A workbook is nothing for a terminal. Name a file with --out, or use a pipe.")
        }
        let choices = try choices(arguments)
        let desk = try session.readingDesk()
        let report = try desk.fitReport(ofBrand: brand, choosing: choices)
        switch forms.first {
        case .csv: try session.put(report.csvBytes, to: path)
        case .html: try session.put(report.htmlBytes, to: path)
        case .xlsx: try session.put(try report.workbookBytes(), to: path)
        case .json: try session.printJSON(report.json)
        case nil: try table(report, caution: try desk.caution(on: report.choices), session.output)
        }
    }

    private static func choices(_ arguments: Arguments) throws(UsageError) -> [CategoryChoice]? {
        guard let text = arguments.value("categories") else { return nil }
        if let choices = CategoryChoice.list(reading: text) { return choices }
        throw arguments.misuse("--categories wants categories such as \"Hair: Serums, Dyes; Skin: Masks\", not \"\(text)\".")
    }

    private static func table(_ report: FitReport, caution: String?, _ output: Output) throws {
        for line in [report.headline, "\(report.brand.name) chose \(report.chosen ?? "nothing").", report.advice, caution] {
            if let line { try output.print(Printable.line(line)) }
        }
        var table = Table(
            [
                .right("RANK"), .left("RETAILER"), .left("FORMAT"), .right("OUTLETS"), .right("FIT"), .left("PRIORITY"), .right("CAT"),
                .right("SUBCAT"), .right("MARGIN"), .right("PRICE"), .left("WHAT TO DO"),
            ], none: "Drop the retailers' workbook into retail/inbox.", to: output)
        for (place, score) in report.scores.enumerated() {
            let retailer = score.retailer
            try table.row(
                [
                    String(place + 1), retailer.name, retailer.format, String(retailer.outlets), String(score.total), score.advice.rawValue,
                ] + score.parts.map { String($0.shown) } + ["\(score.advice.action). \(score.advice.notes)."])
        }
        try table.end()
    }
}
