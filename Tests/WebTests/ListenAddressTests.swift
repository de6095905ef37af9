import Testing
import Web

@Suite struct ListenAddressTests {
    @Test(arguments: [
        ("off", ListenAddress.off), ("127.0.0.1:8787", .inet(host: "127.0.0.1", port: 8787)),
        ("[::1]:8787", .inet6(host: "::1", port: 8787)),
        ("0.0.0.0:0", .inet(host: "0.0.0.0", port: 0)), ("unix:/run/x.sock", .unix(path: "/run/x.sock")),
    ])
    func `an address is read, and written as it was`(text: String, address: ListenAddress) throws {
        #expect(try ListenAddress(parsing: text) == address)
        #expect(address.description == text)
    }

    @Test(arguments: [
        "", "8787", ":8787", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:+1", "127.0.0.1:080", "127.1:80",
        "::1:8787", "[::1]", "[]:80", "[127.0.0.1]:80", "localhost:8787", "OFF", "127.0.0.1\u{0}:80", "127.0.0.1:8787 ", "unix:",
        "unix:x.sock", "unix:/", "unix:/run/", "unix:/a\u{0}b", "unix:/" + String(repeating: "a", count: 100),
    ])
    func `what is no address is refused with a sentence that shows what to write`(text: String) {
        let malformed = #expect(throws: ListenAddress.Malformed.self) { try ListenAddress(parsing: text) }
        #expect(
            malformed?.description.hasSuffix("is no address to listen on: write 127.0.0.1:8787, [::1]:8787, unix:/run/x.sock or off.")
                == true)
    }
}
