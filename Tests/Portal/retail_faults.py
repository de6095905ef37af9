"""Workbooks of retailers that must not be taken, each with the places that must be named; and unusual ones that must be taken.

    retail_faults.py         reads each back and finds its faults where they are said to be
"""
import copy
import datetime

import retail_workbook as made
from retail_workbook import Formula

LETTERS = "ABCDEFGHIJKLMNO"


class Place:
    """Where a fault lies: the row as a person counts it; no row where it is the sheet's or the header's."""

    def __init__(self, sheet, row=None, header=None, value=None, letter=None):
        self.sheet, self.row, self.header, self.value, self.letter = sheet, row, header, value, letter

    def __str__(self):
        return f"{self.sheet}, row {self.row}, {self.header} ({self.letter}): {self.value!r}"


class Broken:
    """A workbook with faults: what is wrong with it, its sheets, and the places."""

    def __init__(self, what, tables, places):
        self.what, self.tables, self.places = what, tables, places

    @property
    def file(self):
        return made.file(self.tables, self.what.replace(" ", "_").replace(",", "") + ".xlsx")


class Pen:
    """Writes into a copy of a good workbook, and remembers where."""

    def __init__(self, tables):
        self.tables, self.places = copy.deepcopy(tables), []

    def set(self, sheet, row, header, value, shown=None):
        rows = self.tables[sheet]
        column = rows[0].index(header)
        rows[row - 1][column] = value
        self.places.append(Place(sheet, row, header, value if shown is None else shown, LETTERS[column]))
        return self

    def again(self, sheet, row, header):
        """A row once more, at the end."""
        rows = self.tables[sheet]
        rows.append(list(rows[row - 1]))
        column = rows[0].index(header)
        self.places.append(Place(sheet, len(rows), header, rows[row - 1][column], LETTERS[column]))
        return self

    def without(self, sheet):
        del self.tables[sheet]
        self.places.append(Place(sheet))
        return self

    def header(self, sheet, header, written):
        rows = self.tables[sheet]
        rows[0][rows[0].index(header)] = written
        self.places.append(Place(sheet, header=header))
        return self


def broken(tables):
    """Each must fail as a whole."""
    def one(what, write):
        pen = Pen(tables)
        write(pen)
        return Broken(what, pen.tables, pen.places)

    mapping, places, retailers, products = "RETAILER_PRODUCT_MAPPING", "RETAILER_LOCATION", "RETAILER_INFO", "PRODUCT_INFO"
    day = datetime.date(2025, 3, 14)
    return [
        one("an unknown retailer in a mapping", lambda pen: pen.set(mapping, 301, "RETAILER_ID", "RT_9999")),
        one("an unknown product in a mapping", lambda pen: pen.set(mapping, 418, "PRODUCT_ID", "RV_PI_99999")),
        one("an unknown retailer in a place", lambda pen: pen.set(places, 2_400, "RETAILER_ID", "RT_8888")),
        one("a margin over 100", lambda pen: pen.set(mapping, 77, "RETAILER_MARGIN", 100.5)),
        one("a margin below 0", lambda pen: pen.set(mapping, 78, "RETAILER_MARGIN", -1)),
        one("a price below 0", lambda pen: pen.set(mapping, 79, "AVG_SELLING_PRICE", -312.4)),
        one("a doubled pair", lambda pen: pen.again(mapping, 500, "PRODUCT_ID")),
        one("a doubled retailer", lambda pen: pen.again(retailers, 12, "RETAILER_ID")),
        one("a doubled product", lambda pen: pen.again(products, 12, "PRODUCT_ID")),
        *[one(f"no sheet {sheet}", lambda pen, sheet=sheet: pen.without(sheet)) for sheet in made.SHEETS],
        one("a header that nobody can guess", lambda pen: pen.header(mapping, "AVG_SELLING_PRICE", "Figure")),
        one("no column of the retailer's id", lambda pen: pen.header(places, "RETAILER_ID", "Remark")),
        one("a price in words", lambda pen: pen.set(mapping, 200, "AVG_SELLING_PRICE", "about three hundred")),
        one("outlets in words", lambda pen: pen.set(retailers, 20, "RETAILER_OUTLET_COUNT", "dozens")),
        one("half an outlet", lambda pen: pen.set(retailers, 21, "RETAILER_OUTLET_COUNT", 12.5)),
        one("a list price in words", lambda pen: pen.set(products, 33, "MRP", "n/a")),
        one("a day for a price", lambda pen: pen.set(mapping, 201, "AVG_SELLING_PRICE", day, "2025-03-14")),
        one("yes for a margin", lambda pen: pen.set(mapping, 202, "RETAILER_MARGIN", True, "")),
        one("a formula that came to an error", lambda pen: pen.set(mapping, 203, "AVG_SELLING_PRICE", Formula("=1/0", "#DIV/0!"), "#DIV/0!")),
        one("no retailer in a mapping", lambda pen: pen.set(mapping, 204, "RETAILER_ID", "")),
        one("no product in a mapping", lambda pen: pen.set(mapping, 205, "PRODUCT_ID", "")),
        one("no name of a retailer", lambda pen: pen.set(retailers, 9, "RETAILER_NAME", "")),
        one("no town", lambda pen: pen.set(places, 1_000, "RETAILER_CITY", "")),
        one("an unknown retailer with a hostile name", lambda pen: pen.set(mapping, 206, "RETAILER_ID", "<script>alert('RT')</script>")),
        one("faults on three sheets", lambda pen: pen.set(mapping, 10, "RETAILER_ID", "RT_9999").set(mapping, 11, "RETAILER_MARGIN", 101)
            .set(places, 12, "RETAILER_ID", "RT_8888").set(retailers, 13, "RETAILER_CREDIT_DAYS", "soon")),
    ]


def many_faults(tables, count=400):
    """Each mapping with a margin over 100."""
    pen = Pen(tables)
    for row in range(2, 2 + count):
        pen.set("RETAILER_PRODUCT_MAPPING", row, "RETAILER_MARGIN", 200 + row)
    return Broken(f"{count} faults", pen.tables, pen.places)


HOSTILE = ["=HYPERLINK(\"https://evil.example\",\"Mart\")", "<b>Mart</b><script>alert(1)</script>", "Mart'; DROP TABLE retailers; --", "\u202eTRAM dna", "+1 Mart", "@SUM(A1)",
           "Köln 薬局 🧴", "Mart " + "x" * 180, "-1+1|' /C calc'!A0", "{{7*7}}", "Mart \"&amp;\" Sons"]


def unusual(tables):
    """Each must be taken: what it is, and its sheets."""
    def changed(write):
        copied = copy.deepcopy(tables)
        write(copied)
        return copied

    def headers(spelled):
        return lambda copied: [rows.__setitem__(0, [spelled(head) for head in rows[0]]) for rows in copied.values()]

    def turned(copied):
        for name, rows in copied.items():
            copied[name] = [list(reversed(row)) for row in rows]

    def blank_rows(copied):
        for rows in copied.values():
            rows.insert(5, [""] * len(rows[0]))
            rows.append([""] * len(rows[0]))

    def reckoned(copied):
        row = copied["RETAILER_PRODUCT_MAPPING"][7]
        row[2] = Formula(f"={row[2]}+0", row[2])

    def hostile(copied):
        for row, name in zip(copied["RETAILER_INFO"][1:], HOSTILE):
            row[1] = name

    def whole(copied):
        copied["RETAILER_PRODUCT_MAPPING"][1][4] = 100

    def another(copied):
        for rows in copied.values():
            rows[0].append("REMARK")
            rows[1].append("checked")

    return [
        ("the purchase model spelt right", changed(headers(lambda head: head.replace("PURCAHSE", "PURCHASE")))),
        ("headers with blanks for lines, in small letters", changed(headers(lambda head: f" {head.replace('_', ' ').lower()} "))),
        ("headers with dashes", changed(headers(lambda head: head.replace("_", "-")))),
        ("columns the other way round", changed(turned)),
        ("sheets the other way round", dict(reversed(list(copy.deepcopy(tables).items())))),
        ("blank rows", changed(blank_rows)),
        ("a formula with its value", changed(reckoned)),
        ("a margin of 100", changed(whole)),
        ("a column more", changed(another)),
        ("hostile names", changed(hostile)),
    ]


def try_itself():
    import fit_oracle
    tables = made.standard()
    for case in broken(tables):
        back = fit_oracle.read(case.file.content)
        assert case.places, case.what
        for place in case.places:
            assert (place.sheet in back) == (not case.what.startswith("no sheet")), case.what
            if place.row:
                stands = back[place.sheet][place.row - 1][LETTERS.index(place.letter)]
                assert str(stands if stands is not None else "").startswith(str(place.value)) or place.value == "", (case.what, stands)
    for what, sheets in unusual(tables):
        market = fit_oracle.Market(fit_oracle.read(made.content(sheets)))
        assert len(market.retailers) == 39 and sum(len(retailer.sold) for retailer in market.retailers.values()) == 723, what
    assert len(many_faults(tables).places) == 400
    print("every fault lies where it is said to lie")


if __name__ == "__main__":
    try_itself()
