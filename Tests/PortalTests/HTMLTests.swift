import Testing

@testable import Portal

@Suite struct HTMLTests {
    @Test func `a stranger's text is text wherever it stands`() {
        let text = "</td><script>alert('1')</script>\" onload=\"x\" & \u{0}"
        let html: HTML = "<td title=\"\(text)\">\(text)</td>"
        let escaped = "&lt;/td&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot; onload=&quot;x&quot; &amp; \u{FFFD}"
        #expect(html.text == "<td title=\"\(escaped)\">\(escaped)</td>")
    }

    @Test func `a piece is put in as it is, and what is not there leaves nothing`() {
        let piece: HTML = "<b>\("a<b")</b>"
        let missing: HTML? = nil
        let gone: String? = nil
        #expect(("<p>\(piece)\(missing)\(gone)\(7)\([piece, piece])</p>" as HTML).text == "<p><b>a&lt;b</b>7<b>a&lt;b</b><b>a&lt;b</b></p>")
    }

    @Test func `a link holds any segment and any value in its place`() {
        let link = Link("batches", "a/../b?c#d", query: [("reseller", "ä&b=c"), ("since", nil)])
        #expect(link.text == "/batches/a%2F..%2Fb%3Fc%23d?reseller=%C3%A4%26b%3Dc")
    }
}
