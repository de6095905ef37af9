"""Old workbooks put together record by record, for what no library writes any more. Their judge is xlrd."""
import struct

import xlwt.CompoundDoc

WORKSHEET = 0x0010


def record(kind, body=b""):
    return struct.pack("<HH", kind, len(body)) + body


def beginning(version, kind):
    return record(0x0809, struct.pack("<HHHH", version, kind, 0x0DBB, 1996) + (b"\0" * 8 if version == 0x0600 else b""))


def workbook(version, sheets, before=b"", page=1252):
    """`sheets` maps names to records."""
    head = beginning(version, 5) + record(0x0042, struct.pack("<H", page)) + before
    names = [name.encode("utf-16-le" if version == 0x0600 else f"cp{page}") for name in sheets]
    bounds = [12 + (1 if version == 0x0600 else 0) + len(name) - 1 for name in names]
    offset = len(head) + sum(4 + length - 4 for length in bounds) + 4
    offset = len(head) + sum(4 + 4 + 2 + 1 + (1 if version == 0x0600 else 0) + len(name) for name in names) + 4
    tabs, bodies = b"", b""
    for name, shown, rows in zip(names, sheets, sheets.values()):
        body = beginning(version, WORKSHEET) + rows + record(0x000A)
        option = b"\x01" if version == 0x0600 else b""
        count = len(name) // 2 if version == 0x0600 else len(name)
        tabs += record(0x0085, struct.pack("<IBB", offset + len(bodies), 0, 0) + bytes([count]) + option + name)
        bodies += body
    return head + tabs + record(0x000A) + bodies


def save(path, stream, name="Workbook"):
    # A library drops what is over at the end, so there is a little more than it needs.
    xlwt.CompoundDoc.XlsDoc().save(path, stream + b"\0" * max(0, 4096 - len(stream)))
    if name != "Workbook":
        data = bytearray(open(path, "rb").read())
        place = data.index("Workbook".encode("utf-16-le"))
        data[place:place + 64] = name.encode("utf-16-le").ljust(64, b"\0")
        struct.pack_into("<H", data, place + 64, len(name) * 2 + 2)
        open(path, "wb").write(data)


def styles(version, *formats):
    """Extended formats whose number formats these are; xlrd wants fonts before them."""
    font = record(0x0031, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + (b"\x01\x00A" if version == 0x0600 else b"\x01A")) * 5
    size = 20 if version == 0x0600 else 16
    return font + b"".join(record(0x00E0, struct.pack("<HHH", 0, number, 1).ljust(size, b"\0")) for number in formats)


def number(row, column, value, style=0):
    return record(0x0203, struct.pack("<HHHd", row, column, style, value))


def label(row, column, text):
    return record(0x0204, struct.pack("<HHHH", row, column, 0, len(text)) + text)


def formula(row, column, result, kind=0x0006):
    return record(kind, struct.pack("<HHH", row, column, 0) + result + struct.pack("<HIH", 0, 0, 0))


def result(kind, value=0):
    return bytes([kind, 0, value, 0, 0, 0, 0xFF, 0xFF])


def rows(version):
    wide = version == 0x0600
    text = lambda value: struct.pack("<H", len(value)) + (b"\0" if wide else b"") + value
    multiple = struct.pack("<HH", 1, 1) + b"".join(struct.pack("<HI", 0, rk) for rk in (7 << 2 | 2, 12345 << 2 | 3, (-5 << 2 | 2) & 0xFFFFFFFF, 0x3FF80000)) + struct.pack("<H", 4)
    return (number(0, 0, 202.48) + number(0, 1, 45717, 1) + number(0, 2, 45717.5, 2) + number(0, 3, 60.5, 1)
            + record(0x0205, struct.pack("<HHHBB", 0, 4, 0, 1, 0)) + record(0x0205, struct.pack("<HHHBB", 0, 5, 0, 42, 1))
            + record(0x00BD, multiple) + record(0x027E, struct.pack("<HHHI", 1, 6, 0, 0x40590001))
            + formula(2, 0, struct.pack("<d", 3.25)) + formula(2, 1, result(0)) + record(0x0207, text(b"calculated"))
            + formula(2, 2, result(1, 1)) + formula(2, 3, result(2, 7)) + formula(2, 4, result(3))
            + record(0x0201, struct.pack("<HHH", 3, 0, 0)) + number(4, 255, 1e-7))


def biff5(path, page=1252, stream="Book"):
    words = "Größe žluť Łódź" if page == 1250 else "Привет" if page == 1251 else "Größe é"
    sheet = rows(0x0500) + label(5, 0, words.encode(f"cp{page}")) + record(0x00D6, struct.pack("<HHHH", 6, 0, 0, 3) + b"abc\x01\0\0")
    formats = record(0x041E, struct.pack("<HB", 164, 10) + b"yyyy-mm-dd")
    save(path, workbook(0x0500, {"Bl\u00e4tt" if page == 1252 else "Sheet": sheet}, formats + styles(0x0500, 0, 164, 14), page), stream)


def siblings(path):
    """The workbook's stream is not the root's own child but stands beside it in the directory's tree."""
    biff5(path, stream="Workbook")
    content = bytearray(open(path, "rb").read())
    root = content.index("Root Entry".encode("utf-16-le"))
    struct.pack_into("<I", content, root + 76, 2)
    other = "Aaa".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBBIII", 8, 2, 1, 0xFFFFFFFF, 1, 0xFFFFFFFF)
    content[root + 256:root + 384] = other.ljust(116, b"\0") + struct.pack("<III", 0xFFFFFFFE, 0, 0)
    open(path, "wb").write(content)


def bare(path):
    """Without a compound file around the records."""
    with open(path, "wb") as out:
        out.write(workbook(0x0500, {"Sheet": rows(0x0500)}, styles(0x0500, 0, 14, 14)))


def biff8(path):
    sheet = rows(0x0600) + record(0x00FD, struct.pack("<HHHI", 5, 0, 0, 0)) + record(0x00FD, struct.pack("<HHHI", 5, 1, 0, 1)) \
        + record(0x00FD, struct.pack("<HHHI", 5, 2, 0, 2)) + label(6, 0, b"") + record(0x0204, struct.pack("<HHHHB", 7, 1, 0, 2, 1) + "日本".encode("utf-16-le"))
    first = "long".ljust(5000, "x").encode("latin-1")
    # The second text runs on in another width, the third has runs and phonetic data that run on as well.
    shared = struct.pack("<II", 3, 3) + struct.pack("<HB", len(first), 0) + first + struct.pack("<HB", 6, 0) + b"abc"
    more = b"\x01" + "déf".encode("utf-16-le") + struct.pack("<HBHI", 4, 0x0C, 2, 6) + b"rich" + b"\1\0\2\0"
    last = b"\2\0\3\0" + b"phonet"
    formats = record(0x041E, struct.pack("<HHB", 164, 10, 0) + b"yyyy-mm-dd")
    stream = workbook(0x0600, {"Sheet": sheet}, formats + styles(0x0600, 0, 164, 14) + record(0x00FC, shared) + record(0x003C, more) + record(0x003C, last), 1200)
    save(path, stream)


def many(path):
    """Longer than the reader's block, and with a chart set into the sheet."""
    chart = beginning(0x0600, 0x20) + number(0, 0, 99) + record(0x000A)
    body = b"".join(number(row, column, row + column / 8) for row in range(4000) for column in range(4))
    save(path, workbook(0x0600, {"Sheet": body[:18 * 400] + chart + body[18 * 400:]}, styles(0x0600, 0), 1200))


def old_formulas(path):
    """Formulas under the numbers of BIFF3 and BIFF4."""
    body = b"".join(formula(row, 0, struct.pack("<d", row + 0.5), kind) + formula(row, 1, result(0), kind) + record(0x0207, struct.pack("<HB", 1, 0) + b"x")
                    + formula(row, 2, result(3), kind) for row, kind in enumerate((0x0006, 0x0206, 0x0406)))
    save(path, workbook(0x0600, {"Sheet": body}, styles(0x0600, 0), 1200))


def disorder(path):
    """Rows out of order, and a record about a row between the cells of another one."""
    row = record(0x0208, struct.pack("<HHHHHHI", 1, 0, 3, 255, 0, 0, 0))
    body = number(5, 0, 50) + number(2, 0, 20) + row + number(2, 1, 21) + row + number(2, 2, 22) + number(1, 0, 10) + number(1, 1, 11)
    save(path, workbook(0x0600, {"Sheet": body}, styles(0x0600, 0), 1200))


CASES = [("biff5.xls", biff5), ("biff5-1250.xls", lambda path: biff5(path, 1250)), ("biff5-1251.xls", lambda path: biff5(path, 1251)),
         ("biff8.xls", biff8), ("bare.xls", bare), ("siblings.xls", siblings), ("many.xls", many),
         ("disorder.xls", disorder), ("old-formulas.xls", old_formulas)]
