import Glibc

/// Who gets the parts of a form as they come.
package protocol FormTaker: AnyObject {
    func began(_ part: Multipart.Part) throws
    func content(_ piece: RawSpan) throws
    func ended() throws
}

/// Why a body is no form that has come whole.
package struct MultipartFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}

/// Reads multipart/form-data (RFC 7578) as it comes, strictly: what ends before its closing boundary, or bends the rules, is a fault, for
/// half a file must never look whole. Keeps no more than a boundary and a part's head.
package struct Multipart {
    package struct Part: Hashable, Sendable {
        package let name: String
        /// Nil for a field that is no file.
        package let filename: String?
        package let contentType: String?
    }

    private enum Place {
        case preamble, head, content, epilogue
    }

    /// `\r\n--boundary`
    private let delimiter: [UInt8]
    private var place = Place.preamble
    /// What has come and is not yet told of.
    private var held: [UInt8]
    private var parts = 0

    private static let mostParts = 32
    private static let longestHead = 8192
    private static let longestPreamble = 8192

    /// Nil where the type is another, or names no boundary that RFC 2046 allows.
    package init?(contentType: String) {
        guard let value = HeaderValue(contentType), value.word.lowercased() == "multipart/form-data", let boundary = value["boundary"],
            (1...70).contains(boundary.utf8.count), boundary.utf8.allSatisfy({ (0x20...0x7E).contains($0) }), boundary.utf8.last != 0x20
        else { return nil }
        delimiter = Array("\r\n--\(boundary)".utf8)
        // The first boundary may stand at the very beginning.
        held = [13, 10]
    }

    package mutating func take(_ piece: RawSpan, for taker: some FormTaker) throws {
        unsafe piece.withUnsafeBytes { unsafe held.append(contentsOf: $0) }
        while try step(taker) {}
    }

    /// Nothing more comes.
    package func finish() throws(MultipartFault) {
        guard case .epilogue = place else { throw MultipartFault("The form is cut off: its closing boundary is missing") }
    }

    /// False where more must come first.
    private mutating func step(_ taker: some FormTaker) throws -> Bool {
        switch place {
        case .preamble:
            guard let found = find(delimiter, in: held) else {
                guard held.count <= Self.longestPreamble else { throw MultipartFault("The form does not begin with its boundary") }
                return false
            }
            return try pass(delimiterAt: found)
        case .head: return try takeHead(taker)
        case .content: return try takeContent(taker)
        case .epilogue:
            held.removeAll()
            return false
        }
    }

    /// Behind a boundary stands the end of its line, or `--` for the last one.
    private mutating func pass(delimiterAt start: Int) throws -> Bool {
        var end = start + delimiter.count
        // RFC 2046, 5.1.1: blanks may stand between the boundary and the end of its line.
        while end < held.count, held[end] == 0x20 || held[end] == 0x09 { end += 1 }
        guard end - start - delimiter.count <= 70 else { throw MultipartFault("A boundary of the form has no end") }
        guard held.count - end >= 2 else { return false }
        switch (held[end], held[end + 1]) {
        case (UInt8(ascii: "-"), UInt8(ascii: "-")): place = .epilogue
        case (13, 10): place = .head
        default: throw MultipartFault("A boundary of the form is followed by something else than a line's end")
        }
        held.removeFirst(end + 2)
        return true
    }

    private mutating func takeHead(_ taker: some FormTaker) throws -> Bool {
        // A part without any header begins with the empty line itself.
        let isEmpty = held.starts(with: [13, 10])
        guard let end = isEmpty ? 0 : find([13, 10, 13, 10], in: held) else {
            guard held.count <= Self.longestHead else { throw MultipartFault("A part of the form has a head of more than 8 KiB") }
            return false
        }
        guard end <= Self.longestHead else { throw MultipartFault("A part of the form has a head of more than 8 KiB") }
        parts += 1
        guard parts <= Self.mostParts else { throw MultipartFault("The form has more than \(Self.mostParts) parts") }
        let part = try Self.part(head: held[..<end])
        held.removeFirst(isEmpty ? 2 : end + 4)
        place = .content
        try taker.began(part)
        return true
    }

    private mutating func takeContent(_ taker: some FormTaker) throws -> Bool {
        if let found = find(delimiter, in: held) {
            // Only told once it is sure how the boundary ends.
            guard held.count >= found + delimiter.count + 2 else {
                try tell(found, taker)
                return false
            }
            try tell(found, taker)
            try taker.ended()
            return try pass(delimiterAt: 0)
        }
        let sure = held.count - delimiter.count
        if sure > 0 { try tell(sure, taker) }
        return false
    }

    private mutating func tell(_ count: Int, _ taker: some FormTaker) throws {
        guard count > 0 else { return }
        try unsafe taker.content(held.span.bytes.extracting(first: count))
        held.removeFirst(count)
    }

    private static func part(head: ArraySlice<UInt8>) throws(MultipartFault) -> Part {
        guard let text = String(validating: head, as: UTF8.self), !text.utf8.contains(0) else {
            throw MultipartFault("A part of the form has a head that is no text")
        }
        var disposition: HeaderValue?
        var type: String?
        for line in text.split(separator: "\r\n", omittingEmptySubsequences: true) {
            guard let colon = line.firstIndex(of: ":") else { throw MultipartFault("A part of the form has a head without a colon") }
            let value = String(line[line.index(after: colon)...])
            switch line[..<colon].lowercased() {
            case "content-disposition": disposition = HeaderValue(value)
            case "content-type": type = HeaderValue(value)?.word
            case "content-transfer-encoding":
                // RFC 7578, 4.7: deprecated, and nobody sends it; undone, the content would be another.
                guard ["7bit", "8bit", "binary"].contains(HeaderValue(value)?.word.lowercased() ?? "") else {
                    throw MultipartFault("A part of the form is encoded in a way that forms are not")
                }
            default: break
            }
        }
        guard let disposition, disposition.word.lowercased() == "form-data", let name = disposition["name"] else {
            throw MultipartFault("A part of the form has no name")
        }
        if type?.lowercased().hasPrefix("multipart/") == true { throw MultipartFault("A part of the form is a form of its own") }
        return Part(name: name, filename: disposition.fileName, contentType: type)
    }
}

/// Both needles begin with a line's end, which is looked for first.
private func find(_ needle: [UInt8], in bytes: [UInt8]) -> Int? {
    unsafe bytes.withUnsafeBytes { all in
        guard let start = all.baseAddress else { return nil }
        var place = 0
        while all.count - place >= needle.count {
            guard let found = unsafe memchr(start + place, 13, all.count - place - needle.count + 1) else { return nil }
            place = unsafe start.distance(to: UnsafeRawPointer(found))
            if unsafe all[place..<place + needle.count].elementsEqual(needle) { return place }
            place += 1
        }
        return nil
    }
}

/// A header's value with its parameters: `form-data; name="file"; filename="a \"b\".csv"`.
struct HeaderValue {
    let word: String
    private var parameters: [String: String] = [:]

    init?(_ text: String) {
        var rest = Substring(text)
        word = HeaderValue.trimmed(rest.prefix { $0 != ";" })
        rest = rest.drop { $0 != ";" }
        while rest.first == ";" {
            rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
            if rest.isEmpty { break }
            let name = rest.prefix { $0 != "=" && $0 != ";" }
            rest = rest.dropFirst(name.count)
            guard rest.first == "=" else { return nil }
            rest = rest.dropFirst()
            let value: String
            if rest.first == "\"" {
                guard let quoted = HeaderValue.quoted(&rest) else { return nil }
                value = quoted
            } else {
                let bare = rest.prefix { $0 != ";" }
                rest = rest.dropFirst(bare.count)
                value = HeaderValue.trimmed(bare)
            }
            let key = HeaderValue.trimmed(name).lowercased()
            // Said twice, nobody could tell which is meant.
            guard parameters.updateValue(value, forKey: key) == nil else { return nil }
            rest = rest.drop { $0 == " " || $0 == "\t" }
        }
        guard rest.isEmpty else { return nil }
    }

    subscript(name: String) -> String? { parameters[name] }

    /// RFC 5987's `filename*=UTF-8''…` says more than the plain one.
    var fileName: String? {
        if let extended = parameters["filename*"] {
            let parts = extended.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
            if parts.count == 3, parts[0].lowercased() == "utf-8", let name = EscapedText.decoded(parts[2].utf8, controls: true) { return name }
        }
        return parameters["filename"]
    }

    /// Browsers write `"` in a name as `%22` or `\"`, and leave every other backslash as it is.
    private static func quoted(_ rest: inout Substring) -> String? {
        rest = rest.dropFirst()
        var text = ""
        while let letter = rest.first {
            rest = rest.dropFirst()
            if letter == "\"" { return text }
            if letter == "\\", let next = rest.first, next == "\"" || next == "\\" {
                text.append(next)
                rest = rest.dropFirst()
            } else {
                text.append(letter)
            }
        }
        return nil
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text = text.dropLast() }
        return String(text)
    }
}
