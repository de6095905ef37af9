"""The samples as one who knows the layouts reads them: which cells are sales, which are sums, what was truly sold.

Written from the description of the layouts and the sample files alone, apart from the program that is judged by it."""
import copy
import csv
import datetime
import functools
import pathlib
import re
from decimal import Decimal

import sheets
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


class Table(Sample):
    """One sale a row under headers in the first row."""
    headers, store = {}, None

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.main = self.book[self.sheet] if self.sheet else self.book.sheets[0]
        texts = {str(cell.value).strip().casefold(): cell for cell in self.main.row(1).values()}
        self.fields = {field: texts[header.strip().casefold()] for field, header in self.headers.items()}
        self.columns = {field: self.main.column_of(cell) for field, cell in self.fields.items()}
        self.mapped, self.stores = mappings(self.reseller), aliases(self.reseller)
        for row in range(2, self.main.last_row + 1):
            self.read_row(row, {field: self.main.get(row, column) for field, column in self.columns.items()})

    def read_row(self, row, cells):
        first = next(iter(self.main.row(row).values())).value
        if first == "Total":
            self.total_labels.append(self.main.row(row)[1])
            for field in ("quantity", "amount"):
                self.sums.append(Sum(cells[field], [getattr(line, field) for line in self.lines]))
            return
        ean = self.product(cells)
        if not ean or cells["quantity"] is None:
            return
        line = Line(self.store_of(cells), ean, self.day(cells), cells["quantity"], cells["amount"], cells["ean"])
        line.cells = cells
        self.lines.append(line)
        self.entries.append((line.quantity, line.amount))

    def product(self, cells):
        return None if cells["ean"] is None else str(cells["ean"].value)

    def store_of(self, cells):
        if self.store:
            return self.store
        name = cells["store"].value
        return self.stores.get(name, name)


class Boxnox(Table):
    sheet = "SELL OUT BY EAN"
    headers = {"year": "YEAR", "month": "MONTH", "store": "POS", "ean": "EAN", "quantity": "QTY", "amount": "AMOUNT", "name": "DESCRIPTION",
               "code": "SKU"}

    def day(self, cells):
        return f"{int(cells['year'].value):04d}-{int(cells['month'].value):02d}-01"


class BoxnoxList(Boxnox):
    """Without its last two rows, which wait for correction whatever else is done to the file."""
    sheet = None
    headers = {"year": "Year", "month": "Month", "store": "POS", "ean": "Product EAN", "quantity": "Sold Qty", "amount": "Sales Amount (EUR)",
               "code": "Functional Name"}

    def __init__(self, reseller, name, book):
        for row in (8, 7):
            book.sheets[0].remove_row(row)
        super().__init__(reseller, name, book)


class SkinsSA(Table):
    sheet = "BIBBI"
    headers = {"store": "Branch", "date": "OrderDate", "ean": "StockCode", "quantity": "OrderQty", "name": "StockDescription",
               "other amount": "NetSalesValue", "amount": " ExVatNetsales", "month": "MONTH", "year": "YEAR"}

    def day(self, cells):
        value = cells["date"].value
        if isinstance(value, datetime.date):
            return value.isoformat()
        month, day, year = map(int, value.split("/"))
        return f"{year}-{month:02d}-{day:02d}"

    def sell(self, entry, quantity):
        """The other amount follows, so that the two still tell the same."""
        line = next(line for line in self.lines if line.quantity is entry[0])
        before = number(entry[0].value, self.decimal)
        gross = line.cells["other amount"]
        write(gross, number(gross.value, ".") * quantity / before, ".")
        super().sell(entry, quantity)


class SkinsNL(Table):
    sheet, store = "SalesPerSKU", "Skins NL"
    headers = {"name": "Article", "ean": "EANCode", "amount": "Sales amount", "last year's amount": "SalesAmountSPLY", "quantity": "SalesQuantity",
               "last year's quantity": "SalesQuantitySPLY"}

    def __init__(self, *arguments):
        super().__init__(*arguments)
        locations = self.book["SalesPerLocation"]
        for field, column in (("amount", 2), ("quantity", 3)):
            self.sums.append(Sum(locations.get(2, column), [getattr(line, field) for line in self.lines], [locations.get(3, column)]))

    def day(self, cells):
        month, year = self.book["Info"].get(2, 2).value.split("-")
        return f"{year}-{month}-01"


class Selfridges(Table):
    sheet, decimal = "Sell out", "."
    headers = {"ean": "EAN", "name": "Product", "quantity": "Sold", "amount": "Sales", "date": "Date or Week", "store": "Store"}

    def product(self, cells):
        return str(cells["ean"].value) if cells["ean"] else self.mapped.get(cells["name"].value.split(" - ")[0])

    def day(self, cells):
        value = cells["date"].value
        if isinstance(value, datetime.date):
            return value.isoformat()
        if "W" in value:
            year, week = value.split("-W")
            return datetime.date.fromisocalendar(int(year), int(week), 1).isoformat()
        day, month, year = value.split("/")
        return f"{year}-{month}-{day}"


class Continuity(Table):
    sheet, decimal = "Sales", "."
    headers = {"ean": "EAN", "name": "Product", "quantity": "Units", "amount": "Value", "date": "Period", "store": "Channel"}

    def day(self, cells):
        text, year = cells["date"].value.rsplit(" ", 1)
        month = int(text[1]) * 3 if text[0] == "Q" else MONTHS.index(text.split("-")[-1]) + 1
        return f"{year}-{month:02d}-01"


class Online(Table):
    sheet, decimal, store = None, ".", "online"
    headers = {"order": "Order ID", "ean": "Product EAN", "code": "Functional Name", "name": "Product Name", "quantity": "Quantity",
               "amount": "Sales EUR", "cost": "Cost of Goods", "fee": "Stripe Fee", "date": "Order Date", "country": "Country", "city": "City",
               "reseller": "Reseller"}

    def day(self, cells):
        return cells["date"].value


class CremeDeLaCreme(Sample):
    """Stores side by side, a row for each product."""
    kind, decimal, head = "store grid", ",", 4

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.head = 4
        for column in range(4, 16, 2):
            header = self.main.get(3, column) or self.main.get(2, column)
            self.groups.append(Group(header.value, header, self.main.get(4, column), self.main.get(4, column + 1), header.value == "Total"))
        for row in range(5, self.main.last_row + 1):
            self.read_row(row)

    def read_row(self, row):
        product, parts = self.main.get(row, 2), []
        if product is None:
            return
        self.rows.append(product)
        for group in self.groups:
            column = self.main.column_of(group.quantity)
            pair = self.main.get(row, column), self.main.get(row, column + 1)
            if group.total:
                self.sums += [Sum(total, [pair[place] for pair in parts]) for place, total in enumerate(pair)]
            elif pair[0]:
                parts.append(pair)
                line = Line(group.name, product.value, self.day(), *pair, product)
                line.group = group
                self.lines.append(line)
                self.entries.append(pair)

    def day(self):
        year, month = self.main.name.split(" ")
        return f"{year}-{month}-01"


class Liberty(Sample):
    """Blocks of a name row, size rows and a total row, under channels."""
    kind, decimal = "blocks", "."

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.head, self.stores, self.mapped, self.size_lines = 3, aliases(self.reseller), mappings(self.reseller), []
        for column in (13, 17, 21):
            header = self.main.get(1, column)
            self.groups.append(Group(header.value, header, self.main.get(3, column), self.main.get(3, column + 1), header.value.startswith("All")))
        day, month, year = re.search(r"(\d+)-(\d+)-(\d+)", self.name).groups()
        self.day, item, sizes, totals = f"{year}-{month}-{day}", None, [], []
        for row in range(4, self.main.last_row + 1):
            cells, all_pairs = self.main.row(row), self.pairs(row)
            if 5 in cells:
                item, sizes = cells[5], []
                self.rows.append(item)
            elif 8 in cells:
                sizes.append(all_pairs)
                self.entries += [pair for pair in all_pairs[:2] if pair[0].value]
                self.add_channels(all_pairs)
                self.size_lines += [Line(self.stores[group.name], self.mapped[item.value], self.day, *pair, item)
                                    for group, pair in zip(self.groups, all_pairs) if not group.total]
            else:
                label = cells.get(6) or cells[1]
                self.total_labels.append(label)
                for place, pair in enumerate(all_pairs):
                    parts = sizes if 6 in cells else totals
                    self.sums += [Sum(pair[half], [other[place][half] for other in parts]) for half in (0, 1)]
                if 6 in cells:
                    totals.append(all_pairs)
                    self.lines += [Line(self.stores[group.name], self.mapped[item.value], self.day, *pair, item)
                                   for group, pair in zip(self.groups, all_pairs) if not group.total]

    def pairs(self, row):
        return [(self.main.get(row, column), self.main.get(row, column + 1)) for column in (13, 17, 21)]

    def add_channels(self, pairs):
        self.sums += [Sum(pairs[2][half], [pairs[0][half], pairs[1][half]]) for half in (0, 1)]


class Galilu(Sample):
    """A column for each month, quantities alone; what was paid is the list price."""
    kind, decimal, vendor = "period grid", ",", "Galilu"

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.main = self.book["product_ranking_2025"]
        self.mapped = mappings("galilu")
        self.prices = {line["ean"]: Decimal(line["price"]) for line in reference("prices") if line["currency"] == "PLN"}
        year = self.main.get(1, 1).value
        self.months = [cell for cell in self.main.row(1).values() if cell.value in MONTHS]
        self.total = next(cell for cell in self.main.row(1).values() if cell.value == "Total")
        for row in range(2, self.main.last_row + 1):
            product, parts = self.main.get(row, 1), []
            self.rows.append(product)
            for month in self.months:
                cell = self.main.get(row, self.main.column_of(month))
                if cell and isinstance(cell.value, int):
                    parts.append(cell)
                    day = f"{year}-{MONTHS.index(month.value) + 1:02d}-01"
                    line = Line("Galilu", self.mapped[product.value], day, cell, None, product)
                    line.month = month
                    self.lines.append(line)
                    self.entries.append((cell, None))
            self.sums.append(Sum(self.main.get(row, self.main.column_of(self.total)), parts))

    def amount(self, line, quantity):
        return self.prices[line.ean] * quantity


class Aromateque(Sample):
    """A 1C export: columns by month, and one total in euro for all of them."""
    kind, decimal, vendor = "period grid", ",", "Aromateque"

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.head, self.months = 12, [self.main.get(12, column) for column in (3, 4, 5)]
        self.total, self.euro = self.main.get(12, 6), self.main.get(12, 7)
        codes = {line["functional_name"]: line["ean"] for line in reference("products")}
        columns = [[] for _ in range(5)]
        for row in range(13, self.main.last_row + 1):
            product, code = self.main.get(row, 1), self.main.get(row, 2)
            cells = [self.main.get(row, column) for column in range(3, 8)]
            if code is None:
                self.total_labels.append(product)
                self.sums += [Sum(cell, parts) for cell, parts in zip(cells, columns)]
                continue
            self.rows.append(product)
            self.sums.append(Sum(cells[3], [cell for cell in cells[:3] if cell]))
            for column, cell in zip(columns, cells):
                column += [cell] if cell else []
            for month, cell in zip(self.months, cells):
                if cell:
                    day, number_, year = month.value.split(".")
                    line = Line("Aromateque", codes[code.value], f"{year}-{number_}-{day}", cell, cells[4], product)
                    line.month, line.code = month, code
                    self.lines.append(line)
                    self.entries.append((cell, None))

    def amount(self, line, quantity):
        """The total shared out by quantity; what is left of a cent goes along the months."""
        before, whole = Decimal(0), Decimal(0)
        for other in self.lines:
            if other.product is line.product:
                pieces = number(other.quantity.value, self.decimal)
                before, whole = before + (pieces if self.lines.index(other) < self.lines.index(line) else 0), whole + pieces
        total = number(line.amount.value, self.decimal)
        return cents(total * (before + quantity) / whole) - cents(total * before / whole)

    def sell(self, entry, quantity):
        line = next(line for line in self.lines if line.quantity is entry[0])
        pieces = sum(number(other.quantity.value, self.decimal) for other in self.lines if other.product is line.product)
        total = number(line.amount.value, self.decimal)
        before = number(entry[0].value, self.decimal)
        if min(pieces, pieces - before + quantity) <= 0:
            return  # Nothing can be shared out over no pieces.
        super().sell(entry, quantity)
        write(line.amount, total / pieces * (pieces - before + quantity), self.decimal)


KINDS = {"boxnox": Boxnox, "boxnox list": BoxnoxList, "skins_sa": SkinsSA, "skins_nl": SkinsNL, "selfridges": Selfridges,
         "continuity": Continuity, "online": Online, "cdlc": CremeDeLaCreme, "liberty": Liberty, "galilu": Galilu, "aromateque": Aromateque}


class Flat(Table):
    """The flat variant of a layout: the same sales, one a row, under the headers that the description lists."""
    sheet = "Sheet1"
    variants = {
        "cdlc": {"ean": "EAN", "name": "Product", "quantity": "Quantity", "amount": "Total", "store": "Store", "month": "Month", "year": "Year"},
        "skins_nl": {"ean": "EAN", "name": "Product", "quantity": "Quantity", "amount": "Amount", "store": "Location", "month": "Month", "year": "Year"},
        "liberty": {"ean": "EAN", "name": "Product", "quantity": "Sold", "amount": "Value", "store": "Store"},
        "aromateque": {"ean": "EAN", "quantity": "Quantity", "amount": "Amount", "month": "Month", "year": "Year", "store": "Store"},
    }

    def __init__(self, base):
        self.headers, self.decimal = self.variants[base.reseller], base.decimal
        self.file_day = base.lines[0].day
        if base.reseller == "skins_nl":
            self.sheet = "SalesPerLocation"
        sheet, names = sheets.Sheet(self.sheet), {line["ean"]: line["description"] for line in reference("products")}
        codes = {name: code for code, name in aliases(base.reseller).items()}
        for column, header in enumerate(self.headers.values(), 1):
            sheet.put(1, column, header)
        for row, (store, ean, day, quantity, amount) in enumerate(base.sales(), 2):
            amount = int(float(amount)) if amount.endswith(".00") else float(amount)
            values = {"ean": ean, "name": names[ean], "quantity": quantity, "amount": amount, "store": codes.get(store, store),
                      "month": int(day[5:7]), "year": int(day[:4])}
            for column, field in enumerate(self.headers, 1):
                sheet.put(row, column, values[field])
        super().__init__(base.reseller, base.name, sheets.Book([sheet]))

    def day(self, cells):
        return f"{int(cells['year'].value):04d}-{int(cells['month'].value):02d}-01" if "year" in cells else self.file_day


@functools.cache
def originals():
    found = {}
    for path in sorted((SAMPLES / "files").glob("*/*")):
        kind = "boxnox list" if path.suffix == ".csv" and path.parent.name == "boxnox" else path.parent.name
        found[kind] = KINDS[kind](path.parent.name, path.name, sheets.read(path))
    found.update({f"{kind} flat": Flat(found[kind]) for kind in Flat.variants})
    for kind, sample in found.items():
        sample.key = kind
    return found


def fresh(kind):
    return copy.deepcopy(originals()[kind])
