/// A cell's place in a sheet: `B2`.
struct CellAddress: Hashable, Sendable, CustomStringConvertible {
    /// From 1, as spreadsheet programs show it.
    let row: Int
    /// From 0.
    let column: Int

    init?(_ text: String) {
        let letters = text.prefix { $0.isLetter }
        guard let column = ColumnName.column(String(letters)), let row = Int(text.dropFirst(letters.count)), row >= 1 else { return nil }
        self.row = row
        self.column = column
    }

    var description: String { "\(ColumnName.text(column))\(row)" }
}

/// A column's letters: 0 is A, 26 is AA.
package enum ColumnName {
    package static func text(_ column: Int) -> String {
        var rest = column + 1
        var letters: [UInt8] = []
        while rest > 0 {
            letters.append(UInt8(ascii: "A") + UInt8((rest - 1) % 26))
            rest = (rest - 1) / 26
        }
        return String(decoding: letters.reversed(), as: UTF8.self)
    }

    static func column(_ letters: String) -> Int? {
        guard (1...3).contains(letters.utf8.count) else { return nil }
        var column = 0
        for letter in letters.uppercased().utf8 {
            guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letter) else { return nil }
            column = column * 26 + Int(letter - UInt8(ascii: "A")) + 1
        }
        return column - 1
    }
}
