"""Workbooks as odd programs write them, each with what it holds."""
import struct
import zipfile

import legacy
from judge import UNCALCULATED, stated
from packages import HEAD, MAIN, OFFICE, STRICT_MAIN, STRICT_OFFICE, cells, one, pack, parts, sheet

CASES = []


def case(name, contents, held, sheets=(("S", False),), merged=(), hidden=(), **options):
    expected = stated(held, sheets)
    expected["merged"], expected["hidden"] = [list(area) for area in merged], [list(row) for row in hidden]
    CASES.append((name, lambda path: pack(path, contents, **options), expected))


def text(place, value, kind="inlineStr"):
    return f'<c r="{place}" t="{kind}"><is>{value}</is></c>'


ROW = f'<row r="1">{cells("A1", 1, "C1", 2.5)}</row><row r="3">{cells("B3", -3)}</row>'
HELD = [(0, 1, 1, 1), (0, 1, 3, 2.5), (0, 3, 2, -3)]

# Where cells and rows stand.
case("cells-without-r.xlsx", one("<row r='4'><c><v>1</v></c><c/><c><v>2</v></c><c r='F4'><v>3</v></c><c><v>4</v></c></row>"),
     [(0, 4, 1, 1), (0, 4, 3, 2), (0, 4, 6, 3), (0, 4, 7, 4)])
case("rows-without-r.xlsx", one("<row><c><v>1</v></c></row><row/><row><c><v>2</v></c></row><row r='9'><c><v>3</v></c></row><row><c><v>4</v></c></row>"),
     [(0, 1, 1, 1), (0, 3, 1, 2), (0, 9, 1, 3), (0, 10, 1, 4)])
case("rows-numbered-by-cells.xlsx", one(f"<row>{cells('B5', 1)}</row><row>{cells('A7', 2)}</row>"), [(0, 5, 2, 1), (0, 7, 1, 2)])
case("cells-out-of-order.xlsx", one(f"<row r='1'>{cells('C1', 3, 'A1', 1, 'B1', 2, 'A1', 4)}</row>"), [(0, 1, 1, 4), (0, 1, 2, 2), (0, 1, 3, 3)])
case("no-dimension.xlsx", one(ROW), HELD)
case("wrong-dimension.xlsx", parts({"S": sheet(ROW, before='<dimension ref="A1:A1"/>')}), HELD)
case("far-corner.xlsx", one(f"<row r='1048576'>{cells('XFD1048576', 1)}</row>"), [(0, 1048576, 16384, 1)])
case("no-rows.xlsx", parts({"S": f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'}), [])
case("no-sheet-data.xlsx", parts({"S": f'{HEAD}<worksheet xmlns="{MAIN}"><cols><col min="1" max="2"/></cols></worksheet>'}), [])
case("hidden-rows.xlsx", one(f"<row r='1' hidden='1'>{cells('A1', 1)}</row><row r='2' hidden='true'>{cells('A2', 2)}</row>"
                             f"<row r='3' hidden='0'>{cells('A3', 3)}</row>"),
     [(0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 1, 3)], hidden=[(0, 1), (0, 2)])
case("merged.xlsx", parts({"S": sheet(ROW, after='<mergeCells count="2"><mergeCell ref="A1:B2"/><mergeCell ref="D4:D9"/></mergeCells>')}),
     HELD, merged=[(0, 1, 2, 1, 2), (0, 4, 9, 4, 4)])

# How XML may be written.
case("prefixed.xlsx", parts({"S": f'{HEAD}<x:worksheet xmlns:x="{MAIN}" xmlns:y="urn:y"><x:sheetData><x:row r="1"><y:c r="D1"><y:v>9</y:v></y:c>'
                             '<x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c r="B1"><x:f>1+1</x:f><x:v>2</x:v></x:c></x:row></x:sheetData>'
                             '<x:mergeCells><x:mergeCell ref="A1:B1"/></x:mergeCells></x:worksheet>'})
     | {"xl/sharedStrings.xml": f'<x:sst xmlns:x="{MAIN}"><x:si><x:t>hello</x:t></x:si></x:sst>'}
     | {"xl/workbook.xml": f'<x:workbook xmlns:x="{MAIN}" xmlns:rel="{OFFICE}"><x:sheets><x:sheet name="S" sheetId="1" rel:id="rId1"/></x:sheets></x:workbook>',
        "xl/_rels/workbook.xml.rels": f'<p:Relationships xmlns:p="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<p:Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<p:Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></p:Relationships>'},
     [(0, 1, 1, "hello"), (0, 1, 2, 2)], merged=[(0, 1, 1, 1, 2)])
case("strict.xlsx", parts({"S": sheet('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="d"><v>2025-03-01</v></c>'
                                      '<c r="C1" t="d"><v>2025-03-01T13:05:07.250</v></c><c r="D1" t="d"><v>13:05:00</v></c></row>', main=STRICT_MAIN)},
                          shared="<si><t>strict</t></si>", main=STRICT_MAIN, office=STRICT_OFFICE),
     [(0, 1, 1, "strict"), (0, 1, 2, ("date", "2025-03-01")), (0, 1, 3, ("date", "2025-03-01T13:05:07.250")),
      (0, 1, 4, ("date", "1899-12-31T13:05:00"))])
for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "iso-8859-1", "windows-1252"):
    label = {"utf-16-le": "utf-16", "utf-16-be": "utf-16", "utf-8-sig": "utf-8"}.get(encoding, encoding)
    recoded = {name: part.replace('encoding="UTF-8"', f'encoding="{label}"').encode(encoding) for name, part in
               parts({"Sé": sheet('<row r="1">' + text("A1", "<t>žluť</t>" if "utf" in encoding else "<t>Größe</t>") + '<c r="B1" t="s"><v>0</v></c></row>')},
                     shared="<si><t>né</t></si>").items()}
    case(f"{encoding}.xlsx", recoded, [(0, 1, 1, "žluť" if "utf" in encoding else "Größe"), (0, 1, 2, "né")], sheets=(("Sé", False),))
case("odd-spacing.xlsx", one("\r\n <row\n\tr = '1'\n><!-- <c r=\"A1\"><v>8</v></c> --><c\n r='A1'  t = \"n\" ><v\n> 1 </v\n></c\t><?pi <c?>"
                             "<c t='s' r=\"B1\"><v> 0 </v></c ><c s=\"0\" r=\"C1\"/><c r=\"D1\"></c></row >\n", shared="<si><t>x</t></si>"),
     [(0, 1, 1, 1), (0, 1, 2, "x")])
case("character-data.xlsx", one('<row r="1">' + text("A1", "<t>a<![CDATA[<b>&amp;]]>c<!-- no -->d</t>") + text("B1", "<t>&lt;&#65;&#x1F9F4;&amp;amp;&quot;&apos;&gt;</t>")
                                + text("C1", "<t>one\r\ntwo\rthree&#13;&#10;four</t>") + text("D1", '<t xml:space="preserve">  kept  </t>')
                                + text("E1", "<t>  kept too </t>") + "</row>"),
     [(0, 1, 1, "a<b>&amp;cd"), (0, 1, 2, "<A\U0001F9F4&amp;\"'>"), (0, 1, 3, "one\ntwo\nthree\r\nfour"), (0, 1, 4, "  kept  "), (0, 1, 5, "  kept too ")])
case("escapes.xlsx", one('<row r="1"><c r="A1" t="s"><v>0</v></c>' + text("B1", "<t>_x0041_b_x00e9_</t>") + '<c r="C1" t="str"><f>x</f><v>l1_x000D__x000A_l2</v></c>'
                         '<c r="D1" t="s"><v>1</v></c><c r="E1" t="s"><v>2</v></c></row>',
                         shared="<si><t>a_x000D_b</t></si><si><t>_x005F_x000D_ stays</t></si><si><t>_x00_ _xZZZZ_ _xD83E__xDDF4_</t></si>"),
     [(0, 1, 1, "a\rb"), (0, 1, 2, "Abé"), (0, 1, 3, "l1\r\nl2"), (0, 1, 4, ("text", "_x000D_ stays")), (0, 1, 5, ("text", "_x00_ _xZZZZ_ \U0001F9F4"))])
case("decomposed.xlsx", one('<row r="1">' + text("A1", "<t>ne\u0301 и\u0306 \u2126</t>") + '<c r="B1" t="s"><v>0</v></c></row>', shared="<si><t>z\u030c</t></si>"),
     [(0, 1, 1, "né й Ω"), (0, 1, 2, "ž")])
case("foreign-elements.xlsx", parts({"S": sheet('<row r="1"><c r="A1"><extLst><ext><v>7</v></ext></extLst><v>1</v><extLst><ext uri="x"><x:v xmlns:x="u">3</x:v></ext></extLst></c>'
                                                '<extLst/></row><other><row r="9"/></other>', before="<sheetViews><sheetView><pane/></sheetView></sheetViews>")}),
     [(0, 1, 1, 1)])

# What cells hold.
case("types.xlsx", one('<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="e"><v>#N/A</v></c><c r="D1" t="str"><v>text</v></c>'
                       '<c r="E1" t="n"><v>1</v></c><c r="F1" t="n"/><c r="G1" t="str"><v></v></c><c r="H1" t="s"><v>1</v></c><c r="I1" t="s"><v>0</v></c>'
                       '<c r="J1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="K1"><v></v></c><c r="L1" t="inlineStr"><is/></c></row>', shared="<si><t/></si><si><t>x</t></si>"),
     [(0, 1, 1, True), (0, 1, 2, False), (0, 1, 3, ("error", "#N/A")), (0, 1, 4, "text"), (0, 1, 5, 1), (0, 1, 8, "x"), (0, 1, 10, ("error", "#DIV/0!"))])
NUMBERS = ["7350154320657", "7350154320657.0", "7.350154320657E12", "0.10000000000000001", "1E-7", "-1.5e+3", "1E+300", "123456789012345678901234567890",
           "0.000000000000000000000000001234", "-0", "5147.8299999999999", "1.", "+5"]
case("numbers.xlsx", one('<row r="1">' + "".join(f"<c><v>{number}</v></c>" for number in NUMBERS) + "<c><v>not a number</v></c></row>"),
     [(0, 1, column, float(number)) for column, number in enumerate(NUMBERS, 1)] + [(0, 1, len(NUMBERS) + 1, "not a number")])
case("formulas.xlsx", one('<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">B1&lt;2</f><v>1</v></c><c r="B1"><f t="shared" si="0"/><v>2</v></c>'
                          '<c r="C1" t="str"><f>"a"&amp;"b"</f><v>a&amp;b</v></c><c r="D1" t="b"><f>TRUE()</f><v>1</v></c>'
                          '<c r="E1"><f t="array" ref="E1">SUM(A1)</f><v>3.5</v></c><c r="F1"><f>NOW()</f></c></row>'),
     [(0, 1, 1, 1), (0, 1, 2, 2), (0, 1, 3, "a&b"), (0, 1, 4, True), (0, 1, 5, 3.5), (0, 1, 6, UNCALCULATED)])
EMPTY_RESULTS = ["", "<v/>", "<v></v>", "<v> </v>"]
case("uncalculated.xlsx", one("".join(
    f'<row r="{row}"><c r="A{row}"><f>A9</f>{value}</c><c r="B{row}" t="n"><f t="shared" si="0"/>{value}</c><c r="C{row}" t="b"><f>A9</f>{value}</c>'
    f'<c r="D{row}" t="s"><f>A9</f>{value}</c><c r="E{row}" t="d"><f/>{value}</c><c r="G{row}"><v>{row}</v></c><c r="H{row}" s="0">{value}</c></row>'
    for row, value in enumerate(EMPTY_RESULTS, 1))),
     [(0, row, column, row if column == 7 else UNCALCULATED) for row in range(1, 5) for column in (1, 2, 3, 4, 5, 7)])
case("uncalculated-texts.xlsx", one(
    '<row r="1"><c r="A1" t="str"><f>A9</f></c><c r="B1" t="str"><f>A9</f><v></v></c><c r="C1" t="str"><f>A9</f><v/></c><c r="D1" t="e"><f>A9</f></c>'
    '<c r="E1" t="e"><f>A9</f><v/></c><c r="F1" t="inlineStr"><f>A9</f></c><c r="G1" t="inlineStr"><f>A9</f><is><t/></is></c><c r="H1" t="inlineStr"><is/></c></row>'),
     [(0, 1, column, UNCALCULATED) for column in (1, 4, 5, 6)])
case("spilled.xlsx", one('<row r="1"><c r="A1"><f t="array" ref="A1:C1">X</f><v>1</v></c><c r="B1" s="0"/><c r="C1"></c></row>'), [(0, 1, 1, 1)])
case("inline-beside-value.xlsx", one(
    '<row r="1"><c r="A1" t="inlineStr"><v>1</v><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is><v>2</v></c>'
    '<c r="C1" t="inlineStr"><v>3</v></c><c r="D1" t="inlineStr"><v>4</v><is/></c><c r="E1"><is><t>e</t></is><v>5</v></c></row>'),
     [(0, 1, 1, "a"), (0, 1, 2, "b"), (0, 1, 3, ("text", "3")), (0, 1, 5, 5)])
case("rich-and-phonetic.xlsx", one('<row r="1"><c r="A1" t="s"><v>0</v></c>' + text("B1", "<r><rPr><b/></rPr><t>in</t></r><r><t>line</t></r><rPh sb='0' eb='1'><t>no</t></rPh>") + "</row>",
                                   shared='<si><r><rPr><sz val="8"/></rPr><t xml:space="preserve">rich </t></r><r><t>text</t></r>'
                                   '<rPh sb="0" eb="2"><t>フリ</t></rPh><phoneticPr fontId="1"/></si>'),
     [(0, 1, 1, "rich text"), (0, 1, 2, "inline")])
STYLES = ('<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="0&quot; day&quot;*y_d\\m;yyyy"/></numFmts>'
          '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/>'
          '<xf numFmtId="22"/><xf numFmtId="30"/><xf numFmtId="57"/><xf numFmtId="46"/></cellXfs><dxfs><dxf><numFmt numFmtId="165" formatCode="yyyy"/></dxf></dxfs>')
STYLED = "".join(f'<c r="{chr(65 + style)}1" s="{style}"><v>45717</v></c>' for style in range(8))
DAY = ("date", "2025-03-01")
case("styles.xlsx", one(f'<row r="1">{STYLED}<c r="I1" s="1" t="str"><v>5</v></c><c r="J1" s="1"><v>1e9</v></c><c r="K1" s="99"><v>1</v></c></row>', styles=STYLES),
     [(0, 1, 1, 45717), (0, 1, 2, DAY), (0, 1, 3, DAY), (0, 1, 4, 45717)] + [(0, 1, column, DAY) for column in (5, 6, 7, 8)]
     + [(0, 1, 9, "5"), (0, 1, 10, 1e9), (0, 1, 11, 1)])
case("dates-1904.xlsx", one('<row r="1"><c r="A1" s="1"><v>0</v></c><c r="B1" s="1"><v>44255.5</v></c></row>', styles=STYLES, properties='<workbookPr date1904="true"/>'),
     [(0, 1, 1, ("date", "1904-01-01")), (0, 1, 2, ("date", "2025-03-01T12:00:00"))])
case("dates-1900.xlsx", one("<row r='1'>" + "".join(f'<c s="1"><v>{serial}</v></c>' for serial in ("1", "59", "60", "61", "0.5", "45717.999988426")) + "</row>", styles=STYLES),
     [(0, 1, column, ("date", day)) for column, day in enumerate(
         ["1900-01-01", "1900-02-28", "1900-02-28", "1900-03-01", "1899-12-31T12:00:00", "2025-03-01T23:59:59"], 1)])

# How the container may be made.
backslashes = lambda name: name.replace("/", "\\")
case("backslashes.xlsx", one(ROW), HELD, rename=backslashes)
case("capitals.xlsx", one(ROW), HELD, rename=str.upper)
case("stored.xlsx", one(ROW), HELD, method=zipfile.ZIP_STORED)
case("data-descriptors.xlsx", one(ROW), HELD, streamed=True)
case("zip64.xlsx", one(ROW), HELD, wide=True)
case("commented.xlsx", one(ROW), HELD, comment=b"PK\x05\x06 made by nobody" + b"." * 300)
case("led.xlsx", one(ROW), HELD, lead=b"PK\x03\x04 and something in front")
case("absolute-targets.xlsx", {name: part.replace('Target="worksheets/', 'Target="/xl/worksheets/').replace('Target="xl/', 'Target="/./xl/../xl/') for name, part in one(ROW).items()}, HELD)
case("many-relationships.xlsx", {name: part.replace("</Relationships>", "".join(f'<Relationship Id="x{number}" Type="x/image" Target="x.png"/>' for number in range(50))
                                                  + "</Relationships>") for name, part in one(ROW).items()}, HELD)
case("no-root-relationships.xlsx", {name: part for name, part in one(ROW).items() if name not in ("_rels/.rels", "[Content_Types].xml")}, HELD)
case("other-tabs.xlsx", parts({"chart": "<chartsheet/>", "S": sheet(ROW), "gone": "<x/>"}) | {
    "xl/_rels/workbook.xml.rels": parts({"chart": "", "S": "", "gone": ""})["xl/_rels/workbook.xml.rels"].replace("worksheet\" Target=\"worksheets/sheet1", "chartsheet\" Target=\"worksheets/sheet1")
    .replace("worksheet\" Target=\"worksheets/sheet3", "dialogsheet\" Target=\"worksheets/sheet3")}, HELD)
case("macros.xlsm", one(ROW, workbook_type="application/vnd.ms-excel.sheet.macroEnabled.main+xml") | {"xl/vbaProject.bin": b"\xd0\xcf"}, HELD)
case("macros-named.xlsx", one(ROW) | {"xl/vbaProject.bin": b"\xd0\xcf"}, HELD)
case("workbook-named.csv", one(ROW), HELD)

# Rows and texts longer than the reader's window.
COLUMNS = [a + b + c for a in ("", "A", "B") for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"][:1500]
LONG = "".join(f'<c r="{name}1" t="inlineStr"><is><t>{"w" * 60}{number}</t></is></c>' for number, name in enumerate(COLUMNS))


def number_of(letters):
    value = 0
    for letter in letters:
        value = value * 26 + ord(letter) - 64
    return value


case("long-row.xlsx", one(f"<row r='1'>{LONG}</row>" + "".join(f"<row r='{row}'>{cells(f'A{row}', row)}</row>" for row in range(2, 9000))),
     [(0, 1, number_of(name), "w" * 60 + str(number)) for number, name in enumerate(COLUMNS)] + [(0, row, 1, row) for row in range(2, 9000)])
case("long-texts.xlsx", one("".join(f'<row r="{row}">' + text(f"A{row}", f"<t>{'é&amp;' * (row * 300)}</t>") + "</row>" for row in range(1, 60))),
     [(0, row, 1, "é&" * (row * 300)) for row in range(1, 60)])


def old(name, rows, held, before):
    """A BIFF8 workbook of one sheet."""
    CASES.append((name, lambda path: legacy.save(path, legacy.workbook(0x0600, {"S": rows}, before, 1200)), stated(held)))


def shared_label(row, column, index):
    return legacy.record(0x00FD, struct.pack("<HHHI", row, column, 0, index))


LONG_AND_SHORT = ["x" * 2000, "y" * 1000]
REPEATED = [(0, row, column + 1, LONG_AND_SHORT[column]) for row in range(1, 101) for column in range(2)]
case("repeated.xlsx", one("".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c><c r="B{row}" t="s"><v>1</v></c></row>' for row in range(1, 101)),
                          shared="".join(f"<si><t>{text}</t></si>" for text in LONG_AND_SHORT)), REPEATED)
old("repeated.xls", b"".join(shared_label(row, column, column) for row in range(100) for column in range(2)), REPEATED,
    legacy.record(0x00FC, struct.pack("<II", 2, 2) + b"".join(struct.pack("<HB", len(text), 0) + text.encode() for text in LONG_AND_SHORT)))
TWO_TEXTS = struct.pack("<HB", 3, 0) + b"one" + struct.pack("<HB", 3, 0) + b"two"
for announced in (3, 0xFFFF_FFFF):
    old(f"shared-announces-{announced}.xls", shared_label(0, 0, 0) + shared_label(0, 1, 1), [(0, 1, 1, "one"), (0, 1, 2, "two")],
        legacy.record(0x00FC, struct.pack("<II", announced, announced) + TWO_TEXTS))
old("format-cut-off.xls", legacy.number(0, 0, 45717, 1) + legacy.number(0, 1, 45717, 2), [(0, 1, 1, 45717), (0, 1, 2, DAY)],
    legacy.record(0x041E, struct.pack("<HHB", 164, 40, 0) + b"yyyy") + legacy.record(0x041E, b"\1")
    + legacy.record(0x041E, struct.pack("<HHB", 165, 4, 0) + b"yyyy") + legacy.styles(0x0600, 0, 164, 165))

EMPTY_RESULT = legacy.formula(0, 0, legacy.result(3)) + legacy.number(0, 1, 5)
old("formulas-never-calculated.xls", EMPTY_RESULT, [(0, 1, 1, UNCALCULATED), (0, 1, 2, 5)], b"")
old("formulas-calculated-by-excel.xls", EMPTY_RESULT, [(0, 1, 2, 5)], legacy.record(0x01C1, struct.pack("<HHI", 0x01C1, 0, 0x1EA31)))
old("formulas-calculated.xls", EMPTY_RESULT + legacy.formula(1, 0, struct.pack("<d", 7)), [(0, 1, 2, 5), (0, 2, 1, 7)], b"")
old("formula-without-text.xls", legacy.formula(0, 0, legacy.result(0)) + legacy.number(0, 1, 5) + legacy.formula(1, 2, legacy.result(0)),
    [(0, 1, 1, UNCALCULATED), (0, 1, 2, 5), (0, 2, 3, UNCALCULATED)], b"")
