"""The samples that have one sale a row, and the flat variants of others."""
import datetime

import sheets
from figures_written import number, write
from layouts import MONTHS, Line, Sample, Sum, aliases, mappings, reference


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
        before = number(entry[0].value, self.decimal)
        gross = self.main.get(self.main.row_of(entry[0]), self.main.column_of(self.fields["other amount"]))
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
