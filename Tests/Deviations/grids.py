"""The samples that have stores, channels or months side by side."""
import re
from decimal import Decimal

from figures_written import cents, number, write
from layouts import MONTHS, Group, Line, Sample, Sum, aliases, mappings, reference


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
