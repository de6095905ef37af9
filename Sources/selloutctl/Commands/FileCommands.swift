import Calling
import Operations
import Reports
import Texts

/// `check`, `cells`, `sheets`: a look into a file that changes nothing.
enum FileCommands {
    static let all = [
        Command(
            CommandShape(
                "check", operands: ["FILE"], options: [OptionShape("reseller", "R", "as if dropped into this reseller's inbox")],
                summary: "What would happen to a file; nothing is changed. With --json its report.",
                details: """
                    Without --reseller it is told by its signs; they are listed, found and missing. It is tried on a copy of the ledger;
                    where there is none, the answer says what was not looked at. Exit status 1 where the file would be refused.
                    """), run: check),
        Command(CommandShape("cells", operands: ["FILE"], summary: "Every cell that is not empty, as a line of JSON."), run: cells),
        Command(CommandShape("sheets", operands: ["FILE"], summary: "The sheets of a workbook: name, rows, columns, hidden.")) { session in
            var listing = Listing(session, [.left("SHEET"), .right("ROWS"), .right("COLUMNS"), .left("HIDDEN")], none: "No sheets.")
            for sheet in try session.wiring.file(session.whereabouts, session.arguments.operands[0]).outlines() {
                try listing.add(sheet.json, [sheet.name, String(sheet.rows), String(sheet.columns), sheet.isHidden ? "yes" : "no"])
            }
            try listing.end()
        },
    ]

    @Sendable private static func check(_ session: Session) throws {
        let (place, path, reseller) = (session.whereabouts, session.arguments.operands[0], session.arguments.value("reseller"))
        let rehearsed = try session.wiring.check(place, path, reseller)
        let refusal = rehearsed.report.batch.refusal
        if session.wantsJSON {
            try session.printJSON(rehearsed.json)
        } else {
            if let caution = rehearsed.caution { try session.output.print(Printable.line(caution) + "\n") }
            try ReportPage(rehearsed.report).print(to: session.output)
            // A file that nobody can open shows no signs, and its page has said why.
            let signs = refusal == nil ? try session.wiring.signs(place, path) : (try? session.wiring.signs(place, path)) ?? []
            try SignsPage(signs, asking: reseller).print(to: session.output)
        }
        if let refusal { throw Refused(.wrong, "The file would be refused: \(refusal.type.rawValue).") }
    }

    @Sendable private static func cells(_ session: Session) throws {
        var text = JSONText()
        try session.wiring.file(session.whereabouts, session.arguments.operands[0]).rows { sheet, row in
            text.removeAll()
            for cell in row.cells {
                guard let value = cell.json(in: row, sheet: sheet) else { continue }
                text.write(value)
                text.endLine()
            }
            try session.output.write(text.bytes)
            return true
        }
    }
}
