import Web

/// A file that belongs to every page. Its address bears what its content adds up to, so browsers may keep it for good.
struct Asset: Sendable {
    let name: String
    let bytes: [UInt8]
    private let type: String
    let path: String

    static let style = Asset("/style.css", Style.sheet, "text/css; charset=utf-8")
    static let script = Asset("/script.js", Script.text, "text/javascript; charset=utf-8")

    private init(_ name: String, _ content: String, _ type: String) {
        self.name = name
        self.type = type
        bytes = Array(content.utf8)
        // FNV-1a: only another release must have another address.
        let sum = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        path = "\(name)?v=\(String(sum, radix: 36))"
    }

    var response: Response {
        Response(
            contentType: type, headers: [Header("Cache-Control", "public, max-age=31536000, immutable")], body: .bytes(bytes))
    }
}
