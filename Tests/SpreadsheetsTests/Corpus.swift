import Foundation
import Testing

/// The workbooks that `Corpus/corpus.py` writes, made once for a test run.
struct Corpus {
    struct Expected: Decodable {
        var sheets: [ExpectedSheet]?
        var cells: [ExpectedCell]?
        /// Sheet, first and last row, first and last column, all but the sheet from 1.
        var merged: [[Int]]?
        var hidden: [[Int]]?
        var fault: String?
        var words: [String]?
    }

    let folder: URL
    let names: [String]

    static let made = Result { try Corpus() }

    private init() throws {
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let python = ProcessInfo.processInfo.environment["SELLOUT_PYTHON"] ?? package.appending(path: ".venv/bin/python").path
        guard FileManager.default.isExecutableFile(atPath: python) else {
            throw CorpusFault(description: "There is no Python at \(python) to make the corpus with: `make test` installs it.")
        }
        folder = FileManager.default.temporaryDirectory.appending(path: "sellout-corpus-\(ProcessInfo.processInfo.processIdentifier)")
        atexit { if case .success(let corpus) = Corpus.made { try? FileManager.default.removeItem(at: corpus.folder) } }
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus/corpus.py")
        let process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments = ["-B", script.path, folder.path]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw CorpusFault(description: "The corpus could not be made; \(python) says why above. `make test` installs what it needs.")
        }
        names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }.map {
            String($0.dropLast(5))
        }.sorted()
    }

    func expected(_ name: String) throws -> Expected {
        try JSONDecoder().decode(Expected.self, from: Data(contentsOf: folder.appending(path: name + ".json")))
    }

    func path(_ name: String) -> String { folder.appending(path: name).path }
}

struct CorpusFault: Error, CustomStringConvertible {
    let description: String
}

struct ExpectedSheet: Decodable, Equatable {
    let name: String
    let isHidden: Bool

    init(name: String, isHidden: Bool) {
        self.name = name
        self.isHidden = isHidden
    }

    init(from decoder: any Decoder) throws {
        var fields = try decoder.unkeyedContainer()
        name = try fields.decode(String.self)
        isHidden = try fields.decode(Bool.self)
    }
}

/// A cell in the terms that all readers share: numbers as doubles, dates as text, sheets by number from 0, rows and columns from 1.
struct ExpectedCell: Decodable, Equatable, CustomStringConvertible {
    enum Value: Equatable {
        case number(Double)
        case bool(Bool)
        /// As bytes: Swift takes decomposed letters for equal.
        case text([UInt8])
        case date(String), error(String)
        case uncalculated
    }

    let sheet: Int
    let row: Int
    let column: Int
    let value: Value

    init(sheet: Int, row: Int, column: Int, value: Value) {
        (self.sheet, self.row, self.column, self.value) = (sheet, row, column, value)
    }

    init(from decoder: any Decoder) throws {
        var fields = try decoder.unkeyedContainer()
        sheet = try fields.decode(Int.self)
        row = try fields.decode(Int.self)
        column = try fields.decode(Int.self)
        switch try fields.decode(String.self) {
        case "number": value = .number(try fields.decode(Double.self))
        case "bool": value = .bool(try fields.decode(Bool.self))
        case "date": value = .date(try fields.decode(String.self))
        case "uncalculated": value = .uncalculated
        case "error": value = .error(try fields.decode(String.self))
        default: value = .text(Array(try fields.decode(String.self).utf8))
        }
    }

    var description: String {
        if case .text(let bytes) = value {
            return "sheet \(sheet) row \(row) column \(column): '\(String(decoding: bytes, as: UTF8.self))'"
        }
        return "sheet \(sheet) row \(row) column \(column): \(value)"
    }
}
