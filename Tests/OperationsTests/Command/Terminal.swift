import Foundation
import Ledger
import Operations
import Reports
import Sellout
import Testing

@testable import selloutctl

/// The whole command over a ledger, in a root of its own: what it prints, and with which status it ends.
final class Terminal {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("selloutctl-\(UUID().uuidString)").path
    /// With the ledger's file at its place; a test may connect something else.
    var wiring: Wiring
    var environment: [String: String]

    struct End {
        let status: Int32
        let output: String
        let complaint: String

        var json: Any { get throws { try JSONSerialization.jsonObject(with: Data(output.utf8), options: .fragmentsAllowed) } }
        var lines: [String] { output.split(separator: "\n").map(String.init) }
    }

    init(_ ledger: any Bookkeeping = MemoryLedger()) throws {
        environment = ["SELLOUT_ROOT": root]
        wiring = Wiring(
            openLedger: { _ in ledger }, readLedger: { _ in ledger }, profiles: { _ in (Samples.terms, []) },
            file: { _, _ in LinesReading(sheets: []) },
            check: { _, _, _ in throw Refused(.surroundings, "Nothing is rehearsed here.") }, daemonRuns: { _ in false },
            now: { Samples.moment })
        try FileManager.default.createDirectory(atPath: root + "/.ledger", withIntermediateDirectories: true)
        try Data().write(to: URL(fileURLWithPath: root + "/.ledger/ledger.db"))
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func run(_ words: String...) throws -> End { try run(words) }

    func run(_ words: [String]) throws -> End {
        let paths = ["output", "complaint"].map { "\(root)/\($0)-\(UUID().uuidString)" }
        for path in paths { try Data().write(to: URL(fileURLWithPath: path)) }
        let handles = try paths.map { try #require(FileHandle(forWritingAtPath: $0)) }
        let shell = Shell(
            commands: CommandList.all, wiring: wiring, environment: environment, output: Output(descriptor: handles[0].fileDescriptor),
            complaints: Output(descriptor: handles[1].fileDescriptor))
        let status = shell.run(words)
        let said = try paths.map { try String(decoding: Data(contentsOf: URL(fileURLWithPath: $0)), as: UTF8.self) }
        return End(status: status, output: said[0], complaint: said[1])
    }
}
