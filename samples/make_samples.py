#!/usr/bin/env python3
"""Writes samples/reference and samples/files anew: every reseller's layout with invented figures. Needs openpyxl.

    make .venv/ready && .venv/bin/python samples/make_samples.py
"""

import csv
import pathlib

import catalogue
from catalogue import BY_SKU, PRODUCTS

HERE = pathlib.Path(__file__).resolve().parent


def write_csv(path, rows, delimiter=","):
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=delimiter, lineterminator="\r\n").writerows(rows)


def reference():
    folder = HERE / "reference"
    write_csv(folder / "products.csv", [["ean", "functional_name", "description"], *([p.ean, p.sku, p.description] for p in PRODUCTS)])
    write_csv(folder / "prices.csv", [["ean", "currency", "price", "valid_from"], *catalogue.prices()])
    write_csv(folder / "mappings.csv", [["reseller", "code", "ean"], *catalogue.mappings()])
    write_csv(folder / "stores.csv", [["reseller", "code", "name", "type", "city", "country"], *catalogue.STORES])
    write_csv(folder / "rates.csv", [["Date", "USD", "GBP", "PLN", "ZAR", ""], *catalogue.rates()])


def comma(amount):
    return f"{amount:.2f}".replace(".", ",")


def boxnox_flat():
    """The flat variant, as a list with semicolons; one EAN is too short, one product is not in the catalogue."""
    rows = [["Product EAN", "Functional Name", "Sold Qty", "Sales Amount (EUR)", "POS", "Month", "Year"]]
    figures = [("BBSC100", 2, "Abanuc Online"), ("BBBOJ100", 1, "El Corte Verde Madrid"), ("BBSB30", 3, "El Corte Verde Madrid"),
               ("BBRR100", -1, "Perfumeria Sol"), ("BBFC30", 4, "Perfumeria Sol")]
    for sku, quantity, store in figures:
        product = BY_SKU[sku]
        rows.append([product.ean, sku, quantity, comma(quantity * product.euros / 1.21), store, 5, 2025])
    rows.append(["735015432999", "BBXX100", 1, "202,48", "Perfumeria Sol", 5, 2025])
    rows.append(["7350154329991", "BBNEW100", 1, "202,48", "Perfumeria Sol", 5, 2025])
    write_csv(HERE / "files/boxnox/BOXNOX - BIBBI Monthly Sales Report MAY2025.csv", rows, delimiter=";")


def online():
    rows = [["Order ID", "Product EAN", "Functional Name", "Product Name", "Quantity", "Sales EUR", "Cost of Goods", "Stripe Fee", "Order Date",
             "Country", "City", "Reseller"]]
    places = [("SE", "Stockholm"), ("DE", "Berlin"), ("FR", "Lyon"), ("NL", "Utrecht")]
    for number, (sku, quantity, day) in enumerate(
            [("BBSC100", 1, 2), ("BBDS10", 2, 2), ("BBRR100", 1, 5), ("BBFC30", 1, 9), ("BBBC310", 1, 14), ("BBDS10", -1, 16), ("BBGO100", 2, 28)]):
        product = BY_SKU[sku]
        sales = quantity * product.euros
        country, city = places[number % 4]
        rows.append([f"#{10200 + number}", product.ean, sku, product.description, quantity, f"{sales:.2f}", f"{sales * 0.2:.2f}",
                     f"{abs(sales) * 0.015 + 0.25:.2f}", f"2025-05-{day:02d}", country, city, "online"])
    write_csv(HERE / "files/online/online-orders-2025-05.csv", rows)


if __name__ == "__main__":
    reference()
    boxnox_flat()
    online()
