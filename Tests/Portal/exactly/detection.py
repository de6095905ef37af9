"""B without reseller_id: the layout says whose a file is, among those that the token may touch; and operations/inbox."""
import os

import trades


def sent(world, by, file, **more):
    return world.caller(by).upload_sales(file, **more)


def whose(world, batch):
    shown = next(entry for entry in world.listing("batches") if entry["batch_id"] == batch)
    return shown["reseller"]


def recognised(judge, world):
    """a known layout is its reseller's"""
    for file, reseller, vendor in ((trades.table_file("birch", ending="csv"), "birch", "Birch"), (trades.table_file("atlas"), "atlas", "Atlas"),
                                   (trades.sample("galilu/BIbbi_sellout_Galilu_2025.xlsx"), "galilu", "Galilu"),
                                   (trades.sample("liberty/Continuity Supplier Size Report 31-08-2025.xlsx"), "liberty", "Liberty")):
        answer = sent(world, "operator", file)
        batch = answer.wanted(200)["batch_id"]
        judge.same(f"{answer}, {file.name}", "completed", world.ended(batch))
        shown = world.caller("operator").get(f"/api/uploads/batches/{batch}").wanted(200)["batch"]
        judge.same(f"{answer}, {file.name}", (vendor, reseller), (shown["vendor_name"], whose(world, batch)))
        uploads = world.caller("operator").get("/api/bibbi/uploads?limit=1000").wanted(200)["uploads"]
        judge.same("A's reseller_id of it", world.reseller_id(reseller), next(upload["reseller_id"] for upload in uploads if upload["upload_batch_id"] == batch))
        audit = [line["action"] for line in world.listing("audit") if line.get("batch_id") == batch]
        judge.holds("audit", "recognised" in audit, "a line: recognised", audit)
    answer = sent(world, "operator", trades.table_file("birch"), reseller_id=None)
    batch = answer.wanted(200)["batch_id"]
    world.ended(batch)
    own = [entry["upload_batch_id"] for entry in world.caller("birch").get("/api/uploads/batches?limit=100").wanted(200)["batches"]]
    judge.holds("what was recognised as birch's", batch in own, "seen by birch", own[:5])
    judge.same("and by nobody else", 404, world.caller("atlas").get(f"/api/uploads/batches/{batch}").status)


def none_fits(judge, world):
    """no layout, or two alike: VENDOR_DETECTION_FAILED, at once or by the worker"""
    sold = len(world.listing("sales"))
    for file in (trades.unknown_layout("csv"), trades.unknown_layout(), trades.table_file("twin_a"), trades.table_file("twin_b", ending="csv")):
        answer = sent(world, "operator", file)
        if answer.status == 400:
            judge.same(f"{answer}, {file.name}", (400, {"detail": "Could not detect vendor format"}), answer.whole)
            continue
        batch = answer.wanted(200)["batch_id"]
        judge.same(f"{answer}, {file.name}", "failed", world.ended(batch))
        shown = world.caller("operator").get(f"/api/uploads/batches/{batch}").wanted(200)["batch"]
        judge.same(f"{answer}, {file.name}", ("failed", None, "Could not detect vendor format"), (shown["processing_status"], shown["vendor_name"], shown["error_summary"]))
        errors = world.caller("operator").get(f"/api/uploads/{batch}/errors").wanted(200)["errors"]
        judge.same(f"{answer}, {file.name}", ["VENDOR_DETECTION_FAILED"], [error["error_type"] for error in errors])
    judge.same("sales", sold, len(world.listing("sales")))
    answer = sent(world, "operator", trades.table_file("twin_a"), reseller_id=world.reseller_id("twin_a"))
    batch = answer.wanted(200)["batch_id"]
    judge.same(f"{answer}, a twin that is named", "completed", world.ended(batch))


def within_reach(judge, world):
    """a reseller's token recognises its own layouts only"""
    sold = len(world.listing("sales"))
    answer = sent(world, "birch", trades.table_file("birch"))
    judge.same(f"{answer}, its own", "completed", world.ended(answer.wanted(200)["batch_id"]))
    answer = sent(world, "birch", trades.table_file("atlas"))
    judge.one_of(f"{answer}, another's", (200, 400), answer.status)
    if answer.status == 200:
        judge.same(f"{answer}, another's", "failed", world.ended(answer.json["batch_id"]))
        errors = world.caller("birch").get(f"/api/uploads/{answer.json['batch_id']}/errors").wanted(200)["errors"]
        judge.same(f"{answer}, another's", ["VENDOR_DETECTION_FAILED"], [error["error_type"] for error in errors])
    judge.same("sales", sold + 3, len(world.listing("sales")))
    answer = sent(world, "birch", trades.table_file("atlas"), reseller_id=world.reseller_id("atlas"))
    judge.one_of(f"{answer}, in another's name", (400, 401), answer.status)


def tenants(judge, world):
    """the form's tenant_id: our own is taken, another is refused and nothing of it stays"""
    answer = sent(world, "operator", trades.table_file("atlas"), tenant_id="bibbi")
    judge.same(f"{answer}, our own", "completed", world.ended(answer.wanted(200)["batch_id"]))
    known = len(world.listing("batches"))
    for tenant in ("elsewhere", "BIBBI", "bibbi ", "../bibbi"):
        for who in ("operator", "root", "stranger"):
            answer = sent(world, who, trades.table_file("atlas"), tenant_id=tenant)
            judge.one_of(f"{answer}, {who} as {tenant!r}", (400, 401), answer.status)
    world.rest()
    judge.same("batches", known, len(world.listing("batches")))


def operations_folder(judge, world):
    """operations/inbox: recognised and handed to its reseller, or reported in operations/outbox"""
    file = trades.table_file("birch")
    batch = world.dropped(file, "operations")
    judge.same("its reseller", "birch", whose(world, batch))
    judge.same("its end", "completed", world.state(batch))
    for file in (trades.unknown_layout(), trades.table_file("twin_a")):
        batch = world.dropped(file, "operations")
        judge.same(f"the end of {file.name}", "failed", world.state(batch))
        judge.same(f"errors of {file.name}", ["VENDOR_DETECTION_FAILED"], [error["error_type"] for error in world.listing("errors", batch)])
        outbox = os.path.join(world.root, "operations", "outbox")
        world.until(lambda: any(batch[:8] in name for name in os.listdir(outbox)), f"a report on {file.name}", 20)


CHECKS = [recognised, none_fits, within_reach, tenants, operations_folder]
