import Batches
import Cells
import Linux
import Operations
import Sellout
import Synchronization
import Texts
import Web

/// Profiles as pages look after them: those of the folder, and drafts, which the daemon's confined reader tries on a workbook.
final class ProfileLine: ProfileDesk {
    private let daemon: DaemonLine
    private let folder: @Sendable () -> ProfileFolder
    /// What the daemon has said of workbooks that were put aside; it forgets them before this does.
    private let glimpses = Mutex<[(file: String, glimpse: Glimpse, draft: String?)]>([])
    private static let mostKept = 16

    init(daemon: DaemonLine, folder: @escaping @Sendable () -> ProfileFolder) {
        self.daemon = daemon
        self.folder = folder
    }

    func readings() -> (profiles: [ProfileReading], faults: [String]) {
        let folder = folder()
        return (
            folder.sources.compactMap { ProfileReading(json5: $0.json5, file: $0.file) }, folder.faults.map(\.description)
        )
    }

    /// Gives a workbook to the daemon, and returns the name under which it is kept for a while.
    func putAside(_ file: Descriptor, size: Int64, named name: String) throws(Refused) -> String {
        let target = "/glimpse?name=\(Link.escaped(name))"
        let told = try daemon.tell(.post, target, .file(file, size: size))
        guard let kept = told["workbook"]?.text else { throw Refused(.surroundings, "The daemon does not say what the workbook holds.") }
        let glimpse = Glimpse(told, named: name)
        glimpses.withLock { glimpses in
            glimpses.append((kept, glimpse, told["draft"]?.text))
            if glimpses.count > Self.mostKept { glimpses.removeFirst() }
        }
        return kept
    }

    func glimpse(ofPutAside file: String) throws(Refused) -> (glimpse: Glimpse, draft: String?) {
        guard let kept = glimpses.withLock({ $0.first { $0.file == file } }) else {
            throw Refused(.unknown, "That workbook is not kept any more: send it again.")
        }
        return (kept.glimpse, kept.draft)
    }

    func rehearse(_ profile: String, onPutAside file: String) throws(Refused) -> DraftRehearsal {
        DraftRehearsal(try daemon.tell(.post, "/workbooks/\(Link.escaped(file))/sales", .bytes(Array(profile.utf8))))
    }

    func save(_ profile: String, by actor: String) throws(Refused) {
        _ = try daemon.tell(.post, "/profiles?by=\(Link.escaped(actor))", .bytes(Array(profile.utf8)))
    }
}

extension Glimpse {
    /// As the daemon tells it: `{"sheets":[{"name":"…","hidden":false,"rows":[{"row":1,"cells":{"A":"…"}}]}]}`
    fileprivate init(_ json: JSONValue, named name: String) {
        let sheets = (json["sheets"]?.items ?? []).map { sheet -> Glimpse.Sheet in
            let rows = sheet["rows"]?.items ?? []
            return Glimpse.Sheet(
                name: sheet["name"]?.text ?? "", isHidden: sheet["hidden"] == .bool(true), head: rows.map(\.rowTexts),
                rowNumbers: rows.map { Int(clamping: $0["row"]?.whole ?? 0) })
        }
        self.init(fileName: name, isPlainTable: name.lowercased().hasSuffix(".csv"), sheets: sheets)
    }
}

extension JSONValue {
    private static let mostColumns = 1000

    /// The cells of a row, each at its column.
    fileprivate var rowTexts: [String] {
        guard case .object(let cells)? = self["cells"] else { return [] }
        var texts: [String] = []
        for cell in cells {
            guard let column = Self.column(cell.name), column < Self.mostColumns else { continue }
            while texts.count <= column { texts.append("") }
            texts[column] = cell.value.shownText
        }
        return texts
    }

    /// A cell as a person reads it.
    var shownText: String {
        switch self {
        case .text(let text): text
        case .number(let number): String(number)
        case .decimal(let number): number.description
        case .bool(let flag): flag ? "TRUE" : "FALSE"
        case .null, .array, .object: ""
        }
    }

    /// `A` is 0, `AA` 26.
    private static func column(_ name: String) -> Int? {
        guard (1...3).contains(name.utf8.count) else { return nil }
        var number = 0
        for letter in name.utf8 {
            guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letter) else { return nil }
            number = number * 26 + Int(letter - UInt8(ascii: "A")) + 1
        }
        return number - 1
    }
}

extension DraftRehearsal {
    fileprivate init(_ json: JSONValue) {
        func money(_ value: JSONValue?) -> Money? { value?.text.flatMap { DecimalNumber(text: $0.utf8) }.flatMap { Money($0) } }
        func whole(_ value: JSONValue?) -> Int { Int(clamping: value?.whole ?? 0) }
        let sales = (json["sales"]?.items ?? []).map { sale in
            Sale(
                place: "\(sale["sheet"]?.text ?? ""), row \(whole(sale["row"]))",
                product: sale["ean"]?.text ?? sale["code"]?.text ?? sale["name"]?.text ?? "", store: sale["store"]?.text ?? "",
                date: sale["date"]?.text ?? "", quantity: sale["quantity"]?.whole ?? 0, amount: money(sale["amount"]))
        }
        let errors = (json["errors"]?.items ?? []).map { error in
            RowError(
                sheet: error["sheet"]?.text ?? "", row: whole(error["row"]), column: error["column"]?.text,
                type: error["type"]?.text.flatMap(RowErrorType.init(rawValue:)) ?? .missingRequiredField,
                message: error["message"]?.text ?? "")
        }
        self.init(
            count: whole(json["count"]), quantity: json["quantity"]?.whole ?? 0, amount: money(json["amount"]) ?? .zero, sales: sales,
            errors: errors, rowsSkipped: (json["skipped"]?.items ?? []).reduce(0) { $0 + whole($1["rows"]) })
    }
}
