"""Brands and retailers that people make by hand, and the categories that a brand chose."""
import threading

from fitting.words import Person, examples, refused, source, with_brand

BRAND = ("brand_name", "website_url", "contact_number", "official_email", "designation", "first_name", "last_name", "avg_trade_margin", "annual_turnover")
RETAILER = ("retailer_name", "retailer_category", "retailer_format", "retailer_sale_model", "outlet_count", "city_count", "state_count", "purchase_model", "credit_days", "logo_url")


def request(judge, operation_id):
    operation = next(operation for operation in judge.contract.operations if operation.id == operation_id)
    return operation.told["requestBody"]["content"]["application/json"]["example"]


def brand(judge, world):
    """the documented brand is made, read and changed; a second one is refused"""
    wanted, person = request(judge, "createBrand"), Person(world)
    caller = person.caller
    refused(judge, caller.get("/api/brands/profile"), 404)
    refused(judge, caller.with_json("PUT", "/api/brands/profile", {"designation": "Director"}), 404)
    answer = caller.post("/api/brands/create", wanted)
    number = answer.wanted(200)["data"]["id"]
    judge.same(answer, (200, {"success": True, "message": "Brand created successfully",
                              "data": {"id": number, "brand_name": "Costa Verde", "website_url": "https://costa.example"}}), answer.whole)
    whole = {"id": number, **wanted}
    answer = caller.get("/api/brands/profile")
    judge.same(answer, (200, {"success": True, "data": whole}), answer.whole)
    profile = caller.get("/api/users/profile").wanted(200)["data"]
    judge.same("the maker's company", (number, "brand"), (profile["company_id"], profile["company_type"]))
    answer = caller.with_json("PUT", "/api/brands/profile", request(judge, "updateBrandProfile"))
    judge.same(answer, (200, {"success": True, "message": "Saved", "data": {**whole, "designation": "Director"}}), answer.whole)
    for name in (wanted["brand_name"], "Costa Verde again"):
        refused(judge, caller.post("/api/brands/create", {"brand_name": name}), 409)
    judge.same("the brand then", {**whole, "designation": "Director"}, caller.get("/api/brands/profile").wanted(200)["data"])
    few = with_brand(world, band=None)
    judge.same("a brand of which only the name is told", {**dict.fromkeys(BRAND), "brand_name": few.brand},
               {name: value for name, value in few.caller.get("/api/brands/profile").wanted(200)["data"].items() if name != "id"})
    judge.same("it has no categories yet", {"success": True, "data": []}, few.caller.get("/api/brands/categories").wanted(200))


def wrong_brands(judge, world):
    """what is no brand: 400 with the field, and nothing is made or changed"""
    person, maker = Person(world), with_brand(world)
    before = maker.caller.get("/api/brands/profile").wanted(200)
    wrong = [("brand_name", value) for value in (None, 7, "", ["Costa"])] + [("website_url", value) for value in ("no address", 7)]
    wrong += [("official_email", value) for value in ("no address", 7)] + [(name, 7) for name in BRAND[2:] if name != "official_email"]
    for field, value in wrong:
        refused(judge, person.caller.post("/api/brands/create", {"brand_name": "Wrong", field: value}), 400, [field])
        refused(judge, maker.caller.with_json("PUT", "/api/brands/profile", {field: value}), 400, [field])
    refused(judge, person.caller.post("/api/brands/create", {}), 400, ["brand_name"])
    for body in (b"", b"{", b"[]", b"null"):
        refused(judge, person.caller.ask("POST", "/api/brands/create", body, "application/json"), 400)
    refused(judge, person.caller.get("/api/brands/profile"), 404)
    judge.same("the other brand", before, maker.caller.get("/api/brands/profile").wanted(200))


def raced(judge, world):
    """one person who makes six brands at once has one"""
    person, answers = Person(world), []
    threads = [threading.Thread(target=lambda number=number: answers.append(person.caller.post("/api/brands/create", {"brand_name": f"Raced {number}"}).status)) for number in range(6)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    judge.same("answers", [200] + [409] * 5, sorted(answers))


def choices(judge, world):
    """the categories that a brand chose: saved, read, replaced; another brand's stay its own"""
    maker, other = with_brand(world), with_brand(world)
    chosen = request(judge, "saveBrandCategories")["categories"]
    for wanted in (chosen, [{"category": "Skin", "sub_category": "Toners"}, {"category": "Skin", "sub_category": "Masks"}, {"category": "Bath & Body", "sub_category": "Men's Grooming"}], []):
        answer = maker.caller.post("/api/brands/categories", {"categories": wanted})
        told = answer.wanted(200)
        judge.same(answer, (True, "Saved"), (told["success"], told["message"]))
        judge.same(answer, wanted, [{name: entry[name] for name in ("category", "sub_category")} for entry in told["data"]])
        judge.same("read again", told["data"], maker.caller.get("/api/brands/categories").wanted(200)["data"])
        judge.same("another brand's", [], other.caller.get("/api/brands/categories").wanted(200)["data"])
    maker.caller.post("/api/brands/categories", {"categories": chosen}).wanted(200)
    for wrong in ({}, {"categories": None}, {"categories": {}}, {"categories": ["Skin"]}, {"categories": [{"category": "Skin"}]}, {"categories": [{"sub_category": "Masks"}]},
                  {"categories": [{"category": 7, "sub_category": "Masks"}]}, {"categories": [*chosen, {"category": "Skin", "sub_category": None}]}, []):
        refused(judge, maker.caller.post("/api/brands/categories", wrong), 400)
    judge.same("what was saved, after wrong ones", chosen,
               [{name: entry[name] for name in ("category", "sub_category")} for entry in maker.caller.get("/api/brands/categories").wanted(200)["data"]])


def retailer(judge, world):
    """the documented retailer is made, read and changed, and stands in the list; a second one is refused"""
    wanted, person = request(judge, "createRetailer"), Person(world, "retailer_admin")
    caller = person.caller
    refused(judge, caller.get("/api/retailers/profile"), 404)
    refused(judge, caller.with_json("PUT", "/api/retailers/profile", {"outlet_count": 66}), 404)
    answer = caller.post("/api/retailers/create", wanted)
    whole = {"id": answer.wanted(200)["data"]["id"], **wanted}
    judge.same(answer, (200, {"success": True, "message": "Retailer saved", "data": whole}), answer.whole)
    answer = caller.get("/api/retailers/profile")
    judge.same(answer, (200, {"success": True, "data": whole}), answer.whole)
    answer = caller.with_json("PUT", "/api/retailers/profile", request(judge, "updateRetailerProfile"))
    judge.same(answer, (200, {"success": True, "message": "Saved", "data": {**whole, "outlet_count": 66}}), answer.whole)
    refused(judge, caller.post("/api/retailers/create", {"retailer_name": "Northgate again"}), 409)
    profile = caller.get("/api/users/profile").wanted(200)["data"]
    judge.same("the maker's company", (whole["id"], "retailer"), (profile["company_id"], profile["company_type"]))
    listed = {entry["id"]: entry for entry in world.caller(source=source()).get("/api/retailers?limit=1000").wanted(200)["data"]["retailers"]}
    judge.same("the list's line", {name: {**whole, "outlet_count": 66}[name] for name in ("id", "retailer_name", "retailer_category", "retailer_format", "outlet_count")}, listed.get(whole["id"]))
    few = Person(world, "retailer_user")
    answer = few.caller.post("/api/retailers/create", {"retailer_name": "Only a name"})
    judge.same(answer, {**dict.fromkeys(RETAILER), "retailer_name": "Only a name"}, {name: value for name, value in answer.wanted(200)["data"].items() if name != "id"})
    for place in ("locations", "products"):
        shown = world.caller(source=source()).get(f"/api/retailers/{whole['id']}/{place}")
        judge.same(shown, (200, {"success": True, "data": []}), shown.whole)


def wrong_retailers(judge, world):
    """what is no retailer: 400 with the field, and nothing is made or changed"""
    person, owner = Person(world, "retailer_admin"), Person(world, "retailer_admin")
    owner.caller.post("/api/retailers/create", {"retailer_name": f"Owned {owner.id}"}).wanted(200)
    before = owner.caller.get("/api/retailers/profile").wanted(200)
    wrong = [("retailer_name", value) for value in (None, 7, "")] + [("logo_url", value) for value in ("no address", 7)]
    wrong += [(name, value) for name in ("outlet_count", "city_count", "state_count", "credit_days") for value in (-1, "64", 1.5, True, 1e30)]
    wrong += [(name, 7) for name in ("retailer_category", "retailer_format", "retailer_sale_model", "purchase_model")]
    for field, value in wrong:
        refused(judge, person.caller.post("/api/retailers/create", {"retailer_name": "Wrong", field: value}), 400, [field])
        refused(judge, owner.caller.with_json("PUT", "/api/retailers/profile", {field: value}), 400, [field])
    refused(judge, person.caller.post("/api/retailers/create", {}), 400, ["retailer_name"])
    refused(judge, person.caller.get("/api/retailers/profile"), 404)
    judge.same("the other retailer", before, owner.caller.get("/api/retailers/profile").wanted(200))


def documented(judge, world):
    """every example of D is one that its own schema allows: these checks would follow a broken contract otherwise"""
    for operation in judge.contract.tagged("D", "E"):
        for status in operation.told["responses"]:
            for example in examples(judge, operation.id, status):
                faults = list(judge.contract.validator(operation.schema(status)).iter_errors(example))
                judge.holds(f"{operation.id} {status}", not faults, "an example that fits", faults[:1])


CHECKS = [documented, brand, wrong_brands, raced, choices, retailer, wrong_retailers]
