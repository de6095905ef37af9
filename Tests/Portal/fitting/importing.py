"""The retailers' workbook by POST and through the folder: taken whole or not at all, with each fault's place; a brand's products."""
import io
import json
import os
import random
import threading
import time
import zipfile

import retail_faults
import retail_workbook as made
import trades
from asking import Form
from exactly.words import QUEUE_FULL, keys, moment, now
from fit_oracle import Market, fold
from fitting.words import Person, drop, finished, form, name, names, objects, posted, refused, report, source
from playground import PEOPLE, Playground
from walk_fit import FOLDERS

LARGEST = 50 * 1024 * 1024


def catalogue(world):
    """All that a workbook could have changed."""
    caller = world.caller(source=source())
    products = caller.get("/api/products?limit=1000").wanted(200)["data"]["products"]
    retailers = caller.get("/api/retailers?limit=1000").wanted(200)["data"]["retailers"]
    within = {retailer["id"]: (caller.get(f"/api/retailers/{retailer['id']}/products").wanted(200)["data"],
                               caller.get(f"/api/retailers/{retailer['id']}/locations").wanted(200)["data"]) for retailer in retailers}
    return {"categories": caller.get("/api/categories").wanted(200)["data"], "products": products, "retailers": retailers, "within": within}


def shows(judge, world, tables):
    """The catalogue holds what the workbook says: no less, and of its retailers no more."""
    market, held = Market(tables), catalogue(world)
    by_code = {product["product_id"]: product for product in held["products"]}
    for code, product in market.products.items():
        row = next(row for row in tables["PRODUCT_INFO"][1:] if row[0] == code)
        got = by_code.get(code, {})
        judge.same(f"product {code}", (fold(row[1]), fold(row[2]), fold(row[3]), fold(row[4]), float(row[5]), str(row[6]), row[7]),
                   (fold(got.get("brand_name")), fold(got.get("category")), fold(got.get("sub_category")), fold(got.get("product_description")), float(got.get("mrp", -1)),
                    got.get("pack_size"), got.get("uom")))
    numbers = {product["id"]: code for code, product in by_code.items()}
    for retailer in market.retailers.values():
        listed = [entry for entry in held["retailers"] if entry["retailer_name"] == retailer.name]
        if not judge.same(f"{retailer.name} in the list", 1, len(listed)):
            continue
        judge.same(retailer.name, (retailer.category, retailer.form, retailer.outlets), tuple(listed[0][key] for key in ("retailer_category", "retailer_format", "outlet_count")))
        sold, places = held["within"][listed[0]["id"]]
        judge.same(f"{retailer.name} sells", sorted((entry.product.code, entry.product.name, float(entry.price), float(entry.sale), float(entry.margin)) for entry in retailer.sold),
                   sorted((numbers.get(entry["product_id"]), entry["product_name"], float(entry["avg_selling_price"]), float(entry["annual_sale"]), float(entry["retailer_margin"]))
                          for entry in sold))
        judge.same(f"{retailer.name}'s places", sorted(retailer.places.values()), sorted((place["city"], place["state"]) for place in places))
        judge.same(f"{retailer.name}'s places", len(places), len({place["id"] for place in places}))
    return held


def before_any(judge, world):
    """before anything came: the offered categories in their order, and empty lists"""
    caller = world.caller(source=source())
    answer = caller.get("/api/categories")
    judge.same(answer, (200, {"success": True, "data": [{"category": category, "subcategories": names} for category, names in made.CATEGORIES.items()]}), answer.whole)
    for listed in ("products", "retailers"):
        data = caller.get(f"/api/{listed}").wanted(200)["data"]
        judge.same(listed, ([], 0, 1, 20), (data[listed], data["pagination"]["total_items"], data["pagination"]["current_page"], data["pagination"]["items_per_page"]))
    judge.same("history", {"success": True, "data": []}, world.caller("root").get("/api/uploads/history").wanted(200))


def sent(judge, world):
    """the standard workbook over HTTP: 3,242 records, its state, the history, a report; all of it is there"""
    tables, root, since = made.standard(), world.caller("root", source=source()), now()
    file = made.file(tables, "northgate.xlsx")
    answer = root.send("/api/uploads/excel", form(file))
    told = answer.wanted(200)
    upload = told["data"]["upload_id"]
    judge.same(answer, (True, "File uploaded successfully", "northgate.xlsx"), (told["success"], told["message"], told["data"]["filename"]))
    judge.one_of(f"{answer} status", ("processing", "completed"), told["data"]["status"])
    state = finished(world, upload, root)
    keys(judge, "the state", ["upload_id", "filename", "status", "records_processed", "error_message", "created_at"], state)
    judge.same("the state", (upload, "northgate.xlsx", "completed", 3242, None), tuple(state[key] for key in ("upload_id", "filename", "status", "records_processed", "error_message")))
    judge.holds("created_at", -5 < (moment(state["created_at"]) - since).total_seconds() < 60, "this moment", state["created_at"])
    history = root.get("/api/uploads/history").wanted(200)["data"]
    judge.same("the history's line", {"id": upload, "filename": "northgate.xlsx", "status": "completed", "records_processed": 3242, "created_at": state["created_at"]}, history[0])
    held = shows(judge, world, tables)
    offered = [{"category": category, "subcategories": names} for category, names in made.CATEGORIES.items()]
    for expected, got in zip(offered, held["categories"]):
        judge.same("an offered category", (expected["category"], expected["subcategories"]), (got["category"], got["subcategories"][:len(expected["subcategories"])]))
    folded = [fold(entry["category"]) for entry in held["categories"]]
    judge.same("categories, each once", sorted(set(folded)), sorted(folded))
    tree = {fold(entry["category"]): [fold(sub) for sub in entry["subcategories"]] for entry in held["categories"]}
    for product in Market(tables).products.values():
        judge.holds(f"{product.category}, {product.subcategory}", tree.get(product.category, []).count(product.subcategory) == 1, "offered once", tree.get(product.category))
    judge.holds("SHAVING", "SHAVING" in [entry["category"] for entry in held["categories"]], "as written there", held["categories"])
    text = json.dumps(report(world, "northgate.xlsx"))
    judge.holds("the report", "3242" in text, "3242 records", text[:600])
    doubled = [told for told in objects(report(world, "northgate.xlsx").get("warnings", [])) if "RETAILER_LOCATION" in json.dumps(told)]
    judge.holds("the report's warnings", doubled, "the doubled places", text[:600])


def again(judge, world):
    """the same again, in the same bytes and in others, over HTTP and through the folder: completed, nothing new, nothing renumbered"""
    tables, before = made.standard(), catalogue(world)
    for number in range(2):
        file_name, state = posted(world, tables)
        judge.same("its state", ("completed", 3242, None), (state["status"], state["records_processed"], state["error_message"]))
        new = [told["new"] for told in objects(report(world, file_name)) if isinstance(told.get("new"), int)]
        judge.holds("the report", new and not any(new), "new: 0", new or report(world, file_name))
        judge.same("the catalogue", before, catalogue(world))
    file = made.file(tables, name("dropped"))
    drop(world, file)
    told = report(world, file.name)
    judge.holds("the report on a dropped one", "3242" in json.dumps(told) and told.get("status") == "completed", "completed, 3242 records", told)
    judge.same("the catalogue", before, catalogue(world))
    history = world.caller("root").get("/api/uploads/history").wanted(200)["data"]
    judge.holds("the history", file.name in [entry["filename"] for entry in history], "the dropped one", [entry["filename"] for entry in history])
    judge.same("the history, newest first", sorted((entry["created_at"] for entry in history), reverse=True), [entry["created_at"] for entry in history])
    judge.holds("the inbox", file.name not in os.listdir(os.path.join(world.root, "retail", "inbox")), "empty again", "the file")


def part(judge, world):
    """a file with a part of the retailers changes these, and leaves the others as they were"""
    tables, before = made.standard(), catalogue(world)
    some = made.part_of(tables, 3)
    for row in some["RETAILER_PRODUCT_MAPPING"][1:]:
        row[2], row[4] = round(row[2] + 1, 2), 17.25
    some["RETAILER_INFO"][1][5] = 7_777
    some["RETAILER_INFO"].append(made.retailer(random.Random(1), 500))
    some["RETAILER_LOCATION"].append(["RT_0500", "Goa", "Goa"])
    _, state = posted(world, some)
    judge.same("its state", ("completed", made.records(some)), (state["status"], state["records_processed"]))
    after, touched = shows(judge, world, some), {row[1] for row in some["RETAILER_INFO"][1:]}
    for retailer in before["retailers"]:
        if retailer["retailer_name"] not in touched:
            judge.same(f"{retailer['retailer_name']}, not in the file", before["within"][retailer["id"]], after["within"][retailer["id"]])
    known = [row for row in tables["RETAILER_PRODUCT_MAPPING"][1:] if row[0] == "RT_0020"][:2]
    ledger_only = {"RETAILER_INFO": some["RETAILER_INFO"][:1] + [made.retailer(random.Random(1), 500)], "PRODUCT_INFO": tables["PRODUCT_INFO"][:1],
                   "RETAILER_PRODUCT_MAPPING": [tables["RETAILER_PRODUCT_MAPPING"][0], *known], "RETAILER_LOCATION": tables["RETAILER_LOCATION"][:1]}
    _, state = posted(world, ledger_only)
    judge.same("mappings whose retailer and product only the ledger knows", ("completed", 3), (state["status"], state["records_processed"]))


def unusual(judge, world):
    """what only looks unusual is taken: other headers, order, blank rows, hostile names"""
    for what, tables in retail_faults.unusual(made.standard()):
        with judge.about(f"a workbook with {what}"):
            file_name, state = posted(world, tables, word=what.replace(" ", "_"))
            judge.same(f"{what}: {state['error_message']}", ("completed", 3242), (state["status"], state["records_processed"]))
            if what == "hostile names":
                listed = {entry["retailer_name"] for entry in world.caller().get("/api/retailers?limit=1000").wanted(200)["data"]["retailers"]}
                judge.same("names, as they were written", [], [hostile for hostile in retail_faults.HOSTILE if hostile not in listed])
                html = os.path.join(world.root, "retail", "outbox")
                for path in (path for path in os.listdir(html) if path.startswith(file_name) and path.endswith(".html")):
                    with open(os.path.join(html, path)) as page:
                        judge.holds(path, "<script>alert(1)" not in page.read(), "no script of a stranger", "one")
    posted(world, made.standard())


def refused_whole(judge, world):
    """any fault: failed, nothing changes, and each place is named with sheet, row, column and value"""
    before = catalogue(world)
    for case in retail_faults.broken(made.standard()):
        with judge.about(f"a workbook with {case.what}"):
            file_name, state = posted(world, case.tables, word=case.what.replace(" ", "_").replace(",", ""))
            judge.same("its state", "failed", state["status"])
            told = report(world, file_name)
            judge.same("the report's status", "failed", told.get("status"))
            for place in case.places:
                judge.holds(f"the report on {place}", [entry for entry in objects(told) if names(entry, place)], "that place", json.dumps(told.get("errors", told))[:700])
                said = state["error_message"] or ""
                judge.holds("error_message", place.sheet in said and str(place.row or "") in said, f"{place.sheet} and row {place.row}", said[:400])
            judge.holds("what to do", [entry for entry in objects(told) if entry.get("suggestion")], "a suggestion", json.dumps(told)[:400])
            judge.same("the catalogue", before, catalogue(world))
    case = retail_faults.many_faults(made.standard())
    drop(world, case.file)
    told = list(objects(report(world, case.file.name)))
    missing = [str(place) for place in case.places if not any(names(entry, place) for entry in told)]
    judge.holds(case.what, not missing, "each of them in the report", f"{len(missing)} are not: {missing[:2]}")
    judge.same("the catalogue", before, catalogue(world))


def no_workbooks(judge, world):
    """what is no workbook of retailers: 400, or failed with a reason"""
    root, good = world.caller("root", source=source()), made.content(made.standard())
    before = catalogue(world)
    for what, sent in {"no file": Form().field("upload_type", "retailer_data"), "no type": form(trades.File("a.xlsx", good), None), "another type": form(trades.File("a.xlsx", good), "sales"),
                       "an empty type": form(trades.File("a.xlsx", good), ""), "a csv": form(trades.File("a.csv", b"a,b\n1,2\n")), "an xls": form(trades.File("a.xls", good)),
                       "an xlsm": form(trades.File("a.xlsm", good)), "no ending": form(trades.File("workbook", good)), "no name": form(trades.File("", good)),
                       "nothing in it": form(trades.File("a.xlsx", b"")), "one byte too many": form(trades.File("large.xlsx", good + bytes(LARGEST + 1 - len(good))))}.items():
        answer = root.send("/api/uploads/excel", sent)
        judge.topic = f"an upload with {what}"
        judge.same(answer, (400, "FILE_UPLOAD_ERROR"), (answer.status, answer.json["error"]["code"]))
    for body, kind in ((b"", None), (b"{}", "application/json"), (good, "application/octet-stream"), (b"--x", "multipart/form-data; boundary=x"), (b"x", "multipart/form-data")):
        answer = root.ask("POST", "/api/uploads/excel", body, kind)
        judge.same(answer, (400, "FILE_UPLOAD_ERROR"), (answer.status, answer.json["error"]["code"]))
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in zipfile.ZipFile(io.BytesIO(good)).namelist():
            archive.writestr(entry, zipfile.ZipFile(io.BytesIO(good)).read(entry) if "sheet3" not in entry else b"<row>" + b" " * (1 << 28))
    for what, content in {"a text": b"no workbook at all", "half of it": good[:len(good) // 2], "a sales report": trades.table_file("atlas").content, "a bomb": bomb.getvalue()}.items():
        judge.topic = f"an upload of {what}"
        answer = root.send("/api/uploads/excel", form(trades.File(name("none"), content)))
        if judge.one_of(answer, (200, 400), answer.status) and answer.status == 200:
            state = finished(world, answer.json["data"]["upload_id"], root, 120)
            judge.holds("its state", state["status"] == "failed" and state["error_message"], "failed with a reason", state)
    judge.same("the catalogue", before, catalogue(world))


def whose(judge, world):
    """one's own uploads are in one's history; ids that are none are unknown"""
    person, stranger = Person(world, "retailer_admin"), Person(world)
    file_name, state = posted(world, made.part_of(made.standard(), 2), person.caller)
    listed = [entry["filename"] for entry in person.caller.get("/api/uploads/history").wanted(200)["data"]]
    judge.same("one's history", [file_name], listed)
    answer = stranger.caller.get(f"/api/uploads/status/{state['upload_id']}")
    seen = state["upload_id"] in [entry["id"] for entry in stranger.caller.get("/api/uploads/history").wanted(200)["data"]]
    judge.same(f"{answer}, as the history shows it to a stranger", 200 if seen else 404, answer.status)
    listed = [entry["filename"] for entry in world.caller("root").get("/api/uploads/history").wanted(200)["data"]]
    judge.holds("the administrator's history", file_name in listed, file_name, listed[:5])
    for unknown in ("errors", "0", "-1", "999999999", "1.5", "%31x"):
        refused(judge, person.caller.get(f"/api/uploads/status/{unknown}"), 404)


def totals(judge, world):
    """the administrators' totals are those of the lists"""
    root = world.caller("root", source=source())
    data = root.get("/api/admin/dashboard").wanted(200)["data"]
    count = lambda listed: root.get(f"/api/{listed}?limit=1").wanted(200)["data"]["pagination"]["total_items"]
    judge.same("totals", (len(root.get("/api/admin/users").wanted(200)["data"]), count("retailers"), count("products")),
               (data["total_users"], data["total_retailers"], data["total_products"]))
    history = root.get("/api/uploads/history").wanted(200)["data"]
    recent = [{key: entry[key] for key in ("id", "filename", "status", "created_at")} for entry in history]
    judge.holds("recent uploads", data["recent_uploads"] and data["recent_uploads"] == recent[:len(data["recent_uploads"])], "the newest of the history", data["recent_uploads"][:2])
    brands = data["total_brands"]
    Person(world).caller.post("/api/brands/create", {"brand_name": name("Counted", "brand")}).wanted(200)
    judge.same("brands after one more", brands + 1, root.get("/api/admin/dashboard").wanted(200)["data"]["total_brands"])


def without_daemon(judge, programs):
    """while the daemon is down workbooks are kept; a full queue is 503; all are taken later"""
    few = {role: PEOPLE[role] for role in ("root", "watcher")}
    with Playground(programs, settings={"max_waiting": 2}, people=few, folders=FOLDERS, observer=judge.documented) as world:
        root, files = world.caller("root"), [made.file(made.standard(), name("waits")) for _ in range(3)]
        world.daemon.stop()
        taken = [root.send("/api/uploads/excel", form(file)).wanted(200)["data"]["upload_id"] for file in files[:2]]
        answer = root.send("/api/uploads/excel", form(files[2]))
        judge.same(answer, (503, {"success": False, "error": {"code": "PROCESSING_ERROR", "message": QUEUE_FULL}}), answer.whole)
        judge.same("the state while it waits", [("processing", None, None)] * 2,
                   [tuple(root.get(f"/api/uploads/status/{upload}").wanted(200)["data"][key] for key in ("status", "records_processed", "error_message")) for upload in taken])
        world.start_daemon()
        judge.same("their end", [("completed", 3242)] * 2, [tuple(finished(world, upload, root)[key] for key in ("status", "records_processed")) for upload in taken])
        judge.same("retailers", 39, root.get("/api/retailers").wanted(200)["data"]["pagination"]["total_items"])


def readers_meanwhile(judge, world):
    """whoever reads while a workbook is taken sees the catalogue before it or after it, never a part"""
    tables, seen, over = made.standard(), [], threading.Event()
    for row in tables["PRODUCT_INFO"][1:]:
        row[4] += " renamed"

    def look():
        while not over.is_set():
            products = world.caller(source="127.0.8.1").get("/api/products?limit=1000").wanted(200)["data"]["products"]
            seen.append(sum(product["product_description"].endswith(" renamed") for product in products))
            time.sleep(0.002)
    looking = threading.Thread(target=look)
    looking.start()
    try:
        posted(world, tables)
        time.sleep(0.3)
    finally:
        over.set()
        looking.join()
    judge.same("renamed products that were seen at a time", {0, 57}, set(seen))
    posted(world, made.standard())


CHECKS = [before_any, sent, again, part, unusual, refused_whole, no_workbooks, whose, totals, readers_meanwhile]
