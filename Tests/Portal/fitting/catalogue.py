"""Filters and pages of products and retailers, and one retailer's places and products."""
import retail_workbook as made
from fit_oracle import fold
from fitting.words import posted, refused, source

OUT_OF_BOUNDS = ("0", "-1", "abc", "1.5", "1e3", "", "%20", "99999999999999999999", "NaN", "null", "0x10", "1%00")


def everything(world, listed, query=""):
    """All pages of 7 together, and the last one's pagination."""
    caller, found, page = world.caller(source=source()), [], 1
    while True:
        data = caller.get(f"/api/{listed}?limit=7&page={page}{query}").wanted(200)["data"]
        found += data[listed]
        if page >= data["pagination"]["total_pages"]:
            return found, data["pagination"]
        page += 1


def pages(judge, world):
    """pages side by side hold everything once, and say how many there are"""
    posted(world, made.standard())
    caller = world.caller(source=source())
    for listed in ("products", "retailers"):
        whole = caller.get(f"/api/{listed}?limit=1000").wanted(200)["data"]
        count = len(whole[listed])
        judge.holds(listed, count >= 39, "all of the workbook", count)
        judge.same(f"{listed}, all on one page", {"current_page": 1, "total_pages": 1, "total_items": count, "items_per_page": 1000}, whole["pagination"])
        found, last = everything(world, listed)
        judge.same(f"{listed} in pages of 7", whole[listed], found)
        judge.same(f"{listed}, the last page", {"current_page": -(-count // 7), "total_pages": -(-count // 7), "total_items": count, "items_per_page": 7}, last)
        judge.same(f"{listed}, ids", count, len({entry["id"] for entry in found}))
        usual = caller.get(f"/api/{listed}").wanted(200)["data"]
        judge.same(f"{listed} unless told", (whole[listed][:20], 1, 20), (usual[listed], usual["pagination"]["current_page"], usual["pagination"]["items_per_page"]))
        beyond = caller.get(f"/api/{listed}?page=1000000").wanted(200)["data"]
        judge.same(f"{listed} far behind the end", ([], count), (beyond[listed], beyond["pagination"]["total_items"]))


def bounds(judge, world):
    """page from 1, limit from 1 to 1,000: anything else is 400 with the field"""
    caller = world.caller(source=source())
    for listed in ("products", "retailers"):
        for limit in (1, 1000):
            judge.same(f"limit={limit}", limit, caller.get(f"/api/{listed}?limit={limit}").wanted(200)["data"]["pagination"]["items_per_page"])
        for name in ("page", "limit"):
            for value in OUT_OF_BOUNDS + (("1001", str(1 << 31), str(1 << 63)) if name == "limit" else ()):
                answer = caller.get(f"/api/{listed}?{name}={value}")
                if (name, value) == ("page", "99999999999999999999"):
                    judge.one_of(answer, (200, 400), answer.status)
                else:
                    refused(judge, answer, 400, [name])


def filters(judge, world):
    """products by brand, category and subcategory, retailers by category and format; alone and together, whatever the case and the blanks"""
    for listed, words in (("products", {"brand_name": "brand_name", "category": "category", "sub_category": "sub_category"}),
                          ("retailers", {"category": "retailer_category", "format": "retailer_format"})):
        whole, _ = everything(world, listed)
        for word, field in words.items():
            values = {fold(entry[field]): entry[field] for entry in whole}
            judge.holds(f"{listed} by {word}", len(values) >= 2, "several to choose from", values)
            for folded, value in values.items():
                wanted = [entry for entry in whole if fold(entry[field]) == folded]
                for spelled in (value, value.upper(), value.lower(), f" {value} "):
                    query = f"&{word}=" + "".join(f"%{byte:02X}" for byte in spelled.encode())
                    found, pagination = everything(world, listed, query)
                    judge.same(f"{listed}, {word}={spelled!r}", [entry["id"] for entry in wanted], [entry["id"] for entry in found])
                    judge.same(f"{listed}, {word}={spelled!r}", len(wanted), pagination["total_items"])
        for first in whole[:6]:
            query = "".join(f"&{word}=" + "".join(f"%{byte:02X}" for byte in first[field].encode()) for word, field in words.items())
            wanted = [entry["id"] for entry in whole if all(fold(entry[field]) == fold(first[field]) for field in words.values())]
            judge.same(f"{listed}, all filters", wanted, [entry["id"] for entry in everything(world, listed, query)[0]])
        for word in words:
            for value in ("nothing-of-this", "%27%20OR%201=1--", "%25", "_", "*", "%00", "%F0%9F%A7%B4"):
                answer = world.caller(source=source()).get(f"/api/{listed}?{word}={value}")
                judge.one_of(answer, (200, 400) if value == "%00" else (200,), answer.status)
                if answer.status == 200:
                    judge.same(answer, ([], 0), (answer.json["data"][listed], answer.json["data"]["pagination"]["total_items"]))


def one_retailer(judge, world):
    """places and products of one retailer, and of none"""
    caller = world.caller(source=source())
    for listed in ("locations", "products"):
        for unknown in ("0", "-1", "999999999", "RT_0001", "1.5", "%00", "99999999999999999999"):
            refused(judge, caller.get(f"/api/retailers/{unknown}/{listed}"), 404)
    retailers, _ = everything(world, "retailers")
    products = {product["id"] for product in everything(world, "products")[0]}
    for retailer in retailers[:10]:
        sold = caller.get(f"/api/retailers/{retailer['id']}/products").wanted(200)["data"]
        judge.holds(f"{retailer['retailer_name']}'s products", {entry["product_id"] for entry in sold} <= products, "numbers of the products' list", sold[:2])


CHECKS = [pages, bounds, filters, one_retailer]
