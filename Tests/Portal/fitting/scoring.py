"""Scores over HTTP, equal to those that fit_oracle.py reckons: at borders, for random choices and brands, for one retailer, and after changes."""
import random

import fit_oracle
import retail_workbook as made
from fit_oracle import Brand, Market
from fitting.words import Person, drop, form, finished, name, posted, refused, report, source, with_brand

CHOICES = 200
BANDS = ("20-25", "25-30", "30 & ABOVE", "20 TO 30")
# Each name is taken once in a ledger: the first of the workbook's brands is the contract's example, the last is for what changes.
*OTHERS, CHANGING = made.BRANDS[1:]
OWN = ("SHAVING CREAM", "RAZOR")


def calculated(caller, chosen):
    return caller.post("/api/fit-scores/calculate", {"selected_categories": chosen})


def told(answer, names):
    """The answer's scores of those retailers, without the ledger's own numbers and without the reasons, which are judged by themselves."""
    retailers = answer.wanted(200)["data"]["retailers"]
    return [{key: value for key, value in entry.items() if key not in ("retailer_id", "reasons")} for entry in retailers if entry["retailer_name"] in names]


def judge_scores(judge, answer, market, brand, chosen, alone=True):
    """All of them, in the order of the ranking; where others are in the ledger too, only these."""
    scores, names = market.scores(brand, chosen), {retailer.name for retailer in market.retailers.values()}
    got = told(answer, names)
    expected = [score.told for score in scores]
    if expected != got:
        first = next((number for number, pair in enumerate(zip(expected, got)) if pair[0] != pair[1]), min(len(expected), len(got)))
        return judge.holds(f"{answer} with {chosen}", False, f"at place {first + 1} {expected[first:first + 1]}", got[first:first + 1])
    reasons = [entry.get("reasons", {}) for entry in answer.json["data"]["retailers"]]
    judge.holds(f"{answer} reasons", all(len(entry) == 4 and all(text.endswith(".") for text in entry.values()) for entry in reasons), "four sentences each", reasons[:1])
    if alone:
        judge.same(f"{answer} summary", fit_oracle.summary(scores), answer.json["data"]["calculation_summary"])
    whole = [entry[key] for entry in got for key in ("fit_score", "outlet_count")] + [value for entry in got for value in entry["score_breakdown"].values()]
    return judge.holds(f"{answer} with {chosen}", all(type(value) is int for value in whole), "whole numbers", whole[:8])


def borders(judge, world):
    """exactly 80, exactly 15 %, a hair beside them: where binary fractions go astray"""
    tables = made.borders()
    posted(world, tables)
    market, person = Market(tables), with_brand(world, "20-25", made.BORDER_BRAND)
    judge_scores(judge, calculated(person.caller, made.BORDER_CHOICE), market, market.brand(made.BORDER_BRAND, "20-25"), made.BORDER_CHOICE)


def random_choices(judge, world):
    """two hundred random choices, by brands of the workbook, with products of their own, with none, and by somebody without a brand"""
    tables = made.standard()
    posted(world, tables)
    market, chance = Market(tables), random.Random(200)
    askers = [(with_brand(world, band, brand).caller, market.brand(brand, band)) for band, brand in zip(BANDS, (*OTHERS, "Nobody knows it"))]
    own = with_brand(world, "25-30")
    products = made.brand_products(own.brand, plain=True)
    _, state = posted(world, products, own.caller, "own")
    judge.same("a brand's own products", ("completed", 12), (state["status"], state["records_processed"]))
    askers.append((own.caller, Brand("25-30", [(row[2], row[3]) for row in products["Products"][1:]])))
    askers.append((world.caller("root", source=source()), Brand()))
    seen = set()
    for number in range(CHOICES):
        (caller, brand), chosen = askers[number % len(askers)], market.choices(chance)
        if not judge_scores(judge, calculated(caller, chosen), market, brand, chosen, alone=False):
            continue
        seen |= {score.priority for score in market.scores(brand, chosen)}
    judge.same("priorities that were seen", {"High", "Medium", "Low"}, seen)


def whole_summary(judge, world):
    """the summary counts every retailer of the answer, and the answer has every retailer of the list"""
    answer = calculated(world.caller("root", source=source()), [{"category": "SHAVING", "sub_categories": ["RAZOR"]}])
    data = answer.wanted(200)["data"]
    listed = world.caller(source=source()).get("/api/retailers?limit=1000").wanted(200)["data"]["retailers"]
    judge.same("retailers", sorted(entry["id"] for entry in listed), sorted(entry["retailer_id"] for entry in data["retailers"]))
    count = lambda word: sum(entry["recommendation"]["priority"] == word for entry in data["retailers"])
    judge.same("the summary", {"total_retailers": len(listed), "high_priority": count("High"), "medium_priority": count("Medium"), "low_priority": count("Low")}, data["calculation_summary"])
    order = [(-entry["fit_score"], -entry["outlet_count"], entry["retailer_name"]) for entry in data["retailers"]]
    judge.same("the ranking", sorted(order), order)


def one_retailer(judge, world):
    """one retailer's score by the brand's saved categories, with its products and places, without notes"""
    tables = made.standard()
    posted(world, tables)
    market, person, chance = Market(tables), with_brand(world, "20-25", name("Single", "brand")), random.Random(7)
    numbers = {entry["retailer_name"]: entry["id"] for entry in world.caller().get("/api/retailers?limit=1000").wanted(200)["data"]["retailers"]}
    for _ in range(3):
        chosen = market.choices(chance)
        flat = [{"category": choice["category"], "sub_category": sub} for choice in chosen for sub in choice["sub_categories"]]
        person.caller.post("/api/brands/categories", {"categories": flat}).wanted(200)
        for score in chance.sample(market.scores(Brand("20-25"), chosen), 6):
            retailer = score.retailer
            answer = person.caller.get(f"/api/fit-scores/retailer/{numbers[retailer.name]}")
            data = answer.wanted(200)["data"]
            judge.same(answer, (score.fit, {"priority": score.priority, "action": score.action}, score.shown), (data["fit_score"], data["recommendation"], data["score_breakdown"]))
            judge.same(answer, (numbers[retailer.name], retailer.name, retailer.category, retailer.form, retailer.outlets),
                       tuple(data["retailer"][key] for key in ("id", "name", "category", "format", "outlet_count")))
            judge.same(f"{answer} locations", sorted(retailer.places.values()), sorted((place["city"], place["state"]) for place in data["retailer"]["locations"]))
            judge.same(f"{answer} products", sorted((entry.product.code, entry.product.name, float(entry.product.mrp), float(entry.price), float(entry.margin)) for entry in retailer.sold),
                       sorted((product["product_id"], product["product_name"], float(product["mrp"]), float(product["asp"]), float(product["margin"])) for product in data["products"]))
    nobody = Person(world).caller.get(f"/api/fit-scores/retailer/{next(iter(numbers.values()))}")
    judge.same(f"{nobody}, by one without a brand", 200, nobody.status)
    for unknown in ("0", "-1", "999999999", "abc", "1.5", "99999999999999999999"):
        refused(judge, person.caller.get(f"/api/fit-scores/retailer/{unknown}"), 404)


def changes(judge, world):
    """a changed workbook, margin or product shows in the next scores"""
    tables = made.standard()
    posted(world, tables)
    person, chosen = with_brand(world, "20-25", CHANGING), [{"category": "SHAVING", "sub_categories": ["RAZOR", "SHAVING CREAM"]}, {"category": "Hair", "sub_categories": ["Serums"]}]
    judge_scores(judge, calculated(person.caller, chosen), Market(tables), Market(tables).brand(CHANGING, "20-25"), chosen, alone=False)
    person.caller.with_json("PUT", "/api/brands/profile", {"avg_trade_margin": "30 & ABOVE"}).wanted(200)
    judge_scores(judge, calculated(person.caller, chosen), Market(tables), Market(tables).brand(CHANGING, "30 & ABOVE"), chosen, alone=False)
    for row in tables["RETAILER_PRODUCT_MAPPING"][1:200]:
        row[2], row[4] = round(row[2] * 1.4, 2), 44
    for row in tables["RETAILER_INFO"][1:]:
        row[5] += 1
    file = made.file(tables, name("changed"))
    drop(world, file)
    report(world, file.name)
    judge_scores(judge, calculated(person.caller, chosen), Market(tables), Market(tables).brand(CHANGING, "30 & ABOVE"), chosen, alone=False)
    for row in tables["PRODUCT_INFO"][1:]:
        row[5] = round(row[5] * 1.7, 2)
    posted(world, tables)
    judge_scores(judge, calculated(person.caller, chosen), Market(tables), Market(tables).brand(CHANGING, "30 & ABOVE"), chosen, alone=False)
    posted(world, made.standard())


def hand_made(judge, world):
    """a retailer that was made by hand: its own category counts where it was chosen, nothing else does"""
    person = Person(world, "retailer_admin")
    called = name("By hand", "mart")
    person.caller.post("/api/retailers/create", {"retailer_name": called, "retailer_category": "Perfumery", "outlet_count": 3}).wanted(200)
    for category, score in (("PERFUMERY", 30), ("Skin", 0)):
        answer = calculated(with_brand(world).caller, [{"category": category, "sub_categories": ["Toners"]}])
        own = told(answer, {called})
        judge.same(f"{answer} with {category}", [(score, {"category_score": 100 if score else 0, "subcategory_score": 0, "margin_score": 0, "asp_score": 0}, "Perfumery", "", 3)],
                   [(entry["fit_score"], entry["score_breakdown"], entry["retailer_category"], entry["retailer_format"], entry["outlet_count"]) for entry in own])


def repeated_ids(judge, world):
    """a brand's workbook in the other form: ids that repeat are warned of, products are known by brand, name and size"""
    person = with_brand(world, "30 & ABOVE")
    products = made.brand_products(person.brand, seed=9)
    file_name, state = posted(world, products, person.caller, "brand")
    judge.same("its state", ("completed", 13), (state["status"], state["records_processed"]))
    warnings = report(world, file_name).get("warnings", [])
    judge.holds("the report's warnings", "BP_00" in str(warnings), "the ids that repeat", warnings)
    tables = made.standard()
    chosen = [{"category": "SHAVING", "sub_categories": list(OWN)}, {"category": "Skin", "sub_categories": ["Moisturizers"]}]
    brand = Brand("30 & ABOVE", [(row[4], row[9]) for row in products["BRAND_PRODUCT_INFO"][1:]])
    judge_scores(judge, calculated(person.caller, chosen), Market(tables), brand, chosen, alone=False)
    posted(world, products, person.caller, "brand")
    judge_scores(judge, calculated(person.caller, chosen), Market(tables), brand, chosen, alone=False)


def no_choice(judge, world):
    """what is no choice of categories: 400"""
    caller = with_brand(world).caller
    for wrong in ({}, {"selected_categories": None}, {"selected_categories": {}}, {"selected_categories": "Hair"}, {"selected_categories": ["Hair"]}, [],
                  {"selected_categories": [{"category": "Hair"}]}, {"selected_categories": [{"sub_categories": ["Serums"]}]}, {"selected_categories": [{"category": 7, "sub_categories": []}]},
                  {"selected_categories": [{"category": "Hair", "sub_categories": "Serums"}]}, {"selected_categories": [{"category": "Hair", "sub_categories": [7]}]}):
        refused(judge, caller.post("/api/fit-scores/calculate", wrong), 400)
    for body in (b"", b"{", b"[" * 100_000, b"\xff"):
        refused(judge, caller.ask("POST", "/api/fit-scores/calculate", body, "application/json"), 400)
    answer = calculated(caller, [{"category": "Spaceships", "sub_categories": ["Sails", "'; DROP TABLE x", "<script>"]}])
    judge.same(f"{answer}, of categories that nobody sells", {0}, {entry["score_breakdown"]["category_score"] for entry in answer.wanted(200)["data"]["retailers"]})


def own_only(judge, world):
    """a brand's products are not taken for another brand's"""
    first, second = with_brand(world), with_brand(world)
    file = made.file(made.brand_products(first.brand, seed=4, plain=True), name("own"))
    finished(world, first.caller.send("/api/uploads/excel", form(file)).wanted(200)["data"]["upload_id"], first.caller)
    chosen = [{"category": "SHAVING", "sub_categories": ["RAZOR"]}]
    prices = lambda person: {entry["score_breakdown"]["asp_score"] for entry in calculated(person.caller, chosen).wanted(200)["data"]["retailers"]}
    judge.same("price scores of a brand without products", {0}, prices(second))
    judge.holds("price scores of a brand with products", prices(first) != {0}, "some", prices(first))


BORDERS = [borders]
CHECKS = [random_choices, whole_summary, one_retailer, changes, hand_made, repeated_ids, no_choice, own_only]
