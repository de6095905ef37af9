"""Workbooks as the common libraries write them."""
import datetime

import openpyxl
import openpyxl.chart
import openpyxl.styles
import xlsxwriter
import xlwt

TEXTS = ["plain", " blanks around ", "line\nbreak", "tab\there", "<&>\"'", "Łódź żółć", "日本語", "emoji 🧴", "e\u0301 decomposed", "й и\u0306",
         "100% sure", "_underscores_", "a" * 5000, "'quoted", "=no formula"]
NUMBERS = [0, 1, -1, 7350154320657, 202.48, 5147.8299999999999, 1e300, -1e-7, 0.1 + 0.2, 123456789012345678, 2 ** 53, 1 / 3, 1e15, 1.5e-300]
MOMENTS = [datetime.datetime(2025, 3, 1), datetime.datetime(1900, 1, 1), datetime.datetime(1900, 2, 28), datetime.datetime(1900, 3, 1),
           datetime.datetime(2024, 2, 29, 13, 5, 7), datetime.datetime(9999, 12, 31), datetime.datetime(2024, 1, 28, 23, 59, 59, 500000)]
FORMATS = ["yyyy-mm-dd", "m/d/yyyy", "[$-409]d-mmm-yy;@", "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "[h]:mm", "[hh]:mm:ss", "mm:ss.0", "h:mm AM/PM",
           '"day"0', '0"d"', "\\d0", "0_d", "[Red]0.00", "[Blue][<=100]0", "#,##0.00\\ \"zł\"", "0.00E+00", "General", "@", "0%",
           "[$-41E]d mmm yyyy", "dd.mm.yyyy;@", "yyyy\"年\"m\"月\"", "[$€-407]#,##0.00", "ss", "\"yyyy\"", "_-* #,##0\\ _k_č_-"]


def by_openpyxl(path, early=False):
    book = openpyxl.Workbook()
    if early:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet = book.active
    sheet.title = "Types žlutý"
    for row, text in enumerate(TEXTS, 1):
        sheet.cell(row, 1, text).data_type = "s"
    for row, number in enumerate(NUMBERS, 1):
        sheet.cell(row, 3, number)
    for row, moment in enumerate(MOMENTS, 1):
        if not early or moment.year >= 1904:
            sheet.cell(row, 5, moment)
    sheet["G1"], sheet["G2"], sheet["G3"] = True, False, datetime.time(13, 5, 7)
    sheet["G4"] = datetime.timedelta(days=3, hours=5)
    sheet["G5"] = datetime.date(2025, 12, 31)
    for row, error in enumerate(["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"], 1):
        sheet.cell(row, 9, error).data_type = "e"
    sheet["K1"] = "=1+1"
    sheet.merge_cells("L2:N3")
    sheet["L2"] = "merged"
    sheet.row_dimensions[4].hidden = True
    formats = book.create_sheet("Formats")
    # Where a format's sections disagree, the judge of old workbooks guesses by counting letters.
    for row, code in enumerate(FORMATS + ["0;yyyy"], 1):
        formats.cell(row, 1, 45000.75).number_format = code
        formats.cell(row, 2, 1.25).number_format = code
    chart = openpyxl.chart.BarChart()
    chart.add_data(openpyxl.chart.Reference(sheet, min_col=3, min_row=1, max_row=5))
    book.create_chartsheet("Chart").add_chart(chart)
    hidden = book.create_sheet("Hidden")
    hidden.sheet_state = "hidden"
    hidden["XFD1048576"] = "far corner"
    very = book.create_sheet("Very hidden")
    very.sheet_state = "veryHidden"
    very["B2"] = 1
    book.create_sheet("Empty")
    book.save(path)


def by_xlsxwriter(path, **options):
    book = xlsxwriter.Workbook(path, options)
    sheet = book.add_worksheet("Types")
    bold = book.add_format({"bold": True})
    formats = {code: book.add_format({"num_format": code}) for code in FORMATS + [14, 22, 45, 47]}
    for row in range(20):
        if row < len(TEXTS):
            sheet.write_string(row, 0, TEXTS[row])
        if row < len(NUMBERS):
            sheet.write_number(row, 1, NUMBERS[row])
        if row < len(MOMENTS) and (not options.get("date_1904") or MOMENTS[row].year >= 1904):
            sheet.write_datetime(row, 2, MOMENTS[row], formats["yyyy-mm-dd"])
        if row == 1:
            sheet.write_rich_string(row, 3, "rich ", bold, "text", " & more")
            sheet.write_boolean(row, 4, True)
            sheet.write_formula(row, 5, "=1/0", None, "#DIV/0!")
            sheet.write_formula(row, 6, '="a"&"<b>"', None, "a<b>")
            sheet.write_formula(row, 7, "=1+1", None, 2)
            sheet.write_formula(row, 8, "=TRUE()", None, True)
            sheet.write_formula(row, 9, '=""', None, "")
            sheet.write_array_formula("K2:K2", "{=SUM(A1:A2)}", None, 7.5)
            sheet.write_blank(row, 11, None, bold)
            sheet.write_url(row, 12, "https://example.com/a?b=c&d=e", string="link")
    sheet.set_row(5, None, None, {"hidden": True})
    for row, (code, style) in enumerate(formats.items(), 30):
        sheet.write_number(row, 0, 45000.75, style)
        sheet.write_number(row, 1, 0.25, style)
    for serial in (0, 0.5, 1, 1.5, 59, 59.99, 60, 60.5, 61, 2957003):
        sheet.write_number(100 + int(serial % 97), 3, serial, formats["yyyy-mm-dd"])
    if not options.get("constant_memory"):
        sheet.merge_range("A121:C122", "merged", bold)
    other = book.add_worksheet("other")
    other.hide()
    for row in range(4000):
        other.write_row(row, 0, [f"Branch {row % 20}", row, row / 7, f"text {row}", "ü" * (row % 50), row % 2 == 0])
    book.close()


def by_xlwt(path, early=False):
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = early
    sheet = book.add_sheet("Types žlutý")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for row, text in enumerate(TEXTS):
        sheet.write(row, 0, text)
    for row, number in enumerate(NUMBERS):
        sheet.write(row, 1, number)
    for row, moment in enumerate(MOMENTS):
        if moment.year > 1904:
            sheet.write(row, 2, moment, day)
    sheet.write(0, 4, True)
    sheet.write(1, 4, False)
    for row, code in enumerate([0, 7, 15, 23, 29, 36, 42]):
        sheet.row(row).set_cell_error(5, code)
    sheet.write_merge(3, 5, 7, 9, "merged")
    sheet.row(4).hidden = True
    sheet.write(0, 11, xlwt.Formula("1+1"))
    for row, code in enumerate(FORMATS):
        sheet.write(30 + row, 0, 45000.75, xlwt.easyxf(num_format_str=code))
        sheet.write(30 + row, 1, 61.25, xlwt.easyxf(num_format_str=code))
    rich = sheet.row(20)
    rich.set_cell_rich_text(0, (("bold ", xlwt.easyfont("bold true")), ("plain", xlwt.easyfont(""))))
    many = book.add_sheet("many")
    many.visibility = 1
    for row in range(2500):
        many.write(row, 0, f"text {row} " + "ąž日"[row % 3] * (row % 90))
        many.write(row, 1, row)
        many.write(row, 2, row / 8)
        many.write(row, 3, row / 100)
        many.write(row, 5, row * 1.1)
    very = book.add_sheet("very hidden")
    very.visibility = 2
    very.write(9999, 255, "far corner")
    book.save(path)
