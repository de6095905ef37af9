"""The products, stores and prices that the samples sell: invented, alike in every sample."""

EAN_PREFIX = "735015432"


def ean(number):
    """Thirteen digits with a right check digit."""
    digits = EAN_PREFIX + f"{number:03d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return digits + str(-total % 10)


class Product:
    def __init__(self, number, sku, description, euros):
        self.ean, self.sku, self.description, self.euros = ean(number), sku, description, euros


PRODUCTS = [
    Product(0, "BBSC100", "Soap Club EDP 100 ml", 245),
    Product(6, "BBBOJ100", "Boy of June EDP 100 ml", 245),
    Product(3, "BBSP100", "Swimming Pool EDP 100 ml", 245),
    Product(4, "BBSB100", "Santal Beauty EDP 100 ml", 245),
    Product(5, "BBRR100", "Rainbow Rose EDP 100 ml", 245),
    Product(1, "BBFC30", "Fruit Captain EDP 30 ml", 116),
    Product(7, "BBSB30", "Santal Beauty EDP 30 ml", 116),
    Product(8, "BBBC310", "Birth Country scented candle 310 g", 95),
    Product(9, "BBDS10", "Discovery Set 10 x 2 ml", 49),
    Product(10, "BBGO100", "Ghost of Tom EDP 100 ml", 245),
]

BY_SKU = {product.sku: product for product in PRODUCTS}

# What Galilu, Liberty and Selfridges call the products.
GALILU = {
    "BIRTH COUNTRY świeca zapachowa 310 g": "BBBC310",
    "BOY OF JUNE woda perfumowana 100 ml": "BBBOJ100",
    "RAINBOW ROSE woda perfumowana 100 ml": "BBRR100",
    "SANTAL BEAUTY woda perfumowana 30 ml": "BBSB30",
    "SWIMMING POOL woda perfumowana 100 ml": "BBSP100",
}
LIBERTY = {
    "000834429 | 98-NO COLOUR": ("Rainbow Rose Eau de Parfum", {"100ML": "BBRR100"}),
    "000834431 | 98-NO COLOUR": ("Swimming Pool Eau de Parfum", {"100ML": "BBSP100"}),
    "000834440 | 98-NO COLOUR": ("Soap Club Eau de Parfum", {"100ML": "BBSC100", "100ML TESTER": "BBSC100"}),
    "000834452 | 98-NO COLOUR": ("Discovery Set", {"10X2ML": "BBDS10"}),
}
SELFRIDGES = {"86033481": "BBRR100", "86033482": "BBBOJ100"}

ZLOTYS = {"BBBC310": 429, "BBBOJ100": 1049, "BBRR100": 1049, "BBSB30": 499, "BBSP100": 1049}

STORES = [
    ("skins_sa", "ON", "Skins Online", "online", "Johannesburg", "ZA"),
    ("liberty", "Flagship", "Liberty London", "physical", "London", "GB"),
    ("liberty", "Internet", "Liberty Online", "online", "", "GB"),
    ("galilu", "Galilu", "Galilu", "physical", "Warszawa", "PL"),
]


def prices():
    for product in PRODUCTS:
        yield product.ean, "EUR", f"{product.euros}.00", "2024-01-01"
    for sku, price in ZLOTYS.items():
        yield BY_SKU[sku].ean, "PLN", f"{price}.00", "2024-01-01"


def mappings():
    for code, sku in GALILU.items():
        yield "galilu", code, BY_SKU[sku].ean
    for code, (_, sizes) in LIBERTY.items():
        yield "liberty", code, BY_SKU[next(iter(sizes.values()))].ean
    for code, sku in SELFRIDGES.items():
        yield "selfridges", code, BY_SKU[sku].ean


def rates():
    """Weekdays of some months, newest first as the ECB publishes them, with its trailing comma."""
    import datetime

    day = datetime.date(2025, 8, 29)
    while day >= datetime.date(2025, 1, 1):
        if day.weekday() < 5:
            drift = (day.toordinal() % 37 - 18) / 10000
            yield [day.isoformat(), f"{1.0850 + drift:.4f}", f"{0.84210 + drift:.5f}", f"{4.2105 + drift * 4:.4f}", f"{19.8050 + drift * 100:.4f}", ""]
        day -= datetime.timedelta(days=1)
