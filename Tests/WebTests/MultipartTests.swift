import Chances
import Testing
import Web

/// What a form reader tells of a body.
@Suite struct MultipartTests {
    private static let type = "multipart/form-data; boundary=XyZ"

    private static func form(_ parts: String..., end: String = "--XyZ--\r\n") -> String {
        parts.map { "--XyZ\r\n" + $0 + "\r\n" }.joined() + end
    }

    private static func field(_ name: String, _ value: String) -> String {
        "Content-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)"
    }

    private static func file(_ disposition: String, _ content: String = "x") -> String {
        "Content-Disposition: form-data; \(disposition)\r\nContent-Type: text/csv\r\n\r\n\(content)"
    }

    @Test func `fields come whole, a file in pieces, and the end is said`() throws {
        let told = try Told.reading(
            Self.form(
                Self.field("mode", "append"), Self.file("name=\"file\"; filename=\"a b.csv\"", "1;2\r\n--XyY\r\n\r"),
                Self.field("after", "")))
        #expect(told == ["mode=append", "file(file, a b.csv, text/csv)", "1;2\r\n--XyY\r\n\r", "fileEnd", "after=", "end"])
    }

    @Test(arguments: [
        ("multipart/form-data; boundary=\"XyZ\"", "XyZ"), ("Multipart/Form-Data;BOUNDARY=XyZ; charset=utf-8", "XyZ"),
        ("multipart/form-data ; boundary=XyZ;", "XyZ"), ("multipart/form-data; boundary=\"a b'()+_,-./:=?z\"", "a b'()+_,-./:=?z"),
    ])
    func `a boundary may be quoted or not`(type: String, boundary: String) throws {
        let body = "--\(boundary)\r\n" + Self.field("a", "1") + "\r\n--\(boundary)--"
        #expect(try Told.reading(body, type: type) == ["a=1", "end"])
    }

    @Test(arguments: [
        "", "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a ",
        "multipart/form-data; boundary=\"a \"",
        "multipart/mixed; boundary=a", "application/json; boundary=a", "multipart/form-data; boundary=a; boundary=b",
        "multipart/form-data; boundary=\"a\r\nb\"", "multipart/form-data; boundary=a b", "multipart/form-data; boundary=ü",
        "multipart/form-data; boundary=" + String(repeating: "a", count: 71),
    ])
    func `a type without a usable boundary is refused`(type: String) {
        #expect(throws: MultipartFault.self) { try Multipart(contentType: type) }
    }

    @Test(arguments: [
        ("name=f; filename=a.csv", "a.csv"), ("name=\"f\"; filename=\"a\\\"b\\\\c.csv\"", "a\"b\\c.csv"),
        ("name=\"f\"; filename=\"C:\\dir\\a.csv\"", "C:\\dir\\a.csv"), ("name=\"f\"; filename=\"ümläut €.csv\"", "ümläut €.csv"),
        ("name=\"f\"; filename*=UTF-8''%e2%82%ac%20rates.csv", "€ rates.csv"),
        ("name=\"f\"; filename=\"plain.csv\"; filename*=utf-8'en'%C3%BC.csv", "ü.csv"), ("name=\"f\"; filename=\"\"", ""),
        ("name=\"f\" ; filename=\"a;b=c.csv\" ; other=1", "a;b=c.csv"), ("filename=\"../../etc/passwd\"; name=\"f\"", "../../etc/passwd"),
        ("name=\"f\"; filename=\"%22.csv\"", "%22.csv"),
    ])
    func `a file's name is read as it was written`(disposition: String, name: String) throws {
        #expect(try Told.reading(Self.form(Self.file(disposition))).first == "file(f, \(name), text/csv)")
    }

    @Test(arguments: [
        "no header", ": x", "Content-Disposition form-data", "", "X: y", "Content-Disposition: form-data",
        "Content-Disposition: form-data; name=\"\"",
        "Content-Disposition: attachment; name=\"a\"", "Content-Disposition: form-data; name=\"a",
        "Content-Disposition: form-data; name=\"a\"; name=\"b\"",
        "Content-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"",
        "Content-Disposition: form-data; name=\"a\"\r\n folded: yes", "Content-Disposition: form-data; name=\"a\"\nX: y",
        "Content-Disposition: form-data; name=\"a\u{0}\"", "Content-Disposition: form-data; name=\"a\"\rX: y",
        "Content-Disposition: form-data; name=\"a\"\r\nContent-Type: multipart/mixed; boundary=inner",
        "Content-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64",
        "Content-Disposition: form-data; name=\"a\"; filename*=latin1''a",
        "Content-Disposition: form-data; name=\"a\"; filename*=UTF-8''%ff",
        "Content-Disposition: form-data; name=\"a\"; filename*=UTF-8''%0a", "Content-Disposition: form-data; name=\"a\"; filename*=plain",
        "Content-Disposition : form-data; name=\"a\"",
    ])
    func `a part whose head is not as it must be is refused`(head: String) {
        #expect(throws: MultipartFault.self) { try Told.reading(Self.form(head + "\r\n\r\ncontent")) }
    }

    @Test(arguments: [
        "--XyZ\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\nhalf a file",
        "--XyZ\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\nhalf a file\r\n--XyZ",
        "--XyZ\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\nhalf a file\r\n--XyZ-",
        "--XyZ\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\nhalf a file\r\n--XyZ\r\n",
        "--XyZ\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\nhalf a file\r\n--XyZ-- no",
        "--XyZ\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\nhalf\n--XyZ--\n", "", "--XyZ", "no form at all",
        "--XyZ\r\nContent-Dis", "--XyZ\nContent-Disposition: form-data; name=\"f\"\n\nx\n--XyZ--\n",
        "--XyZtra\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\nx\r\n--XyZ--\r\n",
    ])
    func `a form that is not there to its end is never whole`(body: String) {
        #expect(throws: MultipartFault.self) { try Told.reading(body) }
    }

    @Test func `what stands before the first boundary and after the last is passed over, within bounds`() throws {
        let form = Self.form(Self.field("a", "1"))
        #expect(try Told.reading("Preamble\r\n--Xy\r\n\r\n" + form + "Epilogue\r\n--XyZ\r\n") == ["a=1", "end"])
        #expect(
            try Told.reading(form.replacing("--XyZ\r\n", with: "--XyZ \t\r\n").replacing("--XyZ--\r\n", with: "--XyZ-- ")) == [
                "a=1", "end",
            ])
        let much = String(repeating: "a", count: 9000)
        #expect(throws: MultipartFault.self) { try Told.reading(much + "\r\n" + form) }
        #expect(throws: MultipartFault.self) { try Told.reading(form + much) }
    }

    @Test func `a part without content, and a boundary right behind a head, are understood`() throws {
        let head = "Content-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n"
        #expect(try Told.reading("--XyZ\r\n" + head + "\r\n--XyZ--") == ["file(f, a, -)", "fileEnd", "end"])
        #expect(try Told.reading("--XyZ\r\n" + head + "--XyZ--") == ["file(f, a, -)", "fileEnd", "end"])
        #expect(try Told.reading("--XyZ\r\n" + head + "--XyY\r\n--XyZ--") == ["file(f, a, -)", "--XyY", "fileEnd", "end"])
        #expect(try Told.reading("--XyZ--") == ["end"])
    }

    @Test func `each limit is refused with 413, and what is just within it is taken`() throws {
        let fields = (0..<33).map { _ in Self.field("a", "1") }
        func many(_ count: Int) -> String { fields.prefix(count).map { "--XyZ\r\n" + $0 + "\r\n" }.joined() + "--XyZ--" }
        #expect(try Told.reading(many(32)).count == 33)
        let long = { Self.form("Content-Disposition: form-data; name=\"a\"\r\nX: " + String(repeating: "x", count: $0) + "\r\n\r\n1") }
        #expect(try Told.reading(long(8000)).count == 2)
        let wide = { Self.form(Self.field("a", String(repeating: "x", count: $0)), Self.field("b", String(repeating: "x", count: $0))) }
        #expect(try Told.reading(wide(32 << 10)).count == 3)
        for body in [many(33), long(9000), wide(32 << 10 + 1)] {
            let fault = #expect(throws: MultipartFault.self) { try Told.reading(body) }
            #expect(fault?.status == 413)
        }
        // A file is no field.
        #expect(try Told.reading(Self.form(Self.file("name=f; filename=a", String(repeating: "x", count: 1 << 20)))).count == 4)
    }

    @Test func `a fault stays, and who wants no more is told no more`() throws {
        var multipart = try Multipart(contentType: Self.type)
        let told = Told()
        #expect(throws: MultipartFault.self) { try unsafe multipart.take(Array("--XyZ!\r\n".utf8).span.bytes, for: told) }
        #expect(throws: MultipartFault.self) {
            try unsafe multipart.take(Array(Self.form(Self.field("a", "1")).utf8).span.bytes, for: told)
        }
        #expect(throws: MultipartFault.self) { try multipart.finish() }
        var other = try Multipart(contentType: Self.type)
        let bored = Told(patience: 1)
        let body = Array(Self.form(Self.field("a", "1"), Self.field("b", "2")).utf8)
        #expect(try unsafe other.take(body.span.bytes, for: bored) == false)
        #expect(bored.events == ["a=1"])
        #expect(throws: MultipartFault.self) { try other.finish() }
    }

    @Test func `wherever a body is cut, the same is told`() throws {
        let tricky = "\r\n--Xy\r\r\n--\r\n--XyY\r\n-\r\n\r\n--\r--XyZ--\n--XyZ"
        let body = Array(
            ("before\r\n"
                + Self.form(
                    Self.field("mode", "a\r\nb"), Self.file("name=f; filename=a", tricky + tricky), Self.field("z", ""),
                    end: "--XyZ-- \r\nend")).utf8)
        let whole = try Told.reading(body)
        #expect(whole == ["mode=a\r\nb", "file(f, a, text/csv)", tricky + tricky, "fileEnd", "z=", "end"])
        for cut in 0...body.count { #expect(try Told.reading(body, cuts: [cut]) == whole) }
        var chance = Chance(seed: 10)
        for _ in 0..<2000 {
            let cuts = (0..<Int.random(in: 1...40, using: &chance)).map { _ in Int.random(in: 0...body.count, using: &chance) }
            #expect(try Told.reading(body, cuts: cuts.sorted()) == whole)
        }
        #expect(try Told.reading(body, cuts: Array(0...body.count)) == whole)
    }

    /// The model puts a form together from parts, so it knows what must be told. The bytes are drawn from those that matter.
    @Test func `forms of hostile bytes are told as they were put together, and half of one is a fault`() throws {
        var chance = Chance(seed: 4)
        let alphabet = Array("\r\r\r\n\n\n----XyZab\0ü".utf8)
        for _ in 0..<1500 {
            var body: [UInt8] = []
            var expected: [String] = []
            for number in 0..<Int.random(in: 0...4, using: &chance) {
                var content = (0..<Int.random(in: 0...60, using: &chance)).map { _ in alphabet.randomElement(using: &chance) ?? 0 }
                // A sender chooses a boundary that its content does not have.
                if String(decoding: [13, 10] + content, as: UTF8.self).contains("\r\n--XyZ") { content = [13] }
                body += Array("--XyZ\r\nContent-Disposition: form-data; name=n\(number); filename=x\r\n\r\n".utf8) + content + [13, 10]
                expected += ["file(n\(number), x, -)"] + (content.isEmpty ? [] : [String(decoding: content, as: UTF8.self)]) + ["fileEnd"]
            }
            body += Array("--XyZ--".utf8)
            let cuts = (0..<8).map { _ in Int.random(in: 0...body.count, using: &chance) }.sorted()
            #expect(try Told.reading(body, cuts: cuts) == expected + ["end"])
            let half = Array(body.prefix(Int.random(in: 0..<body.count, using: &chance)))
            #expect(throws: MultipartFault.self) { try Told.reading(half, cuts: cuts.filter { $0 <= half.count }) }
        }
    }

    @Test func `any damage is told or refused, and never traps`() throws {
        var chance = Chance(seed: 7)
        let sound = Array(Self.form(Self.field("mode", "append"), Self.file("name=\"f\"; filename*=UTF-8''%41\"", "1;2\r\n")).utf8)
        for _ in 0..<3000 {
            var body = sound
            for _ in 0..<Int.random(in: 1...6, using: &chance) {
                let place = Int.random(in: 0..<body.count, using: &chance)
                switch Int.random(in: 0..<3, using: &chance) {
                case 0: body[place] = UInt8.random(in: 0...255, using: &chance)
                case 1: body.remove(at: place)
                default: body.insert(contentsOf: body[place..<min(place + 9, body.count)], at: place)
                }
            }
            _ = try? Told.reading(body, cuts: [body.count / 3, body.count / 2])
        }
    }
}

/// Writes down what it is told. A file's pieces become one event, for where it is cut says nothing.
private final class Told: FormTaker {
    private(set) var events: [String] = []
    private var pieces: [UInt8] = []
    private let patience: Int

    init(patience: Int = .max) { self.patience = patience }

    private func tell(_ event: String) -> Bool {
        events.append(event)
        return events.count < patience
    }

    func field(_ name: String, _ value: String) -> Bool { tell("\(name)=\(value)") }

    func fileBegan(_ file: FormFile) -> Bool { tell("file(\(file.name), \(file.fileName), \(file.contentType ?? "-"))") }

    func filePiece(_ piece: RawSpan) -> Bool {
        unsafe piece.withUnsafeBytes { unsafe pieces.append(contentsOf: $0) }
        return true
    }

    func fileEnded() -> Bool {
        if !pieces.isEmpty { events.append(String(decoding: pieces, as: UTF8.self)) }
        pieces = []
        return tell("fileEnd")
    }

    static func reading(_ body: String, type: String = "multipart/form-data; boundary=XyZ") throws -> [String] {
        try reading(Array(body.utf8), type: type)
    }

    static func reading(_ body: [UInt8], type: String = "multipart/form-data; boundary=XyZ", cuts: [Int] = []) throws -> [String] {
        let told = Told()
        var multipart = try Multipart(contentType: type)
        var start = 0
        for cut in cuts + [body.count] {
            guard try unsafe multipart.take(Array(body[start..<cut]).span.bytes, for: told) else { break }
            start = cut
        }
        try multipart.finish()
        return told.events + ["end"]
    }
}
