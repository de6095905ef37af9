import Cells
import RetailFit
import Testing

/// A retail workbook is taken whole, or all that is wrong with it is told.
@Suite struct RetailWorkbookTests {
    private static let headers: [String: [String]] = [
        "RETAILER_INFO": [
            "RETAILER_ID", "RETAILER_NAME", "RETAILER_CATEGORY", "RETAILER_FORMAT", "RETAILER_SALE_MODEL", "RETAILER_OUTLET_COUNT",
            "RETAILER_CITY_COUNT", "RETAILER_STATE_COUNT", "RETAILER_PURCAHSE_MODEL", "RETAILER_CREDIT_DAYS",
        ],
        "PRODUCT_INFO": [
            "PRODUCT_ID", "Prod-BRAND", "CATEGORY", "SUB_CATEGORY", "PRODUCT_DESCRIPTION", "MRP", "PACK_SIZE", "UOM", "VALUE",
        ],
        "RETAILER_PRODUCT_MAPPING": ["RETAILER_ID", "PRODUCT_ID", "AVG_SELLING_PRICE", "ANNUAL_SALE", "RETAILER_MARGIN"],
        "RETAILER_LOCATION": ["RETAILER_ID", "RETAILER_CITY", "RETAILER_STATE"],
    ]
    private static let good: [String: [[String]]] = [
        "RETAILER_INFO": [["RT_1", "Northgate", "NMT", "Beauty", "B2C", "64", "9", "4", "Outright", "45"]],
        "PRODUCT_INFO": [["P1", "COSTA", "HAIR", "SERUMS", "Argan serum", "399", "50", "ML", "7.98"]],
        "RETAILER_PRODUCT_MAPPING": [["RT_1", "P1", "312.40", "18", "22"]],
        "RETAILER_LOCATION": [["RT_1", "Pune", "Maharashtra"], ["rt_1 ", "PUNE", "maharashtra"]],
    ]
    private static let order = ["RETAILER_LOCATION", "RETAILER_PRODUCT_MAPPING", "PRODUCT_INFO", "RETAILER_INFO"]

    private static func read(
        _ rows: [String: [[String]]] = good, headers: [String: [String]] = headers, known: Set<String> = []
    ) -> Result<RetailData, RetailFaultsFound> {
        var workbook = RetailWorkbook()
        for sheet in order {
            guard let titles = headers[sheet] else { continue }
            for (number, fields) in ([titles] + (rows[sheet] ?? [])).enumerated() {
                var row = Row()
                row.reset(number: number + 1)
                for (column, field) in fields.enumerated() where !field.isEmpty { row.append(text: field.utf8, column: column) }
                workbook.take(row, ofSheet: sheet)
            }
        }
        return workbook.finish(knowsRetailer: known.contains, knowsProduct: known.contains, knowsSender: false)
    }

    private static func faults(_ sheet: String, _ rows: [[String]], known: Set<String> = []) throws -> [RetailFault] {
        var all = good
        all[sheet] = rows
        guard case .failure(let found) = read(all, known: known) else { return [] }
        return found.faults.first
    }

    @Test func `sheets come in any order, and what is right is counted, a doubled place too`() throws {
        let data = try Self.read().get()
        #expect(data.records == 5)
        #expect(data.retailers.first?.purchaseModel == "Outright")
        #expect(data.listings.first?.listing.price == DecimalNumber(text: "312.40".utf8))
        #expect(data.places.count == 1)
        #expect(data.warnings.map(\.row) == [3])
    }

    @Test func `headers are the same in any case, with blanks or dashes, and in both spellings`() throws {
        var headers = Self.headers
        headers["RETAILER_INFO"]?[8] = "retailer purchase-model "
        headers["PRODUCT_INFO"]?[1] = "PROD_BRAND"
        #expect(try Self.read(headers: headers).get().retailers.first?.purchaseModel == "Outright")
    }

    @Test(arguments: order) func `a sheet that is missing is told alone`(sheet: String) throws {
        var headers = Self.headers
        headers[sheet] = nil
        guard case .failure(let found) = Self.read(headers: headers) else { return #expect(Bool(false), "it was taken") }
        #expect(found.faults.first.map(\.sheet) == [sheet])
        #expect(found.faults.first.allSatisfy { $0.row == nil && $0.suggestion != nil })
    }

    @Test func `a header that is nearly right is named`() throws {
        var headers = Self.headers
        headers["RETAILER_PRODUCT_MAPPING"]?[2] = "AVG_SELING_PRICE"
        guard case .failure(let found) = Self.read(headers: headers) else { return #expect(Bool(false), "it was taken") }
        let fault = try #require(found.faults.first.first)
        #expect((fault.row, fault.column) == (1, "AVG_SELING_PRICE"))
        #expect(fault.suggestion == "Is AVG_SELING_PRICE meant? Spell it AVG_SELLING_PRICE.")
    }

    @Test(
        arguments: [
            ("RETAILER_PRODUCT_MAPPING", ["RT_9", "P1", "1", "1", "1"], "RETAILER_ID", "RT_9"),
            ("RETAILER_PRODUCT_MAPPING", ["RT_1", "P9", "1", "1", "1"], "PRODUCT_ID", "P9"),
            ("RETAILER_PRODUCT_MAPPING", ["RT_1", "P1", "1", "1", "100.5"], "RETAILER_MARGIN", "100.5"),
            ("RETAILER_PRODUCT_MAPPING", ["RT_1", "P1", "-1", "1", "1"], "AVG_SELLING_PRICE", "-1"),
            ("RETAILER_PRODUCT_MAPPING", ["RT_1", "P1", "much", "1", "1"], "AVG_SELLING_PRICE", "much"),
            ("RETAILER_PRODUCT_MAPPING", ["RT_1", "P1", "1e300", "1", "1"], "AVG_SELLING_PRICE", "1e300"),
            ("RETAILER_LOCATION", ["RT_7", "Pune", "M"], "RETAILER_ID", "RT_7"),
            ("RETAILER_LOCATION", ["RT_1", "", "M"], "RETAILER_CITY", nil),
            ("RETAILER_INFO", ["RT_1", "N", "", "", "", "1.5"], "RETAILER_OUTLET_COUNT", "1.5"),
            ("RETAILER_INFO", ["RT_1", "", "", "", "", "1"], "RETAILER_NAME", nil),
        ] as [(String, [String], String, String?)])
    func `each fault has its place and what to do`(sheet: String, row: [String], column: String, value: String?) throws {
        let fault = try #require(try Self.faults(sheet, [row]).first)
        #expect((fault.sheet, fault.row, fault.column, fault.value) == (sheet, 2, column, value))
        #expect(fault.suggestion?.isEmpty == false)
    }

    @Test(arguments: ["RETAILER_INFO", "PRODUCT_INFO", "RETAILER_PRODUCT_MAPPING"])
    func `what stands twice names the other row`(sheet: String) throws {
        let row = try #require(Self.good[sheet]?.first)
        let fault = try #require(try Self.faults(sheet, [row, row]).first)
        #expect(fault.row == 3)
        #expect(fault.message.contains("row 2"))
    }

    @Test func `what earlier files have told need not be told again`() throws {
        #expect(try Self.faults("RETAILER_PRODUCT_MAPPING", [["RT_9", "p9", "1", "1", "1"]], known: ["rt_9", "p9"]).isEmpty)
    }

    @Test func `a brand's products need their sender, or their brand`() throws {
        var workbook = RetailWorkbook()
        for (number, fields) in [["PRODUCT NAME", "CATEGORY", "SUB CATEGORY", "MRP"], ["Serum", "Hair", "Serums", "10"]].enumerated() {
            var row = Row()
            row.reset(number: number + 1)
            for (column, field) in fields.enumerated() { row.append(text: field.utf8, column: column) }
            workbook.take(row, ofSheet: "Products")
        }
        var same = workbook
        guard case .failure = workbook.finish(knowsRetailer: { _ in false }, knowsProduct: { _ in false }, knowsSender: false) else {
            return #expect(Bool(false), "nobody's products were taken")
        }
        let taken = try same.finish(knowsRetailer: { _ in false }, knowsProduct: { _ in false }, knowsSender: true).get()
        #expect(taken.ownProducts.map(\.name) == ["Serum"])
    }
}
