"""Files that are refused, each with the kind of refusal and words that its sentence holds."""
import io
import os
import struct
import zipfile

import legacy
from packages import HEAD, MAIN, cells, one, pack, parts, sheet

CASES = []
ROWS = "".join(f"<row r='{row}'>{cells(f'A{row}', row * 7919 % 1000, f'B{row}', row * 104729 % 777)}</row>" for row in range(1, 3000))


def case(name, write, code, *words):
    CASES.append((name, write, code, list(words)))


def data(content):
    def write(path):
        with open(path, "wb") as out:
            out.write(content)
    return write


def changed(change, contents=None, **options):
    """A sound workbook's bytes, changed."""
    def write(path):
        pack(path, contents or one(ROWS), **options)
        content = open(path, "rb").read()
        data(bytes(change(bytearray(content))))(path)
    return write


def put(content, place, value):
    content[place:place + len(value)] = value
    return content


def central(content, name):
    """Where the directory's record of that part begins."""
    place = content.rindex(name.encode()) - 46
    assert content[place:place + 4] == b"PK\1\2"
    return place


def packed(contents, **options):
    return lambda path: pack(path, contents, **options)


SHEET = "xl/worksheets/sheet1.xml"
case("empty.xlsx", data(b""), "damaged", "empty")
case("document.xlsx", data(b"%PDF-1.7\n%..."), "notASpreadsheet", "PDF")
case("page.xls", data(b"\n<html><body><table><tr><td>1</td></tr></table></body></html>"), "notASpreadsheet", "HTML")
case("fragment.xls", data(b"<table><tr><td>1</td></tr></table>"), "notASpreadsheet", "HTML")
case("page-utf16.xls", data("<html><table>".encode("utf-16")), "notASpreadsheet", "HTML")
case("xml2003.xls", data(b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'), "unsupported", "XML spreadsheet", "xlsx")
case("antique.xls", data(b"\x09\x00\x04\x00\x02\x00\x10\x00"), "unsupported", "1993", "xlsx")
case("picture.csv", data(b"\x89PNG\r\n\x1a\n0000"), "notASpreadsheet", "PNG")
case("zeros.csv", data(b"a,b\n1,2\0\n"), "notASpreadsheet", "NUL")
case("json.csv", data(b'{"a": [1, 2]}'), "notASpreadsheet", "JSON")
case("archive.xlsx", packed({"report.txt": "hello"}), "notASpreadsheet", "ZIP archive")
case("letter.xlsx", packed({"word/document.xml": "<x/>", "_rels/.rels": one("")["_rels/.rels"].replace("xl/workbook", "word/document")}), "notASpreadsheet", "Word")
case("calc.xlsx", packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}), "unsupported", "ods", "xlsx")
case("binary.xlsx", packed({"xl/workbook.bin": b"\x83\x01", "_rels/.rels": one("")["_rels/.rels"].replace("workbook.xml", "workbook.bin")}), "unsupported", "xlsb", "xlsx")
case("parcel.xlsx", packed({"a/Report.XLSX": "x", "readme.txt": "x"}), "notASpreadsheet", "ZIP archive", "Unpack it")
case("text.xlsx", packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "notASpreadsheet", ".odt")
case("book.xlsx", packed({"mimetype": "application/epub+zip", "META-INF/container.xml": "<x/>"}), "notASpreadsheet", "EPUB")
case("drawing.xlsx", packed({"[Content_Types].xml": "<x/>", "visio/document.xml": "<x/>"}), "notASpreadsheet", "Visio")
case("printed.xlsx", packed({"[Content_Types].xml": "<x/>", "FixedDocumentSequence.fdseq": "<x/>"}), "notASpreadsheet", "XPS")
case("program.xlsx", packed({"META-INF/MANIFEST.MF": "", "a.class": "x"}), "notASpreadsheet", "JAR")
case("app.xlsx", packed({"META-INF/MANIFEST.MF": "", "AndroidManifest.xml": "x"}), "notASpreadsheet", "APK")
case("slides.xlsx", packed({"ppt/presentation.xml": "<x/>", "[Content_Types].xml": "<x/>"}), "notASpreadsheet", "PowerPoint")
case("package.xlsx", packed({"[Content_Types].xml": "<x/>", "3D/model.model": "<x/>"}), "notASpreadsheet", "Office file without a workbook")
for part, words in (("document", "Word"), ("theme", "theme"), ("presentation", "PowerPoint"), ("anything", "Office file without a workbook")):
    case(f"main-{part}.xlsx", packed(one(ROWS) | {"xl/workbook.xml": f'<w:{part} xmlns:w="urn:w"/>'}), "notASpreadsheet", words)
case("no-tabs.xlsx", packed(one("") | {"xl/workbook.xml": f'<workbook xmlns="{MAIN}"><sheets/></workbook>'}), "damaged", "no sheet")
case("no-tabs.xls", lambda path: legacy.save(path, legacy.workbook(0x0600, {})), "damaged", "no sheet")
case("tab-to-nowhere.xlsx", packed({name: part.replace('r:id="rId1"', 'r:id="rId7"') for name, part in one(ROWS).items()}), "damaged", "tab number 1")
case("tab-twice.xlsx", packed({name: part.replace("sheet2.xml", "Sheet1.xml") if name.endswith(".rels") else part for name, part in parts({"S": sheet(ROWS), "T": sheet(ROWS)}).items()}),
     "damaged", "one and the same")
for kind, double in (("capitals", SHEET.upper()), ("backslash", SHEET.replace("/", "\\")), ("slash", "/" + SHEET)):
    case(f"part-twice-{kind}.xlsx", packed(one(ROWS) | {double: sheet("")}), "damaged", "twice")
case("word.xls", lambda path: legacy.save(path, b"", "WordDocument"), "notASpreadsheet", "Word")
case("locked.xlsx", lambda path: legacy.save(path, b"", "EncryptedPackage"), "encrypted", "password", "locked", "Protect Workbook")
case("locked.xls", lambda path: legacy.save(path, legacy.workbook(0x0600, {"S": b""}, legacy.record(0x002F, b"\1\0" + b"\0" * 52))), "encrypted", "password")
case("locked-zip.xlsx", changed(lambda content: put(content, central(content, SHEET) + 8, b"\1\0")), "encrypted", "password")

case("cut-in-half.xlsx", changed(lambda content: content[:len(content) // 2]), "damaged", "cut off")
case("cut-at-end.xlsx", changed(lambda content: content[:-10]), "damaged", "cut off")
case("checksum.xlsx", changed(lambda content: put(content, central(content, SHEET) + 16, b"\1\2\3\4")), "damaged", "checksum")
case("bit-in-data.xlsx", changed(lambda content: put(content, content.index(SHEET.encode()) + 4000, b"\x55\xAA")), "damaged")


def shorten(content):
    """The sheet's deflate stream ends 100 bytes early, with the directory agreeing."""
    place = central(content, SHEET)
    size = struct.unpack_from("<I", content, place + 20)[0]
    return put(content, place + 20, struct.pack("<I", size - 100))


case("short-stream.xlsx", changed(shorten), "damaged")
case("longer-than-said.xlsx", changed(lambda content: put(content, central(content, SHEET) + 24, struct.pack("<I", 500))), "damaged", "longer")
case("method.xlsx", packed(one(ROWS), method=zipfile.ZIP_BZIP2), "unsupported", "packed")
case("directory-outside.xlsx", changed(lambda content: put(content, len(content) - 6, b"\xF0\xFF\xFF\x7F")), "damaged")
case("cut.xls", lambda path: (legacy.many(path), os.truncate(path, 100_000)), "damaged", "cut off")
case("circle.xls", lambda path: (legacy.many(path), circle(path)), "damaged")
case("shared-outside.xls", lambda path: legacy.save(path, legacy.workbook(0x0600, {"S": legacy.record(0x00FD, struct.pack("<HHHI", 0, 0, 0, 5))})), "damaged", "shared text")
case("no-sheet-end.xls", lambda path: legacy.save(path, legacy.workbook(0x0600, {"S": b""})[:-4] + legacy.number(0, 0, 1) + b"\x03\x02\xff\x1f"), "damaged")


def circle(path):
    """The allocation table's first chain leads back to its own second sector."""
    content = bytearray(open(path, "rb").read())
    table = struct.unpack_from("<I", content, 76)[0]
    put(content, (table + 1) * 512 + 4 * 100, struct.pack("<I", 1))
    data(bytes(content))(path)


def bad(name, rows, *words, code="damaged", **options):
    case(name, packed(one(rows, **options)), code, *words)


def whole(name, xml, *words, code="damaged"):
    case(name, packed(parts({"S": xml})), code, *words)


whole("entities.xlsx", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' + sheet("")[len(HEAD):], "entities")
case("entities-workbook.xlsx", packed(one("") | {"xl/workbook.xml": '<!DOCTYPE x [<!ENTITY a "b">]><workbook/>'}), "damaged", "entities")
case("entities-shared.xlsx", packed(one(ROWS, shared="") | {"xl/sharedStrings.xml": '<!DOCTYPE x [<!ENTITY a "b">]><sst/>'}), "damaged", "entities")
whole("sheet-ends.xlsx", sheet(ROWS)[:-60], "too early")
whole("sheet-in-tag.xlsx", sheet(ROWS)[:5000], "too early")
whole("not-a-sheet.xlsx", "<foo><sheetData/></foo>")
bad("shared-outside.xlsx", '<row r="1"><c r="A1" t="s"><v>3</v></c></row>', "shared text", shared="<si><t>x</t></si>")
bad("shared-negative.xlsx", '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>', "shared text", shared="<si><t>x</t></si>")
bad("bad-reference.xlsx", '<row r="1"><c r="1A"><v>3</v></c></row>', "stands")
bad("bad-row.xlsx", '<row r="0"><c><v>3</v></c></row>', "number")
bad("bad-type.xlsx", '<row r="1"><c r="A1" t="zz"><v>3</v></c></row>', "type")
bad("bad-entity.xlsx", '<row r="1"><c r="A1" t="str"><v>&nbsp;</v></c></row>', "entity")
bad("bad-reference-text.xlsx", '<row r="1"><c r="A1" t="str"><v>&#0;</v></c></row>', "character")
bad("control.xlsx", '<row r="1"><c r="A1" t="str"><v>a\x01b</v></c></row>', "control")
case("bad-utf8.xlsx", packed(parts({"S": sheet('<row r="1"><c r="A1" t="str"><v>QQ</v></c></row>').encode().replace(b"QQ", b"\xff\xfe")})), "damaged", "UTF-8")
bad("row-too-high.xlsx", '<row r="1048577"><c><v>1</v></c></row>', "row 1048576", code="limitExceeded")
bad("column-too-high.xlsx", '<row r="1"><c r="XFE1"><v>1</v></c></row>', "columns", code="limitExceeded")
bad("deep.xlsx", '<row r="1"><c r="A1">' + "<x>" * 100 + "</x>" * 100 + "</c></row>", "deep", code="limitExceeded")
bad("long-text.xlsx", f'<row r="1"><c r="A1" t="str"><v>{"x" * 200_000}</v></c></row>', "text", code="limitExceeded")
case("missing-sheet.xlsx", packed({name: part for name, part in one("").items() if "sheet1" not in name}), "damaged", "missing")
case("bomb.xlsx", packed(parts({"S": sheet(" " * 60_000_000)})), "limitExceeded", "bombs")

# Each part is small enough on its own.
case("many-bombs.xlsx", packed(parts({f"S{number}": sheet(" " * 9_000_000) for number in range(12)})), "limitExceeded", "200 times")


def nested_sheets(path):
    """Each tab's sheet holds those of the tabs behind it."""
    count = 20
    head, start = legacy.beginning(0x0600, 5), legacy.beginning(0x0600, 0x10)
    offset = len(head) + count * 14 + 4
    tabs = b"".join(legacy.record(0x0085, struct.pack("<IBB", offset + number * len(start), 0, 0) + b"\2\0%02d" % number) for number in range(count))
    legacy.save(path, head + tabs + legacy.record(0x000A) + start * count + legacy.number(0, 0, 1) + legacy.record(0x000A) * count)


case("nested-sheets.xls", nested_sheets, "damaged", "run on into another")


def overlap(path):
    """Two parts whose headers are one and the same."""
    pack(path, one(ROWS) | {"xl/media/a.bin": b"a" * 5000})
    content = bytearray(open(path, "rb").read())
    first, second = central(content, SHEET), central(content, "xl/media/a.bin")
    put(content, second + 42, content[first + 42:first + 46])
    data(bytes(content))(path)


def tab_twice(path):
    """Two tabs of an old workbook that lead to the same place."""
    stream = bytearray(legacy.workbook(0x0600, {"A": legacy.number(0, 0, 1), "B": legacy.number(0, 0, 2)}))
    first = stream.index(b"\x85\0")
    second = stream.index(b"\x85\0", first + 4)
    put(stream, second + 4, stream[first + 4:first + 8])
    legacy.save(path, bytes(stream))


case("tab-twice.xls", tab_twice, "damaged", "one and the same")


def part_twice(path):
    """Two parts of exactly one name."""
    pack(path, one(ROWS) | {SHEET.replace("sheet1", "sheet2"): sheet("")})
    content = open(path, "rb").read()
    data(content.replace(b"sheets/sheet2", b"sheets/sheet1"))(path)


case("part-twice.xlsx", part_twice, "damaged", "twice")
case("overlap.xlsx", overlap, "limitExceeded", "overlap")
case("unclosed.csv", data(b'a,b\n1,"open\n2,3\n'), "damaged", "row 2")
