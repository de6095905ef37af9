import Operations
import Reports
import Sellout

/// `import`: reference data from a file.
enum ReferenceCommands {
    static let all = [
        Command(
            CommandShape(
                "import", operands: ["KIND", "FILE"],
                summary: "Takes \(ReferenceData.Kind.allCases.map(\.rawValue).joined(separator: ", ")) from a file.",
                details: """
                    Good lines are taken, bad ones listed by number; then the exit status is 1.
                    products  ean,functional_name,description
                    prices    ean,currency,price,valid_from
                    mappings  reseller,code,ean
                    stores    reseller,code,name,type,city,country    (type physical or online)
                    rates     Date, USD, JPY, … as the ECB publishes them
                    """), run: run)
    ]

    @Sendable private static func run(_ session: Session) throws {
        let words = session.arguments.operands
        guard let kind = ReferenceData.Kind(rawValue: words[0]) else {
            let near = Nearest.name(to: words[0], among: ReferenceData.Kind.allCases.map(\.rawValue))
            throw UsageError("There is no kind \(words[0])\(near.map { "; is \($0) meant?" } ?? ".")", command: "import")
        }
        let taken = try session.desk(mayCreate: true).importReference(
            kind, from: words[1], reading: try session.wiring.files(session.place))
        if session.wantsJSON {
            try session.printJSON(taken.json)
        } else {
            try session.output.print(taken.sentence)
            if taken.linesRefused > 0 { try problems(taken, session.output) }
        }
        if let sentence = taken.refusedSentence { throw Refused(.wrong, sentence) }
    }

    private static func problems(_ taken: ReferenceImport, _ output: Output) throws {
        var table = Table([.right("LINE"), .left("COLUMN"), .left("WHAT IS WRONG")], none: "", to: output)
        for problem in taken.problems { try table.row([String(problem.row), problem.column ?? "-", problem.message]) }
        try table.end()
    }
}
