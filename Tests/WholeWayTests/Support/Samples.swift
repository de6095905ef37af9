/// Files as resellers send them.
enum Samples {
    static let boxnoxHeader = "YEAR;MONTH;CHANNEL;POS;EAN;QTY;AMOUNT;DESCRIPTION;SKU\n"

    /// Two sales, 197,38 EUR.
    static let boxnox = boxnoxRows("2025;4", ["Abanuc Online;7350154320008;1;202,48", "Abanuc Madrid;7350154320060;-2;-5,10"])

    /// `rows` are store, EAN, quantity and amount.
    static func boxnoxRows(_ period: String, _ rows: [String]) -> String {
        boxnoxHeader + rows.map { "\(period);Retail;\($0);EDP;SKU\n" }.joined()
    }

    static let onlineHeader = "Order ID,Product EAN,Functional Name,Product Name,Quantity,Sales EUR,Order Date,Country,City\n"

    /// So many orders of one piece each at 10.50 EUR; `mark` sets them apart from those of other files.
    static func online(_ count: Int, mark: String = "A") -> String {
        var text = onlineHeader
        for number in 0..<count {
            text += "\(mark)-\(number),7350154320008,BBSC100,Soap Club,1,10.50,2025-03-\(10 + number % 20),SE,Malmö\n"
        }
        return text
    }
}
