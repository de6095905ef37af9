"""Writes a book as an .xlsx file: only what the deviations need, the same bytes for the same cells, and a thousand in seconds."""
import datetime
import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

from sheets import Fault, Formula, letter

FORMATS = {None: 0, "date": 1, "text": 2, "money": 3, "percent": 4}
STYLES = """<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>
<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="5"><xf numFmtId="0"/>%s</cellXfs></styleSheet>""" % "".join(
    f'<xf numFmtId="{number}" applyNumberFormat="1"/>' for number in (164, 49, 4, 9))
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def serial(day, from_1904):
    start = datetime.date(1904, 1, 1) if from_1904 else datetime.date(1899, 12, 30)
    return (day - start).days


class Writer:
    def __init__(self, book, macros=False):
        self.book, self.macros, self.texts = book, macros, {}

    def bytes(self):
        sheets = [self.sheet(sheet) for sheet in self.book.sheets]
        numbers = range(1, len(sheets) + 1)
        kind = "application/vnd.ms-excel.sheet.macroEnabled" if self.macros else \
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        parts = {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
            f'package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{types}.styles+xml"/>'
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{types}.sharedStrings+xml"/>'
            + "".join(f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{types}.worksheet+xml"/>' for n in numbers) + "</Types>",
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{RELATIONS}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
            + ('<workbookPr date1904="1"/>' if self.book.dates_from_1904 else "") + "<sheets>"
            + "".join(f'<sheet name={quoteattr(sheet.name)} sheetId="{n}" state="{sheet.state}" r:id="rId{n}"/>'
                      for n, sheet in zip(numbers, self.book.sheets)) + "</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
            + "".join(f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers)
            + f'<Relationship Id="rId{len(sheets) + 1}" Type="{RELATIONS}/styles" Target="styles.xml"/>'
            f'<Relationship Id="rId{len(sheets) + 2}" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
            "xl/styles.xml": STYLES,
            **{f"xl/worksheets/sheet{n}.xml": sheet for n, sheet in zip(numbers, sheets)},
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}" count="{len(self.texts)}" uniqueCount="{len(self.texts)}">'
            + "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in self.texts) + "</sst>",
        }
        result = io.BytesIO()
        with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, content in parts.items():
                archive.writestr(zipfile.ZipInfo(name, (2025, 5, 2, 9, 0, 0)), HEAD + content, zipfile.ZIP_DEFLATED)
        return result.getvalue()

    def sheet(self, sheet):
        columns = "".join(f'<col min="{n}" max="{n}" width="9" hidden="1"/>' for n in sorted(sheet.hidden_columns))
        merged = "".join(f'<mergeCell ref="{letter(c1)}{r1}:{letter(c2)}{r2}"/>' for r1, c1, r2, c2 in sheet.merged)
        rows = {}
        for (row, column), cell in sorted(sheet.cells.items()):
            rows.setdefault(row, []).append(self.cell(row, column, cell))
        return f'<worksheet xmlns="{MAIN}">' + (f"<cols>{columns}</cols>" if columns else "") + "<sheetData>" + "".join(
            f'<row r="{row}"{" hidden=" + chr(34) + "1" + chr(34) if row in sheet.hidden_rows else ""}>{"".join(cells)}</row>'
            for row, cells in rows.items()) + "</sheetData>" + (
            f'<mergeCells count="{len(sheet.merged)}">{merged}</mergeCells>' if merged else "") + "</worksheet>"

    def cell(self, row, column, cell):
        value, formula = cell.value, ""
        if isinstance(value, Formula):
            value, formula = value.value, f"<f>{escape(value.text)}</f>"
        kind, text = self.content(value, bool(formula))
        style = FORMATS[cell.format]
        return f'<c r="{letter(column)}{row}"' + (f' s="{style}"' if style else "") + (f' t="{kind}"' if kind else "") + f">{formula}{text}</c>"

    def content(self, value, calculated):
        if value is None:
            return "", ""
        if isinstance(value, Fault):
            return "e", f"<v>{value}</v>"
        if isinstance(value, bool):
            return "b", f"<v>{int(value)}</v>"
        if isinstance(value, (int, float)):
            return "", f"<v>{value!r}</v>"
        if isinstance(value, datetime.date):
            return "", f"<v>{serial(value, self.book.dates_from_1904)}</v>"
        if calculated:
            return "str", f"<v>{escape(value)}</v>"
        return "s", f"<v>{self.texts.setdefault(value, len(self.texts))}</v>"
