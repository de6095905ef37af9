import Texts
import Web

/// A form as its page shows it: what stands in each field, and beside it what is wrong with that.
struct FilledForm {
    struct Field {
        enum Kind: String {
            case line = "text"
            case email, password
            case phone = "tel"
            case link = "url"
            /// No `number`: browsers show nothing of what they cannot read as one, so nobody sees what is wrong.
            case count = "numeric"
        }

        let name: String
        let label: String
        var kind = Kind.line
        var isNeeded = false
        /// What the field is, as browsers know it.
        var completes = "off"
        /// Others are taken too.
        var offered: [String] = []
        var hint: String?
    }

    private let prefix: String
    private let values: [String: String]
    private var faults: [String: String] = [:]
    /// What is wrong with the whole; nil where nothing is.
    private(set) var problem: String?
    private(set) var status = 200
    private var headers: [Header] = []

    /// `prefix` tells its fields from those of the page's other forms.
    init(_ prefix: String, _ values: [String: String?] = [:]) {
        self.prefix = prefix
        self.values = values.compactMapValues(\.self)
    }

    /// One that was sent and is not taken. `taken` is the field that has to be another where something is there already.
    init(_ prefix: String, sent form: Form, _ denial: Denial, taken: (field: String, sentence: String)) {
        self.init(prefix, Dictionary(form.pairs.map { ($0.name, $0.value) }) { first, _ in first })
        (status, headers) = (denial.status, denial.headers)
        switch denial.status {
        case 400:
            status = 422
            faults = Dictionary(denial.details.map { ($0.name, "This is \($0.value.text ?? "wrong").") }) { first, _ in first }
            problem = faults.count == 1 ? "One field needs a correction." : "\(Figures.count(faults.count)) fields need a correction."
        case 409:
            faults = [taken.field: taken.sentence]
            problem = "One field needs a correction."
        case 429: problem = "Too many attempts. Wait a minute, then try again."
        default: problem = "\(denial.text)."
        }
    }

    /// One that came from a page which was open for too long.
    init(_ prefix: String, expired form: Form) {
        self.init(prefix, Dictionary(form.pairs.map { ($0.name, $0.value) }) { first, _ in first })
        (problem, status) = ("The page was open for too long. Send it again.", 401)
    }
}

extension FilledForm {
    /// The page around it, with what a program reads of a refusal.
    func page(_ frame: Frame, _ desk: PageDesk?, _ body: HTML) -> Response {
        var frame = frame
        frame.problem = problem
        var response = desk.map { frame.page($0, body, status: status) } ?? frame.bare(body, status: status)
        response.headers += headers
        return response
    }

    func html(_ field: Field) -> HTML {
        let id = "\(prefix)-\(field.name)"
        let list = "\(id)-offered"
        // What somebody typed as a password is not sent back.
        let value: HTML? = field.kind == .password ? nil : values[field.name].map { " value=\"\($0)\"" }
        let kind: HTML = field.kind == .count ? " type=\"text\" inputmode=\"numeric\"" : " type=\"\(field.kind.rawValue)\""
        let offered: HTML? =
            field.offered.isEmpty
            ? nil : "<datalist id=\"\(list)\">\(field.offered.html { "<option value=\"\($0)\"></option>" })</datalist>"
        return """
            <div><label for="\(id)">\(field.label)</label><input id="\(id)" name="\(field.name)"\(kind)\(value) autocomplete="\(field.completes)" \
            maxlength="2000"\(offered == nil ? .nothing : " list=\"\(list)\"" as HTML)\(marks(field, id))>\(offered)\(notes(field, id))</div>

            """
    }

    /// One of these, and no other.
    func html(_ field: Field, of options: [(value: String, title: String)]) -> HTML {
        let id = "\(prefix)-\(field.name)"
        return """
            <div><label for="\(id)">\(field.label)</label><select id="\(id)" name="\(field.name)"\(marks(field, id))>\
            \(options.html { option($0.value, $0.title, values[field.name]) })</select>\(notes(field, id))</div>

            """
    }

    private func marks(_ field: Field, _ id: String) -> HTML {
        let fault = faults[field.name]
        let notes = [field.hint.map { _ in "\(id)-hint" }, fault.map { _ in "\(id)-wrong" }].compactMap(\.self)
        let described: HTML = notes.isEmpty ? .nothing : " aria-describedby=\"\(notes.joined(separator: " "))\""
        return "\(field.isNeeded ? " required" as HTML : .nothing)\(fault == nil ? .nothing : " aria-invalid=\"true\"" as HTML)\(described)"
    }

    private func notes(_ field: Field, _ id: String) -> HTML {
        let hint: HTML? = field.hint.map { "<p class=\"soft small\" id=\"\(id)-hint\">\($0)</p>" }
        let fault: HTML? = faults[field.name].map { "<p class=\"bad small\" id=\"\(id)-wrong\">✕ \($0)</p>" }
        return "\(hint)\(fault)"
    }
}
