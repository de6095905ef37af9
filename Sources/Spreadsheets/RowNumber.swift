/// A row's number, and its digits as they end each of the row's cell references: eight bytes that are compared at once.
struct RowNumber {
    let value: Int
    /// The digits and the closing quote.
    let spelling: UInt64
    let mask: UInt64
    let length: Int

    init(_ value: Int) {
        self.value = value
        var spelling = UInt64(UInt8(ascii: "\""))
        var length = 1
        var rest = value
        // Eight digits and more never match; the careful way reads them.
        while rest > 0, length < 8 {
            spelling = spelling << 8 | UInt64(48 + rest % 10)
            rest /= 10
            length += 1
        }
        self.spelling = spelling
        self.length = length
        mask = length == 8 ? .max : (1 << UInt64(length * 8)) - 1
    }
}
