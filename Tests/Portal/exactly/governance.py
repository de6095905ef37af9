"""C: who may upload, what waits for a second look, figures over days, force-commit and force-cancel, and who did it."""
import datetime
import glob
import json
import os

import trades
from exactly.words import BULK, NOBODY, PERCENT, keys, moment, now, refusal, some_message


def permission(judge, world, shop, value, **more):
    return world.caller("admin").patch(f"/api/admin/shops/{shop}/bulk-upload-permission", {"can_bulk_upload": value, **more})


def permissions(judge, world):
    """allowing and forbidding, with a reason and without"""
    shop, before = world.reseller_id("birch"), len(world.listing("audit"))
    answer = permission(judge, world, shop, False, reason="Wrong category on 40 items")
    told = answer.wanted(200)
    owner = told["data"]["shop"]["owner"]
    judge.holds(answer, isinstance(owner, str), "a text", owner)
    judge.same(answer, {"success": True, "message": "Bulk upload disabled for shop", "data": {
        "shop": {"id": shop, "name": "Birch", "can_bulk_upload": False, "owner": owner}, "reason": "Wrong category on 40 items"}}, told)
    line = world.listing("audit")[0]
    judge.holds("the audit's newest line", len(world.listing("audit")) > before and "Wrong category on 40 items" in json.dumps(line), "the reason", line)
    judge.holds("the audit's newest line", line["actor"] not in ("", "selloutd", "root"), "who did it", line["actor"])
    with judge.about("uploads of one who may not"):
        forbidden(judge, world)
    answer = permission(judge, world, shop, True)
    judge.same(answer, {"success": True, "message": "Bulk upload enabled for shop", "data": {
        "shop": {"id": shop, "name": "Birch", "can_bulk_upload": True, "owner": owner}, "reason": None}}, answer.wanted(200))
    answer = permission(judge, world, shop, True)
    judge.same(f"{answer}, once more", 200, answer.status)
    world.taken(trades.table_file("birch"), "birch", "completed")


def forbidden(judge, world):
    """No sale comes from a reseller that may not upload, over HTTP or from its folder; batches that exist are not touched."""
    sold, file = len(world.listing("sales")), trades.table_file("birch")
    for who in ("birch", "root"):
        for answer in (world.caller(who).upload(file, world.reseller_id("birch")), world.caller(who).upload_sales(file, "append", world.reseller_id("birch"))):
            judge.one_of(f"{answer}, {who}", (200, 400, 403), answer.status)
            if answer.status == 200:
                judge.same(f"{answer}, its end", "failed", world.ended(answer.json["batch_id"]))
                shown = world.caller("root").get(f"/api/bibbi/uploads/{answer.json['batch_id']}").wanted(200)
                judge.holds(f"{answer}, why", shown["error_message"], "a sentence", shown)
    dropped = world.dropped(trades.table_file("birch"), "birch")
    judge.same("a file from the folder", "failed", world.state(dropped))
    judge.same("errors of a file from the folder", ["UPLOAD_NOT_PERMITTED"], [error["error_type"] for error in world.listing("errors", dropped)])
    judge.same("sales", sold, len(world.listing("sales")))


def permission_refused(judge, world):
    """what a permission's change must not look like"""
    shop, before = world.reseller_id("birch"), world.ctl("resellers", "--json")
    path, admin = f"/api/admin/shops/{shop}/bulk-upload-permission", world.caller("admin")
    for reason in ("x" * 500, "é" * 500, "\U0001f9f4" * 500, ""):
        answer = permission(judge, world, shop, True, reason=reason)
        judge.same(f"{answer}, a reason of {len(reason)} characters", 200, answer.status)
        if answer.status == 200 and reason:
            judge.same(answer, reason, answer.json["data"]["reason"])
    bodies = [{}, {"reason": "no value"}, {"can_bulk_upload": None}, {"can_bulk_upload": "true"}, {"can_bulk_upload": 1}, {"can_bulk_upload": []}, [], "text", 7,
              {"can_bulk_upload": False, "reason": "x" * 501}, {"can_bulk_upload": False, "reason": "\U0001f9f4" * 501}, {"can_bulk_upload": False, "reason": 7},
              {"can_bulk_upload": False, "reason": {"a": 1}}]
    for body in bodies:
        answer = admin.patch(path, body)
        judge.topic = f"a permission's body {json.dumps(body)[:60]}"
        some_message(judge, answer, 400)
    for body in (b"", b"{", b"{\"can_bulk_upload\": false", b"\xff\xfe", b"can_bulk_upload=false", b"[" * 100_000, b"{\"a\":" * 50_000):
        answer = admin.ask("PATCH", path, body, "application/json")
        judge.topic = f"a permission's body {body[:40]!r}"
        some_message(judge, answer, 400)
    for identifier in (NOBODY, "birch", "7c9e1b50", "BULK-1-a"):
        answer = admin.patch(f"/api/admin/shops/{identifier}/bulk-upload-permission", {"can_bulk_upload": False})
        judge.same(answer, refusal(404, "Shop not found"), answer.whole)
    judge.same("resellers", before, world.ctl("resellers", "--json"))


def resellers(judge, world):
    """A's list of resellers: a bare array"""
    answer = world.caller("operator").get("/api/bibbi/resellers")
    listed = answer.wanted(200)
    judge.holds(answer, isinstance(listed, list), "a bare array", type(listed).__name__)
    for record in listed:
        keys(judge, answer, ["reseller_id", "reseller_name", "country", "currency", "is_active", "created_at"], record)
    judge.same(answer, {True}, {record["is_active"] for record in listed})
    names = {record["reseller_id"]: record["reseller_name"] for record in listed}
    for reseller in trades.RESELLERS:
        judge.same(f"{answer}, {reseller}", trades.name_of(reseller), names.get(world.reseller_id(reseller)))
    own = world.caller("birch").get("/api/bibbi/resellers").wanted(200)
    judge.same("birch's resellers", ["Birch"], [record["reseller_name"] for record in own])
    again = world.caller("operator").get("/api/bibbi/resellers").wanted(200)
    judge.same("resellers asked twice", listed, again)


def pending(judge, world):
    """the list of what waits"""
    admin = world.caller("admin")
    first = admin.get("/api/admin/bulk-uploads/pending?limit=100").wanted(200)["data"]["pagination"]["total"]
    batches = [world.taken(trades.half_wrong("birch"), "birch", "staging_complete") for _ in range(3)] + [world.taken(trades.table_file("cedar"), "cedar", "staging_complete")]
    answer = admin.get("/api/admin/bulk-uploads/pending?limit=100")
    told = answer.wanted(200)
    judge.same(answer, (True, "Pending bulk uploads retrieved"), (told["success"], told["message"]))
    judge.same(answer, {"total": first + 4, "page": 1, "limit": 100, "totalPages": (first + 4 + 99) // 100}, told["data"]["pagination"])
    found = {entry["id"]: entry for entry in told["data"]["batches"]}
    for batch in batches:
        entry = found[batch]
        keys(judge, answer, ["id", "batchId", "shopId", "shopName", "shopOwner", "totalRows", "validRows", "invalidRows", "skippedRows", "status", "createdAt", "updatedAt"], entry)
        birch = batch != batches[3]
        judge.same(f"{answer}, {batch}", ("Birch" if birch else "Cedar", world.reseller_id("birch" if birch else "cedar"), 4 if birch else 3, 3, 1 if birch else 0, 0, "STAGING"),
                   tuple(entry[key] for key in ("shopName", "shopId", "totalRows", "validRows", "invalidRows", "skippedRows", "status")))
        judge.holds(f"{answer}, {batch}", BULK.match(entry["batchId"]) and moment(entry["createdAt"]) <= moment(entry["updatedAt"]), "an id, and times in order", entry)
        judge.same(f"{answer}, milliseconds of batchId", round(moment(entry["createdAt"]).timestamp() * 1000), int(entry["batchId"].split("-")[1]))
    mine = admin.get(f"/api/admin/bulk-uploads/pending?shop_id={world.reseller_id('birch')}&limit=100").wanted(200)["data"]
    judge.same("one shop's", {"Birch"}, {entry["shopName"] for entry in mine["batches"]})
    pages = [admin.get(f"/api/admin/bulk-uploads/pending?shop_id={world.reseller_id('birch')}&limit=2&page={page}").wanted(200)["data"] for page in (1, 2, 1000)]
    total = mine["pagination"]["total"]
    judge.same("pages", [{"total": total, "page": page, "limit": 2, "totalPages": (total + 1) // 2} for page in (1, 2, 1000)], [page["pagination"] for page in pages])
    judge.same("a page far behind the end", [], pages[2]["batches"])
    together = [entry["id"] for page in pages for entry in page["batches"]]
    judge.same("pages one after the other", [entry["id"] for entry in mine["batches"]][:len(together)], together)
    nobody = admin.get(f"/api/admin/bulk-uploads/pending?shop_id={NOBODY}").wanted(200)["data"]
    judge.same("nobody's", ([], {"total": 0, "page": 1, "limit": 20, "totalPages": 0}), (nobody["batches"], nobody["pagination"]))


def force_commit(judge, world):
    """force-commit: by either id, with a reason, without one, without a body"""
    admin = world.caller("admin")
    for body, reason in (({"reason": "Owner travelling"}, "Owner travelling"), ({}, None), (None, None), ({"reason": None}, None)):
        batch = world.taken(trades.table_file("cedar"), "cedar", "staging_complete")
        entry = next(entry for entry in admin.get("/api/admin/bulk-uploads/pending?limit=100").wanted(200)["data"]["batches"] if entry["id"] == batch)
        sold = len(world.listing("sales"))
        answer = admin.post(f"/api/admin/bulk-uploads/{entry['batchId'] if body else batch}/force-commit", body)
        if body == {"reason": None} and answer.status == 400:
            continue  # null is no text; the contract leaves both open.
        judge.same(answer, (200, {"success": True, "message": "Batch committed successfully by admin",
                                  "data": {"batchId": entry["batchId"], "shopName": "Cedar", "productsCreated": 3, "reason": reason}}), answer.whole)
        judge.same(f"{answer}, sales", sold + 3, len(world.listing("sales")))
        judge.same(f"{answer}, its state", "completed", world.state(batch))
        lines = [line for line in world.listing("audit") if line.get("batch_id") == batch and line["actor"] != "selloutd"]
        judge.holds(f"audit after {answer}", lines and (reason is None or reason in json.dumps(lines)), "who and why", lines)
        answer = admin.post(f"/api/admin/bulk-uploads/{batch}/force-commit", body)
        judge.same(f"{answer}, once more", refusal(400, "Batch status is COMPLETED, cannot commit"), answer.whole)
        world.until(lambda: '"completed"' in report(world, "cedar", batch), "the outbox to tell of it", 20)


def report(world, reseller, batch):
    told = ""
    for path in glob.glob(os.path.join(glob.escape(os.path.join(world.root, reseller, "outbox")), f"*{batch[:8]}*.json")):
        with open(path) as file:
            told += file.read()
    return told


def force_cancel(judge, world):
    """force-cancel: a DELETE with a JSON body, or without"""
    admin = world.caller("admin")
    for body, reason in (({"reason": "Banned goods"}, "Banned goods"), (None, None)):
        batch = world.taken(trades.half_wrong("birch"), "birch", "staging_complete")
        entry = next(entry for entry in admin.get("/api/admin/bulk-uploads/pending?limit=100").wanted(200)["data"]["batches"] if entry["id"] == batch)
        sold = len(world.listing("sales"))
        answer = admin.delete(f"/api/admin/bulk-uploads/{batch}/force-cancel", body)
        judge.same(answer, (200, {"success": True, "message": "Batch cancelled successfully by admin",
                                  "data": {"batchId": entry["batchId"], "shopName": "Birch", "reason": reason}}), answer.whole)
        judge.same(f"{answer}, sales", sold, len(world.listing("sales")))
        judge.same(f"{answer}, its state", "cancelled", world.state(batch))
        answer = admin.delete(f"/api/admin/bulk-uploads/{entry['batchId']}/force-cancel", body)
        judge.same(f"{answer}, once more", refusal(400, "Batch is already CANCELLED"), answer.whole)
        lines = [line for line in world.listing("audit") if line.get("batch_id") == batch and line["actor"] != "selloutd"]
        judge.holds(f"audit after {answer}", lines and (reason is None or reason in json.dumps(lines)), "who and why", lines)
        world.until(lambda: '"cancelled"' in report(world, "birch", batch), "the outbox to tell of it", 20)


def force_refused(judge, world):
    """reasons that are too long, ids that are none, bodies that are no JSON"""
    admin, batch = world.caller("admin"), world.taken(trades.half_wrong("birch"), "birch", "staging_complete")
    for method, step in (("POST", "force-commit"), ("DELETE", "force-cancel")):
        path = f"/api/admin/bulk-uploads/{batch}/{step}"
        for body in ({"reason": "x" * 501}, {"reason": 7}, {"reason": ["a"]}, [], "text"):
            some_message(judge, admin.with_json(method, path, body), 400)
        for body in (b"{", b"\xff", b"reason=x"):
            some_message(judge, admin.ask(method, path, body, "application/json"), 400)
        for identifier in (NOBODY, "birch", "BULK-1-a", "x" * 2000):
            answer = admin.with_json(method, f"/api/admin/bulk-uploads/{identifier}/{step}", {"reason": "x"})
            judge.same(answer, refusal(404, "Batch not found"), answer.whole)
    judge.same("the batch was left alone", "staging_complete", world.state(batch))
    answer = admin.with_json("POST", f"/api/admin/bulk-uploads/{batch}/force-commit", {"reason": "é" * 500})
    judge.same(answer, 200, answer.status)


def figures(judge, world):
    """statistics, over a ledger that holds what this check has put there and nothing else"""
    admin = world.caller("admin")
    empty = admin.get("/api/admin/bulk-uploads/stats").wanted(200)["data"]
    judge.same("nothing yet", {"totalUploads": 0, "completedUploads": 0, "stagingUploads": 0, "cancelledUploads": 0, "failedUploads": 0, "successRate": "0.00%"}, empty["overview"])
    judge.same("nothing yet", {"totalCreated": 0, "totalValidRows": 0, "totalInvalidRows": 0, "validationRate": "0.00%"}, empty["products"])
    judge.same("nothing yet", ([], []), (empty["topShops"], empty["recentUploads"]))
    for _ in range(3):
        world.taken(trades.table_file("atlas"), "atlas", "completed")
    world.taken(trades.half_wrong("birch"), "birch", "staging_complete")
    cancelled = world.taken(trades.half_wrong("birch"), "birch", "staging_complete")
    admin.delete(f"/api/admin/bulk-uploads/{cancelled}/force-cancel").wanted(200)
    world.taken(trades.half_wrong("dune"), "dune", "partial_success")
    failed = world.taken(trades.unknown_layout(), "atlas", "failed")
    answer = admin.get("/api/admin/bulk-uploads/stats?days=7")
    told = answer.wanted(200)
    judge.same(answer, (True, "Bulk upload statistics retrieved"), (told["success"], told["message"]))
    data = told["data"]
    keys(judge, answer, ["period", "overview", "products", "topShops", "recentUploads"], data)
    judge.same(answer, {"totalUploads": 7, "completedUploads": 4, "stagingUploads": 1, "cancelledUploads": 1, "failedUploads": 1, "successRate": "57.14%"}, data["overview"])
    judge.same(answer, {"totalCreated": 12, "totalValidRows": 18, "totalInvalidRows": 3, "validationRate": "85.71%"}, data["products"])
    judge.holds(answer, PERCENT.match(data["overview"]["successRate"]), "two decimals", data["overview"])
    judge.same(answer, [("Atlas", world.reseller_id("atlas"), 4), ("Birch", world.reseller_id("birch"), 2), ("Dune", world.reseller_id("dune"), 1)],
               [(shop["shopName"], shop["shopId"], shop["uploadCount"]) for shop in data["topShops"]])
    judge.same(f"{answer}, newest first", ["FAILED", "COMPLETED", "CANCELLED", "STAGING", "COMPLETED", "COMPLETED", "COMPLETED"], [entry["status"] for entry in data["recentUploads"]])
    keys(judge, answer, ["batchId", "shopName", "status", "totalRows", "validRows", "invalidRows", "createdAt"], data["recentUploads"][0])
    judge.same(answer, [(0, 0, 0), (4, 3, 1)], [(entry["totalRows"], entry["validRows"], entry["invalidRows"]) for entry in data["recentUploads"][:2]])
    judge.holds(answer, failed[:8] in data["recentUploads"][0]["batchId"], failed[:8], data["recentUploads"][0]["batchId"])
    since = moment(data["period"]["since"])
    judge.holds(answer, datetime.timedelta(days=6) <= now() - since <= datetime.timedelta(days=8), "seven days ago", data["period"])
    told = world.listing("stats", "--days", "7")
    judge.holds("selloutctl stats", "57.14" in json.dumps(told) or "totalUploads" in json.dumps(told), "the same figures", told)


CHECKS = [permissions, permission_refused, resellers, pending, force_commit, force_cancel, force_refused]
