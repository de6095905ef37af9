import Operations
import Reports
import Sellout

/// `profile draft`: a first profile from a file that nobody knows.
enum ProfileCommands {
    static let all = [
        Command(
            CommandShape(
                "profile", operands: ["draft", "FILE"], summary: "Looks at an unknown workbook and writes a first profile to edit.",
                details: "Header row and columns are guessed by their words and values. The profile goes to standard output.")
        ) { session in
            let words = session.arguments.operands
            guard words[0] == "draft" else { throw UsageError("profile knows only draft, not \(words[0]).", command: "profile") }
            let glimpse = try FileGlimpse.of(words[1], through: try session.wiring.files(session.place))
            guard let draft = ProfileDraft(glimpse) else {
                throw Refused(.wrong, "No sheet of this file has a row that could be a header.")
            }
            if session.wantsJSON { return try session.printJSON(["profile": .text(draft.text)]) }
            try session.output.write(Array(draft.text.utf8))
        }
    ]
}
