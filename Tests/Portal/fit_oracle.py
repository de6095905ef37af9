"""Scores computed anew from the rules, on the workbook's rows and in fractions: what the programs must come to as well.

    fit_oracle.py            tries itself on cases that were reckoned by hand
"""
import io
import math
import random
import re
from fractions import Fraction

import openpyxl

PARTS = ("category_score", "subcategory_score", "margin_score", "asp_score")
WEIGHTS = dict(zip(PARTS, (Fraction(30, 100), Fraction(30, 100), Fraction(10, 100), Fraction(30, 100))))
ADVICE = {"High": ("Launch in All Stores", "Prefer Outright if credit days < 30"), "Medium": ("Pilot Launch in Select Stores", "Prefer SOR if competition high"),
          "Low": ("Delay Entry", "Suggest rework or reprice strategy")}


def fold(name):
    """Names are alike whatever their case and blanks."""
    return " ".join(str(name or "").split()).casefold()


def header(text):
    return re.sub(r"[\s_-]+", "", str(text or "")).casefold().replace("purcahse", "purchase").replace("specifiaction", "specification")


def exact(cell):
    """A number as it is written, not as a float holds it."""
    return Fraction(str(cell))


def rows(tables, sheet):
    """The rows of a sheet by header."""
    table = tables.get(sheet) or [[]]
    heads = [header(cell) for cell in table[0]]
    for cells in table[1:]:
        if any(cell not in (None, "") for cell in cells):
            yield dict(zip(heads, cells))


def read(content):
    """A workbook's sheets as lists of rows, by another reader than the one that is judged."""
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def margin_of(band):
    """The lower end of a band; nothing where it names no number."""
    found = re.search(r"\d+(?:\.\d+)?", band or "")
    return Fraction(found[0]) if found and not re.match(r"\s*less", band, re.IGNORECASE) else None


def mean(values):
    values = list(values)
    return sum(values, Fraction(0)) / len(values) if values else None


class Product:
    def __init__(self, code, brand, category, subcategory, name, mrp):
        self.code, self.brand, self.category, self.subcategory, self.name, self.mrp = code, fold(brand), fold(category), fold(subcategory), name, exact(mrp)


class Sold:
    def __init__(self, product, price, sale, margin):
        self.product, self.price, self.sale, self.margin = product, exact(price), exact(sale), exact(margin)


class Retailer:
    def __init__(self, code, name, category, form, outlets):
        self.code, self.name, self.category, self.form, self.outlets = code, name, category, form, int(outlets or 0)
        self.sold, self.places = [], {}


class Brand:
    """What the score knows of one: its margin and the prices of its products by subcategory."""

    def __init__(self, band=None, products=()):
        self.margin, self.prices = margin_of(band), [(fold(subcategory), exact(mrp)) for subcategory, mrp in products]


class Market:
    """The retailers of one workbook and what they sell."""

    def __init__(self, tables):
        self.products = {row["productid"]: Product(row["productid"], row["prodbrand"], row["category"], row["subcategory"], row["productdescription"], row["mrp"])
                         for row in rows(tables, "PRODUCT_INFO")}
        self.retailers = {row["retailerid"]: Retailer(row["retailerid"], row["retailername"], row["retailercategory"], row["retailerformat"], row["retaileroutletcount"])
                          for row in rows(tables, "RETAILER_INFO")}
        for row in rows(tables, "RETAILER_PRODUCT_MAPPING"):
            self.retailers[row["retailerid"]].sold.append(Sold(self.products[row["productid"]], row["avgsellingprice"], row["annualsale"], row["retailermargin"]))
        for row in rows(tables, "RETAILER_LOCATION"):
            self.retailers[row["retailerid"]].places[(fold(row["retailercity"]), fold(row["retailerstate"]))] = (row["retailercity"], row["retailerstate"])

    def brand(self, name, band):
        """A brand whose products are those that the workbook names under it."""
        return Brand(band, [(product.subcategory, product.mrp) for product in self.products.values() if product.brand == fold(name)])

    def choices(self, chance):
        """One choice of categories, as a caller would send it: of those that are sold, and of those that nobody sells."""
        tree = {}
        for product in self.products.values():
            tree.setdefault(product.category, set()).add(product.subcategory)
        tree.update({"mom & baby": {"baby care", "kids care"}, "health & wellness": {"sports nutrition"}})
        picked = chance.sample(sorted(tree), chance.randint(1, min(4, len(tree))))
        spelled = lambda name: chance.choice((name, name.upper(), name.title(), f" {name}", name.replace(" ", "  ")))
        return [{"category": spelled(category), "sub_categories": [spelled(name) for name in chance.sample(sorted(tree[category]), chance.randint(1, len(tree[category])))]}
                for category in picked]

    def scores(self, brand, chosen):
        """Everybody's, in the order of the ranking."""
        scored = [Score(retailer, brand, chosen) for retailer in self.retailers.values()]
        return sorted(scored, key=lambda score: (-score.fit, -score.retailer.outlets, score.retailer.name))


def category_part(retailer, categories):
    sells = {sold.product.category for sold in retailer.sold} | {fold(retailer.category)}
    return Fraction(100 if categories & sells else 0)


def subcategory_part(retailer, subcategories):
    sells = {sold.product.subcategory for sold in retailer.sold}
    if not sells:
        return Fraction(0)
    gap = max(len(subcategories), len(sells)) - len(subcategories & sells)
    return Fraction(100) if gap > 2 else Fraction(gap * 100, 2)


def compared(sold, subcategories):
    """The products in the chosen subcategories, or all where there are none."""
    return [entry for entry in sold if entry.product.subcategory in subcategories] or sold


def margin_part(retailer, brand, subcategories):
    theirs = mean(entry.margin for entry in compared(retailer.sold, subcategories))
    if brand.margin is None or theirs is None:
        return Fraction(0)
    return Fraction(100) if brand.margin >= theirs else brand.margin / theirs * 100


def asp_part(retailer, brand, subcategories):
    theirs = mean(entry.price for entry in compared(retailer.sold, subcategories))
    ours = mean([price for subcategory, price in brand.prices if subcategory in subcategories] or [price for _, price in brand.prices])
    if not theirs or ours is None:
        return Fraction(0)
    apart, free = abs(ours - theirs), theirs * Fraction(15, 100)
    return Fraction(100) if apart <= free else max(Fraction(0), 100 - (apart - free) / theirs * 100)


def total(parts):
    return sum((WEIGHTS[part] * Fraction(value) for part, value in parts.items()), Fraction(0))


def priority(shown):
    return "High" if shown >= 80 else "Medium" if shown >= 60 else "Low"


class Score:
    """One retailer's: exact within, shown as whole numbers that were rounded down."""

    def __init__(self, retailer, brand, chosen):
        categories = {fold(choice["category"]) for choice in chosen}
        subcategories = {fold(name) for choice in chosen for name in choice["sub_categories"]}
        self.retailer = retailer
        self.parts = dict(zip(PARTS, (category_part(retailer, categories), subcategory_part(retailer, subcategories), margin_part(retailer, brand, subcategories),
                                      asp_part(retailer, brand, subcategories))))
        self.exact = total(self.parts)
        self.fit, self.shown = math.floor(self.exact), {part: math.floor(value) for part, value in self.parts.items()}
        self.priority = priority(self.fit)
        self.action, self.notes = ADVICE[self.priority]

    @property
    def told(self):
        """As the calculation answers it, but for the number that the ledger gives a retailer."""
        retailer = self.retailer
        return {"retailer_name": retailer.name, "retailer_category": retailer.category, "retailer_format": retailer.form, "outlet_count": retailer.outlets, "fit_score": self.fit,
                "recommendation": {"priority": self.priority, "action": self.action, "notes": self.notes}, "score_breakdown": self.shown}


def summary(scores):
    count = lambda word: sum(score.priority == word for score in scores)
    return {"total_retailers": len(scores), "high_priority": count("High"), "medium_priority": count("Medium"), "low_priority": count("Low")}


# Cases reckoned by hand.

def try_itself():
    import retail_workbook as made
    seeded = total(dict(zip(PARTS, (100, 80, 90, 75))))
    assert seeded == Fraction(171, 2) and math.floor(seeded) == 85 and ADVICE[priority(math.floor(seeded))][0] == "Launch in All Stores"
    assert [priority(shown) for shown in (0, 59, 60, 79, 80, 100)] == ["Low", "Low", "Medium", "Medium", "High", "High"]
    assert [margin_of(band) for band in ("20-25", "25-30", "30 & ABOVE", "20 TO 30", None, "none")] == [20, 25, 30, 20, None, None]
    by_hand = {"exactly 75": (75, (100, 100, 100, 16)), "exactly 80": (80, (100, 100, 100, 33)), "exactly 82": (82, (100, 100, 100, 40)), "exactly 85": (85, (100, 100, 100, 50)),
               "exactly 15 % dearer": (100, (100, 100, 100, 100)), "a hair beyond 15 %": (99, (100, 100, 100, 99)), "a margin a hair above": (84, (100, 50, 99, 100)),
               "thirds in the margin": (93, (100, 100, 33, 100)), "a range quite alike": (70, (100, 0, 100, 100)), "a range of which one differs": (85, (100, 50, 100, 100)),
               "nothing in common": (100, (100, 100, 100, 100)), "far too dear for it": (70, (100, 100, 100, 0))}
    tables = made.borders()
    for market in (Market(tables), Market(read(made.content(tables)))):
        brand = market.brand(made.BORDER_BRAND, "20-25")
        for score in market.scores(brand, made.BORDER_CHOICE):
            assert by_hand[score.retailer.name] == (score.fit, tuple(score.shown.values())), (score.retailer.name, score.fit, score.shown)
    standard = made.standard()
    back = read(made.content(standard))
    assert made.records(standard) == made.RECORDS == 3242
    assert {name: len(table) - 1 for name, table in back.items()} == {"RETAILER_INFO": 39, "PRODUCT_INFO": 57, "RETAILER_PRODUCT_MAPPING": 723, "RETAILER_LOCATION": 2423}
    market, again = Market(back), Market(standard)
    assert sum(len(retailer.places) for retailer in market.retailers.values()) == made.PLACES - made.DOUBLED
    chance, seen, parts = random.Random(5), set(), set()
    for _ in range(200):
        chosen, brand = market.choices(chance), (market.brand("Tidewater", "20-25"), Brand("25-30"))[chance.random() < 0.2]
        scores = market.scores(brand, chosen)
        assert [score.told for score in scores] == [score.told for score in again.scores(brand, chosen)]
        seen |= {score.priority for score in scores}
        parts |= {(part, 0 < value < 100) for score in scores for part, value in score.shown.items()}
        assert scores == sorted(scores, key=lambda score: -score.fit) and summary(scores)["total_retailers"] == 39
    assert seen == {"High", "Medium", "Low"} and len(parts) == 7, (seen, parts)
    print("the oracle agrees with the cases reckoned by hand")


if __name__ == "__main__":
    try_itself()
