"""One stored state in the words of A, B and C; approve, retry and delete in each state; filters by the state shown."""
import glob
import os
import shutil
import threading

import trades
from exactly.words import detail, keys, refusal

# Stored (= A), B, C.
WORDS = {
    "pending": ("pending", "PROCESSING"),
    "processing": ("processing", "PROCESSING"),
    "staging_complete": ("processing", "STAGING"),
    "approved": ("processing", "COMPLETED"),
    "completed": ("completed", "COMPLETED"),
    "partial_success": ("completed", "COMPLETED"),
    "failed": ("failed", "FAILED"),
    "cancelled": ("failed", "CANCELLED"),
}


def one_of_each(world):
    """A batch in each state. The daemon is stopped then: two states last only a moment while it works."""
    batches = {
        "staging_complete": world.taken(trades.half_wrong(), state="staging_complete"),
        "completed": world.taken(trades.table_file("atlas"), state="completed"),
        "partial_success": world.taken(trades.half_wrong("dune"), "dune", "partial_success"),
        "failed": world.taken(trades.unknown_layout(), state="failed"),
        "cancelled": world.taken(trades.half_wrong(), state="staging_complete"),
        "approved": world.taken(trades.half_wrong(), state="staging_complete"),
    }
    world.ctl("cancel", batches["cancelled"])
    large = trades.File("atlas large.xlsx", trades.as_workbook([list(trades.heads("atlas").values()), *trades.good_rows(60_000)]))
    batches["processing"] = world.uploaded(large)
    world.reached(batches["processing"], "processing", 30)
    world.freeze()
    batches["pending"] = world.uploaded(trades.table_file("atlas"))
    if world.state(batches["pending"]) == "unknown":
        lying = {name: os.listdir(os.path.join(world.root, name)) for name in (".uploads/handed", ".uploads/coming", ".spool")}
        print(f"  {batches['pending']} is unknown while the daemon stands still; there lie {lying}", flush=True)
    with world.ledger() as ledger:
        ledger.execute("UPDATE upload_batches SET status = 'approved' WHERE batch_id = ?", (batches["approved"],))
    return batches


def shown_everywhere(judge, world, batches):
    """each stored state as A, B and C show it"""
    root = world.caller("root")
    recent = root.get("/api/admin/bulk-uploads/stats").wanted(200)["data"]["recentUploads"]
    in_a = {upload["upload_batch_id"]: upload for upload in root.get("/api/bibbi/uploads?limit=1000").wanted(200)["uploads"]}
    in_b = {batch["upload_batch_id"]: batch for batch in root.get("/api/uploads/batches?limit=100").wanted(200)["batches"]}
    states_of_c = {entry["status"] for entry in recent}
    judge.holds("recentUploads", states_of_c <= {"PROCESSING", "STAGING", "COMPLETED", "FAILED", "CANCELLED"}, "C's states", states_of_c)
    for state, batch in batches.items():
        judge.same(f"A's read of a {state} one", state, root.get(f"/api/bibbi/uploads/{batch}").wanted(200)["status"])
        judge.same(f"A's list of a {state} one", state, in_a[batch]["processing_status"])
        judge.same(f"B's read of a {state} one", WORDS[state][0], root.get(f"/api/uploads/batches/{batch}").wanted(200)["batch"]["processing_status"])
        judge.same(f"B's list of a {state} one", WORDS[state][0], in_b[batch]["processing_status"])


def refused_steps(judge, world, batches):
    """approve, retry, force-commit and force-cancel where the state does not allow them"""
    root = world.caller("root")
    before = world.books()
    for state, batch in batches.items():
        if state != "staging_complete":
            answer = root.post(f"/api/bibbi/uploads/{batch}/approve")
            judge.same(f"{answer}, {state}", detail(400, f"Upload batch not in staging_complete status. Current status: {state}"), answer.whole)
            answer = root.post(f"/api/admin/bulk-uploads/{batch}/force-commit", {"reason": "why not"})
            judge.same(f"{answer}, {state}", refusal(400, f"Batch status is {WORDS[state][1]}, cannot commit"), answer.whole)
            answer = root.delete(f"/api/admin/bulk-uploads/{batch}/force-cancel")
            judge.same(f"{answer}, {state}", refusal(400, f"Batch is already {WORDS[state][1]}"), answer.whole)
        if state != "failed":
            answer = root.post(f"/api/bibbi/uploads/{batch}/retry")
            judge.same(f"{answer}, {state}", detail(400, f"Upload is not in failed state. Current status: {state}"), answer.whole)
    after = world.books()
    for part in before:
        judge.holds(f"{part} after steps that were refused", before[part] == after[part], "as before", "something else")


def filtered(judge, world, batches):
    """filters select by the state shown"""
    root = world.caller("root")
    for state, batch in batches.items():
        answer = root.get(f"/api/bibbi/uploads?status_filter={state}&limit=1000")
        uploads = answer.wanted(200)["uploads"]
        judge.same(answer, {state}, {upload["processing_status"] for upload in uploads})
        judge.holds(answer, batch in [upload["upload_batch_id"] for upload in uploads], f"{batch} among them", len(uploads))
    for shown in ("pending", "processing", "completed", "failed"):
        answer = root.get(f"/api/uploads/batches?status={shown}&limit=100")
        found = answer.wanted(200)["batches"]
        judge.same(answer, {shown}, {batch["processing_status"] for batch in found})
        expected = {batch for state, batch in batches.items() if WORDS[state][0] == shown}
        judge.holds(answer, expected <= {batch["upload_batch_id"] for batch in found}, f"all of {expected}", [b["upload_batch_id"] for b in found])
    for path in ("/api/bibbi/uploads?status_filter=done", "/api/bibbi/uploads?status_filter=COMPLETED", "/api/bibbi/uploads?status_filter=",
                 "/api/uploads/batches?status=staging_complete", "/api/uploads/batches?status=cancelled", "/api/uploads/batches?status=PENDING"):
        answer = root.get(path)
        judge.same(answer, 400, answer.status)


def before_it_is_read(judge, world, batches):
    """while it waits nothing is known of it: nulls"""
    root, batch = world.caller("root"), batches["pending"]
    a = root.get(f"/api/bibbi/uploads/{batch}").wanted(200)
    judge.same("A's read", {"vendor_name": None, "total_rows": None, "processed_rows": None, "failed_rows": None, "error_message": None},
               {key: a[key] for key in ("vendor_name", "total_rows", "processed_rows", "failed_rows", "error_message")})
    b = root.get(f"/api/uploads/batches/{batch}").wanted(200)["batch"]
    nulls = ("vendor_name", "rows_total", "rows_processed", "rows_failed", "total_sales_eur", "processing_started_at", "processing_completed_at", "error_summary")
    judge.same("B's read", dict.fromkeys(nulls), {key: b[key] for key in nulls})
    listed = next(upload for upload in root.get("/api/bibbi/uploads?limit=1000").wanted(200)["uploads"] if upload["upload_batch_id"] == batch)
    nulls = ("total_records", "success_count", "error_count", "processing_started_at", "processing_completed_at")
    judge.same("A's list", dict.fromkeys(nulls), {key: listed[key] for key in nulls})
    answer = root.get(f"/api/bibbi/uploads/{batch}/errors")
    judge.same(answer, detail(404, "No errors found for this upload batch"), answer.whole)


def after_it_was_read(judge, world, batches):
    """counts, vendor and sums of one that waits for approval"""
    root, batch = world.caller("root"), batches["staging_complete"]
    a = root.get(f"/api/bibbi/uploads/{batch}").wanted(200)
    judge.same("A's read", {"status": "staging_complete", "vendor_name": "Atlas", "total_rows": 4, "processed_rows": 3, "failed_rows": 1, "error_message": None},
               {key: a[key] for key in ("status", "vendor_name", "total_rows", "processed_rows", "failed_rows", "error_message")})
    b = root.get(f"/api/uploads/batches/{batch}").wanted(200)["batch"]
    judge.same("B's read", {"vendor_name": "Atlas", "rows_total": 4, "rows_processed": 3, "rows_failed": 1, "error_summary": "1 rows failed validation"},
               {key: b[key] for key in ("vendor_name", "rows_total", "rows_processed", "rows_failed", "error_summary")})
    judge.holds("total_sales_eur", b["total_sales_eur"] == 60, "60", b["total_sales_eur"])
    listed = next(upload for upload in root.get("/api/bibbi/uploads?limit=1000").wanted(200)["uploads"] if upload["upload_batch_id"] == batch)
    judge.same("A's list", {"reseller_id": world.reseller_id("atlas"), "upload_mode": "append", "total_records": 4, "success_count": 3, "error_count": 1},
               {key: listed[key] for key in ("reseller_id", "upload_mode", "total_records", "success_count", "error_count")})


def approving(judge, world):
    """A's approve"""
    root = world.caller("root")
    for path in ("id", "bulk"):
        batch = world.taken(trades.half_wrong(good=5), state="staging_complete")
        sold = len(world.listing("sales"))
        answer = root.post(f"/api/bibbi/uploads/{batch if path == 'id' else bulk_id(world, batch)}/approve")
        result = answer.wanted(200)
        keys(judge, answer, ["batch_id", "status", "records_moved", "failed_records", "message"], result)
        judge.same(answer, (batch, 5, 1, "Successfully moved 5 records to final sales table"),
                   (result["batch_id"], result["records_moved"], result["failed_records"], result["message"]))
        judge.one_of(f"{answer} status", ("completed", "partial_success"), result["status"])
        judge.same(f"{answer}, its state later", result["status"], world.state(batch))
        judge.same(f"{answer}, sales", sold + 5, len(world.listing("sales")))
        errors = root.get(f"/api/bibbi/uploads/{batch}/errors").wanted(200)
        judge.same(f"{answer}, rejected rows stay", 1, errors["total_errors"])
    audit = [line for line in world.listing("audit") if line.get("batch_id") == batch and line["action"] == "approve"]
    judge.holds("audit of the approve", audit and audit[0]["actor"] not in ("", "selloutd"), "the user's name", audit)


def bulk_id(world, batch):
    pending = world.caller("root").get("/api/admin/bulk-uploads/pending?limit=100").wanted(200)["data"]["batches"]
    return next(entry["batchId"] for entry in pending if entry["id"] == batch)


def approved_by_two(judge, world):
    """two who approve at once: one does it, the other is told the state; nothing is booked twice"""
    for _ in range(3):
        batch = world.taken(trades.half_wrong(good=4), state="staging_complete")
        sold, answers = len(world.listing("sales")), []
        threads = [threading.Thread(target=lambda: answers.append(world.caller("root").post(f"/api/bibbi/uploads/{batch}/approve"))) for _ in range(6)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        judge.same("answers", [200] + [400] * 5, sorted(answer.status for answer in answers))
        judge.same("sales", sold + 4, len(world.listing("sales")))


def retrying(judge, world):
    """A's retry"""
    root = world.caller("root")
    batch = world.taken(trades.unknown_layout(), state="failed")
    upload_id = root.get(f"/api/bibbi/uploads/{batch}").wanted(200)["upload_id"]
    answer = root.post(f"/api/bibbi/uploads/{batch}/retry")
    judge.same(answer, (200, {"message": "Upload retry initiated", "upload_id": upload_id, "status": "pending"}), answer.whole)
    judge.same("a retried one's end", "failed", world.ended(batch))
    missing = world.taken(trades.unknown_layout(), state="failed")
    world.until(lambda: glob.glob(os.path.join(world.root, ".archive", "**", missing + "*"), recursive=True), f"the file of {missing} to be in the archive", 20)
    for place in glob.glob(os.path.join(world.root, ".archive", "**", missing + "*"), recursive=True):
        shutil.rmtree(place)
    answer = root.post(f"/api/bibbi/uploads/{missing}/retry")
    judge.same(answer, detail(400, "Upload has no file_path - cannot retry"), answer.whole)
    judge.same("its state", "failed", world.state(missing))


def deleting(judge, world):
    """delete over A and over B: unknown from then on, its sales stay"""
    root = world.caller("root")
    for state, make in (("staging_complete", trades.half_wrong), ("completed", lambda: trades.table_file("atlas")), ("failed", trades.unknown_layout)):
        for side in "AB":
            batch = world.taken(make(), state=state)
            sold, kept = len(world.listing("sales")), lambda: glob.glob(os.path.join(world.root, ".archive", "**", batch + "*"), recursive=True)
            world.until(kept, f"the file of {batch} to be in the archive", 20)
            if side == "A":
                answer = root.delete(f"/api/bibbi/uploads/{batch}")
                judge.same(f"{answer}, {state}", (204, b""), (answer.status, answer.body))
            else:
                answer = root.delete(f"/api/uploads/batches/{batch}")
                judge.same(f"{answer}, {state}", (200, {"success": True, "message": "Batch deleted successfully"}), answer.whole)
            judge.same(f"sales after {answer}", sold, len(world.listing("sales")))
            gone = detail(404, f"Upload not found: {batch}")
            for method, path in (("GET", ""), ("DELETE", ""), ("GET", "/errors"), ("POST", "/approve"), ("POST", "/retry")):
                answer = root.ask(method, f"/api/bibbi/uploads/{batch}{path}")
                judge.same(f"{answer}, a deleted {state} one", gone, answer.whole)
            for method, path in (("GET", f"/api/uploads/batches/{batch}"), ("DELETE", f"/api/uploads/batches/{batch}"), ("GET", f"/api/uploads/{batch}/errors")):
                answer = root.ask(method, path)
                judge.same(f"{answer}, a deleted {state} one", detail(404, "Batch not found"), answer.whole)
            listed = [upload["upload_batch_id"] for upload in root.get("/api/bibbi/uploads?limit=1000").wanted(200)["uploads"]]
            judge.holds("A's list", batch not in listed, "without the deleted one", "with it")
            world.until(lambda: not kept(), f"the file of {batch} to go", 20, kept)
            audit = [line["action"] for line in world.listing("audit") if line.get("batch_id") == batch]
            judge.holds("audit of a deleted one", "delete" in audit, "a line on the delete", audit)


def deleting_on_the_way(judge, world):
    """delete while it waits or is being read: it goes, or it is refused as documented; it never comes back"""
    root = world.caller("root")
    large = trades.File("atlas going.xlsx", trades.as_workbook([list(trades.heads("atlas").values()), *trades.good_rows(30_000)]))
    batch = world.uploaded(large)
    answer = root.delete(f"/api/bibbi/uploads/{batch}")
    judge.one_of(answer, (204, 404), answer.status)
    world.rest()
    answer = root.get(f"/api/bibbi/uploads/{batch}")
    judge.same(f"{answer}, when all is over", detail(404, f"Upload not found: {batch}"), answer.whole)
    judge.same("its sales", 0, len([sale for sale in world.listing("sales") if sale["batch_id"] == batch]))


def mapped(judge, world):
    """a product that is mapped resolves the batch; A and B show it without another upload"""
    code = "MAPPED-LATER-1"
    batch = world.taken(trades.table_file("atlas", trades.good_rows(2) + [["2025-03-01", "Mapped", "", code, 1, 10]]), state="staging_complete")
    world.ctl("map", "atlas", code, trades.EANS[0])
    world.reached(batch, "completed", 20)
    answer = world.caller("root").get(f"/api/bibbi/uploads/{batch}/errors")
    judge.same(answer, detail(404, "No errors found for this upload batch"), answer.whole)


FROZEN = [shown_everywhere, refused_steps, filtered, before_it_is_read, after_it_was_read]
CHECKS = [approving, approved_by_two, retrying, deleting, deleting_on_the_way, mapped]
