import Foundation
import Frames
import Glibc
import Reading
import Sellout
import Testing

/// The samples' files through the reader, from the open descriptor to the last frame.
@Suite struct SampleFilesTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../samples")
        .standardizedFileURL

    private static let profiles: [Profile] = {
        let names = ["aromateque", "boxnox", "cdlc", "continuity", "galilu", "liberty", "online", "selfridges", "skins_nl", "skins_sa"]
        return names.compactMap { name in
            guard let data = try? Data(contentsOf: folder.appending(path: "resellers/\(name).json5")) else { return nil }
            return try? Profile.read(Array(data), file: name)
        }
    }()

    /// Each sample, and each reseller's flat variant under a name of its own.
    private static let files: [(reseller: String, url: URL)] = {
        let all =
            FileManager.default.enumerator(at: folder.appending(path: "files"), includingPropertiesForKeys: nil)?.compactMap { $0 as? URL }
            ?? []
        return all.filter { ["xlsx", "csv"].contains($0.pathExtension) }.map { ($0.deletingLastPathComponent().lastPathComponent, $0) }
    }()

    private static let flats: [(reseller: String, name: String, text: String)] = [
        (
            "boxnox", "boxnox.csv",
            "Product EAN;Functional Name;Sold Qty;Sales Amount (EUR);POS;Month;Year\n7350154320015;BBSC100;1;9,00;Sol;4;2025\n"
        ),
        (
            "skins_sa", "skins_sa.csv",
            "Store;Stockcode;Qty;Amount;netsales;exvatnetsales;Month;Year\nON;7350154320015;1;9,00;9,00;9,00;4;2025\n"
        ),
        ("skins_nl", "skins nl.csv", "EAN;Product;Quantity;Amount;Location;Month;Year\n7350154320015;Soap;1;€ 9,00;Utrecht;4;2025\n"),
        ("cdlc", "cdlc.csv", "EAN;Product;Quantity;Total;Store;Month;Year\n7350154320015;Soap;1;9,00;E-shop;4;2025\n"),
        ("liberty", "Continuity Supplier Size Report 31-08-2025.csv", "EAN;Product;Sold;Value;Store\n7350154320015;Soap;1;9.00;Flagship\n"),
        ("selfridges", "selfridges.csv", "EAN;Product;Sold;Amount;Month;Year\n7350154320015;Soap;1;9.00;4;2025\n"),
        ("aromateque", "aromateque.csv", "Brand;Quantity;Amount;Month;Year;Store\nBBSC100;1;9,00;4;2025;Kyiv\n"),
        ("continuity", "continuity.csv", "EAN;Product;Units;Value;Period;Channel\n7350154320015;Soap;1;9.00;Q1 2024;Stores\n"),
        ("online", "orders.csv", "Order ID;Product EAN;Quantity;Sales EUR;Order Date\n#1;7350154320015;1;9.00;2025-04-01\n"),
    ]

    /// Nil where the file was refused.
    private func read(_ url: URL, in inbox: String, for purpose: Job.Purpose = .sales) throws -> (frames: [Frame], refusal: FileRefusal?) {
        let descriptor = unsafe open(url.path, O_RDONLY)
        defer { close(descriptor) }
        var frames: [Frame] = []
        var refusal: FileRefusal?
        try FileReading(profiles: Self.profiles) { frame in
            // As they travel: encoded and read back.
            let sent = try Frame(Array(frame.encoded().dropFirst(4)))
            if case .refused(let why) = sent { refusal = why }
            frames.append(sent)
        }.carryOut(Job(purpose: purpose, reseller: inbox, fileName: url.lastPathComponent), descriptor: descriptor)
        return (frames, refusal)
    }

    private func flatFiles(_ body: (String, URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "flat-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for flat in Self.flats {
            let url = folder.appending(path: flat.name)
            try Data(flat.text.utf8).write(to: url)
            try body(flat.reseller, url)
        }
    }

    private func sales(_ frames: [Frame]) -> Int {
        frames.reduce(0) { if case .harvested(let piece) = $1 { $0 + piece.drafts.count } else { $0 } }
    }

    @Test func `every sample and variant is taken in its own inbox, and in nobody else's`() throws {
        #expect(Self.profiles.count == 10 && Self.files.count >= 11)
        func cross(_ owner: String, _ url: URL) throws {
            for inbox in Self.profiles.map(\.reseller) {
                let (frames, refusal) = try read(url, in: inbox)
                let what: Comment = "\(url.lastPathComponent) in the inbox of \(inbox): \(refusal?.message ?? "taken")"
                if inbox == owner {
                    #expect(refusal == nil && sales(frames) > 0, what)
                } else {
                    #expect(refusal != nil, what)
                }
            }
        }
        for file in Self.files { try cross(file.reseller, file.url) }
        try flatFiles(cross)
    }

    @Test func `every real layout is known for sure, and refused elsewhere as another reseller's`() throws {
        for file in Self.files where file.url.pathExtension == "xlsx" {
            let (frames, _) = try read(file.url, in: file.reseller)
            guard case .recognised(let detection) = try #require(frames.first) else { throw NotRecognised() }
            #expect(detection.confidence == .high, "\(file.url.lastPathComponent)")
            for inbox in Self.profiles.map(\.reseller) where inbox != file.reseller {
                #expect(try read(file.url, in: inbox).refusal?.type == .wrongReseller, "\(file.url.lastPathComponent) in \(inbox)")
            }
        }
    }

    @Test func `where nobody says whose it is, a sample is found to be its own reseller's`() throws {
        for file in Self.files {
            guard case .recognised(let detection) = try #require(try read(file.url, in: "").frames.first) else { throw NotRecognised() }
            #expect(detection.profile == file.reseller)
        }
    }

    @Test func `a file that nobody names is its own reseller's, or it is not told whose it is; it is never another's`() throws {
        for file in Self.files {
            let (frames, refusal) = try read(file.url, in: "", for: .recognition)
            guard case .recognised(let detection) = try #require(frames.first, "\(refusal as Any)") else { throw NotRecognised() }
            #expect(detection.profile == file.reseller && frames.count == 2)
        }
        var known = 0
        try flatFiles { owner, url in
            let (frames, refusal) = try read(url, in: "", for: .recognition)
            if case .recognised(let detection)? = frames.first {
                #expect(detection.profile == owner, "\(url.lastPathComponent)")
                known += 1
            } else {
                #expect(refusal?.type == .vendorDetectionFailed)
            }
        }
        #expect(known > 0)
    }

    @Test func `raw rows come with the header of each sheet that holds sales, and with what its columns mean`() throws {
        for file in Self.files {
            let (frames, refusal) = try read(file.url, in: file.reseller, for: .rawRows)
            #expect(refusal == nil)
            let headers = frames.compactMap { if case .header(let header) = $0 { header } else { nil } }
            #expect(!headers.isEmpty, "\(file.url.lastPathComponent)")
            for header in headers {
                #expect(!header.headers.isEmpty && !header.fields.isEmpty && header.headers.values.allSatisfy { !$0.isEmpty })
            }
            #expect(frames.contains { if case .rows = $0 { true } else { false } })
        }
    }

    @Test func `first rows are as many as headers are looked for in, and a draft comes with them`() throws {
        for file in Self.files {
            let (frames, refusal) = try read(file.url, in: "", for: .firstRows)
            #expect(refusal == nil)
            var rows = 0
            for frame in frames {
                switch frame {
                case .sheet: rows = 0
                case .rows(let more): rows += more.lines.count
                default: break
                }
                #expect(rows <= Glimpse.rows)
            }
            #expect(
                frames.contains { if case .draft(let text) = $0 { text.contains("layouts") } else { false } },
                "\(file.url.lastPathComponent)")
        }
    }

    @Test func `no sample's control total differs`() throws {
        var compared = 0
        for file in Self.files {
            guard case .finished(let findings) = try #require(try read(file.url, in: file.reseller).frames.last) else {
                throw NotRecognised()
            }
            compared += findings.controlTotals.count
            let differing = findings.controlTotals.filter { !$0.agrees }
            #expect(differing.isEmpty, "\(file.url.lastPathComponent)")
        }
        #expect(compared >= 14)
    }
}

private struct NotRecognised: Error {}
