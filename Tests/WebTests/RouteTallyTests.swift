import Foundation
import Glibc
import Synchronization
import Testing
import Web

/// What is counted of requests, and what is logged.
@Suite struct RouteTallyTests {
    private final class Kept: RequestLog {
        private let all = Mutex<[RequestRecord]>([])
        var records: [RequestRecord] { all.withLock { $0 } }
        func finished(_ record: RequestRecord) { all.withLock { $0.append(record) } }
    }

    private let log = Kept()
    private let settings: ServerSettings

    init() {
        var settings = ServerSettings()
        settings.log = log
        self.settings = settings
    }

    private func server() throws -> WebServer {
        var routes = Routes.echo.adding(.receiving(Sink()))
        routes.add(.get, "/items/{id}") { request in
            var response = Response.text(request.parameters["id"] ?? "", status: request.parameters["id"] == "bad" ? 500 : 200)
            response.user = "anna \u{1b}[31m"
            return response
        }
        return try #require(try WebServer.start(on: .inet(host: "127.0.0.1", port: 0), routes: routes, settings: settings))
    }

    private func text() -> String { PrometheusText.render(settings.tally.families()) }

    private func ask(_ server: WebServer, _ text: String, thenNoMore: Bool = false) throws {
        let client = try RawClient(server)
        client.send(text)
        if thenNoMore { client.endSending() }
        _ = try client.receiveAll()
    }

    @Test func `requests are counted by our own patterns, whatever the client writes`() throws {
        let server = try server()
        for target in [
            "GET /items/1", "GET /items/2", "HEAD /items/3", "GET /items/bad", "GET /nothing", "BREW /items/1", "GET /\u{fc}\"\n",
            "GET /other/%ff",
        ] {
            try ask(server, target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        }
        try ask(server, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n")
        try ask(server, "POST /full HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc", thenNoMore: true)
        try ask(server, "GET /items/1 HTTP/1.1\r\nX: " + String(repeating: "a", count: 100_000) + "\r\n\r\n")
        server.stop()
        settings.tally.rejected(.unauthorised)
        let lines = text().split(separator: "\n")
        for expected in [
            #"sellout_http_requests_total{route="/items/{id}",method="GET",status="2xx"} 3"#,
            #"sellout_http_requests_total{route="/items/{id}",method="GET",status="5xx"} 1"#,
            #"sellout_http_requests_total{route="/echo",method="POST",status="4xx"} 1"#,
            #"sellout_http_requests_total{route="/full",method="POST",status="none"} 1"#,
            #"sellout_http_request_duration_seconds_count{route="/items/{id}",method="GET"} 4"#,
            #"sellout_http_rejected_total{reason="body"} 1"#, #"sellout_http_rejected_total{reason="unauthorised"} 1"#,
            "sellout_http_requests_in_flight 0",
        ] {
            #expect(lines.contains { $0 == expected }, "\(expected)\n\(text())")
        }
        let labels = Set(lines.filter { $0.contains("route=") }.compactMap { $0.split(separator: "\"").dropFirst().first })
        #expect(labels == ["/items/{id}", "/echo", "/full", "none"])
        #expect(!text().contains("reason=\"header\"} 0"))
    }

    @Test func `what is cut for time or room is counted by its reason`() throws {
        var settings = settings
        settings.limits.connections = 2
        settings.limits.head = .milliseconds(1500)
        let server = try #require(try WebServer.start(on: .inet(host: "127.0.0.1", port: 0), routes: .echo, settings: settings))
        let crowd = try (0..<5).map { _ in try RawClient(server) }
        for client in crowd { _ = try client.receive() }
        // On a slow machine some have had their time before the others come.
        let counts = try ["limit", "timeout"].map { reason in
            let line = try #require(text().split(separator: "\n").first { $0.contains("rejected_total{reason=\"\(reason)\"}") })
            return try #require(Int(line.split(separator: " ").last ?? ""))
        }
        #expect(counts[0] + counts[1] == 5)
        #expect(counts[0] > 0 && counts[1] >= 2)
    }

    @Test func `each request is logged once, on one printable line`() throws {
        let server = try server()
        try ask(server, "GET /other/a%20b\u{1b}%1b?token=secret HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        try ask(server, "GET /items/7?token=secret HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        try ask(server, "GET /" + String(repeating: "\u{202e}", count: 300) + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        server.stop()
        let records = log.records
        #expect(records.count == 3)
        let record = try #require(records.first { $0.status == 200 })
        #expect((record.method, record.route, record.bytes, record.client) == ("GET", "/items/{id}", 1, "127.0.0.1"))
        #expect(record.line.hasPrefix("127.0.0.1 anna%20\\u{001B}[31m GET /items/7 200 1 "))
        for record in records {
            #expect(record.line.split(separator: " ").count == 7)
            #expect(record.line.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 && $0 != "\u{202e}" })
            #expect(!record.line.contains("secret"))
            #expect(record.line.utf8.count < 700)
        }
    }

    private static let promtool = "/usr/bin/promtool"

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: promtool), "promtool is not installed"))
    func `the metrics are as promtool wants them`() throws {
        let server = try server()
        for target in ["/items/1", "/nothing"] { try ask(server, "GET \(target) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n") }
        server.stop()
        let playground = try Playground()
        playground.tally.batchSettled(reseller: "a\"\\\nb", status: "approved", bytes: 512)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.promtool)
        process.arguments = ["check", "metrics"]
        let (given, said) = (Pipe(), Pipe())
        process.standardInput = given
        process.standardError = said
        process.standardOutput = said
        try process.run()
        try given.fileHandleForWriting.write(contentsOf: Data((text() + playground.ask("/metrics").body).utf8))
        try given.fileHandleForWriting.close()
        let complaint = String(decoding: said.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(complaint)")
        #expect(complaint.isEmpty, "\(complaint)")
    }
}
