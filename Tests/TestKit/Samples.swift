import Foundation

/// Files as resellers send them.
package enum Samples {
    /// The project's own folder.
    package static let sources = (0..<3).reduce(#filePath as NSString) { path, _ in path.deletingLastPathComponent as NSString } as String
    package static var profiles: String { sources + "/samples/resellers" }

    package static let boxnoxHeader = "YEAR;MONTH;CHANNEL;POS;EAN;QTY;AMOUNT;DESCRIPTION;SKU\n"

    /// Two sales, 197,38 EUR.
    package static let boxnox = boxnoxRows("2025;4", ["Abanuc Online;7350154320008;1;202,48", "Abanuc Madrid;7350154320060;-2;-5,10"])

    /// `rows` are store, EAN, quantity and amount.
    package static func boxnoxRows(_ period: String, _ rows: [String]) -> String {
        boxnoxHeader + rows.map { "\(period);Retail;\($0);EDP;SKU\n" }.joined()
    }

    package static let onlineHeader = "Order ID,Product EAN,Functional Name,Product Name,Quantity,Sales EUR,Order Date,Country,City\n"

    /// So many orders of one piece each at 10.50 EUR; `mark` sets them apart from those of other files.
    package static func online(_ count: Int, mark: String = "A") -> String {
        var text = onlineHeader
        for number in 0..<count {
            text += "\(mark)-\(number),7350154320008,BBSC100,Soap Club,1,10.50,2025-03-\(10 + number % 20),SE,Malmö\n"
        }
        return text
    }
}
