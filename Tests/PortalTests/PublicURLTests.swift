import Accounts
import Testing

@testable import Portal

@Suite struct PublicURLTests {
    @Test(arguments: [
        ("https://sellout.example", "https://sellout.example"), ("http://127.0.0.1:8788/", "http://127.0.0.1:8788"),
        ("https://sellout.example/house/", "https://sellout.example/house"),
    ])
    func `a link in a mail begins with it, and has one slash before its page`(written: String, text: String) throws {
        let token = try LinkToken()
        #expect(PublicURL(written)?.link(to: token) == "\(text)/reset?token=\(token.text)")
    }

    @Test(arguments: [
        "", "sellout.example", "ftp://sellout.example", "https://", "https:///", "javascript:alert(1)", "https://sellout.example?x=",
        "https://sellout.example/#", "https://sellout.example\r\nBcc: x@y", "https://séllout.example",
        "https://" + String(repeating: "a", count: 501),
    ])
    func `what could lead elsewhere, or break a line, is none`(written: String) { #expect(PublicURL(written) == nil) }
}
