import Ledger
import Operations
import Web

/// Who did what, when and why.
enum AuditPage {
    static func line(_ entry: AuditEntry, _ desk: PageDesk, withFile: Bool) -> HTML {
        let file: HTML? =
            withFile
            ? "<td data-label=\"File\">\(entry.batch.map { "<a href=\"\(Link("batches", $0))\">\(String($0.prefix(8)))</a>" as HTML } ?? "–")</td>"
            : nil
        return """
            <tr data-row><td class="w" data-label="When">\(Moments.time(entry.at, now: desk.now))</td><td data-label="Who">\(entry.actor)</td>\
            <td data-label="What">\(what(entry.action))</td>\(file)<td data-label="Why">\(Words.plain(entry.reason))</td></tr>

            """
    }

    private static func what(_ action: String) -> String {
        switch action {
        case "register": "came"
        case "begin": "began to be read"
        case "settle": "read to its end"
        case "fail": "refused"
        case "approve": "taken in"
        case "complete": "all in the books"
        case "restate": "took the place of earlier figures"
        case "replace": "took the place of earlier sales"
        case "cancel": "cancelled"
        case "retry": "to be read again"
        case "undo": "undone"
        case "delete": "record deleted"
        case "rebook": "booked anew"
        default: action
        }
    }
}
