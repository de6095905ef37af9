/// Which cell styles show a number as a date.
struct Styles {
    /// By style number.
    private(set) var showsDate: [Bool] = []

    init() {}

    init(_ part: ByteWindow, named name: String, limits: Limits) throws(SpreadsheetFault) {
        var custom: [Int: Bool] = [:]
        var formats: [Int] = []
        try MarkupElements.list(part, named: name, limits: limits) { element in
            switch (element.parent, element.name) {
            case ("numFmts", "numFmt"):
                guard let number = element.attributes["numFmtId"].flatMap({ Int($0) }), let code = element.attributes["formatCode"] else {
                    return
                }
                custom[number] = DateFormat.isDate(code: code)
            case ("cellXfs", "xf"):
                formats.append(element.attributes["numFmtId"].flatMap { Int($0) } ?? 0)
            default: break
            }
        }
        showsDate = formats.map { custom[$0] ?? DateFormat.isDate(builtIn: $0) }
    }

    @inline(__always)
    func isDate(_ style: Int) -> Bool { style > 0 && style < showsDate.count ? showsDate[style] : style == 0 && showsDate.first == true }
}
