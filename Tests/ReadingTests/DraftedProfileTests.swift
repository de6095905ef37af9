import Cells
import Foundation
import Frames
import Glibc
import Reading
import Sellout
import Testing

/// The profile that is drafted from a sample reads that sample as the reseller's own profile does.
@Suite struct DraftedProfileTests {
    private static let samples = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../samples")
        .standardizedFileURL

    private static func frames(_ job: Job, _ url: URL, _ profiles: [Profile]) throws -> [Frame] {
        let descriptor = unsafe open(url.path, O_RDONLY)
        defer { close(descriptor) }
        var frames: [Frame] = []
        try FileReading(profiles: profiles) { frames.append($0) }.carryOut(job, descriptor: descriptor)
        return frames
    }

    private static func glimpse(_ url: URL) throws -> Glimpse {
        let name = url.lastPathComponent
        var sheets: [SheetSummary] = []
        for case .sheet(let sheet) in try frames(Job(purpose: .sheets, fileName: name), url, []) { sheets.append(sheet) }
        var heads: [String: [RawRows.Line]] = [:]
        for case .rows(let rows) in try frames(Job(purpose: .cells, fileName: name), url, []) {
            heads[rows.sheet, default: []] += rows.lines
        }
        return Glimpse(
            fileName: name, isPlainTable: name.hasSuffix(".csv"),
            sheets: sheets.map { sheet in
                let lines = (heads[sheet.name] ?? []).prefix(Glimpse.rows)
                return Glimpse.Sheet(
                    name: sheet.name, isHidden: sheet.isHidden, head: lines.map(texts), rowNumbers: lines.map(\.number))
            })
    }

    private static func texts(_ line: RawRows.Line) -> [String] {
        (0...(line.cells.keys.max() ?? 0)).map { column in
            switch line.cells[column] {
            case .number(let number): number.description
            case .text(let text), .error(let text): text
            case .date(let date): date.description
            case .bool(let value): value ? "TRUE" : "FALSE"
            case nil: ""
            }
        }
    }

    /// Product, store, date, quantity and amount of each sale, sorted; a refusal as a line of its own.
    private static func sales(_ url: URL, _ profile: Profile) throws -> [String] {
        let frames = try frames(Job(purpose: .sales, reseller: profile.reseller, fileName: url.lastPathComponent), url, [profile])
        var products: [ProductNaming] = []
        var stores: [StoreNaming] = []
        var lines: [String] = []
        for frame in frames {
            if case .refused(let refusal) = frame { lines.append("refused: \(refusal.message)") }
            guard case .harvested(let piece) = frame else { continue }
            products += piece.products
            stores += piece.stores
            lines += piece.drafts.map { draft in
                let product = products[Int(draft.product)]
                let amount = draft.amount?.description ?? "list price"
                return
                    "\(product.ean?.description ?? product.text) | \(stores[Int(draft.store)].name) | \(draft.date.day) | \(draft.quantity) | \(amount)"
            }
        }
        return lines.sorted()
    }

    private static func profile(of reseller: String) throws -> Profile {
        try Profile.read(Array(Data(contentsOf: samples.appending(path: "resellers/\(reseller).json5"))), file: reseller)
    }

    private struct Sample { let reseller: String; let url: URL }

    private static let files: [Sample] = {
        let all =
            FileManager.default.enumerator(at: samples.appending(path: "files"), includingPropertiesForKeys: nil)?
            .compactMap { $0 as? URL } ?? []
        return all.filter { ["xlsx", "csv"].contains($0.pathExtension) }.sorted { $0.path < $1.path }
            .map { Sample(reseller: $0.deletingLastPathComponent().lastPathComponent, url: $0) }
    }()

    /// Nil where a draft reads its sample right; else what it reads and should.
    private static func difference(_ sample: Sample) throws -> String? {
        let own = try profile(of: sample.reseller)
        let draft = try #require(ProfileDraft(glimpse(sample.url)))
        // All that is edited is the vendor's name, which no file states.
        let text = draft.text.replacing("\"New reseller\"", with: "\"\(own.terms.vendorName)\"")
        let drafted = try Profile.read(Array(text.utf8), file: "draft.json5")
        let (found, wanted) = (try sales(sample.url, drafted), try sales(sample.url, own))
        if found == wanted, !wanted.isEmpty { return nil }
        return
            "\(sample.url.lastPathComponent)\nread:\n\(found.joined(separator: "\n"))\nwanted:\n\(wanted.joined(separator: "\n"))\n\(text)"
    }

    @Test func `the profile drafted from a sample reads the sales that the reseller's own profile reads`() throws {
        var wrong: Set<String> = []
        for sample in Self.files {
            guard let difference = try Self.difference(sample) else { continue }
            wrong.insert(sample.reseller)
            print(difference)
        }
        #expect(Set(Self.files.map(\.reseller)).count == 10)
        #expect(wrong.isEmpty, "read wrongly: \(wrong.sorted())")
    }

    @Test func `what a sample's draft guesses is marked as unsure`() throws {
        for sample in Self.files {
            let text = try #require(ProfileDraft(Self.glimpse(sample.url))).text
            #expect(text.contains("living_document: false,  // unsure:"), "\(sample.reseller)")
            #expect(!text.contains("does not read the file"), "\(sample.reseller)")
        }
    }
}
