"""What depends on how the programs run: the daemon down, the queue full, 24 at once, too many requests, stuck batches, another tenant's installation."""
import json
import signal
import socket
import threading
import time

import trades
from asking import Form
from exactly import governance
from exactly.words import QUEUE_FULL, detail
from playground import PEOPLE, Playground

FEW = {name: PEOPLE[name] for name in ("root", "admin", "watcher", "operator", "atlas", "birch", "stranger")}


def daemon_down(judge, programs):
    """while the daemon is down uploads are kept, pending; it takes them later under the same ids"""
    with Playground(programs, people=FEW, observer=judge.documented) as world:
        root = world.caller("root")
        world.daemon.stop()
        files = [trades.table_file("atlas") for _ in range(3)] + [trades.half_wrong("birch")]
        receipts = [root.upload(file, world.reseller_id("atlas" if number < 3 else "birch")).wanted(200) for number, file in enumerate(files)]
        recognised = root.upload_sales(trades.table_file("birch", ending="csv")).wanted(200)
        world.web.stop()
        world.start_web()
        for receipt, file in zip(receipts, files):
            shown = root.get(f"/api/bibbi/uploads/{receipt['batch_id']}")
            judge.same(f"{shown}, while the daemon is down", ("pending", receipt["created_at"]), (shown.wanted(200)["status"], shown.json["created_at"]))
            b = root.get(f"/api/uploads/batches/{receipt['batch_id']}").wanted(200)["batch"]
            judge.same("B's read", ("pending", file.name, file.size), (b["processing_status"], b["original_filename"], b["file_size_bytes"]))
            answer = root.post(f"/api/bibbi/uploads/{receipt['batch_id']}/approve")
            judge.same(answer, detail(400, "Upload batch not in staging_complete status. Current status: pending"), answer.whole)
        listed = {upload["upload_batch_id"] for upload in root.get("/api/bibbi/uploads").wanted(200)["uploads"]}
        judge.holds("A's list", {receipt["batch_id"] for receipt in receipts} <= listed, "the waiting ones among them", listed)
        listed = {batch["upload_batch_id"] for batch in root.get("/api/uploads/batches?status=pending").wanted(200)["batches"]}
        judge.holds("B's list of pending ones", {receipt["batch_id"] for receipt in receipts} | {recognised["batch_id"]} <= listed, "the waiting ones among them", listed)
        answer = root.upload(files[0], world.reseller_id("atlas"))
        judge.same(answer, (409, {"detail": {"message": "File already uploaded", "existing_upload_id": receipts[0]["upload_id"],
                                             "uploaded_at": receipts[0]["created_at"], "status": "pending"}}), answer.whole)
        other = world.caller("birch").get(f"/api/bibbi/uploads/{receipts[0]['batch_id']}")
        judge.same(f"{other}, a waiting one by another reseller", 404, other.status)
        judge.same("/healthz without the daemon", 200, root.get("/healthz").status)
        world.start_daemon()
        for receipt, file in zip(receipts, files):
            judge.same(f"{file.name}, when the daemon is back", "completed" if file is not files[3] else "staging_complete", world.ended(receipt["batch_id"]))
            shown = root.get(f"/api/bibbi/uploads/{receipt['batch_id']}").wanted(200)
            judge.same("created_at then", receipt["created_at"], shown["created_at"])
        judge.same("what was to be recognised, then", "completed", world.ended(recognised["batch_id"]))
        judge.same("batches", 5, len(world.listing("batches")))


def queue_full(judge, programs):
    """503 when as many wait as may, from A and B alike; room again when they are done"""
    with Playground(programs, settings={"max_waiting": 3}, people=FEW, observer=judge.documented) as world:
        root = world.caller("root")
        world.daemon.stop()
        for _ in range(3):
            root.upload(trades.table_file("atlas"), world.reseller_id("atlas")).wanted(200)
        answer = root.upload(trades.table_file("atlas"), world.reseller_id("atlas"))
        judge.same(answer, detail(503, QUEUE_FULL), answer.whole)
        answer = root.upload_sales(trades.table_file("atlas"), "append", world.reseller_id("atlas"))
        judge.same(answer, detail(503, QUEUE_FULL), answer.whole)
        answer = world.caller("birch").upload_sales(trades.table_file("birch"))
        judge.same(answer, detail(503, QUEUE_FULL), answer.whole)
        world.start_daemon()
        world.rest()
        answer = root.upload(trades.table_file("atlas"), world.reseller_id("atlas"))
        judge.same(f"{answer}, when they are done", 200, answer.status)
        world.rest()
        judge.same("batches", 4, len(world.listing("batches")))
        failed = world.taken(trades.unknown_layout(), "atlas", "failed")
        world.freeze()
        for _ in range(3):
            root.upload(trades.table_file("atlas"), world.reseller_id("atlas")).wanted(200)
        answer = root.post(f"/api/bibbi/uploads/{failed}/retry")
        judge.one_of(f"{answer}, a retry into a full queue", (200, 503), answer.status)
        if answer.status == 503:
            judge.same(answer, detail(503, QUEUE_FULL), answer.whole)
        world.thaw()


def twenty_four_at_once(judge, programs):
    """one user's 24 uploads at the same time are all taken, over A and over B"""
    with Playground(programs, people=FEW, observer=judge.documented) as world:
        for side in "AB":
            gate, answers = threading.Barrier(24), []
            files = [trades.table_file("atlas", trades.good_rows(200)) for _ in range(24)]
            def send(file):
                caller = world.caller("atlas")
                gate.wait()
                answers.append(caller.upload(file, world.reseller_id("atlas")) if side == "A" else caller.upload_sales(file))
            threads = [threading.Thread(target=send, args=(file,)) for file in files]
            [thread.start() for thread in threads]
            [thread.join() for thread in threads]
            judge.same(f"{side}'s answers", [200] * 24, [answer.status for answer in answers])
            batches = {answer.json["batch_id"] for answer in answers if answer.status == 200}
            judge.same(f"{side}'s batches", 24, len(batches))
            world.rest()
            judge.same(f"{side}'s ends", ["completed"] * 24, [world.state(batch) for batch in batches])
        judge.same("sales", 48 * 200, len(world.listing("sales")))


def too_many_requests(judge, programs):
    """429 with each part's body when somebody asks too often; others do not notice; it passes"""
    with Playground(programs, settings=LIMITED, people=FEW, observer=judge.documented) as world:
        for path, body in (("/api/bibbi/uploads", "detail"), ("/api/uploads/batches", "detail"), ("/api/admin/bulk-uploads/stats", "message")):
            caller, last = world.caller("admin", source="127.0.8.1"), None
            for _ in range(400):
                last = caller.get(path)
                if last.status == 429:
                    break
            if judge.same(f"{last}, asked 400 times", 429, last.status):
                judge.holds(last, isinstance(last.json.get(body), str) and last.json.get("success") in (None, False), f"a {body}", last.text)
            answer = world.caller("operator", source="127.0.8.2").get("/api/uploads/batches")
            judge.same(f"{answer}, somebody else", 200, answer.status)
            world.until(lambda: caller.get(path).status == 200, "the limit to pass", 90)


# Few enough to be met soon.
LIMITED = {"requests_per_minute": 120}


def stuck(judge, programs):
    """cleanup-stuck ends what has been pending for over ten minutes, and nothing else"""
    with Playground(programs, daemon_settings={"max_files": 1}, people=FEW, observer=judge.documented) as world:
        root = world.caller("root")
        answer = root.post("/api/uploads/cleanup-stuck")
        judge.same(answer, (200, {"success": True, "cleaned_count": 0, "message": "Cleaned up 0 stuck upload(s)"}), answer.whole)
        large = trades.File("atlas large.xlsx", trades.as_workbook([list(trades.heads("atlas").values()), *trades.good_rows(60_000)]))
        reading = world.uploaded(large)
        world.reached(reading, "processing", 30)
        waiting = {reseller: [world.uploaded(trades.table_file(reseller), reseller) for _ in range(2)] for reseller in ("atlas", "birch")}
        waits = [batch for batches in waiting.values() for batch in batches]
        in_ledger = lambda: {batch["batch_id"]: batch["status"] for batch in world.listing("batches")}
        world.until(lambda: all(in_ledger().get(batch) == "pending" for batch in waits), "the others to wait in the ledger", 20)
        world.freeze()
        old = [waiting["atlas"][0], waiting["birch"][0], reading]
        for batch in old:
            earlier(world, batch)
        answer = world.caller("birch").post("/api/uploads/cleanup-stuck")
        judge.same(f"{answer}, a reseller's own", (200, {"success": True, "cleaned_count": 1, "message": "Cleaned up 1 stuck upload(s)"}), answer.whole)
        answer = world.caller("stranger").post("/api/uploads/cleanup-stuck")
        judge.holds(f"{answer}, another tenant's", answer.status == 401 or answer.wanted(200)["cleaned_count"] == 0, "401, or none cleaned", answer.whole)
        answer = root.post("/api/uploads/cleanup-stuck")
        judge.same(f"{answer}, everybody's", (200, {"success": True, "cleaned_count": 1, "message": "Cleaned up 1 stuck upload(s)"}), answer.whole)
        for batch in old[:2]:
            shown = root.get(f"/api/uploads/batches/{batch}").wanted(200)["batch"]
            judge.same("a stuck one", ("failed", "Processing timeout - marked as failed during cleanup"), (shown["processing_status"], shown["error_summary"]))
            judge.same("a stuck one in A", "failed", world.state(batch))
        judge.same("one that is being read", "processing", world.state(reading))
        judge.same("one that waits for a moment", "pending", world.state(waiting["atlas"][1]))
        world.thaw()
        world.rest()
        judge.same("the others, in the end", ["completed", "completed"], [world.state(waiting[reseller][1]) for reseller in waiting])
        judge.same("stuck ones, in the end", ["failed", "failed"], [world.state(batch) for batch in old[:2]])


def earlier(world, batch):
    """Makes a batch eleven minutes older; the ledger counts milliseconds."""
    with world.ledger() as ledger:
        ledger.execute("UPDATE upload_batches SET received_at = received_at - 660000 WHERE batch_id = ?", (batch,))
        ledger.execute("UPDATE audit_log SET at = at - 660000 WHERE batch_id = ?", (batch,))


def another_installation(judge, programs):
    """TENANT_ID_OVERRIDE names the tenant of every request: bibbi's own people are strangers then"""
    with Playground(programs, environment={"TENANT_ID_OVERRIDE": "elsewhere"}, people=FEW, observer=judge.documented) as world:
        for who in ("root", "admin", "operator"):
            answer = world.caller(who).get("/api/bibbi/uploads")
            judge.same(f"{answer}, {who}", 403, answer.status)
            answer = world.caller(who).upload_sales(trades.table_file("atlas"))
            judge.one_of(f"{answer}, {who}", (400, 401), answer.status)
        world.rest()
        judge.same("batches", [], json.loads(world.ctl("batches", "--json")))


def ends_politely(judge, programs):
    """SIGTERM lets an upload finish that is on its way, and the program ends with 0"""
    with Playground(programs, people=FEW, observer=judge.documented) as world:
        file = trades.table_file("atlas", trades.good_rows(3000))
        form = Form().field("reseller_id", world.reseller_id("atlas")).file("file", file.name, file.content)
        stream = socket.create_connection(world.place, timeout=20)
        head = (f"POST /api/bibbi/uploads HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {world.tokens['root']}\r\nContent-Type: {form.kind}\r\n"
                f"Content-Length: {len(form.body)}\r\nConnection: close\r\n\r\n").encode()
        stream.sendall(head + form.body[:len(form.body) // 2])
        time.sleep(0.3)
        world.web.signal(signal.SIGTERM)
        time.sleep(0.2)
        stream.sendall(form.body[len(form.body) // 2:])
        answer = b""
        while part := stream.recv(65536):
            answer += part
        judge.holds("an upload at SIGTERM", answer.startswith(b"HTTP/1.1 200"), "200", answer[:300])
        judge.same("exit status", 0, world.web.stop())
        world.rest()
        judge.same("batches", ["completed"], [batch["status"] for batch in world.listing("batches")])


def statistics_of(judge, programs):
    """C's statistics over a ledger of their own"""
    with Playground(programs, people=FEW, observer=judge.documented) as world:
        judge.run([governance.figures], world)


CHECKS = [daemon_down, queue_full, twenty_four_at_once, too_many_requests, stuck, another_installation, ends_politely, statistics_of]
