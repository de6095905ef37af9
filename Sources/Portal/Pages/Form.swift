import Operations
import Web

/// The fields of a form that was sent.
struct Form {
    private let fields: [Header]

    init(_ request: Request) throws(Refused) {
        guard let fields = request.form else { throw Refused(.wrong, "This form cannot be read.") }
        self.fields = fields
    }

    /// Nil where it is not there or empty; blanks around it are left out.
    subscript(name: String) -> String? {
        guard let value = fields.first(where: { $0.name == name })?.value else { return nil }
        let words = value.drop(while: \.isWhitespace)
        let end = words.lastIndex { !$0.isWhitespace }
        return end.map { String(words[...$0]) }
    }

    func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    /// All of them, in their order.
    var pairs: [(name: String, value: String)] { fields.map { ($0.name, $0.value) } }

    func has(_ name: String) -> Bool { fields.contains { $0.name == name } }
}

extension Form {
    /// What an operator must say before so much is done.
    func reason(_ deed: String) throws(Refused) -> String {
        guard let reason = self["reason"] else { throw Refused(.wrong, "\(deed) needs a reason.") }
        return reason
    }
}

/// What a step has done, told on the page that follows it.
enum Done: String, CaseIterable {
    case approved, retried, cancelled, undone, deleted, corrected, dismissed, mapped, merged, split, permitted, forbidden, saved, invited
    case switched, rebooked, renewed, chosen, sent, unsaved, asked

    init?(_ request: Request) {
        guard let word = request.asked("done"), let done = Done(rawValue: word) else { return nil }
        self = done
    }

    var sentence: String {
        switch self {
        case .approved: "Taken in. The sales are in the books."
        case .retried: "The file is read again from its beginning."
        case .cancelled: "Cancelled. None of its sales are in the books."
        case .undone: "Undone. Its sales are out of the books, and those whose place they took are back."
        case .deleted: "The record is deleted. Its sales stay in the books."
        case .corrected: "Corrected. The row counts like any other now."
        case .dismissed: "Dismissed. The row is no sale."
        case .mapped: "Mapped. What waited for it is taken up by itself."
        case .merged: "The two are one now."
        case .split: "The two are two again."
        case .permitted: "Uploads are switched on."
        case .forbidden: "Uploads are switched off."
        case .saved: "Saved."
        case .unsaved: "The segment is deleted. The records are where they were."
        case .invited: "The account is made."
        case .switched: "The account is changed."
        case .rebooked: "Booked anew."
        case .chosen: "Saved. Every score goes by these categories now."
        case .sent: "The workbook is here. What became of it stands below in a moment."
        case .asked: "The invitation is on its way. Its link is good for seven days."
        case .renewed: "The password is set. Sign in with it."
        }
    }
}
