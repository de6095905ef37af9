/// Reads a long XML part step by step out of a sliding window.
protocol MarkupScan {
    /// The prefix of the part's own elements; known once the root is read.
    var prefix: [UInt8] { get }

    /// Takes the next step; false at the part's end. A step that the window cuts off is taken again when the window holds more.
    mutating func next(_ cursor: inout MarkupCursor) throws(ScanStop) -> Bool

    /// How far the window may drop bytes of a step that it cut off; 0 where the step needs all its bytes again.
    func canDrop(_ cursor: MarkupCursor) -> Int
}

extension MarkupScan {
    func canDrop(_ cursor: MarkupCursor) -> Int { 0 }

    mutating func run(over window: ByteWindow, endsTooEarly: SpreadsheetFault) throws(SpreadsheetFault) {
        var at = 0
        try window.slide(dropping: 0)
        while true {
            var cursor = MarkupCursor(window, at: at, prefix: prefix)
            switch advance(&cursor, &at) {
            case .ended: return try window.drain()
            case .passed: break
            case .fault(let fault): throw fault
            case .incomplete:
                guard !window.isLast else { throw endsTooEarly }
                try window.slide(dropping: max(at, canDrop(cursor)))
                at = 0
            }
        }
    }

    /// Steps until the window's end, or until the root has set the prefix.
    private mutating func advance(_ cursor: inout MarkupCursor, _ at: inout Int) -> ScanOutcome {
        do throws(ScanStop) {
            repeat {
                guard try next(&cursor) else { return .ended }
                at = cursor.at
            } while prefix == cursor.prefix
            return .passed
        } catch {
            switch error {
            case .incomplete: return .incomplete
            case .fault(let fault): return .fault(fault)
            }
        }
    }
}

private enum ScanOutcome {
    case passed, ended, incomplete
    case fault(SpreadsheetFault)
}
