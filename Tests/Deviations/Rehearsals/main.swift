import Batches
import Foundation
import Ledger
import Linux
import Operations
import Pipeline
import Reports
import Sellout
import TestKit
import Texts

// What would become of each file of a manifest, one after the other and each on a ledger of its own: the real steps in this process.
//   rehearse-deviations SAMPLES FOLDER > RESULTS
// FOLDER holds `manifest.jsonl`; RESULTS gets one line of JSON per file, for judge.py.

struct Case: Decodable {
    let file: String
    let reseller: String
}

/// The samples' profiles, and their reference data as pieces that a ledger takes.
struct Stock {
    let profiles: ProfileFolder
    let reader: PlainReader
    private let reference: [ReferenceData]

    init(samples: String) throws {
        profiles = ProfileFolder(path: samples + "/resellers")
        guard profiles.faults.isEmpty else { throw SettingsTrouble(profiles.faults.map(\.description)) }
        let reader = PlainReader(profiles.profiles)
        self.reader = reader
        let resellers = Set(profiles.profiles.map(\.reseller))
        reference = try ["products", "prices", "mappings", "stores", "rates"].flatMap { name -> [ReferenceData] in
            var lines = ReferenceFile(expecting: nil, resellers: resellers, pieceSize: 50_000)
            var pieces: [ReferenceData?] = []
            try ConfinedFile(path: "\(samples)/reference/\(name).csv", through: reader).rows { _, row in
                pieces.append(try lines.take(row))
                return true
            }
            pieces.append(try lines.finish())
            return pieces.compactMap { $0 }
        }
    }

    struct SettingsTrouble: Error {
        let faults: [String]
        init(_ faults: [String]) { self.faults = faults }
    }

    func result(of file: Case, in folder: String) throws -> JSONValue {
        let ledger = try SQLiteLedger(inMemory: ())
        try ledger.note(resellers: profiles.profiles.map(\.terms))
        for piece in reference { _ = try ledger.take(piece, by: Deed(actor: "rehearsal", reason: "", at: .now())) }
        let rehearsal = Rehearsal(onCopy: ledger, reader: reader, profiles: ProfileShelf(profiles.profiles))
        let report = try rehearsal.report(on: "\(folder)/\(file.file)", reseller: file.reseller)
        var sales: [JSONValue] = []
        try ledger.sales(SalesFilter()) { sale in
            sales.append(
                .array([
                    .text(sale.store), .text(sale.ean), .text(sale.date.description), .number(sale.quantity), .text(sale.local.description),
                ]))
            return true
        }
        return [
            "file": .text(file.file), "state": .text(report.batch.state.rawValue), "sales": .array(sales), "report": report.json,
        ]
    }
}

let words = CommandLine.arguments
guard words.count == 3 else {
    FileHandle.standardError.write(Data("usage: rehearse-deviations SAMPLES FOLDER\n".utf8))
    exit(2)
}
let stock = try Stock(samples: words[1])
let manifest = try String(contentsOfFile: words[2] + "/manifest.jsonl", encoding: .utf8)
for line in manifest.split(separator: "\n") {
    let file = try JSONDecoder().decode(Case.self, from: Data(line.utf8))
    FileHandle.standardOutput.write(Data(JSONText.bytes(of: try stock.result(of: file, in: words[2])) + [UInt8(ascii: "\n")]))
}
