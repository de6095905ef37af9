import Foundation
import Glibc
import Testing
import Web

/// Under TLS. The certificate is made by openssl, and openssl asks: the test's own client speaks no TLS.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl"), "openssl is not installed")) struct TLSTests {
    private let folder = NSTemporaryDirectory() + "sellout-tls-\(UUID().uuidString.prefix(8))"

    private func certificate(_ name: String = "one") throws -> (chain: String, key: String) {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let (chain, key) = ("\(folder)/\(name).crt", "\(folder)/\(name).key")
        _ = try Self.openssl([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=localhost", "-days", "2",
            "-keyout",
            key, "-out", chain,
        ])
        return (chain, key)
    }

    private static func openssl(_ arguments: [String], input: String = "") throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = arguments
        let (given, said) = (Pipe(), Pipe())
        process.standardInput = given
        process.standardOutput = said
        process.standardError = FileHandle.nullDevice
        try process.run()
        try given.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try given.fileHandleForWriting.close()
        let text = String(decoding: said.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text
    }

    private static func ask(_ server: WebServer, _ path: String, _ extra: String...) throws -> String {
        let address = server.address.description
        return try openssl(
            ["s_client", "-connect", address, "-quiet", "-no_ign_eof"] + extra + ["-ign_eof"],
            input: "GET \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    }

    private func server(_ chain: String, _ key: String) throws -> WebServer {
        var settings = ServerSettings()
        settings.certificate = try Certificate(chain: chain, key: key)
        var routes = Routes()
        routes.add(.get, "/hello", .quick) { _ in .text("under TLS") }
        routes.add(.get, "/slow") { _ in .text("slowly under TLS") }
        return try #require(try WebServer.start(on: .inet(host: "127.0.0.1", port: 0), routes: routes, settings: settings))
    }

    @Test func `it speaks TLS 1.2 and 1.3, nothing older, and nothing plain`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (chain, key) = try certificate()
        let server = try server(chain, key)
        #expect(try Self.ask(server, "/hello").hasSuffix("under TLS"))
        #expect(try Self.ask(server, "/slow", "-tls1_2").hasSuffix("slowly under TLS"))
        #expect(try Self.ask(server, "/slow", "-tls1_3").hasSuffix("slowly under TLS"))
        #expect(try Self.ask(server, "/hello", "-tls1_1", "-cipher", "DEFAULT:@SECLEVEL=0").isEmpty)
        let plain = try RawClient(server)
        plain.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try !plain.receiveAll().contains("under TLS"))
    }

    @Test func `a bad file is one sentence, and no server`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (chain, key) = try certificate()
        let other = try certificate("other")
        let missing = #expect(throws: CertificateFault.self) { try server("\(folder)/none.crt", key) }
        #expect(missing?.description == "TLS: open \(folder)/none.crt: No such file or directory.")
        let swapped = #expect(throws: CertificateFault.self) { try server(key, chain) }
        #expect(swapped?.description == "TLS: \(key) holds no certificate in PEM form.")
        let fault = #expect(throws: WebFault.self) { try server(chain, other.key) }
        #expect(fault?.description.hasSuffix("failed. The certificate and its key do not belong together, or one is damaged.") == true)
        try Data("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".utf8).write(to: URL(fileURLWithPath: folder + "/bad.crt"))
        #expect(throws: WebFault.self) { try server(folder + "/bad.crt", key) }
    }

    @Test func `connections that never shake hands are cut, and keep nobody out`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (chain, key) = try certificate()
        let server = try server(chain, key)
        let crowd = try (0..<100).map { _ in
            let client = try RawClient(server)
            client.send([0x16, 3, 1])
            return client
        }
        #expect(try Self.ask(server, "/hello").hasSuffix("under TLS"))
        withExtendedLifetime(crowd) {}
    }
}
