"""The resellers that the checks make up, beside those of the samples, and the files that they send.

Each has a table of its own words, so that nobody's file is taken for another's; all but the twins, which are alike on purpose.
"""
import csv
import hashlib
import io
import itertools
import json
import os
import random

import xlsxwriter

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLES = os.path.join(HERE, "..", "..", "samples")

FIELDS = ["date", "store", "ean", "code", "quantity", "amount"]
EANS = [f"73501543200{end}" for end in ("08", "60", "39", "46", "53", "15", "77", "84", "91")]
IGNORED = {key: "ignore" for key in ("dates", "price", "quantity", "usual", "same_order_line", "stores", "error_rate")}

# What is particular about each; the rest is alike.
RESELLERS = {
    "atlas": {},
    "birch": {},
    "basalt": {"stores": "closed", "returns": False},
    "cedar": {"approval": "manual"},
    "dune": {"approval": "partial"},
    "twin_a": {},
    "twin_b": {},
}


def heads(reseller):
    """The headers of a reseller's table, by field."""
    word = "twin" if reseller.startswith("twin") else reseller
    return dict(zip(FIELDS, (f"{word} {name}" for name in ("Day", "Shop", "Barcode", "Article", "Pieces", "Takings"))))


def name_of(reseller):
    return reseller.replace("_", " ").title()


def profile(reseller):
    word = "twin" if reseller.startswith("twin") else reseller
    return json.dumps({
        "reseller": reseller, "vendor_name": name_of(reseller), "country": "SE", "currency": "EUR", "numbers": "point", "dates": "ymd",
        "signs": {"file_name": [word], "headers": list(heads(reseller).values())},
        "expect": {"first_year": 2000, **IGNORED},
        "layouts": [{"kind": "table", "columns": heads(reseller)}],
        **RESELLERS[reseller],
    }, indent=2)


class File:
    """A file as it would be uploaded."""

    def __init__(self, name, content):
        self.name, self.content = name, content
        self.size, self.sha256 = len(content), hashlib.sha256(content).hexdigest()


_numbers = itertools.count(random.SystemRandom().randrange(1_000_000))


def good_rows(count=3, store=None, day="2025-03-14"):
    """Sales that nobody has sold before: the store is a new one each time, unless one is named."""
    store = store or f"Store {next(_numbers)}"
    return [[day, store, EANS[n % len(EANS)], "", 1 + n % 3, 10 * (1 + n % 3) + n // len(EANS)] for n in range(count)]


def as_csv(table):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(table)
    return text.getvalue().encode()


def as_workbook(table):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Sales")
        for row, cells in enumerate(table):
            for column, cell in enumerate(cells):
                if cell != "":
                    sheet.write(row, column, cell)
    return stream.getvalue()


def table_file(reseller, rows=None, ending="xlsx", name=None):
    """A file of a made-up reseller; fresh sales where no rows are given."""
    table = [list(heads(reseller).values()), *(good_rows() if rows is None else rows)]
    word = "twin" if reseller.startswith("twin") else reseller
    return File(name or f"{word} {next(_numbers)}.{ending}", as_csv(table) if ending == "csv" else as_workbook(table))


def half_wrong(reseller="atlas", good=3, ending="xlsx"):
    """Sales, and one row whose product nobody knows: the batch waits for a second look."""
    rows = good_rows(good)
    return table_file(reseller, rows + [["2025-03-15", rows[0][1], "", f"NOBODY-{next(_numbers)}", 1, 10]], ending)


def unknown_layout(ending="xlsx"):
    """A workbook that no profile knows."""
    table = [["Planet", "Moons"], ["Saturn", next(_numbers)], ["Mars", 2]]
    return File(f"planets {next(_numbers)}.{ending}", as_csv(table) if ending == "csv" else as_workbook(table))


def large_file(reseller="atlas", rows=150_000):
    """A CSV that takes a second or more to be read."""
    return table_file(reseller, good_rows(rows), "csv")


def sample(path):
    with open(os.path.join(SAMPLES, "files", path), "rb") as file:
        return File(os.path.basename(path), file.read())
