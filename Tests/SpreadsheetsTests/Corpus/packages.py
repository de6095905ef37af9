"""Workbooks put together by hand, for what no library writes."""
import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def sheet(rows, main=MAIN, before="", after=""):
    return f'{HEAD}<worksheet xmlns="{main}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def parts(sheets, shared=None, styles=None, main=MAIN, office=OFFICE, properties="", workbook_type=WORKBOOK_TYPE, tabs=None):
    """The parts of a workbook as a dict of name to text; `sheets` maps names to XML."""
    relations, entries = [], []
    result = {}
    for number, (name, xml) in enumerate(sheets.items(), 1):
        relations.append(f'<Relationship Id="rId{number}" Type="{office}/worksheet" Target="worksheets/sheet{number}.xml"/>')
        entries.append(f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>')
        result[f"xl/worksheets/sheet{number}.xml"] = xml
    if shared is not None:
        relations.append(f'<Relationship Id="rIdS" Type="{office}/sharedStrings" Target="sharedStrings.xml"/>')
        result["xl/sharedStrings.xml"] = f'{HEAD}<sst xmlns="{main}">{shared}</sst>'
    if styles is not None:
        relations.append(f'<Relationship Id="rIdT" Type="{office}/styles" Target="styles.xml"/>')
        result["xl/styles.xml"] = f'{HEAD}<styleSheet xmlns="{main}">{styles}</styleSheet>'
    result["xl/workbook.xml"] = (
        f'{HEAD}<workbook xmlns="{main}" xmlns:r="{office}">{properties}<sheets>{tabs or "".join(entries)}</sheets></workbook>')
    result["xl/_rels/workbook.xml.rels"] = f'{HEAD}<Relationships xmlns="{PACKAGE}">{"".join(relations)}</Relationships>'
    result["_rels/.rels"] = (
        f'{HEAD}<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
        '</Relationships>')
    result["[Content_Types].xml"] = (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{workbook_type}"/></Types>')
    return result


def pack(path, contents, rename=lambda name: name, method=zipfile.ZIP_DEFLATED, comment=b"", streamed=False, wide=False, lead=b""):
    buffer = io.BytesIO()

    class Pipe(io.RawIOBase):
        """Cannot seek, so that sizes follow the data."""
        def writable(self): return True
        def write(self, data): return buffer.write(data)

    with zipfile.ZipFile(Pipe() if streamed else buffer, "w", method) as archive:
        archive.comment = comment
        for name, text in contents.items():
            info = zipfile.ZipInfo(rename(name))
            # The library turns slashes; some programs do not.
            info.filename = rename(name)
            info.compress_type = method
            with archive.open(info, "w", force_zip64=wide) as part:
                part.write(text if isinstance(text, bytes) else text.encode())
    with open(path, "wb") as out:
        out.write(lead + buffer.getvalue())


def cells(*items):
    """Cells of one row: `cells('A1', 1, 'B1', 2)` gives numbers."""
    return "".join(f'<c r="{place}"><v>{value}</v></c>' for place, value in zip(items[::2], items[1::2]))


def one(rows, **options):
    """A workbook of one sheet `S`."""
    return parts({"S": sheet(rows)}, **options)
