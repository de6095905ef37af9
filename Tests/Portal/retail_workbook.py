"""The retailers' workbook, of the real one's size and shape; a brand's own products; one with a million records.

The same seed makes the same workbook, but for the moment of its making.

    retail_workbook.py FILE [standard|brand|borders|million] [SEED]
"""
import io
import random
import sys

import xlsxwriter

from trades import File

RETAILERS, PRODUCTS, MAPPINGS, PLACES, DOUBLED = 39, 57, 723, 2_423, 7
RECORDS = RETAILERS + PRODUCTS + MAPPINGS + PLACES

# The headers as the real file has them, its slip in the purchase model with them.
RETAILER_INFO = ["RETAILER_ID", "RETAILER_NAME", "RETAILER_CATEGORY", "RETAILER_FORMAT", "RETAILER_SALE_MODEL", "RETAILER_OUTLET_COUNT", "RETAILER_CITY_COUNT",
                 "RETAILER_STATE_COUNT", "RETAILER_PURCAHSE_MODEL", "RETAILER_CREDIT_DAYS", "RETAILER_LOGO_IMG_LINK",
                 *(f"RETAILER_STORE_IMG_{number}_LINK" for number in range(1, 5))]
PRODUCT_INFO = ["PRODUCT_ID", "Prod-BRAND", "CATEGORY", "SUB_CATEGORY", "PRODUCT_DESCRIPTION", "MRP", "PACK_SIZE", "UOM", "VALUE"]
RETAILER_PRODUCT_MAPPING = ["RETAILER_ID", "PRODUCT_ID", "AVG_SELLING_PRICE", "ANNUAL_SALE", "RETAILER_MARGIN"]
RETAILER_LOCATION = ["RETAILER_ID", "RETAILER_CITY", "RETAILER_STATE"]
BRAND_PRODUCT_INFO = ["BRAND_ID", "PRODUCT_ID", "PRODUCT_NAME", "CATEGORY", "SUB_CATEGORY", "SHORT_DESCRIPTION", "SPECIFIACTION", "PACK_SIZE", "UOM", "MRP", "VALUE", "GST"]
BRAND_PRODUCTS = ["PRODUCT NAME", "CATEGORY", "SUB CATEGORY", "MRP", "ASP", "QUANTITY", "UOM", "TRADE MARGIN"]
SHEETS = ("RETAILER_INFO", "PRODUCT_INFO", "RETAILER_PRODUCT_MAPPING", "RETAILER_LOCATION")

# What can be chosen before anything was imported, in its order.
CATEGORIES = {
    "Makeup": ["Face", "Eyes", "Lips", "Nail"],
    "Skin": ["Moisturizers", "Cleansers", "Masks", "Toners", "Body Care", "Eye Care", "Lip Care", "Sun Care"],
    "Hair": ["Hair Care"],
    "Bath & Body": ["Bath & Shower", "Body Care", "Shaving & Hair Removal", "Men's Grooming", "Hands & Feet", "Hygiene Essentials", "Oral Care"],
    "Mom & Baby": ["Baby Care", "Maternity Care", "Kids Care", "Nursing & Feeding"],
    "Health & Wellness": ["Health Supplements", "Beauty Supplements", "Sports Nutrition", "Weight Management", "Health Foods"],
}
# As the real file writes them: in capitals, some known to nobody before, one with a blank too many, one in two categories.
SOLD = [("SHAVING", "SHAVING CREAM"), ("SHAVING", "RAZOR"), ("SHAVING", "After  Shave"), ("SKIN", "MOISTURIZERS"), ("Skin", "Body Care"), ("BATH & BODY", "BODY CARE "),
        ("HAIR", "HAIR CARE"), ("HAIR", "SERUMS"), ("BATH & BODY", "Men's Grooming"), ("MAKEUP", "LIPS")]
BRANDS = ["COSTA VERDE", "Tidewater", "Marsh & Reed", "OLD HARBOUR", "Fjord"]
STATES = {"Maharashtra": ["Pune", "Mumbai", "Nagpur"], "Karnataka": ["Bengaluru", "Mysuru"], "Kerala": ["Kochi", "Thrissur"], "Delhi": ["Delhi"],
          "Tamil Nadu": ["Chennai", "Coimbatore", "Madurai"], "Gujarat": ["Surat", "Rajkot"]}


def cents(chance, low, high):
    """A price or margin with at most two decimals, as a person would have entered it."""
    return chance.choice((float(chance.randint(low, high)), chance.randint(10 * low, 10 * high) / 10, chance.randint(100 * low, 100 * high) / 100))


def retailer(chance, number):
    link = f"https://pictures.example/{number}"
    return [f"RT_{number:04d}", f"{chance.choice(('Northgate', 'Harbour', 'Sunrise', 'Lotus', 'Banyan', 'Old Town'))} {chance.choice(('Stores', 'Mart', 'Chemists'))} {number}",
            chance.choice(("NMT", "RMT")), chance.choice(("Pharmacy", "Grocery", "Beauty")), chance.choice(("B2C", "B2C", "B2B")), chance.choice((12, 64, 64, 150, 2_400)),
            chance.randint(1, 90), chance.randint(1, 20), chance.choice(("Outright", "SOR( Sales or Return)")), chance.choice((0, 15, 30, 45, 60)), f"{link}/logo.png",
            *(f"{link}/store{picture}.jpg" for picture in range(1, 5))]


def product(chance, number):
    category, subcategory = chance.choice(SOLD)
    mrp, size = cents(chance, 40, 900), chance.choice((50, 75, 100, 200, "2 x 50"))
    value = round(mrp / size, 2) if isinstance(size, int) else round(mrp / 100, 2)
    return [f"RV_PI_{number:05d}", chance.choice(BRANDS), category, subcategory, f"{subcategory.strip().title()} {number}", mrp, size, chance.choice(("ML", "GM", "PCS")), value]


def standard(seed=11, retailers=RETAILERS, products=PRODUCTS, mappings=MAPPINGS, places=PLACES, doubled=DOUBLED):
    """Sheets by name, each a list of rows, the headers first. The last retailer sells nothing."""
    chance = random.Random(seed)
    sellers = [retailer(chance, number) for number in range(1, retailers + 1)]
    goods = [product(chance, number) for number in range(1, products + 1)]
    pairs = chance.sample([(seller[0], good) for seller in sellers[:-1] for good in goods], mappings)
    sold = [[seller, good[0], cents(chance, max(1, int(good[5] * 0.7)), int(good[5]) + 1), chance.randint(0, 90_000), cents(chance, 8, 45)] for seller, good in pairs]
    found = {}
    while len(found) < places - doubled:
        state = chance.choice(list(STATES))
        city = chance.choice(STATES[state])
        place = (chance.choice(sellers)[0], f"{city} {chance.randint(2, 40)}" if chance.random() < 0.9 else city, state)
        found[place] = list(place)
    towns = list(found.values()) + [list(row) for row in chance.sample(list(found.values()), doubled)]
    chance.shuffle(towns)
    return dict(zip(SHEETS, ([list(RETAILER_INFO), *sellers], [list(PRODUCT_INFO), *goods], [list(RETAILER_PRODUCT_MAPPING), *sold], [list(RETAILER_LOCATION), *towns])))


def part_of(tables, retailers):
    """The same sheets with some of the retailers only."""
    kept = {row[0] for row in tables["RETAILER_INFO"][1:1 + retailers]}
    return {name: rows if name == "PRODUCT_INFO" else [rows[0], *(row for row in rows[1:] if row[0] in kept)] for name, rows in tables.items()}


def records(tables):
    return sum(len(rows) - 1 for rows in tables.values())


# A workbook whose scores lie exactly on a border. Its prices were searched for: each of a dozen ways to reckon them in binary
# fractions goes astray in one of these at least.

BORDER_BRAND, BORDER_MRP, BORDER_CHOICE = "Kant", 2_133_080.95, [{"category": "Border", "sub_categories": ["Edge", "Brink", "Rim"]}]
ALIKE, FIFTEEN, EVEN = ("Edge", "Edge", "Edge"), (1_854_852.93, 1_854_853.03, 1_854_853.04), (20, 20, 20)
# name: subcategories, selling prices and margins of its three products. The brand's margin is 20.
BORDERS = {
    "exactly 75": (ALIKE, (1_075_502.93, 1_075_503.03, 1_075_503.04), EVEN),
    "exactly 80": (ALIKE, (1_174_172.93, 1_174_173.03, 1_174_173.04), (19.7, 20.2, 20.1)),
    "exactly 82": (ALIKE, (1_218_903.33, 1_218_903.43, 1_218_903.44), (19.9, 20.05, 20.05)),
    "exactly 85": (ALIKE, (1_292_776.26, 1_292_776.36, 1_292_776.38), EVEN),
    "exactly 15 % dearer": (ALIKE, FIFTEEN, (19.7, 20.2, 20.1)),
    "a hair beyond 15 %": (ALIKE, (1_854_852.93, 1_854_853.03, 1_854_853.03), EVEN),
    "a margin a hair above": (("Edge", "Brink", "Brink"), FIFTEEN, (20.1, 20.2, 20.3)),
    "thirds in the margin": (ALIKE, FIFTEEN, (60, 60, 60)),
    "a range quite alike": (("Edge", "Brink", "Rim"), FIFTEEN, EVEN),
    "a range of which one differs": (("Edge", "Brink", "Brink"), FIFTEEN, EVEN),
    "nothing in common": (("Elsewhere", "Elsewhere", "Elsewhere"), FIFTEEN, EVEN),
    "far too dear for it": (ALIKE, (1, 1, 1), EVEN),
}


def borders():
    sellers, goods, sold = [list(RETAILER_INFO)], [list(PRODUCT_INFO)], [list(RETAILER_PRODUCT_MAPPING)]
    goods.append(["RV_PI_09000", BORDER_BRAND, "Border", "Edge", "The brand's own", BORDER_MRP, 1, "PCS", BORDER_MRP])
    for number, (name, (ranges, prices, margins)) in enumerate(BORDERS.items(), 900):
        sellers.append([f"RT_{number:04d}", name, "NMT", "Beauty", "B2C", number, 1, 1, "Outright", 30, *[""] * 5])
        for place, (subcategory, price, margin) in enumerate(zip(ranges, prices, margins)):
            code = f"RV_PI_{number}{place}"
            goods.append([code, "Somebody", "Border", subcategory, f"{name} {place}", price, 1, "PCS", price])
            sold.append([f"RT_{number:04d}", code, price, 1, margin])
    return dict(zip(SHEETS, (sellers, goods, sold, [list(RETAILER_LOCATION), ["RT_0900", "Pune", "Maharashtra"]])))


def brand_products(brand, seed=3, count=12, plain=False):
    """A brand's own products, in either of the two forms; ids repeat as they do in real ones."""
    chance = random.Random(seed)
    rows = []
    for number in range(count):
        category, subcategory = chance.choice(SOLD)
        name, mrp = f"{subcategory.strip().title()} own {number}", cents(chance, 50, 800)
        if plain:
            rows.append([name, category, subcategory, mrp, round(mrp * 0.9, 2), 50 + number, "ML", 22])
        else:
            rows.append(["BR_0001", f"BP_{number // 2:03d}", name, category, subcategory, "short", "long", 50 + number, "ML", mrp, 1, 18])
    if plain:
        return {"Products": [list(BRAND_PRODUCTS), *rows]}
    return {"BRAND_INFO": [["BRAND_ID", "BRAND_NAME"], ["BR_0001", brand]], "BRAND_PRODUCT_INFO": [list(BRAND_PRODUCT_INFO), *rows]}


# Writing.

class Formula:
    """A cell that is reckoned, with what it came to when the file was saved."""

    def __init__(self, text, value):
        self.text, self.value = text, value


def put(sheet, row, column, cell):
    if isinstance(cell, Formula):
        sheet.write_formula(row, column, cell.text, None, cell.value)
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell)
    elif cell is not None:
        sheet.write(row, column, cell)


def content(tables):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in tables.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if cell != "":
                        put(sheet, row, column, cell)
    return stream.getvalue()


def file(tables, name="retailers.xlsx"):
    return File(name, content(tables))


def million(path, retailers=10_000, products=5_000, each=100, seed=7, places=2):
    """A million mappings, written row by row so that a small machine can make it; the number of records."""
    chance, count = random.Random(seed), 0
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        def write(name, head, rows):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, head)
            number = 0
            for number, row in enumerate(rows, 1):
                sheet.write_row(number, 0, row)
            return number

        goods = [product(chance, number) for number in range(1, products + 1)]
        count += write("RETAILER_INFO", RETAILER_INFO, (retailer(chance, number) for number in range(1, retailers + 1)))
        count += write("PRODUCT_INFO", PRODUCT_INFO, goods)
        count += write("RETAILER_PRODUCT_MAPPING", RETAILER_PRODUCT_MAPPING,
                       ([f"RT_{number:04d}", good[0], round(good[5] * 0.9, 2), number % 997, 8 + number % 3700 / 100]
                        for number in range(1, retailers + 1) for good in chance.sample(goods, each)))
        count += write("RETAILER_LOCATION", RETAILER_LOCATION, ([f"RT_{number:04d}", f"Pune {place}", "Maharashtra"]
                                                                for number in range(1, retailers + 1) for place in range(places)))
    return count


def main():
    path, kind, seed = sys.argv[1], (sys.argv[2:] or ["standard"])[0], int((sys.argv[3:] or ["11"])[0])
    if kind == "million":
        print(million(path, seed=seed), "records")
        return
    tables = {"standard": lambda: standard(seed), "brand": lambda: brand_products("Tidewater", seed), "borders": borders}[kind]()
    with open(path, "wb") as stream:
        stream.write(content(tables))
    print(records(tables), "records")


if __name__ == "__main__":
    main()
