#!/usr/bin/env python3
"""Writes samples/reference and samples/files anew: every reseller's layout with invented figures. Needs openpyxl.

    make .venv/ready && .venv/bin/python samples/make_samples.py
"""

import csv
import datetime
import pathlib
import zipfile

import openpyxl

import catalogue
from catalogue import BY_SKU, GALILU, LIBERTY, PRODUCTS, ZLOTYS

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


def save(book, reseller, name):
    """Saves the workbook so that the same figures always make the same bytes."""
    path = HERE / "files" / reseller / name
    path.parent.mkdir(parents=True, exist_ok=True)
    book.properties.creator = "samples"
    book.properties.created = book.properties.modified = datetime.datetime(2025, 5, 2, 9, 0, 0)
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        parts = [(item.filename, archive.read(item)) for item in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts:
            if part == "docProps/core.xml":
                content = content.split(b"<dcterms:modified")[0] + b"</cp:coreProperties>"
            archive.writestr(zipfile.ZipInfo(part, (2025, 5, 2, 9, 0, 0)), content, zipfile.ZIP_DEFLATED)


def new_book(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    return book, *(book.create_sheet(title) for title in sheets)


def fill(sheet, rows):
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value is not None:
                sheet.cell(number, column, value)


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


def boxnox():
    """Amounts as text with a decimal comma or as numbers, EANs as numbers or text, a return, a row without EAN, a total row."""
    book, sheet = new_book("SELL OUT BY EAN")
    rows = [["YEAR", "MONTH", "CHANNEL", "POS", "EAN", "QTY", "AMOUNT", "DESCRIPTION", "SKU"]]
    figures = [(2025, 3, "Retail", "Abanuc Online", "BBSC100", 1), (2025, 3, "Retail", "Perfumeria Sol", "BBRR100", 2),
               (2025, 4, "Retail", "Abanuc Online", "BBSC100", 2), (2025, 4, "Retail", "Perfumeria Sol", "BBRR100", -1),
               (2025, 4, "Department store", "El Corte Verde Madrid", "BBBOJ100", 3)]
    pieces, sum_of_amounts = 0, 0
    for place, (year, month, channel, store, sku, quantity) in enumerate(figures):
        product = BY_SKU[sku]
        amount = round(quantity * product.euros / 1.21, 2)
        pieces, sum_of_amounts = pieces + quantity, sum_of_amounts + amount
        as_text = place % 2 == 0
        rows.append([year, month, channel, store, product.ean if as_text else int(product.ean), quantity,
                     comma(amount) if as_text else amount, product.description.upper(), sku])
    rows.append([2025, 4, "Retail", "Perfumeria Sol", None, 2, "0,00", "SHOPPING BAGS", None])
    rows.append(["Total", None, None, None, None, pieces, comma(sum_of_amounts)])
    fill(sheet, rows)
    save(book, "boxnox", "BOXNOX - BIBBI Monthly Sales Report APR2025.xlsx")


def galilu():
    """A column per month, dashes for none; figures only, the products by their Polish names."""
    book, years, monthly, ranking, old, split = new_book(
        "YoY", "monthly sellout", "product_ranking_2025", "product_ranking_2023-24", "Split_by_store_2025")
    fill(years, [["", 2024, 2025], ["Jan", 11, 14]])
    fill(monthly, [["Month", "Quantity"], ["Jan", 7], ["Feb", 9]])
    figures = {"BBBC310": [1, "-", 1, 2], "BBBOJ100": [3, 2, "-", 1], "BBRR100": ["-", 4, 2, 2], "BBSB30": [2, 1, None, "-"],
               "BBSP100": [1, 2, 2, 5]}
    rows = [[2025, "Jan", "Feb", "Mar", "Apr", "Total"]]
    for name, sku in GALILU.items():
        rows.append([name, *figures[sku], sum(q for q in figures[sku] if isinstance(q, int))])
    fill(ranking, rows)
    fill(old, [["2023-24", "Total"], [next(iter(GALILU)), 31]])
    fill(split, [["Store", "Quantity"], ["Galilu Mokotowska", 20]])
    save(book, "galilu", "BIbbi_sellout_Galilu_2025.xlsx")


def skins_sa():
    """Blanks in a header, amounts as text with blanks for thousands, American dates, two rows that are the same."""
    book, summary, sheet = new_book("sales summary", "BIBBI")
    fill(summary, [["Branch", "Total"], ["SKINS GATEWAY", 12]])
    rows = [["Branch", "OrderDate", "StockCode", "OrderQty", "StockDescription", "NetSalesValue", " ExVatNetsales", "MONTH", "YEAR", "STATUS",
             "SUPPLIER", "CATEGORY", "BRAND", "ABC MAP"]]
    figures = [("SKINS GATEWAY", (1, 28), "BBBOJ100", 1), ("SKINS GATEWAY", (1, 28), "BBBOJ100", 1), ("ON", (1, 30), "BBSC100", 2),
               ("SKINS SANDTON", (2, 3), "BBRR100", 1), ("SKINS SANDTON", (2, 14), "BBSB30", -1), ("ON", (2, 20), "BBFC30", 2)]
    for place, (branch, (month, day), sku, quantity) in enumerate(figures):
        product = BY_SKU[sku]
        gross = 5920 if product.euros == 245 else 2810
        net = f"{abs(quantity) * gross / 1.15:,.2f}".replace(",", "\u00a0" if place % 2 else " ").replace(".", ",")
        rows.append([branch, f"{month}/{day}/2025" if place % 2 else datetime.date(2025, month, day), int(product.ean), quantity,
                     f"Bibbi {product.description.replace(' ml', 'ml')}", quantity * gross, f"   {'-' if quantity < 0 else ''}{net}", month, 2025,
                     "ACTIVE", "SKINS NETHERLANDS", "FRAGRANCE", "BIBBI", "D"])
    rows.append(["SKINS SANDTON", datetime.date(2025, 2, 21), None, 1, "GIFT WRAP", 0, "0,00", 2, 2025])
    fill(sheet, rows)
    save(book, "skins_sa", "Skins SA BIBBI CY 2025 February.xlsx")


def skins_nl():
    """Euro signs, a row that only last year had, and the sums by location."""
    book, sheet, locations, info = new_book("SalesPerSKU", "SalesPerLocation", "Info")
    rows = [["Brand", "Article", "EANCode", "Sales amount", "SalesAmountSPLY", "SalesAmountVariance", "SalesQuantity", "SalesQuantitySPLY",
             "SalesQuantityVariance"]]
    for number, (sku, quantity, amount) in enumerate([("BBSB100", 2, "€ 490"), ("BBRR100", 5, "€ 1.225,00"), ("BBFC30", 1, "€ 116"),
                                                      ("BBGO100", None, None)]):
        product = BY_SKU[sku]
        rows.append(["BIBBIPARFU", f"{1131381 + number} - {product.description.replace(' ml', 'ml')}", product.ean, amount, "€ 142",
                     "\u221218,1%", quantity, 2, "0,0%"])
    fill(sheet, rows)
    fill(locations, [["Location", "Sales amount", "SalesQuantity"], ["Skins Amsterdam", "€ 1.225,00", 5], ["Skins Utrecht", "€ 606,00", 3]])
    fill(info, [["Report", "BIBBIPARFU"], ["Period", "02-2025"]])
    save(book, "skins_nl", "BIBBIPARFU_ReportPeriod02-2025.xlsx")


def cdlc():
    """Stores side by side under merged headers, a blank row, a product without EAN, the totals of every row."""
    book, sheet = new_book("2025 04")
    stores = ["E-shop", "Vilnius Panorama", "Vilnius Akropolis", "Kaunas Akropolis", "LV Riga Spice CdlC"]
    sheet["B2"] = "2025 April"
    for cell, text, merged in [("D2", "E-shop", "D2:E2"), ("F2", "Lithuania", "F2:K2"), ("L2", "Latvia", "L2:M2"), ("N2", "Total", "N2:O3")]:
        sheet[cell] = text
        sheet.merge_cells(merged)
    for place, store in enumerate(stores[1:]):
        sheet.cell(3, 6 + place * 2, store)
        sheet.merge_cells(start_row=3, end_row=3, start_column=6 + place * 2, end_column=7 + place * 2)
    for column in range(4, 16, 2):
        sheet.cell(4, column, "Qty")
        sheet.cell(4, column + 1, "Sum Eur")
    figures = [("BBSP100", [1, None, 2, None, 1]), ("BBBOJ100", [None, 3, None, 1, None]), (None, None), ("BBDS10", [4, 1, -1, None, 2])]
    for row, (sku, quantities) in enumerate(figures, 5):
        if sku is None:
            continue
        product = BY_SKU[sku]
        sheet.cell(row, 2, product.ean)
        sheet.cell(row, 3, f"BIBBI. {product.description}")
        for place, quantity in enumerate(quantities):
            if quantity:
                sheet.cell(row, 4 + place * 2, quantity)
                sheet.cell(row, 5 + place * 2, quantity * product.euros)
        pieces = sum(q or 0 for q in quantities)
        sheet.cell(row, 14, pieces)
        sheet.cell(row, 15, pieces * product.euros)
    sheet.cell(9, 3, "BIBBI. Gift box")
    sheet.cell(9, 4, 1)
    sheet.cell(9, 5, 0)
    save(book, "cdlc", "BIBBI_Sell_Out_2025 04.xlsx")


def liberty():
    """Blocks of name row, size rows and Total row under channels; a product of two sizes; a return in parentheses."""
    book, sheet, sizes, groups = new_book("Sales By Size", "Size Analysis", "Product Group Analysis")
    channels = ["Flagship", "Internet", "All Sales Channels", "All Warehouse"]
    product_headers = ["Retail Group", "Brand", "Colour Phase", "Product Group", "Item ID | Colour", "Item", "Supplier Reference", "Size", "Style",
                       "Cost Price", "Original Price", "Retail Price"]
    first = len(product_headers) + 1
    for place, channel in enumerate(channels):
        column = first + place * 4
        sheet.cell(1, column, channel)
        sheet.merge_cells(start_row=1, end_row=1, start_column=column, end_column=column + 3)
        for half, span in enumerate(["Actual", "YTD"]):
            sheet.cell(2, column + half * 2, span)
            sheet.merge_cells(start_row=2, end_row=2, start_column=column + half * 2, end_column=column + half * 2 + 1)
            sheet.cell(3, column + half * 2, "Sales Qty Un")
            sheet.cell(3, column + half * 2 + 1, "Sales Inc VAT £ ")
    for column, header in enumerate(product_headers, 1):
        sheet.cell(3, column, header)

    def figures(row, flagship, internet):
        both = [a + b for a, b in zip(flagship, internet)]
        for place, (quantity, amount) in enumerate([flagship, internet, both]):
            column = first + place * 4
            sheet.cell(row, column, quantity)
            sheet.cell(row, column + 1, f"({-amount:.2f})" if amount < 0 else amount)
            sheet.cell(row, column + 2, quantity + 10)
            sheet.cell(row, column + 3, amount + 2050)

    sold = {"000834429 | 98-NO COLOUR": [("100ML", (3, 615), (1, 205))], "000834431 | 98-NO COLOUR": [("100ML", (0, 0), (-1, -205))],
            "000834440 | 98-NO COLOUR": [("100ML", (2, 410), (2, 410)), ("100ML TESTER", (1, 95), (0, 0))],
            "000834452 | 98-NO COLOUR": [("10X2ML", (4, 180), (6, 270))]}
    row, all_flagship, all_internet = 4, (0, 0), (0, 0)
    for number, (item, lines) in enumerate(sold.items()):
        if number == 0:
            for column, text in enumerate(["Beauty", "BIBBI", "AW24", "Fragrance"], 1):
                sheet.cell(row, column, text)
        sheet.cell(row, 5, item)
        sheet.cell(row, 6, LIBERTY[item][0])
        row += 1
        flagship, internet = (0, 0), (0, 0)
        for size, one, other in lines:
            sheet.cell(row, 8, size)
            figures(row, one, other)
            flagship, internet = tuple(map(sum, zip(flagship, one))), tuple(map(sum, zip(internet, other)))
            row += 1
        sheet.cell(row, 6, f"{item} Total")
        figures(row, flagship, internet)
        row += 1
        all_flagship, all_internet = tuple(map(sum, zip(all_flagship, flagship))), tuple(map(sum, zip(all_internet, internet)))
    sheet.cell(row, 1, "Grand Total")
    figures(row, all_flagship, all_internet)
    fill(sizes, [["Size", "Sales Qty Un"], ["100ML", 8]])
    fill(groups, [["Product Group", "Sales Qty Un"], ["Fragrance", 18]])
    save(book, "liberty", "Continuity Supplier Size Report 31-08-2025.xlsx")


def selfridges():
    """Weeks and days, pound signs, and a product without EAN that is known by its leading number."""
    book, sheet = new_book("Sell out")
    rows = [["EAN", "Product", "Sold", "Sales", "Date or Week", "Store"]]
    figures = [("BBRR100", True, 2, "£410.00", datetime.date(2025, 4, 7), "London"),
               ("BBBOJ100", False, 1, "£205.00", datetime.date(2025, 4, 7), "Birmingham"),
               ("BBRR100", False, 3, "£615.00", "2025-W16", "Manchester Trafford"), ("BBSP100", True, 1, 205, "2025-W16", "Manchester Exchange Square"),
               ("BBSC100", True, -1, "(205.00)", "14/04/2025", "Online")]
    numbers = {"BBRR100": "86033481", "BBBOJ100": "86033482", "BBSP100": "86033483", "BBSC100": "86033484"}
    for sku, has_ean, quantity, amount, when, store in figures:
        product = BY_SKU[sku]
        name = f"{numbers[sku]} - {product.description.lower().replace(' edp ', ' edpno colour').replace(' ml', 'ml')}"
        rows.append([product.ean if has_ean else None, name, quantity, amount, when, store])
    fill(sheet, rows)
    save(book, "selfridges", "Selfridges BIBBI sell out 2025 W16.xlsx")


def aromateque():
    """A 1C export: preamble, months by their first day, three decimals, one total in euro to share out."""
    book, sheet = new_book("TDSheet")
    rows = [["Sales report"], [None], ["Period: 01.01.2025 - 31.03.2025"], ["Organisation: Aromateque"], ["Indicators: quantity"], [None],
            ["Grouping: goods"], ["Filter: brand BIBBI PARFUM"], [None], ["Currency: euro"], [None],
            [None, None, "01.01.2025", "01.02.2025", "01.03.2025", "Total", "Total in euro"]]
    figures = [("BBBOJ100", [2, 4, 2], "€1 960,00"), ("BBSC100", [1, 1, 1], "€500,00"), ("BBFC30", [None, 3, None], "€348,00"),
               ("BBRR100", [3, -1, None], "€490,00")]
    three = lambda quantity: None if quantity is None else f"{quantity},000"
    for sku, quantities, total in figures:
        name = BY_SKU[sku].description.replace(" EDP ", " EAU DE PARFUM ").replace(" ml", " ML")
        rows.append([f"BIBBI PARFUM {name}", sku, *map(three, quantities), three(sum(q or 0 for q in quantities)), total])
    rows.append(["Total", None, "6,000", "7,000", "3,000", "16,000", "€3 298,00"])
    fill(sheet, rows)
    save(book, "aromateque", "bibbi sales march'25.xlsx")


def continuity():
    """Months, quarters and spans of months."""
    book, sheet = new_book("Sales")
    rows = [["EAN", "Product", "Units", "Value", "Period", "Channel"]]
    for sku, units, period, channel in [("BBSC100", 3, "Jan 2024", "Stores"), ("BBRR100", 7, "Q1 2024", "Stores"), ("BBFC30", 2, "Jan-Mar 2024", "Online"),
                                        ("BBDS10", 5, "Q1 2024", "Online")]:
        rows.append([BY_SKU[sku].ean, BY_SKU[sku].description, units, units * BY_SKU[sku].euros, period, channel])
    fill(sheet, rows)
    save(book, "continuity", "Continuity Suppliers Q1 2024.xlsx")


if __name__ == "__main__":
    reference()
    for write in [boxnox, boxnox_flat, galilu, skins_sa, skins_nl, cdlc, liberty, selfridges, aromateque, continuity, online]:
        write()
