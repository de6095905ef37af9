import Operations
import Sellout
import Testing

@Suite struct ProfileReadingTests {
    @Test func `a profile tells what it reads in the order in which people ask`() throws {
        let text = """
            {
              reseller: "galilu", vendor_name: "Galilu", currency: "PLN", numbers: "comma",   // 1.234,50
              signs: { file_name: ["galilu"], sheets: ["Sales"], headers: ["EAN"] },
              not_sales: { "YoY": "years side by side" },
              layouts: [
                { kind: "table", sheets: ["Sales"], columns: { quantity: ["Qty", "Pieces"], ean: "EAN", store: "POS", date: "Day" },
                  amount: "list_price", totals: ["total"], not_wanted: { "Brand": "always ours" } },
                { kind: "blocks", measures: { amount: "Value" }, columns: { code: "Item" } },
              ],
            }
            """
        let read = try #require(ProfileReading(json5: Array(text.utf8), file: "galilu.json5"))
        #expect(read.reseller == "galilu" && read.vendorName == "Galilu" && read.numbers == "comma" && read.dates == "dmy")
        #expect(read.fileNames == ["galilu"] && read.sheets == ["Sales"] && read.headers == ["EAN"])
        #expect(read.notSales.map(\.name) == ["YoY"] && read.notSales.map(\.why) == ["years side by side"])
        #expect(read.layouts.map(\.kind) == ["table", "blocks"] && read.layouts[0].takesListPrice && !read.layouts[1].takesListPrice)
        #expect(read.layouts[0].columns.map(\.field) == ["ean", "quantity", "store", "date"])
        #expect(read.layouts[0].columns[1].headers == ["Qty", "Pieces"] && read.layouts[1].columns.map(\.field) == ["code", "amount"])
        #expect(read.layouts[0].notWanted.map(\.why) == ["always ours"] && read.text.contains("// 1.234,50"))
    }

    @Test func `what is no profile is none`() { #expect(ProfileReading(json5: Array("{ reseller: ".utf8), file: "x") == nil) }
}
