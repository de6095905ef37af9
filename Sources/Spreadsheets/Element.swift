/// The elements of sheets and shared strings that the scanner knows.
enum Element: UInt8 {
    case worksheet, sheetData, row, cell, value, formula, inlineText, text, run, phonetic, sharedTable, sharedItem, mergeCell
    case other

    /// Told by length first: nearly all of a sheet's elements have one letter.
    init(_ name: UnsafeBufferPointer<UInt8>) {
        switch name.count {
        case 1: unsafe self = Element.short(name[0])
        case 2: self = unsafe Element.named(name, [("is", .inlineText), ("si", .sharedItem)])
        case 3: self = unsafe Element.named(name, [("row", .row), ("rPh", .phonetic), ("sst", .sharedTable)])
        case 9: self = unsafe Element.named(name, [("sheetData", .sheetData), ("worksheet", .worksheet), ("mergeCell", .mergeCell)])
        default: self = .other
        }
    }

    private static func short(_ letter: UInt8) -> Element {
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
    private static func named(_ name: UnsafeBufferPointer<UInt8>, _ known: [(StaticString, Element)]) -> Element {
        for (spelling, element) in known {
            if unsafe name.elementsEqual(UnsafeBufferPointer(start: spelling.utf8Start, count: spelling.utf8CodeUnitCount)) {
                return element
            }
        }
        return .other
    }
}

extension MarkupCursor {
    /// What an element's name means; a name under another prefix than the root's is foreign.
    func element(_ name: Range<Int>) -> Element {
        guard name.count > prefix.count else { return .other }
        for index in prefix.indices where self[name.lowerBound + index] != prefix[index] { return .other }
        return unsafe Element(UnsafeBufferPointer(start: base + name.lowerBound + prefix.count, count: name.count - prefix.count))
    }

    /// A name's own prefix with its colon, which the root element sets for all.
    func prefix(of name: Range<Int>) -> [UInt8] {
        let bytes = unsafe Array(UnsafeBufferPointer(start: base + name.lowerBound, count: name.count))
        return bytes.firstIndex(of: UInt8(ascii: ":")).map { Array(bytes[...$0]) } ?? []
    }
}
