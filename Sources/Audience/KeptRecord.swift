/// One record of a block, as it is kept. A block that has been damaged gives fewer fields, and never what lies beyond its record.
package struct KeptRecord {
    private let lines: [UInt8]
    private let line: Range<Int>

    fileprivate init(_ lines: [UInt8], _ line: Range<Int>) {
        self.lines = lines
        self.line = line
    }

    package var bytes: ArraySlice<UInt8> { lines[line] }

    /// The fields in their order: the name between its quotation marks, and the value as JSON.
    package func fields(_ body: (_ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) -> Void) {
        var at = line.lowerBound + 1
        while at < line.upperBound, lines[at] == UInt8(ascii: "\"") {
            let nameEnd = endOfText(at)
            guard nameEnd < line.upperBound else { return }
            let valueEnd = endOfValue(nameEnd + 1)
            body(lines[at + 1..<nameEnd - 1], lines[min(nameEnd + 1, valueEnd)..<valueEnd])
            at = valueEnd + 1
        }
    }

    /// Every text in it, the names of fields among them, between its quotation marks.
    package func texts(_ body: (ArraySlice<UInt8>) -> Bool) -> Bool {
        var at = line.lowerBound
        while at < line.upperBound {
            guard lines[at] == UInt8(ascii: "\"") else {
                at += 1
                continue
            }
            let end = endOfText(at)
            if end - 1 > at, body(lines[at + 1..<end - 1]) { return true }
            at = end
        }
        return false
    }

    /// Behind the closing quotation mark.
    private func endOfText(_ start: Int) -> Int {
        var at = start + 1
        while at < line.upperBound {
            switch lines[at] {
            case UInt8(ascii: "\""): return at + 1
            case UInt8(ascii: "\\"): at += 2
            default: at += 1
            }
        }
        return line.upperBound
    }

    private func endOfValue(_ start: Int) -> Int {
        var at = start
        var depth = 0
        while at < line.upperBound {
            switch lines[at] {
            case UInt8(ascii: "\""):
                at = endOfText(at)
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard depth > 0 else { return at }
                depth -= 1
            case UInt8(ascii: ",") where depth == 0: return at
            default: break
            }
            at += 1
        }
        return line.upperBound
    }
}

extension RecordBlock {
    package func records(_ body: (KeptRecord) throws -> Void) rethrows {
        var start = 0
        while start < lines.count {
            let end = lines[start...].firstIndex(of: UInt8(ascii: "\n")) ?? lines.count
            try body(KeptRecord(lines, start..<end))
            start = end + 1
        }
    }

    /// As the items of a JSON list, commas between them.
    package var items: [UInt8] {
        var items = lines
        if items.last == UInt8(ascii: "\n") { items.removeLast() }
        // A line end stands between records only: within a text it is written as an escape.
        for place in items.indices where items[place] == UInt8(ascii: "\n") { items[place] = UInt8(ascii: ",") }
        return items
    }
}
