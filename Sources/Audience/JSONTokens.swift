/// What a JSON text consists of, without commas and colons.
enum JSONToken {
    case beginObject, endObject, beginArray, endArray
    /// Of a member.
    case name
    case text, number, bool, null
}

/// What is wrong with a text that should be JSON.
struct JSONFault: Error, Hashable {
    let what: String
    /// In bytes, from 0.
    let place: Int
}

/// Takes a JSON text apart as RFC 8259 has it, in pieces that may be cut anywhere.
struct JSONTokens {
    /// Values nested deeper than this are refused.
    static let deepest = 32

    /// The last token, and what came before it as far as that is kept; blanks between tokens are left out.
    private(set) var kept: [UInt8] = []
    /// Where the last token begins in it.
    private(set) var start = 0
    /// Keep what comes with what is there, until `forget`.
    var keeps = false
    /// Of the last name or text.
    private(set) var hasEscapes = false
    private(set) var depth = 0

    var state = State.between
    private var expected = Expected.value
    private var isASCII = true
    /// A bit for each open list or object, the innermost lowest; 1 is an object.
    private var open: UInt64 = 0
    /// Bytes of the pieces before.
    private var before = 0

    mutating func forget() {
        kept.removeAll(keepingCapacity: true)
        start = 0
        keeps = false
    }

    /// What stands between the quotation marks of the last name or text.
    var content: Range<Int> { start + 1..<kept.count - 1 }

    /// The next token that ends in the piece; nil where the piece is used up.
    mutating func next(in piece: Span<UInt8>, from at: inout Int) throws(JSONFault) -> JSONToken? {
        while at < piece.count {
            let token: JSONToken?
            switch state {
            case .between: token = try takeBetween(piece[at], &at)
            case .string: token = try takeString(piece, &at)
            case .number(let part): token = try takeNumber(part, piece[at], &at)
            case .word(let word, let read): token = try takeWord(word, read, piece[at], &at)
            case .escape, .unit, .secondHalf, .secondUnit:
                try takeEscape(piece[at], at)
                kept.append(piece[at])
                at += 1
                token = nil
            }
            if let token { return token }
        }
        before += piece.count
        at = 0
        return nil
    }

    /// The text has ended: perhaps with a number.
    mutating func finish() throws(JSONFault) -> JSONToken? {
        if case .number(let part) = state, part.mayEnd, depth == 0 {
            state = .between
            return valueEnded(.number)
        }
        guard case .between = state, case .nothing = expected else {
            throw fault(before == 0 ? "it is empty" : "it ends too early", 0)
        }
        return nil
    }

    func fault(_ what: String, _ at: Int) -> JSONFault { JSONFault(what: what, place: before + at) }
}

/// Between tokens.
extension JSONTokens {
    private mutating func takeBetween(_ byte: UInt8, _ at: inout Int) throws(JSONFault) -> JSONToken? {
        switch byte {
        case 0x20, 0x09, 0x0A, 0x0D:
            at += 1
            return nil
        case UInt8(ascii: ","):
            guard case .commaOrEnd = expected else { throw fault("a comma where none belongs", at) }
            expected = open & 1 == 1 ? .name : .value
            if keeps { kept.append(byte) }
            at += 1
            return nil
        case UInt8(ascii: ":"):
            guard case .colon = expected else { throw fault("a colon where none belongs", at) }
            expected = .value
            if keeps { kept.append(byte) }
            at += 1
            return nil
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            let token = try end(isObject: byte == UInt8(ascii: "}"), at)
            begin(byte, &at)
            return token
        case UInt8(ascii: "\""):
            try expectText(at)
            begin(byte, &at)
            (state, hasEscapes, isASCII) = (.string, false, true)
            return nil
        default: return try beginValue(byte, &at)
        }
    }

    private mutating func beginValue(_ byte: UInt8, _ at: inout Int) throws(JSONFault) -> JSONToken? {
        guard mayBeValue else { throw fault(missing, at) }
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard depth < Self.deepest else { throw fault("a value nested deeper than \(Self.deepest) levels", at) }
            let isObject = byte == UInt8(ascii: "{")
            depth += 1
            open = open << 1 | (isObject ? 1 : 0)
            expected = isObject ? .firstName : .firstItem
            begin(byte, &at)
            return isObject ? .beginObject : .beginArray
        case UInt8(ascii: "t"): state = .word(.yes, read: 1)
        case UInt8(ascii: "f"): state = .word(.no, read: 1)
        case UInt8(ascii: "n"): state = .word(.null, read: 1)
        case UInt8(ascii: "-"): state = .number(.minus)
        case UInt8(ascii: "0"): state = .number(.zero)
        case UInt8(ascii: "1")...UInt8(ascii: "9"): state = .number(.digits)
        default: throw fault("no value", at)
        }
        begin(byte, &at)
        return nil
    }

    /// A token's first byte.
    private mutating func begin(_ byte: UInt8, _ at: inout Int) {
        if !keeps { kept.removeAll(keepingCapacity: true) }
        start = kept.count
        kept.append(byte)
        at += 1
    }

    private mutating func end(isObject: Bool, _ at: Int) throws(JSONFault) -> JSONToken {
        let mayEnd =
            switch expected {
            case .commaOrEnd: depth > 0
            case .firstItem: !isObject
            case .firstName: isObject
            case .value, .name, .colon, .nothing: false
            }
        guard mayEnd, (open & 1 == 1) == isObject else {
            switch expected {
            case .value, .name, .colon: throw fault(missing, at)
            case .firstItem, .firstName, .commaOrEnd, .nothing: throw fault("an end of what has not begun", at)
            }
        }
        depth -= 1
        open >>= 1
        return valueEnded(isObject ? .endObject : .endArray)
    }

    private mutating func valueEnded(_ token: JSONToken) -> JSONToken {
        expected = depth == 0 ? .nothing : .commaOrEnd
        return token
    }

    private var mayBeValue: Bool {
        switch expected {
        case .value, .firstItem: true
        case .name, .firstName, .colon, .commaOrEnd, .nothing: false
        }
    }

    private func expectText(_ at: Int) throws(JSONFault) {
        switch expected {
        case .value, .firstItem, .name, .firstName: return
        case .colon, .commaOrEnd, .nothing: throw fault(missing, at)
        }
    }

    private var missing: String {
        switch expected {
        case .value, .firstItem: "no value"
        case .name, .firstName: "no name of a member"
        case .colon: "no colon"
        case .commaOrEnd: "no comma"
        case .nothing: "more text behind the value"
        }
    }
}

/// Within tokens.
extension JSONTokens {
    private mutating func takeString(_ piece: Span<UInt8>, _ at: inout Int) throws(JSONFault) -> JSONToken? {
        let first = at
        var seen: UInt8 = 0
        while at < piece.count, case let byte = piece[at], byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
            seen |= byte
            at += 1
        }
        if seen >= 0x80 { isASCII = false }
        // The bytes are copied while the span that lends them is alive.
        unsafe piece.extracting(first..<at).withUnsafeBufferPointer { unsafe kept.append(contentsOf: $0) }
        guard at < piece.count else { return nil }
        guard piece[at] >= 0x20 else { throw fault("a control character in a text", at) }
        kept.append(piece[at])
        at += 1
        guard kept[kept.count - 1] == UInt8(ascii: "\"") else {
            (state, hasEscapes) = (.escape, true)
            return nil
        }
        state = .between
        if !isASCII { try checkUTF8(at) }
        switch expected {
        case .name, .firstName:
            expected = .colon
            return .name
        default: return valueEnded(.text)
        }
    }

    private func checkUTF8(_ at: Int) throws(JSONFault) {
        guard (try? UTF8Span(validating: kept.span.extracting(content))) != nil else { throw fault("a text that is not UTF-8", at - 1) }
    }

    /// RFC 8259, 7: characters beyond the first plane come as a pair of surrogates.
    private mutating func takeEscape(_ byte: UInt8, _ at: Int) throws(JSONFault) {
        switch state {
        case .escape:
            switch byte {
            case UInt8(ascii: "u"): state = .unit(left: 4, 0)
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
                UInt8(ascii: "r"), UInt8(ascii: "t"):
                state = .string
            default: throw fault("an unknown escape", at)
            }
        case .unit(let left, let value):
            let unit = try value << 4 | digit(byte, at)
            guard left == 1 else { return state = .unit(left: left - 1, unit) }
            guard !(0xDC00..<0xE000).contains(unit) else { throw fault("half a surrogate pair", at) }
            state = (0xD800..<0xDC00).contains(unit) ? .secondHalf(isEscaped: false) : .string
        case .secondHalf(let isEscaped):
            guard byte == (isEscaped ? UInt8(ascii: "u") : UInt8(ascii: "\\")) else { throw fault("half a surrogate pair", at) }
            state = isEscaped ? .secondUnit(left: 4, 0) : .secondHalf(isEscaped: true)
        case .secondUnit(let left, let value):
            let unit = try value << 4 | digit(byte, at)
            guard left == 1 else { return state = .secondUnit(left: left - 1, unit) }
            guard (0xDC00..<0xE000).contains(unit) else { throw fault("half a surrogate pair", at) }
            state = .string
        case .between, .string, .number, .word: break
        }
    }

    private func digit(_ byte: UInt8, _ at: Int) throws(JSONFault) -> UInt32 {
        guard let digit = Hexadecimal.value(byte) else { throw fault("an escape without its four digits", at) }
        return digit
    }

    private mutating func takeNumber(_ part: NumberPart, _ byte: UInt8, _ at: inout Int) throws(JSONFault) -> JSONToken? {
        guard let next = part.next(byte) else {
            guard part.mayEnd else { throw fault("half a number", at) }
            guard byte &- 48 >= 10 else { throw fault("a number with a leading zero", at) }
            state = .between
            return valueEnded(.number)
        }
        state = .number(next)
        kept.append(byte)
        at += 1
        return nil
    }

    private mutating func takeWord(_ word: Word, _ read: Int, _ byte: UInt8, _ at: inout Int) throws(JSONFault) -> JSONToken? {
        let spelled = word.spelled
        let wanted = unsafe spelled.utf8Start[read]
        guard byte == wanted else { throw fault("an unknown word", at) }
        kept.append(byte)
        at += 1
        guard read + 1 == spelled.utf8CodeUnitCount else {
            state = .word(word, read: read + 1)
            return nil
        }
        state = .between
        if case .null = word { return valueEnded(.null) }
        return valueEnded(.bool)
    }
}
