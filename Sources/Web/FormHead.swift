/// The head of one part of a form: of which field it is, and of which file.
struct FormHead: Hashable {
    let name: String
    /// Nil where the part is no file.
    let fileName: String?
    let contentType: String?

    init(_ bytes: some Sequence<UInt8>) throws(MultipartFault) {
        guard let text = String(validating: Array(bytes), as: UTF8.self) else {
            throw MultipartFault("The head of a part is not UTF-8 text.")
        }
        var values: [String: String] = [:]
        for line in text.split(separator: "\r\n", omittingEmptySubsequences: false) {
            guard let colon = line.firstIndex(of: ":"), !line[..<colon].isEmpty, line[..<colon].unicodeScalars.allSatisfy(Grammar.isToken)
            else { throw MultipartFault("A line in the head of a part is no header.") }
            guard line.unicodeScalars.allSatisfy({ $0 == "\t" || !Grammar.isControl($0) }) else {
                throw MultipartFault("The head of a part holds control characters.")
            }
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            guard values.updateValue(String(value), forKey: line[..<colon].lowercased()) == nil else {
                throw MultipartFault("A header stands twice in the head of a part.")
            }
        }
        guard let disposition = values["content-disposition"], let read = HeaderValue(disposition), read.word == "form-data",
            let name = read.parameters["name"], !name.isEmpty
        else { throw MultipartFault("A part of the form has no name.") }
        self.name = name
        fileName = try Self.fileName(read.parameters)
        contentType = values["content-type"]
        // What is encoded would be taken for the file itself.
        let encoding = values["content-transfer-encoding"]?.lowercased() ?? "binary"
        guard ["7bit", "8bit", "binary"].contains(encoding) else {
            throw MultipartFault("A part of the form is encoded, which is not taken.")
        }
        guard contentType?.lowercased().hasPrefix("multipart/") != true else {
            throw MultipartFault("A part of the form holds parts itself, which is not taken.")
        }
    }

    /// The extended form of RFC 5987 goes before the plain one.
    private static func fileName(_ parameters: [String: String]) throws(MultipartFault) -> String? {
        guard let extended = parameters["filename*"] else { return parameters["filename"] }
        let parts = extended.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].lowercased() == "utf-8", let name = EscapedText.decoded(parts[2].utf8) else {
            throw MultipartFault("The name of a file is not written as UTF-8 text.")
        }
        return name
    }

    /// The boundary that the request's `Content-Type` names: 1 to 70 of the characters that RFC 2046 allows.
    static func boundary(of contentType: String) throws(MultipartFault) -> [UInt8] {
        guard let read = HeaderValue(contentType), read.word == "multipart/form-data" else {
            throw MultipartFault("The body must be a form: multipart/form-data.")
        }
        let allowed = Set("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'()+_,-./:=? ".utf8)
        guard let boundary = read.parameters["boundary"].map({ Array($0.utf8) }), 1...70 ~= boundary.count, boundary.last != 32,
            boundary.allSatisfy(allowed.contains)
        else { throw MultipartFault("The form names no boundary.") }
        return boundary
    }
}

/// Why a form was not read, in one sentence for its sender.
package struct MultipartFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
    /// 400, or 413 where it is a limit.
    package let status: Int

    init(_ description: String, status: Int = 400) {
        self.description = description
        self.status = status
    }
}

/// `word; name=value; name="value"` as headers write it.
struct HeaderValue: Hashable {
    /// In lower case.
    let word: String
    /// Names in lower case.
    let parameters: [String: String]

    /// Nil where it is written otherwise, or a parameter stands twice.
    init?(_ text: String) {
        var rest = text.unicodeScalars[...]
        word = String(String.UnicodeScalarView(Grammar.take(&rest) { $0 != ";" })).lowercased().trimmingSpaces
        var found: [String: String] = [:]
        while !rest.isEmpty {
            rest.removeFirst()
            _ = Grammar.take(&rest, while: Grammar.isSpace)
            // A semicolon at the end is common.
            if rest.isEmpty { break }
            let name = String(String.UnicodeScalarView(Grammar.take(&rest, while: Grammar.isToken))).lowercased()
            guard !name.isEmpty, rest.first == "=" else { return nil }
            rest.removeFirst()
            guard let value = rest.first == "\"" ? Grammar.quoted(&rest) : Grammar.token(&rest) else { return nil }
            _ = Grammar.take(&rest, while: Grammar.isSpace)
            guard rest.isEmpty || rest.first == ";", found.updateValue(value, forKey: name) == nil else { return nil }
        }
        parameters = found
    }
}

/// What headers are made of (RFC 9110, section 5.6).
private enum Grammar {
    typealias Rest = Substring.UnicodeScalarView

    static func isToken(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        case "!", "#", "$", "%", "&", "'", "*", "+", "-", ".", "^", "_", "`", "|", "~": true
        default: false
        }
    }

    static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }

    static func isControl(_ scalar: Unicode.Scalar) -> Bool { scalar.value < 0x20 || scalar.value == 0x7F }

    static func take(_ rest: inout Rest, while fits: (Unicode.Scalar) -> Bool) -> Rest {
        let taken = rest.prefix(while: fits)
        rest = rest[taken.endIndex...]
        return taken
    }

    static func token(_ rest: inout Rest) -> String? {
        let taken = take(&rest, while: isToken)
        return taken.isEmpty ? nil : String(String.UnicodeScalarView(taken))
    }

    /// A backslash escapes a quote and a backslash and is itself elsewhere: old browsers send `C:\file.csv` as it is.
    static func quoted(_ rest: inout Rest) -> String? {
        rest.removeFirst()
        var value = String.UnicodeScalarView()
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\"": return String(value)
            case "\\" where rest.first == "\"" || rest.first == "\\": if let escaped = rest.popFirst() { value.append(escaped) }
            default: value.append(scalar)
            }
        }
        return nil
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
