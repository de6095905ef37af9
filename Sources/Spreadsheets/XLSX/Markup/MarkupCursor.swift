/// Why a scan stopped before its end.
enum ScanStop: Error {
    /// The window ends here; there may be more behind it.
    case incomplete
    case fault(SpreadsheetFault)
}

/// Reads XML's tags one after the other out of a window. Every loop stops at a zero byte, and zero bytes always follow the window's
/// last one (`ByteWindow.slack`): they bound each unchecked access here and in the extensions.
@safe struct MarkupCursor {
    struct Tag {
        let element: SheetElement
        let isEnd: Bool
        /// `<name/>`: no end tag follows.
        let isEmpty: Bool
        /// Where the name stands, with its prefix.
        let name: Range<Int>
        /// Where the rest stands, up to the closing bracket.
        let attributes: Range<Int>
    }

    let base: UnsafeMutablePointer<UInt8>
    let end: Int
    private let isLast: Bool
    /// The prefix of the spreadsheet's own elements with its colon; empty for most programs.
    let prefix: [UInt8]
    var at: Int

    init(_ window: ByteWindow, at: Int, prefix: [UInt8] = []) {
        unsafe base = unsafe window.base
        end = window.count
        isLast = window.isLast
        self.at = at
        self.prefix = prefix
    }

    @inline(__always) subscript(offset: Int) -> UInt8 { unsafe base[offset] }

    /// For a zero byte: it is the window's end, or a byte that no XML may hold.
    func stop(at offset: Int) -> ScanStop {
        offset >= end ? .incomplete : .fault(.damaged("a part of it holds zero bytes where XML is expected"))
    }

    /// For what breaks XML's rules. Near the window's end it may only be cut in two, so there more bytes are asked for first.
    func broken(_ what: String) -> ScanStop {
        !isLast && end - at < 32 ? .incomplete : .fault(.damaged(what))
    }

    /// For an end tag that ends nothing here.
    func unopened() -> ScanStop { broken("its XML closes what it has not opened") }

    /// The next tag behind any text and comments; `at` then stands behind it.
    mutating func nextTag() throws(ScanStop) -> Tag {
        while true {
            while self[at] != UInt8(ascii: "<") {
                if self[at] == 0 { throw stop(at: at) }
                at += 1
            }
            switch self[at + 1] {
            case UInt8(ascii: "!"), UInt8(ascii: "?"): try passOver()
            case UInt8(ascii: "/"): return try endTag()
            case 0: throw stop(at: at + 1)
            default: return try startTag()
            }
        }
    }

    private mutating func endTag() throws(ScanStop) -> Tag {
        let start = at
        var close = at + 2
        while self[close] != UInt8(ascii: ">") {
            if self[close] == 0 { throw stop(at: close) }
            if self[close] == UInt8(ascii: "<") { throw broken("its XML has a tag inside a tag") }
            close += 1
        }
        var nameEnd = close
        while nameEnd > start + 2, MarkupCursor.isBlank(self[nameEnd - 1]) { nameEnd -= 1 }
        at = close + 1
        let name = start + 2..<nameEnd
        return Tag(element: element(name), isEnd: true, isEmpty: false, name: name, attributes: close..<close)
    }

    private mutating func startTag() throws(ScanStop) -> Tag {
        let start = at
        var nameEnd = at + 1
        while true {
            let byte = self[nameEnd]
            if byte <= 0x20 || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") { break }
            nameEnd += 1
        }
        guard nameEnd > start + 1 else { throw broken("its XML has a tag without a name") }
        var close = nameEnd
        while self[close] != UInt8(ascii: ">") {
            let byte = self[close]
            close += 1
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                while self[close] != byte {
                    if self[close] == 0 { throw stop(at: close) }
                    if self[close] == UInt8(ascii: "<") { throw broken("its XML has a tag inside a tag") }
                    close += 1
                }
                close += 1
            } else if byte == 0 {
                throw stop(at: close - 1)
            } else if byte == UInt8(ascii: "<") {
                throw broken("its XML has a tag inside a tag")
            }
        }
        at = close + 1
        let isEmpty = close > nameEnd && self[close - 1] == UInt8(ascii: "/")
        let name = start + 1..<nameEnd
        return Tag(
            element: element(name), isEnd: false, isEmpty: isEmpty, name: name, attributes: nameEnd..<(isEmpty ? close - 1 : close))
    }

    /// Steps over a comment, a CDATA section or a processing instruction. A document type, where entities are declared, is refused.
    mutating func passOver() throws(ScanStop) {
        if self[at + 1] == UInt8(ascii: "?") {
            at = try find("?>", from: at + 2) + 2
        } else if starts("<!--") {
            at = try find("-->", from: at + 4) + 3
        } else if starts("<![CDATA[") {
            at = try find("]]>", from: at + 9) + 3
        } else if starts("<!DOCTYPE") {
            throw .fault(.declaresEntities)
        } else {
            throw broken("its XML has a declaration that cannot be read")
        }
    }

    /// Steps over the rest of an element whose start tag was just read.
    mutating func skip(_ tag: Tag, depth limit: Int) throws(ScanStop) {
        guard !tag.isEmpty else { return }
        var depth = 1
        while depth > 0 {
            let next = try nextTag()
            if next.isEnd { depth -= 1 } else if !next.isEmpty { depth += 1 }
            if depth > limit { throw .fault(.limit("its XML has elements more than \(limit) deep")) }
        }
    }

    func find(_ pattern: StaticString, from start: Int) throws(ScanStop) -> Int {
        var offset = start
        while !starts(pattern, at: offset) {
            if self[offset] == 0 { throw stop(at: offset) }
            offset += 1
        }
        return offset
    }

    func starts(_ pattern: StaticString, at offset: Int? = nil) -> Bool {
        let start = offset ?? at
        for index in 0..<pattern.utf8CodeUnitCount where unsafe base[start + index] != pattern.utf8Start[index] { return false }
        return true
    }

    @inline(__always) static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
}

extension MarkupCursor {
    /// What an element's name means; a name with another prefix than the root's is foreign.
    func element(_ name: Range<Int>) -> SheetElement {
        guard name.count > prefix.count else { return .other }
        for index in prefix.indices where self[name.lowerBound + index] != prefix[index] { return .other }
        return unsafe SheetElement(UnsafeBufferPointer(start: base + name.lowerBound + prefix.count, count: name.count - prefix.count))
    }

    /// A name's prefix with its colon. The root's is the prefix of all the part's own elements.
    func prefix(of name: Range<Int>) -> [UInt8] {
        let bytes = unsafe Array(UnsafeBufferPointer(start: base + name.lowerBound, count: name.count))
        return bytes.firstIndex(of: UInt8(ascii: ":")).map { Array(bytes[...$0]) } ?? []
    }
}

/// The elements of sheets and shared texts that matter here.
enum SheetElement {
    case worksheet, sheetData, row, cell, value, formula, inlineText, text, run, sharedItem, mergeCell
    case other

    /// Looks at the length first: nearly all of a sheet's elements have one letter.
    init(_ name: UnsafeBufferPointer<UInt8>) {
        switch name.count {
        case 1: unsafe self = SheetElement.short(name[0])
        case 2: self = unsafe SheetElement.named(name, [("is", .inlineText), ("si", .sharedItem)])
        case 3: self = unsafe SheetElement.named(name, [("row", .row)])
        case 9: self = unsafe SheetElement.named(name, [("sheetData", .sheetData), ("worksheet", .worksheet), ("mergeCell", .mergeCell)])
        default: self = .other
        }
    }

    private static func short(_ letter: UInt8) -> SheetElement {
        switch letter {
        case UInt8(ascii: "c"): .cell
        case UInt8(ascii: "v"): .value
        case UInt8(ascii: "f"): .formula
        case UInt8(ascii: "t"): .text
        case UInt8(ascii: "r"): .run
        default: .other
        }
    }

    @inline(__always)
    private static func named(_ name: UnsafeBufferPointer<UInt8>, _ known: [(StaticString, SheetElement)]) -> SheetElement {
        for (spelling, element) in known {
            if unsafe name.elementsEqual(UnsafeBufferPointer(start: spelling.utf8Start, count: spelling.utf8CodeUnitCount)) {
                return element
            }
        }
        return .other
    }
}
