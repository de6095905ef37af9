import Foundation
import Glibc
import TestKit
import Testing

extension Stage {
    /// The built programs, each in a process of its own.
    static let realPrograms = Stage(
        ask: { playground, words in
            try await Program(
                "selloutctl", ["--root", playground.root, "--profiles", playground.profiles] + words, keepingOutputIn: playground.folder
            ).end()
        }, open: { playground, settle in try await playground.daemon(settle: settle) })
}

extension Scene {
    /// With the real programs, as soon as there is a seat.
    func play() async throws { try await seated { try await play(on: .realPrograms) } }
}

extension Playground {
    /// Runs a test with the real programs, as soon as there is a seat.
    static func with(_ body: (Playground) async throws -> Void) async throws {
        try await seated { try await with(.realPrograms, body) }
    }

    /// A daemon that is ready.
    @discardableResult
    func daemon(
        settle: Double = 0.1, config: String? = nil, environment: [String: String] = [:], asNobody: Bool = false
    ) async throws -> Daemon {
        let daemon = try start(settle: settle, environment: environment, config: config, asNobody: asNobody)
        try await daemon.ready()
        return daemon
    }

    /// A daemon that nobody waits for. When the test is over, it and its readers have ended.
    func start(
        settle: Double = 0.1, environment: [String: String] = [:], config: String? = nil, asNobody: Bool = false
    ) throws -> Daemon {
        let daemon = try Daemon(over: self, settle: settle, environment: environment, config: config, asNobody: asNobody)
        journal { daemon.program.said }
        beforeTheEnd {
            let readers = daemon.readers
            daemon.program.send(SIGKILL)
            _ = try? await daemon.program.end()
            for reader in readers where Processes.parent(of: reader) == daemon.program.pid { Glibc.kill(reader, SIGKILL) }
        }
        return daemon
    }
}
