"""What a workbook holds, told by the libraries that everyone trusts, in the form that the tests compare with."""
import datetime
import unicodedata

# A formula whose result the file does not hold.
UNCALCULATED = ("uncalculated", "")
EPOCH = {True: datetime.datetime(1904, 1, 1), False: datetime.datetime(1899, 12, 31)}


def moment(value):
    value = value.replace(microsecond=round(value.microsecond / 1000) * 1000) if value.microsecond < 999500 else value
    if (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0):
        return value.strftime("%Y-%m-%d").rjust(10, "0")
    text = value.strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0")
    return text + (".%03d" % (value.microsecond // 1000) if value.microsecond else "")


def typed(value, is_error, starts_in_1904):
    if isinstance(value, bool):
        return "bool", value
    if is_error:
        return "error", value
    if isinstance(value, (int, float)):
        return "number", float(value)
    if isinstance(value, datetime.time):
        return "date", moment(datetime.datetime.combine(EPOCH[starts_in_1904], value))
    if isinstance(value, datetime.timedelta):
        start = EPOCH[starts_in_1904]
        late = not starts_in_1904 and value >= datetime.timedelta(days=60)
        return "date", moment(start + value - datetime.timedelta(days=late))
    if isinstance(value, datetime.datetime):
        return "date", moment(value)
    if isinstance(value, datetime.date):
        return "date", moment(datetime.datetime.combine(value, datetime.time()))
    return "text", unicodedata.normalize("NFC", str(value))


def by_openpyxl(path):
    import openpyxl
    from openpyxl.utils.datetime import CALENDAR_MAC_1904
    book = openpyxl.load_workbook(path, data_only=True)
    # Only a second look tells a formula without a result from a blank cell.
    spelled = openpyxl.load_workbook(path)
    early = book.epoch == CALENDAR_MAC_1904
    cells, sheets, merged, hidden = [], [], [], []
    for sheet, formulas in zip(book.worksheets, spelled.worksheets):
        sheets.append([unicodedata.normalize("NFC", sheet.title), sheet.sheet_state != "visible"])
        number = len(sheets) - 1
        # Not iter_rows, which makes a cell for every place up to the far corner.
        for (row, column), cell in sorted(sheet._cells.items()):
            if cell.value is not None and cell.value != "":
                cells.append([number, row, column, *typed(cell.value, cell.data_type == "e", early)])
            elif cell.data_type == "n" and (row, column) in formulas._cells and formulas._cells[row, column].data_type == "f":
                cells.append([number, row, column, *UNCALCULATED])
        merged += [[number, area.min_row, area.max_row, area.min_col, area.max_col] for area in sheet.merged_cells.ranges]
        hidden += [[number, row] for row, shape in sheet.row_dimensions.items() if shape.hidden]
    return {"sheets": sheets, "cells": cells, "merged": sorted(merged), "hidden": hidden}


def by_xlrd(path, calculated=True):
    import xlrd
    book = xlrd.open_workbook(path, formatting_info=True, ragged_rows=True)
    cells, sheets, merged, hidden = [], [], [], []
    for number, sheet in enumerate(book.sheets()):
        sheets.append([unicodedata.normalize("NFC", sheet.name), sheet.visibility != 0])
        for row in range(sheet.nrows):
            for column in range(sheet.row_len(row)):
                cell = sheet.cell(row, column)
                if cell.ctype == xlrd.XL_CELL_TEXT and cell.value == "" and not calculated:
                    # What xlwt writes for each formula; empty strings it writes as blank cells.
                    cells.append([number, row + 1, column + 1, *UNCALCULATED])
                    continue
                if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or cell.value == "":
                    continue
                if cell.ctype == xlrd.XL_CELL_DATE:
                    kind, value = "date", moment(xlrd.xldate.xldate_as_datetime(cell.value, book.datemode))
                elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
                    kind, value = "bool", bool(cell.value)
                elif cell.ctype == xlrd.XL_CELL_ERROR:
                    kind, value = "error", xlrd.error_text_from_code[cell.value]
                else:
                    kind, value = typed(cell.value, False, False)
                cells.append([number, row + 1, column + 1, kind, value])
        merged += [[number, top + 1, bottom, left + 1, right] for top, bottom, left, right in sheet.merged_cells]
        hidden += [[number, row + 1] for row, info in sheet.rowinfo_map.items() if info.hidden]
    return {"sheets": sheets, "cells": cells, "merged": sorted(merged), "hidden": hidden}


def stated(cells, sheets=(("S", False),)):
    """What the one who made the file by hand says it holds: (sheet, row, column, value) with the judge's types."""
    rows = [[place[0], place[1], place[2], *(value if isinstance(value, tuple) else typed(value, False, False))]
            for place, value in ((item[:3], item[3]) for item in cells)]
    return {"sheets": [list(sheet) for sheet in sheets], "cells": rows, "merged": [], "hidden": []}
