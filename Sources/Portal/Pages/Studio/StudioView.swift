import Audience
import Ledger
import Operations
import Web

/// A batch as somebody looks at it: what the address asks, and what answers that.
struct StudioView {
    static let size = 50

    let batch: AudienceBatch
    let table: StudioTable
    let question: StudioQuestion
    let rows: [Int32]
    let columns: [Int]
    let page: Int
    /// Where the address names one that asks exactly this.
    let segment: AudienceSegment?

    init(_ request: Request, _ desk: PageDesk) throws(Refused) {
        let pairs = request.query.map { (name: $0.name, value: $0.value) }
        try self.init(upload: request.parameters["upload"] ?? "", pairs, desk)
    }

    init(upload: String, _ pairs: [(name: String, value: String)], _ desk: PageDesk) throws(Refused) {
        let reach = AudienceReach(desk.caller)
        let batch = try desk.desk.audienceBatch(upload, for: reach)
        let question = try desk.desk.answer { () throws(StudioFault) in try StudioQuestion(pairs: pairs) }
        let table = try desk.studio.table(
            of: try desk.desk.studioSource(of: batch, enriched: question.isEnriched), desk.desk, now: desk.now)
        rows = try desk.desk.answer { () throws(StudioFault) in try table.rows(for: question) }
        columns = try desk.desk.answer { () throws(StudioFault) in try table.columns(for: question) }
        (self.batch, self.question, self.table) = (batch, question, table)
        page = min(max(1, pairs.first { $0.name == "page" }.flatMap { Int($0.value) } ?? 1), 100_000)
        let named = pairs.first { $0.name == "segment" }.flatMap { Int64($0.value) }
        let segment = try named.map { id throws(Refused) in try desk.desk.segments(for: reach, of: upload).first { $0.id == id } } ?? nil
        self.segment = segment?.question == question ? segment : nil
    }

    func link(_ question: StudioQuestion? = nil, page: Int = 1, _ more: String...) -> Link {
        let base = more.first.map { Link("studio", batch.uploadID, $0) } ?? Link("studio", batch.uploadID)
        let segment = question == nil ? self.segment.map { String($0.id) } : nil
        return base.with((question ?? self.question).pairs + [("segment", segment), ("page", page > 1 ? String(page) : nil)])
    }

    static func link(_ segment: AudienceSegment) -> Link {
        Link("studio", segment.uploadID, query: segment.question.pairs + [("segment", String(segment.id))])
    }

    /// The same question asked otherwise.
    func asking(_ change: (inout StudioQuestion) -> Void) -> Link {
        var other = question
        change(&other)
        return link(other)
    }

    /// Those that a question can name: the first of very many.
    var nameable: [StudioColumn] { Array(table.columns.filter { Self.isNameable($0.name) }.prefix(Self.mostNamed)) }

    static func isNameable(_ name: String) -> Bool { !name.isEmpty && name.unicodeScalars.count <= StudioQuestion.longest }

    static let mostNamed = 200
}

extension HTML {
    /// The question as hidden fields of a form, without those that the form asks for itself.
    static func fields(of question: StudioQuestion, without own: Set<String> = []) -> HTML {
        question.pairs.filter { !own.contains($0.name) }.html { name, value in
            "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
        }
    }
}
