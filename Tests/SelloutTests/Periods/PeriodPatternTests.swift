import Testing

@testable import Sellout

@Suite struct PeriodPatternTests {
    @Test(arguments: [
        ("MMMYYYY", "BOXNOX - BIBBI Monthly Sales Report APR2025.xlsx", "2025-04-01"),
        ("MM-YYYY", "BIBBIPARFU_ReportPeriod02-2025.xlsx", "2025-02-01"),
        ("MMM'YY", "bibbi sales march'25.xlsx", "2025-03-01"), ("MMM'YY", "bibbi sales march’25 (4).xlsx", "2025-03-01"),
        ("YYYY MM", "CDLC BIBBI_Sell_Out_2025 01.xlsx", "2025-01-01"), ("YYYY MM", "BIBBI_Sell_Out_2025_04 (1).xlsx", "2025-04-01"),
        ("DD-MM-YYYY", "Report 31-08-2025.xlsx", "2025-08-31"), ("DD_MM_YYYY", "Report 19_5_2024.xlsx", "2024-05-19"),
        ("DD_MM_YYYY", "Report_29_06_2025__5_.xlsx", "2025-06-29"), ("QQ YYYY", "Sales Q1 2024.xlsx", "2024-03-01"),
        ("MMM-MMM YYYY", "Sales Jan-Mar 2024.xlsx", "2024-03-01"), ("MMM YYYY", "ventas abril 2025", "2025-04-01"),
        ("MMM YYYY", "sprzedaż Kwiecień 2025.csv", "2025-04-01"), ("YYYY-WW", "week 2025-W16.xlsx", "2025-04-14"),
    ])
    func `a period is found in a file's name`(pattern: String, name: String, day: String) throws {
        let known = try #require(PeriodPattern(pattern))
        let period = try #require(known.find(in: FileStem.of(name)))
        #expect(period.date?.day.description == day)
    }

    @Test(arguments: [
        ("MM-YYYY", "13-2025"), ("MM-YYYY", "102-2025"), ("MM-YYYY", "02-20251"), ("MMMYYYY", "SUMMAR2025"), ("DD-MM-YYYY", "31-02-2025"),
        ("YYYY MM", "report (2025).xlsx"), ("QQ YYYY", "Q5 2024"), ("YYYY MM", "1825 04"),
    ])
    func `what only looks like one is none`(pattern: String, name: String) throws {
        let known = try #require(PeriodPattern(pattern))
        #expect(known.find(in: FileStem.of(name)) == nil)
    }

    @Test func `what browsers add to a copy's name is no part of it`() {
        #expect(FileStem.of("Galilu_2025__5_.xlsx") == "Galilu_2025")
        #expect(FileStem.of("bibbi sales march'25 (4).xlsx") == "bibbi sales march'25")
        #expect(FileStem.of("Report 19_5_2024.xlsm") == "Report 19_5_2024")
        #expect(FileStem.of("a (2024).csv") == "a (2024)")
    }

    @Test func `a name pattern's star stands for any run, its number sign for one digit`() {
        #expect(NamePattern("product_ranking_####").matches("Product_Ranking_2025"))
        #expect(!NamePattern("product_ranking_####").matches("product_ranking_2023-24"))
        #expect(NamePattern("* total").matches("Sol  TOTAL") && !NamePattern("* total").matches("total"))
        #expect(NamePattern("All *").matches("All Sales Channels") && !NamePattern("a*b*c").matches("abd"))
    }
}
