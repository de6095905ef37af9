"""Uploads over A and B: what is taken, what is refused, and with which words."""
import datetime
import os
import socket
import time

import trades
from asking import Form
from exactly.words import (A_KIND, A_LARGE, B_KIND, B_LARGE, MODE, NOBODY, TAKEN, detail, is_uuid, keys, moment, now, some_detail)


def receipt_of_a(judge, world):
    """A's receipt"""
    file, caller = trades.table_file("atlas"), world.caller("root")
    answer = caller.upload(file, world.reseller_id("atlas"))
    receipt = answer.wanted(200)
    keys(judge, answer, ["upload_id", "batch_id", "filename", "file_size", "file_hash", "status", "message", "created_at"], receipt)
    told = {"filename": file.name, "file_size": file.size, "file_hash": file.sha256, "status": "pending", "message": TAKEN}
    for key, value in told.items():
        judge.same(f"{answer} {key}", value, receipt[key])
    judge.holds(answer, is_uuid(receipt["batch_id"]) and is_uuid(receipt["upload_id"]), "UUIDs", receipt)
    judge.holds(answer, abs(moment(receipt["created_at"]) - now()) < datetime.timedelta(seconds=10), "made just now", receipt["created_at"])
    judge.holds(answer, receipt["created_at"].endswith("Z"), "a moment in UTC", receipt["created_at"])
    judge.same(f"{answer}, its end", "completed", world.ended(receipt["batch_id"]))
    shown = caller.get(f"/api/bibbi/uploads/{receipt['batch_id']}").wanted(200)
    judge.same("upload_id of receipt and progress", receipt["upload_id"], shown["upload_id"])
    judge.same("created_at of receipt and progress", receipt["created_at"], shown["created_at"])
    batch = world.listing("show", receipt["batch_id"])
    judge.same("SHA-256 in the ledger", file.sha256, batch["file_sha256"])
    judge.same("file name in the ledger", file.name, batch["filename"])


def receipt_of_b(judge, world):
    """B's receipt, for both modes and each ending"""
    for mode, ending in (("append", "csv"), ("replace", "xlsx"), ("append", "xlsx")):
        file = trades.table_file("birch", ending=ending)
        answer = world.caller("operator").upload_sales(file, mode, world.reseller_id("birch"))
        receipt = answer.wanted(200)
        judge.holds(answer, is_uuid(receipt["batch_id"]), "a UUID", receipt)
        judge.same(answer, {"success": True, "batch_id": receipt["batch_id"], "filename": file.name, "file_size": file.size, "mode": mode,
                            "status": "pending", "message": TAKEN}, receipt)
        world.ended(receipt["batch_id"])
        shown = world.caller("operator").get(f"/api/uploads/batches/{receipt['batch_id']}").wanted(200)["batch"]
        judge.same(f"{answer}, its mode later", mode, shown["upload_mode"])
        judge.same(f"{answer}, its name later", file.name, shown["original_filename"])


def who_sent_it(judge, world):
    """the uploader is the token's user over HTTP, the reseller's own id over SFTP"""
    seen = {}
    for name in ("root", "operator", "boxnox"):
        batch = world.uploaded(trades.table_file("atlas") if name != "boxnox" else boxnox_file(), "atlas" if name != "boxnox" else "boxnox", by=name)
        world.ended(batch)
        shown = world.caller("root").get(f"/api/uploads/batches/{batch}").wanted(200)["batch"]
        listed = [upload for upload in world.caller("root").get("/api/bibbi/uploads?limit=1000").wanted(200)["uploads"]
                  if upload["upload_batch_id"] == batch]
        seen[name] = shown["uploader_user_id"]
        judge.same(f"uploader of {name}'s in A and B", seen[name], listed[0]["uploader_user_id"])
    judge.same("users that sent", 3, len(set(seen.values())))
    dropped = world.dropped(trades.table_file("atlas"), "atlas")
    shown = world.caller("root").get(f"/api/uploads/batches/{dropped}").wanted(200)["batch"]
    judge.same("uploader of a file from a folder", world.reseller_id("atlas"), shown["uploader_user_id"])


def boxnox_file():
    head = ["Product EAN", "Functional Name", "Sold Qty", "Sales Amount (EUR)", "POS", "Month", "Year"]
    rows = [[row[2], "", row[4], row[5], row[1], 3, 2025] for row in trades.good_rows()]
    return trades.File(f"BOXNOX {rows[0][4]}.xlsx", trades.as_workbook([head, *rows]))


def known_at_once(judge, world):
    """an id is known from its receipt on, without a gap, in reads and lists of A and B"""
    root = world.caller("root")
    for _ in range(25):
        batch, seen, deadline = world.uploaded(trades.table_file("atlas")), [], time.monotonic() + 20
        while time.monotonic() < deadline and (not seen or seen[-1] != ("completed", "completed", True, True)):
            a, b = root.get(f"/api/bibbi/uploads/{batch}"), root.get(f"/api/uploads/batches/{batch}")
            seen.append((a.json.get("status", 404), b.json.get("batch", {}).get("processing_status", 404),
                         batch in root.get("/api/bibbi/uploads?limit=5").text, batch in root.get("/api/uploads/batches?limit=5").text))
        order = ["pending", "processing", "staging_complete", "approved", "completed"]
        states = [state for state, *_ in seen]
        judge.holds(f"GET /api/bibbi/uploads/{batch}, from its receipt on", all(404 not in look and all(look[2:]) for look in seen), "known each time, and in both lists", seen)
        judge.holds(f"the states of {batch}", states == sorted(states, key=lambda state: order.index(state) if state in order else -1), "one after the other", states)


def fields_in_any_order(judge, world):
    """the form's fields may come in any order, with others among them"""
    for before, upload in ((True, "a"), (False, "a"), (True, "b"), (False, "b")):
        file, form = trades.table_file("atlas"), Form()
        fields = [("reseller_id", world.reseller_id("atlas"))] + ([("mode", "append")] if upload == "b" else [])
        add = lambda: [form.field(name, value) for name, value in [("note", "hello"), *fields]]
        if before:
            add()
        form.file("file", file.name, file.content)
        if not before:
            add()
        answer = world.caller("root").send("/api/bibbi/uploads" if upload == "a" else "/api/uploads", form)
        judge.same(f"{answer}, fields {'before' if before else 'behind'} the file", 200, answer.status)
        if answer.status == 200:
            judge.same(answer, "completed", world.ended(answer.json["batch_id"]))


def names(judge, world):
    """hostile, long and foreign file names are taken under a fit name or refused, and what is taken comes to its end"""
    kept = ["Umsätze März 2025.xlsx", "売上 2025.xlsx", "a name with  blanks.xlsx", "100% & more; 'quoted'.xlsx", "two.dots.xlsx"]
    for name in kept:
        file = trades.table_file("atlas", name=name)
        answer = world.caller("root").upload(file, world.reseller_id("atlas"))
        judge.same(f"{answer}, {name!r}", name, answer.wanted(200)["filename"])
        judge.same(f"{answer}, {name!r}", "completed", world.ended(answer.json["batch_id"]))
    hostile = ["../../../../tmp/witness.xlsx", "/etc/witness.xlsx", "..\\..\\witness.xlsx", ".hidden.xlsx", "~$lock.xlsx", "a" * 300 + ".xlsx", ".xlsx",
               "x.xlsx.part.xlsx", "sneaky\tname.xlsx", "new\x01line.xlsx", "-rf.xlsx", ".origin.xlsx", "tail .xlsx"]
    for name in hostile:
        file = trades.table_file("atlas", name=name)
        answer = world.caller("root").upload(file, world.reseller_id("atlas"))
        judge.one_of(f"{answer}, {name!r}", (200, 400), answer.status)
        if answer.status == 200:
            told = answer.json["filename"]
            judge.holds(f"{answer}, {name!r}", "/" not in told and "\x01" not in told, "no path, no control character", told)
            with judge.about(f"the end of {name[:40]!r}"):
                judge.one_of(answer, ("completed", "failed"), world.ended(answer.json["batch_id"], limit=20))
    for path in ("/tmp/witness.xlsx", "/etc/witness.xlsx"):
        judge.holds(path, not os.path.exists(path), "nothing written there", "a file")
    disposition = "form-data; name=\"file\"; filename=\"plain.xlsx\"; filename*=UTF-8''%C3%9Cbersicht.xlsx"
    file = trades.table_file("atlas")
    form = Form().file("file", "", file.content, disposition).field("reseller_id", world.reseller_id("atlas"))
    answer = world.caller("root").send("/api/bibbi/uploads", form)
    judge.one_of(f"{answer}, two names", ("plain.xlsx", "Übersicht.xlsx"), answer.wanted(200)["filename"])


def refused_by_a(judge, world):
    """what A refuses, and with which words"""
    caller, atlas, file = world.caller("root"), world.reseller_id("atlas"), trades.table_file("atlas")
    for name in ("sales.csv", "sales.txt", "sales", "sales.xlsx.exe", "sales.xlsm", "xlsx", "sales.xlsx "):
        answer = caller.upload(trades.File(name, file.content), atlas)
        if name == "sales.xlsx ":
            judge.one_of(f"{answer}, {name!r}", (200, 400), answer.status)
        else:
            judge.same(f"{answer}, {name!r}", detail(400, A_KIND), answer.whole)
    answer = caller.upload(file, NOBODY)
    judge.same(answer, detail(400, f"Reseller not found: {NOBODY}"), answer.whole)
    answer = caller.upload(file, "boxnox")
    judge.same(f"{answer}, a name for an id", detail(400, "Reseller not found: boxnox"), answer.whole)
    for what, form in {"no reseller": Form().file("file", file.name, file.content), "no file": Form().field("reseller_id", atlas),
                       "a file that is a field": Form().field("file", "hello").field("reseller_id", atlas), "nothing": Form()}.items():
        answer = caller.send("/api/bibbi/uploads", form)
        judge.topic = f"A's form with {what}"
        some_detail(judge, answer, 400)
    for kind, body in (("application/json", b"{}"), ("multipart/form-data", b"--x--"), ("multipart/form-data; boundary=", b""), (None, b"")):
        answer = caller.ask("POST", "/api/bibbi/uploads", body, kind)
        judge.topic = f"A's body as {kind}"
        some_detail(judge, answer, 400)


def refused_by_b(judge, world):
    """what B refuses, and with which words"""
    caller, file = world.caller("root"), trades.table_file("atlas", ending="csv")
    for mode in ("APPEND", "Replace", "", "append ", "upsert", "0", "append\nreplace"):
        answer = caller.upload_sales(file, mode, world.reseller_id("atlas"))
        judge.same(f"{answer}, mode {mode!r}", detail(400, MODE), answer.whole)
    answer = caller.send("/api/uploads", Form().file("file", file.name, file.content))
    judge.same(f"{answer}, no mode", detail(400, MODE), answer.whole)
    for name in ("sales.pdf", "sales", "sales.csv.gz", "sales.xlsm"):
        answer = caller.upload_sales(trades.File(name, file.content))
        judge.same(f"{answer}, {name!r}", detail(400, B_KIND), answer.whole)
    answer = caller.send("/api/uploads", Form().field("mode", "append"))
    some_detail(judge, answer, 400)
    for identifier in (NOBODY, "boxnox"):
        answer = caller.upload_sales(file, "append", identifier)
        judge.same(f"{answer}, an unknown reseller", detail(400, f"Reseller not found: {identifier}"), answer.whole)


def sizes(judge, world):
    """the largest file is taken, one byte more is refused, and more still"""
    mebi = 1 << 20
    for upload, limit, text in (("a", 50 * mebi, A_LARGE), ("b", 100 * mebi, B_LARGE)):
        for size in (limit, limit + 1, limit + mebi):
            file = trades.File(f"atlas {size}.xlsx", os.urandom(1024) + bytes(size - 1024))
            caller = world.caller("root")
            answer = caller.upload(file, world.reseller_id("atlas")) if upload == "a" else caller.upload_sales(file, "append", world.reseller_id("atlas"))
            if size <= limit:
                judge.same(f"{answer}, {size} bytes", 200, answer.status)
                if answer.status == 200:
                    judge.same(answer, size, answer.json["file_size"])
                    judge.same(answer, "failed", world.ended(answer.json["batch_id"]))
            else:
                judge.same(f"{answer}, {size} bytes", detail(400, text), answer.whole)
    judge.same("what refused uploads leave behind", [], world.coming())


def tiny_files(judge, world):
    """an empty file is refused or fails; it is not lost"""
    for number, content in enumerate((b"", b"x")):
        answer = world.caller("root").upload_sales(trades.File(f"atlas tiny {number}.csv", content), "append", world.reseller_id("atlas"))
        judge.one_of(answer, (200, 400), answer.status)
        if answer.status == 200:
            judge.same(answer, "failed", world.ended(answer.json["batch_id"]))


def no_half_file(judge, world):
    """a body that breaks off is never half a file"""
    file = trades.table_file("atlas", trades.good_rows(4000))
    form = Form().field("reseller_id", world.reseller_id("atlas")).file("file", file.name, file.content)
    for share in (0.1, 0.5, 0.99):
        body = form.body[:int(len(form.body) * share)]
        with socket.create_connection(world.place) as stream:
            stream.sendall((f"POST /api/bibbi/uploads HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {world.tokens['root']}\r\nContent-Type: {form.kind}\r\n"
                            f"Content-Length: {len(form.body)}\r\n\r\n").encode() + body)
    cut = trades.table_file("atlas", trades.good_rows(4000), name=f"cut {file.name}")
    whole = Form().field("reseller_id", world.reseller_id("atlas")).file("file", cut.name, cut.content)
    for missing in (2, 4, len(whole.boundary) + 10, 2000):
        answer = world.caller("root").ask("POST", "/api/bibbi/uploads", whole.body[:-missing], whole.kind)
        judge.holds(f"{answer}, the form without its last {missing} bytes", answer.status == 400 or missing < 5 and answer.status == 200, "400", answer.whole)
        if answer.status == 200:
            world.ended(answer.json["batch_id"])
    world.rest()
    known = [batch for batch in world.listing("batches") if batch["filename"] in (file.name, cut.name) and batch["file_sha256"] != cut.sha256]
    judge.same("batches made of half files", [], known)


CHECKS = [receipt_of_a, receipt_of_b, known_at_once, who_sent_it, fields_in_any_order, names, refused_by_a, refused_by_b, sizes, tiny_files, no_half_file]
