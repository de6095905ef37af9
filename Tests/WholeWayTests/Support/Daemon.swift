import Foundation
import FoundationNetworking
import Glibc
import TestKit
import Testing

/// One `selloutd` over a playground.
final class Daemon: House {
    let program: Program
    let bell: NotifyBell
    private let playground: Playground

    init(over playground: Playground, settle: Double, environment: [String: String], config: String?, asNobody: Bool = false) throws {
        self.playground = playground
        bell = try NotifyBell(at: playground.beside("notify-" + String(UUID().uuidString.prefix(8))))
        var arguments = ["--root", playground.root, "--profiles", playground.profiles, "--settle", "\(settle)", "--listen", "127.0.0.1:0"]
        if let config { arguments += ["--config", config] }
        program = try Program(
            "selloutd", arguments, behind: asNobody ? Nobody.words : [],
            environment: environment.merging(["NOTIFY_SOCKET": bell.path]) { $1 },
            keepingOutputIn: playground.beside(""))
    }

    /// Waits for READY=1; a daemon that ends before is an error.
    func ready(at location: SourceLocation = #_sourceLocation) async throws {
        try await eventually("READY=1", at: location, seen: { self.program.said }) {
            self.bell.count(of: "READY=1") > 0 || !self.program.isRunning
        }
        #expect(program.isRunning, "the daemon ended: \(program.said)", sourceLocation: location)
    }

    /// As the machine's power does it.
    func kill() async throws {
        program.send(SIGKILL)
        _ = try await program.end()
    }

    func stop() async throws { try await stopped() }

    /// Reads its profiles again, as the service manager has it do.
    func reload() async throws {
        let before = bell.count(of: "READY=1")
        program.send(SIGHUP)
        try await eventually("the end of the reload") { self.bell.count(of: "READY=1") > before }
        #expect(bell.lines.contains("RELOADING=1"))
    }

    func reasonsNotReady() async throws -> String {
        let answer = try await get("/readyz")
        return answer.status == 200 ? "" : answer.body
    }

    /// As the service manager does it.
    @discardableResult
    func stopped(at location: SourceLocation = #_sourceLocation) async throws -> Program.End {
        program.send(SIGTERM)
        let end = try await program.end(at: location)
        #expect(end.signal == 0 && end.status == 0, "\(end)", sourceLocation: location)
        return end
    }

    /// Its answer to `GET path`: status and body.
    func get(_ path: String, within seconds: Double = 60) async throws -> (status: Int, body: String) {
        let mark = "status on "
        let line = try #require(program.said.split(separator: "\n").first { $0.contains(mark) }, "\(program.said)")
        let address = try #require(line.range(of: mark).map { line[$0.upperBound...] })
        let url = try #require(URL(string: "http://\(address)\(path)"))
        let (body, response) = try await URLSession.shared.data(for: URLRequest(url: url, timeoutInterval: seconds))
        return ((response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: body, as: UTF8.self))
    }

    /// Waits until `/readyz` is red and gives a reason with these words.
    func isNotReady(because words: String, at location: SourceLocation = #_sourceLocation) async throws {
        try await eventually(
            "/readyz to be 503 with \"\(words)\"", at: location,
            seen: { "\((try? await self.get("/readyz")) as Any)\n\(self.program.said)" }
        ) {
            let answer = try await self.get("/readyz")
            return answer.status == 503 && answer.body.contains(words)
        }
    }

    func isReady(at location: SourceLocation = #_sourceLocation) async throws {
        try await eventually(
            "/readyz to be 200", at: location, seen: { "\((try? await self.get("/readyz")) as Any)\n\(self.program.said)" }
        ) {
            try await self.get("/readyz").status == 200
        }
    }

    /// Its readers: children that live.
    var readers: [pid_t] {
        Processes.all.filter { Processes.parent(of: $0) == program.pid }
    }
}
