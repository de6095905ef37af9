"""What all samples have in common: cells that are sales, cells that are sums, and what was truly sold.

Written from the description of the layouts and the sample files alone, apart from the program that is judged by it."""
import csv
import pathlib
from decimal import Decimal

from figures_written import cents, number, write

SAMPLES = pathlib.Path(__file__).resolve().parents[2] / "samples"
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
LONG_MONTHS = "January February March April May June July August September October November December".split()


class Line:
    """One possible sale: where its figures stand, and whose it is."""

    def __init__(self, store, ean, day, quantity, amount=None, product=None):
        self.store, self.ean, self.day, self.quantity, self.amount = store, ean, day, quantity, amount
        self.product = product


class Sum:
    """A cell that holds the sum of others, less some."""

    def __init__(self, target, parts, less=()):
        self.target, self.parts, self.less = target, parts, less


class Group:
    """A store's or a total's columns in a grid."""

    def __init__(self, name, header, quantity, amount, total=False):
        self.name, self.header, self.quantity, self.amount, self.total = name, header, quantity, amount, total


class Sample:
    """A sample file with what is known of it. `fields` are a table's headers, `entries` the cells where figures are typed in,
    `total_labels` the texts that say of a row that it is a sum."""
    kind, decimal, vendor, whole = "table", ",", None, False

    def __init__(self, reseller, name, book):
        self.reseller, self.name, self.book = reseller, name, book
        self.main = book.sheets[0]
        self.lines, self.sums, self.fields, self.groups, self.total_labels = [], [], {}, [], []
        self.entries, self.rows, self.head = [], [], 1

    def sales(self):
        sold = [self.sale(line) for line in self.lines]
        return [sale for sale in sold if sale]

    def sale(self, line):
        quantity = number(line.quantity.value, self.decimal)
        if not quantity:
            return None
        return (line.store, line.ean, line.day, int(quantity), str(cents(self.amount(line, quantity))))

    def amount(self, line, quantity):
        return number(line.amount.value, self.decimal)

    def resum(self):
        value = lambda cells: sum((number(cell.value, self.decimal) or Decimal(0) for cell in cells), Decimal(0))
        for sum_ in self.sums:
            write(sum_.target, value(sum_.parts) - value(sum_.less), self.decimal)

    def sell(self, entry, quantity):
        """Another quantity at the same price."""
        pieces, amount = entry
        before = number(pieces.value, self.decimal)
        write(pieces, quantity, self.decimal)
        if amount is not None:
            write(amount, cents(number(amount.value, self.decimal) * quantity / before), self.decimal)


def reference(name):
    with open(SAMPLES / "reference" / f"{name}.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def mappings(reseller):
    return {line["code"]: line["ean"] for line in reference("mappings") if line["reseller"] == reseller}


def aliases(reseller):
    return {line["code"]: line["name"] for line in reference("stores") if line["reseller"] == reseller}
