"""limit and offset at their bounds, pages that together are the whole, both ids in every path, and routes that collide."""
import trades
from exactly.words import BULK, NOBODY, detail, some_detail, some_message

TOO_MUCH = ("0", "-1", "abc", "1.5", "1e3", "", "%20", "0x10", "99999999999999999999", "NaN", "null", "1%00", "%D9%A3", "--1")
LISTS = (("/api/bibbi/uploads", 1000, "uploads"), ("/api/uploads/batches", 100, "batches"))


def bounds(judge, world):
    """A and B: limit 1 to its maximum, offset from 0; anything else is 400"""
    root = world.caller("root")
    for path, largest, listed in LISTS:
        for limit in ("1", str(largest), "01"):
            answer = root.get(f"{path}?limit={limit}")
            judge.one_of(answer, (200,) if limit != "01" else (200, 400), answer.status)
        for limit in (*TOO_MUCH, str(largest + 1), str(1 << 31), str(1 << 63), str(1 << 64)):
            some_detail(judge, root.get(f"{path}?limit={limit}"), 400)
        for offset in ("0", "1", "1000000"):
            answer = root.get(f"{path}?offset={offset}")
            judge.same(answer, 200, answer.status)
        judge.same(f"{path} far behind the end", [], root.get(f"{path}?offset=1000000").wanted(200)[listed])
        for offset in ("-1", "abc", "1.5", "", "%20"):
            some_detail(judge, root.get(f"{path}?offset={offset}"), 400)
        for offset in (str((1 << 63) - 1), str(1 << 63), str(1 << 70)):
            answer = root.get(f"{path}?offset={offset}")
            judge.one_of(answer, (200, 400), answer.status)
    default = root.get("/api/bibbi/uploads").wanted(200)
    judge.same("A's defaults", (50, 0), (default["limit"], default["offset"]))
    asked = root.get("/api/bibbi/uploads?limit=7&offset=3").wanted(200)
    judge.same("A says what was asked", (7, 3, len(asked["uploads"])), (asked["limit"], asked["offset"], asked["count"]))


def bounds_of_c(judge, world):
    """C: page, limit, days and shop_id at their bounds"""
    root = world.caller("root")
    for query in ("page=1", "page=1000000", "limit=1", "limit=100", f"shop_id={NOBODY}"):
        answer = root.get(f"/api/admin/bulk-uploads/pending?{query}")
        judge.same(answer, 200, answer.status)
    for query in [f"{name}={value}" for name in ("page", "limit") for value in TOO_MUCH if (name, value) != ("page", "99999999999999999999")] + [
            "limit=101", "shop_id=boxnox", "shop_id=", "shop_id=7c9e1b50"]:
        some_message(judge, root.get(f"/api/admin/bulk-uploads/pending?{query}"), 400)
    for page in ("99999999999999999999", str((1 << 63) - 1)):
        answer = root.get(f"/api/admin/bulk-uploads/pending?page={page}&limit=100")
        judge.one_of(answer, (200, 400), answer.status)
    for days in ("1", "30", "365"):
        answer = root.get(f"/api/admin/bulk-uploads/stats?days={days}")
        judge.same(answer, int(days), answer.wanted(200)["data"]["period"]["days"])
    judge.same("days unless told", 30, root.get("/api/admin/bulk-uploads/stats").wanted(200)["data"]["period"]["days"])
    for days in (*TOO_MUCH, "366", str(1 << 63)):
        some_message(judge, root.get(f"/api/admin/bulk-uploads/stats?days={days}"), 400)


def pages(judge, world):
    """pages side by side hold everything once, newest first"""
    root = world.caller("root")
    for _ in range(5):
        world.taken(trades.table_file("atlas"))
    for path, largest, listed in LISTS:
        whole = [batch["upload_batch_id"] for batch in root.get(f"{path}?limit={largest}").wanted(200)[listed]]
        judge.holds(path, len(whole) >= 5, "something to page through", len(whole))
        for size in (1, 2, 3):
            wanted, found = whole[:12], []
            for offset in range(0, len(wanted), size):
                page = root.get(f"{path}?limit={size}&offset={offset}").wanted(200)
                judge.same(f"{path} count", len(page[listed]), page["count"])
                found += [batch["upload_batch_id"] for batch in page[listed]]
            judge.same(f"{path} in pages of {size}", wanted, found[:len(wanted)])
        moments = [batch["upload_timestamp"] for batch in root.get(f"{path}?limit={largest}").wanted(200)[listed]]
        judge.same(f"{path}, newest first", sorted(moments, reverse=True), moments)


def reach(judge, world):
    """a reseller's lists hold its own only, an operator's all"""
    for reseller in ("atlas", "birch"):
        world.taken(trades.table_file(reseller), reseller)
    own = world.caller("birch").get("/api/bibbi/uploads?limit=1000").wanted(200)["uploads"]
    judge.same("birch's uploads", {world.reseller_id("birch")}, {upload["reseller_id"] for upload in own})
    everyone = world.caller("operator").get("/api/bibbi/uploads?limit=1000").wanted(200)["uploads"]
    judge.holds("the operator's uploads", {world.reseller_id("atlas"), world.reseller_id("birch")} <= {upload["reseller_id"] for upload in everyone}, "everyone's", len(everyone))
    listed = world.caller("birch").get("/api/uploads/batches?limit=100").wanted(200)["batches"]
    judge.same("birch's batches", {upload["upload_batch_id"] for upload in own}, {batch["upload_batch_id"] for batch in listed})


def both_ids(judge, world):
    """UUID and BULK id mean the same batch in every path; UUIDs in capitals too"""
    batch = world.taken(trades.half_wrong(), state="staging_complete")
    root = world.caller("root")
    pending = root.get("/api/admin/bulk-uploads/pending?limit=100").wanted(200)["data"]["batches"]
    entry = next(entry for entry in pending if entry["id"] == batch)
    bulk = entry["batchId"]
    judge.holds("batchId", BULK.match(bulk), BULK.pattern, bulk)
    for path in ("/api/bibbi/uploads/{}", "/api/bibbi/uploads/{}/errors", "/api/uploads/batches/{}", "/api/uploads/{}/errors"):
        one, other = root.get(path.format(batch)), root.get(path.format(bulk))
        judge.same(other, (200, one.json), other.whole)
    words = bulk.split("-")
    others = [f"BULK-{int(words[1]) + 1}-{words[2]}", f"BULK-{words[1]}-{words[2][:-1]}", f"BULK-{words[1]}-", f"BULK-{words[2]}", f"BULK--{words[2]}",
              f"BULK-{'9' * 40}-{words[2]}", bulk + "0", batch[:8], batch[:-1], batch + "0", "{" + batch + "}", batch.replace("-", ""), "..", "%2e%2e", "a%2Fb", "%00",
              "'", "%25", "*", "BULK-%31", "0", "null", "status", "ü".encode().hex()]
    for identifier in others:
        with judge.about(f"an id that is none, {identifier}"):
            for path, text in ((f"/api/bibbi/uploads/{identifier}", None), (f"/api/uploads/batches/{identifier}", "Batch not found")):
                answer = root.get(path)
                judge.same(answer, 404, answer.status)
                if text and "." not in identifier:
                    judge.same(answer, detail(404, text), answer.whole)
            answer = root.post(f"/api/admin/bulk-uploads/{identifier}/force-commit")
            judge.same(answer, 404, answer.status)
    for capital in (batch.upper(),):
        answer = root.get(f"/api/bibbi/uploads/{capital}")
        judge.same(answer, 200, answer.status)
    for identifier in ("not-an-id", NOBODY, "BULK-1-a"):
        answer = root.get(f"/api/bibbi/uploads/{identifier}")
        judge.same(answer, detail(404, f"Upload not found: {identifier}"), answer.whole)
    judge.same("the batch was left alone", "staging_complete", world.state(batch))
    done = root.post(f"/api/bibbi/uploads/{bulk}/approve").wanted(200)
    judge.same("batch_id of an approve by the BULK id", batch, done["batch_id"])
    answer = root.delete(f"/api/uploads/batches/{bulk}")
    judge.same(answer, 200, answer.status)
    answer = root.delete(f"/api/bibbi/uploads/{bulk}")
    judge.same(answer, detail(404, f"Upload not found: {bulk}"), answer.whole)
    failed = world.taken(trades.unknown_layout(), state="failed")
    recent = root.get("/api/admin/bulk-uploads/stats").wanted(200)["data"]["recentUploads"]
    bulk = next(entry["batchId"] for entry in recent if failed[:8] in entry["batchId"] or entry["status"] == "FAILED")
    answer = root.post(f"/api/bibbi/uploads/{bulk}/retry")
    judge.same(answer, 200, answer.status)
    world.ended(failed)
    answer = root.delete(f"/api/bibbi/uploads/{bulk}")
    judge.same(answer, 204, answer.status)


def collisions(judge, world):
    """where two templates fit, the literal wins, and its id is malformed"""
    root = world.caller("root")
    answer = root.get("/api/uploads/batches/errors")
    judge.same(answer, detail(404, "Batch not found"), answer.whole)
    answer = root.get("/api/uploads/status/errors")
    judge.same(answer, 404, answer.status)
    for path in ("/api/uploads/cleanup-stuck/errors", "/api/uploads/excel/errors", "/api/uploads/history/errors"):
        answer = root.get(path)
        judge.same(answer, detail(404, "Batch not found"), answer.whole)
    for path in ("/api/bibbi/uploads/", "/api//uploads/batches", "/api/uploads/batches/x/y", "/API/uploads/batches", "/api/bibbi", "/api"):
        answer = root.get(path)
        judge.one_of(answer, (404, 400), answer.status)


def own_texts(judge, world):
    """the contract itself is served, and is this one"""
    caller = world.caller()
    served = caller.get("/openapi.json")
    judge.same(served, 200, served.status)
    ours = judge.contract.document
    got = served.json
    for part in ours:
        judge.holds(f"/openapi.json, {part}", got.get(part) == ours[part], "as in the contract", "something else")
    docs = caller.get("/docs")
    judge.same(docs, 200, docs.status)
    judge.holds("/docs", docs.headers.get("content-type", "").startswith("text/html"), "HTML", docs.headers.get("content-type"))
    for operation in judge.contract.tagged(*judge.contract.judged):
        judge.holds("/docs", operation.path in docs.text, f"{operation.path} among them", len(docs.text))
    judge.holds("/docs", "src=\"http" not in docs.text and "src='http" not in docs.text and "//cdn" not in docs.text, "no script from outside", "one")
    for path in ("/healthz", "/readyz"):
        answer = caller.get(path)
        judge.same(answer, 200, answer.status)


CHECKS = [bounds, bounds_of_c, pages, reach, both_ids, collisions, own_texts]
