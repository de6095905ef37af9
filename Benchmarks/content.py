"""What is dropped: sales that look like a reseller's, the same ones for the same seed."""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
FIRST_MONTH = 1990 * 12
BOXNOX_HEADER = ["Product EAN", "Functional Name", "Sold Qty", "Sales Amount (EUR)", "POS", "Month", "Year"]
SKINS_HEADER = ["Branch", "OrderDate", "StockCode", "OrderQty", "StockDescription", "NetSalesValue", " ExVatNetsales", "MONTH", "YEAR",
                "STATUS", "SUPPLIER", "CATEGORY", "BRAND", "ABC MAP"]


def ean(number):
    digits = f"735015432{number:03d}"
    weighed = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return digits + str(-weighed % 10)


PRODUCTS = [(ean(n), f"BB{n:03d}", f"Bibbi Scent {n:03d} EDP 100ml") for n in range(200)]
STORES = [f"Abanuc {n:02d}" if n % 10 else f"Abanuc {n:02d} Online" for n in range(60)]
BRANCHES = [f"SKINS GATEWAY {n:02d}" for n in range(59)] + ["ON"]


def write_products(path):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["ean", "functional_name", "description"])
        writer.writerows(PRODUCTS)


def boxnox(folder, first_month, months, rows, seed):
    """BOXNOX's flat layout with sales of `months` months; months are counted from January 1990."""
    chance = random.Random(seed)
    last = FIRST_MONTH + first_month + months - 1
    path = Path(folder) / f"BOXNOX - BIBBI Monthly Sales Report {MONTHS[last % 12]}{last // 12} {seed}.csv"
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(BOXNOX_HEADER)
        for _ in range(rows):
            month = FIRST_MONTH + first_month + chance.randrange(months)
            product, quantity, cents = chance.choice(PRODUCTS), chance.randint(1, 9), chance.randint(1500, 40000)
            writer.writerow([product[0], product[1], quantity, f"{cents // 100},{cents % 100:02d}", chance.choice(STORES), month % 12 + 1,
                             month // 12])
    return path


def skins_rows(first_day, days, rows, seed):
    chance = random.Random(seed)
    for _ in range(rows):
        product, quantity, price = chance.choice(PRODUCTS), chance.randint(1, 4), chance.randint(900, 7000)
        day = first_day + timedelta(days=chance.randrange(days))
        yield [chance.choice(BRANCHES), day, int(product[0]), quantity, product[2], price, round(price / 1.15, 2), day.month, day.year,
               "ACTIVE", "SKINS NETHERLANDS", "FRAGRANCE", "BIBBI", chance.choice("ABCD")]


def skins(path, rows, seed, first_day=date(2024, 1, 1), days=365):
    """Skins SA's workbook as XlsxWriter makes it by default, with shared strings and real dates."""
    import xlsxwriter

    path = Path(path)
    part = path.with_suffix(".part")
    with xlsxwriter.Workbook(part) as book:
        sheet = book.add_worksheet("BIBBI")
        dates = book.add_format({"num_format": "m/d/yyyy"})
        sheet.write_row(0, 0, SKINS_HEADER)
        for number, row in enumerate(skins_rows(first_day, days, rows, seed), start=1):
            sheet.write_row(number, 0, row[:1])
            sheet.write_datetime(number, 1, row[1], dates)
            sheet.write_row(number, 2, row[2:])
    part.rename(path)
    return path
