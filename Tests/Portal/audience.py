#!/usr/bin/env python3
"""Audience batches as the contract has them: the four operations, their bounds, faults by position, whose they are, and files that are dropped.

    audience.py PROGRAMS-FOLDER
"""
import json
import os
import re
import socket
import sys
import time
from decimal import Decimal

import audience_files, audience_studio
import walk_fit
from asking import Caller
from exactly.words import keys, moment, now
from fitting.words import Person, drop, name, nobody, report, source
from judging import Judge
from playground import PEOPLE, Playground
from trades import File

PLACE = "/api/audience/batch-upload"
MOST, LARGEST = 50_000, 5_242_880
IDENTIFYING = ("business_email", "personal_email", "email", "domain", "company_domain")
EXAMPLE = {"upload_name": "autumn_fair", "records": [{"business_email": "ana@fjord.example", "first_name": "Ana"}], "fields": ["business_email", "first_name"]}


def batch(records, upload_name="a batch", **more):
    return {"upload_name": upload_name, "records": records, **more}


def people(count, short=False):
    return [{"email": f"p{number}@a.example"} if short else {"email": f"p{number}@a.example", "first_name": f"P{number}"} for number in range(count)]


def refused(judge, answer, status, begins=""):
    judge.same(answer, (status, "error"), (answer.status, answer.json.get("status")))
    told = answer.json.get("message")
    judge.holds(answer, sorted(answer.json) == ["message", "status"] and isinstance(told, str) and told.startswith(begins), f"a message that begins “{begins}”", answer.text)


def listed(caller):
    return caller.get(PLACE).wanted(200)["uploads"]


def the_four(judge, world):
    """the documented batch is stored, listed, read and deleted"""
    caller, since = Person(world).caller, now()
    judge.same("the list before", {"status": "success", "uploads": []}, caller.get(PLACE).wanted(200))
    answer = caller.post(PLACE, EXAMPLE)
    told = answer.wanted(200)
    keys(judge, answer, ["status", "upload_id", "session_token", "rows_received", "message"], told)
    judge.same(answer, ("success", 1, "Batch upload successful"), (told["status"], told["rows_received"], told["message"]))
    judge.holds(answer, re.fullmatch(r"upl_[0-9]+_[A-Za-z0-9]+", told["upload_id"]) and re.fullmatch(r"sess_[0-9]+_[A-Za-z0-9]+", told["session_token"]), "both ids", told)
    read = caller.get(f"{PLACE}/{told['upload_id']}")
    created = read.wanted(200)["created_at"]
    judge.same(read, (200, {"status": "success", "upload_id": told["upload_id"], **EXAMPLE, "created_at": created, "rows_received": 1, "upload_status": "uploaded"}), read.whole)
    judge.holds("created_at", -5 < (moment(created) - since).total_seconds() < 60, "this moment", created)
    line = {"upload_id": told["upload_id"], "upload_name": "autumn_fair", "created_at": created, "rows_received": 1, "status": "uploaded"}
    judge.same("the list", {"status": "success", "uploads": [line]}, caller.get(PLACE).wanted(200))
    second = caller.post(PLACE, EXAMPLE).wanted(200)
    judge.holds("a second batch of the same", second["upload_id"] != told["upload_id"] and second["session_token"] != told["session_token"], "ids of its own", second)
    judge.same("the list, newest first", [second["upload_id"], told["upload_id"]], [upload["upload_id"] for upload in listed(caller)])
    gone = caller.delete(f"{PLACE}/{told['upload_id']}")
    judge.same(gone, (200, {"status": "success", "message": "Batch upload deleted successfully"}), gone.whole)
    for method in ("GET", "DELETE"):
        refused(judge, caller.ask(method, f"{PLACE}/{told['upload_id']}"), 404)
    judge.same("the list then", [second["upload_id"]], [upload["upload_id"] for upload in listed(caller)])


def as_sent(judge, world):
    """records keep their fields as sent: further ones, nested ones, texts of every kind, numbers in all their digits, their order"""
    caller = Person(world).caller
    text = ('{"upload_name": "as sent", "records": [{"zeta": 1, "email": "Ana@Fjord.example ", "alpha": null, "deep": {"b": [1, {"c": "d"}], "a": ""}, "flag": false},'
            '{"domain": "fjørd.example", "big": 12345678901234567890123, "small": 0.10, "tiny": 1e-7, "price": 312.4000, "minus": -0.5},'
            '{"company_domain": "", "name": "\\u0041\\ud83e\\uddf4 \\"q\\" \\\\ \\/ \\n\\t \\u0000", "": "an empty name", "script": "<script>alert(1)</script>"},'
            '{"personal_email": "no address at all"}, {"business_email": "x", "email": "y", "first_name": "  "}]}')
    exact = lambda body: json.loads(body, parse_float=Decimal, object_pairs_hook=lambda pairs: pairs)
    upload = caller.ask("POST", PLACE, text.encode(), "application/json").wanted(200)["upload_id"]
    answer = caller.get(f"{PLACE}/{upload}")
    answer.wanted(200)
    sent, got = dict(exact(text))["records"], dict(exact(answer.body))["records"]
    judge.same(f"{answer} records", sent, got)
    judge.same(f"{answer} fields, unless they were told", ["zeta", "email", "alpha", "deep", "flag", "domain", "big", "small", "tiny", "price", "minus", "company_domain", "name", "", "script",
                                                           "personal_email", "business_email", "first_name"], answer.json["fields"])
    for fields in ([], ["nothing of these"], ["email", "email"]):
        upload = caller.post(PLACE, batch(people(2), fields=fields)).wanted(200)["upload_id"]
        judge.same(f"fields {fields}", fields, caller.get(f"{PLACE}/{upload}").wanted(200)["fields"])
    for key in IDENTIFYING:
        judge.same(f"a record with {key} alone", 1, caller.post(PLACE, batch([{key: "fjord.example"}])).wanted(200)["rows_received"])
    for upload_name in ("x", "n" * 100, "ø" * 100, "🧴" * 100):
        upload = caller.post(PLACE, batch(people(1), upload_name)).wanted(200)["upload_id"]
        judge.same("the name", upload_name, caller.get(f"{PLACE}/{upload}").wanted(200)["upload_name"])


def positions(judge, world):
    """what is wrong in a record is told with its position, and nothing is stored"""
    caller = Person(world).caller
    for number in (0, 1, 417, 999):
        for record, place in (({"email": 7}, "email"), ({"email": None}, "email"), ({"business_email": ["a"]}, "business_email"), ({"email": "a@b.example", "first_name": {"a": 1}}, "first_name"),
                              ({"domain": True}, "domain"), ({"email": "a@b.example", "company_name": 1.5}, "company_name")):
            records = people(1_000)
            records[number] = record
            refused(judge, caller.post(PLACE, batch(records)), 400, f"records[{number}].{place}: ")
        for record in ({}, {"first_name": "Ana"}, {"Email": "a@b.example"}, [], "text", 7, None):
            records = people(1_000)
            records[number] = record
            refused(judge, caller.post(PLACE, batch(records)), 400, f"records[{number}]: ")
    records = people(10)
    records[3], records[7] = {"email": 7}, {"first_name": "Ana"}
    refused(judge, caller.post(PLACE, batch(records)), 400, "records[3].email: ")
    judge.same("what was stored", [], listed(caller))


def bodies(judge, world):
    """what is no batch: 400 with the field, and nothing is stored"""
    caller = Person(world).caller
    for value, begins in (({"records": people(1)}, "upload_name"), ({"upload_name": "x"}, "records"), (batch([]), "records"), (batch(None), "records"), (batch({}), "records"),
                          (batch("text"), "records"), (batch(people(1), ""), "upload_name"), (batch(people(1), "n" * 101), "upload_name"), (batch(people(1), None), "upload_name"),
                          (batch(people(1), 7), "upload_name"), (batch(people(1), fields="email"), "fields"), (batch(people(1), fields=[7]), "fields"), (batch(people(1), fields={}), "fields")):
        refused(judge, caller.post(PLACE, value), 400, begins)
    good = json.dumps(EXAMPLE).encode()
    for body in (b"", b"{", b"[]", b"null", b"7", good[:-1], good + b"x", good + good, b"\xff" + good, good.replace(b"Ana", b"\xff\xfe"), b'{"records": ' + b"[" * 100_000,
                 b'{"upload_name": "x", "records": [{"email": "' + b"\\ud800" + b'"}]', b'{"upload_name": "x", "records": [{"email": "a"},]}', b"{'upload_name': 'x'}"):
        answer = caller.ask("POST", PLACE, body, "application/json")
        judge.topic = f"a body of {body[:30]!r}"
        refused(judge, answer, 400)
    for body in (b'{"records": [{"email": "a@b.example"}], "upload_name": "the other way round"}', b' \n{"more": {"a": [1]}, "upload_name": "x", "records": [{"email": "a"}]}\n '):
        judge.same("a batch in another order", 1, caller.ask("POST", PLACE, body, "application/json").wanted(200)["rows_received"])
    judge.same("what was stored", 2, len(listed(caller)))


def bounds(judge, world):
    """50,000 records are taken, 50,001 are not; 5 MiB are taken, one byte more is not"""
    caller = Person(world).caller
    answer = caller.post(PLACE, batch(people(MOST)))
    judge.same(answer, MOST, answer.wanted(200)["rows_received"])
    read = caller.get(f"{PLACE}/{answer.json['upload_id']}").wanted(200)
    judge.holds("the 50,000, read again", read["records"] == people(MOST), "as sent", len(read["records"]))
    refused(judge, caller.post(PLACE, batch(people(MOST + 1, short=True))), 400)
    body = json.dumps(batch(people(1), filler="x" * (LARGEST - len(json.dumps(batch(people(1), filler="")))))).encode()
    judge.same("5 MiB to the byte", (LARGEST, 200), (len(body), caller.ask("POST", PLACE, body, "application/json").status))
    refused(judge, caller.ask("POST", PLACE, body + b" ", "application/json"), 413)
    judge.same("what was stored", 2, len(listed(caller)))


def raw(world, person, head, body, limit=10):
    """What comes back while the sender still has more to send, and how much it could send."""
    with socket.create_connection(world.place, timeout=limit) as wire:
        wire.sendall((f"POST {PLACE} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {person.token}\r\nContent-Type: application/json\r\n" + head + "\r\n\r\n").encode())
        sent, got = 0, b""
        wire.settimeout(0.05)
        since = time.monotonic()
        while b"\r\n\r\n" not in got and time.monotonic() - since < limit:
            try:
                if sent < len(body):
                    sent += wire.send(body[sent:sent + 65_536])
            except (BrokenPipeError, ConnectionResetError, TimeoutError):
                pass
            try:
                part = wire.recv(65_536)
                if not part:
                    break
                got += part
            except TimeoutError:
                continue
            except ConnectionResetError:
                break
        return got, sent


def not_read_on(judge, world):
    """a body over 5 MiB is refused before it is read: by its length at once, without one when the bound is passed"""
    person = Person(world)
    got, sent = raw(world, person, f"Content-Length: {LARGEST + 1}", b"")
    judge.holds("5 MiB + 1 announced, nothing sent", got.startswith(b"HTTP/1.1 413 "), "413 at once", got[:100])
    got, sent = raw(world, person, f"Content-Length: {LARGEST + 1}\r\nExpect: 100-continue", b"")
    judge.holds("5 MiB + 1 announced, asked before", got.startswith(b"HTTP/1.1 413 "), "413, no 100", got[:100])
    got, sent = raw(world, person, f"Content-Length: {1 << 40}", b" " * (64 << 20))
    judge.holds("1 TiB announced", got.startswith(b"HTTP/1.1 413 ") and sent < 32 << 20, "413 without reading on", (got[:60], sent))
    chunk = b"10000\r\n" + b" " * 65_536 + b"\r\n"
    before = world.web.memory()[1]
    got, sent = raw(world, person, "Transfer-Encoding: chunked", chunk * 1_024)
    judge.holds("64 MiB in chunks", got.startswith(b"HTTP/1.1 413 ") and sent < 40 << 20, "413 without reading on", (got[:60], sent))
    judge.holds("memory for it", world.web.memory()[1] - before < 32, "less than 32 MiB", world.web.memory()[1] - before)
    got, _ = raw(world, person, "Transfer-Encoding: chunked", b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (json.dumps(EXAMPLE).encode()[:20], json.dumps(EXAMPLE).encode()[20:])) + b"0\r\n\r\n")
    judge.holds("a batch in chunks", got.startswith(b"HTTP/1.1 200 "), "200", got[:100])
    judge.same("what was stored", 1, len(listed(person.caller)))


def own_only(judge, world):
    """everybody's own uploads only: others do not list, read or delete them"""
    first, second = Person(world), Person(world, "retailer_user")
    upload = first.caller.post(PLACE, EXAMPLE).wanted(200)["upload_id"]
    for caller in (second.caller, world.caller("boxnox"), world.caller("brand")):
        for method in ("GET", "DELETE"):
            refused(judge, caller.ask(method, f"{PLACE}/{upload}"), 403)
        judge.holds("another's list", upload not in [entry["upload_id"] for entry in listed(caller)], "without it", upload)
    for role in ("root", "admin"):
        judge.one_of("an administrator's read", (200, 403), world.caller(role).get(f"{PLACE}/{upload}").status)
        judge.holds("an administrator's list", upload not in [entry["upload_id"] for entry in listed(world.caller(role))], "the caller's own", upload)
    for caller in (nobody(world), Caller(world.place, "garbage", source(), world.observer), world.caller("gone")):
        for answer in (caller.get(PLACE), caller.post(PLACE, EXAMPLE), caller.get(f"{PLACE}/{upload}"), caller.delete(f"{PLACE}/{upload}"), caller.get(f"{PLACE}/upl_1_nobody")):
            refused(judge, answer, 401)
    judge.same("its owner's read", EXAMPLE["records"], first.caller.get(f"{PLACE}/{upload}").wanted(200)["records"])
    for unknown in ("upl_1_nobody", "7", "x" * 3_000, "%27", "upl_%00", "UPL" + upload[3:]):
        answer = first.caller.get(f"{PLACE}/{unknown}")
        if answer.status != 414:
            refused(judge, answer, 404)


def thousand(judge, world):
    """a list of a thousand uploads comes fast, whole and newest first"""
    person, made = Person(world), []
    records = people(40)
    for number in range(1_000):
        made.append(person.caller.post(PLACE, batch(records, f"batch {number}")).wanted(200)["upload_id"])
    caller, took = person.caller, []
    for _ in range(5):
        since = time.monotonic()
        uploads = listed(caller)
        took.append(time.monotonic() - since)
    judge.same("the list", made[::-1], [entry["upload_id"] for entry in uploads])
    judge.same("its names", [f"batch {number}" for number in range(999, -1, -1)], [entry["upload_name"] for entry in uploads])
    # Each record would have to be read for a list that takes longer.
    judge.holds("seconds for a thousand uploads", min(took) < 0.25, "under a quarter of one", took)


def nothing_told(judge, world):
    """nothing of a record stands in a journal, in a fault's message beyond its position, or in the audit log; a deleted one is gone from the disk"""
    caller, secret = Person(world).caller, "wren4c0ffee"
    upload = caller.post(PLACE, batch([{"email": f"{secret}@private.example", "first_name": secret}])).wanted(200)["upload_id"]
    for wrong in ({"email": [f"{secret}@private.example"]}, {"first_name": secret}, {secret: 1}):
        answer = caller.post(PLACE, batch([wrong]))
        judge.holds(answer, answer.status == 400 and secret not in answer.text, "no word of the record", answer.text)
    caller.ask("POST", PLACE, json.dumps(batch([{"email": secret}]))[:-3].encode(), "application/json")
    file = File(name("told", "csv"), f"email,first_name\n{secret}@private.example,{secret}\n,{secret}\n".encode())
    drop(world, file, "audience")
    told = json.dumps(report(world, file.name, "audience"))
    for journal in (world.web.journal, world.daemon.journal):
        with open(journal, errors="replace") as lines:
            judge.holds(journal, secret not in lines.read(), "nothing of a record", "a word of one")
    judge.holds("the audit log", secret not in json.dumps(world.listing("audit")), "nothing of a record", "a word of one")
    judge.holds("the report", f"{secret}@private" not in told, "nothing of a record", told[:300])
    caller.delete(f"{PLACE}/{upload}").wanted(200)


def deleted_for_good(judge, world):
    """the records of a deleted batch are no longer in the ledger's files"""
    caller, secret = Person(world).caller, "heron5ca1ab1e"
    upload = caller.post(PLACE, batch([{"email": f"{secret}{number}@private.example"} for number in range(50)])).wanted(200)["upload_id"]
    caller.delete(f"{PLACE}/{upload}").wanted(200)

    def holding():
        found = []
        for folder, _, files in os.walk(world.root):
            for entry in files:
                try:
                    with open(os.path.join(folder, entry), "rb") as stream:
                        if secret.encode() in stream.read():
                            found.append(entry)
                except OSError:
                    pass
        return found
    world.until(lambda: not holding(), "the records to be gone from the disk", 30, holding)
    judge.same("files that hold a record still", [], holding())


def after_a_death(judge, world):
    """what was answered with 200 is there after sellout-web was killed"""
    person = Person(world)
    uploads = [person.caller.post(PLACE, batch(people(200), f"kept {number}")).wanted(200)["upload_id"] for number in range(5)]
    world.web.kill()
    world.start_web()
    judge.same("the list", uploads[::-1], [entry["upload_id"] for entry in listed(person.caller)])
    judge.same("the last one's records", people(200), person.caller.get(f"{PLACE}/{uploads[-1]}").wanted(200)["records"])


CHECKS = [the_four, as_sent, positions, bodies, bounds, not_read_on, own_only, thousand, *audience_files.CHECKS, *audience_studio.CHECKS, nothing_told, deleted_for_good, after_a_death]


def configured(judge, programs):
    """MAX_BATCH_SIZE sets another bound"""
    with Playground(programs, environment={"MAX_BATCH_SIZE": "100"}, folders=walk_fit.FOLDERS, observer=judge.documented) as world:
        caller = Person(world).caller
        judge.same("100 records", 100, caller.post(PLACE, batch(people(100))).wanted(200)["rows_received"])
        refused(judge, caller.post(PLACE, batch(people(101))), 400)


def main():
    judge = Judge("audience", "ABCDE")
    with judge.about("one world"), Playground(sys.argv[1], people={**PEOPLE, **walk_fit.PEOPLE}, folders=walk_fit.FOLDERS, observer=judge.documented) as world:
        judge.run(CHECKS, world)
    judge.run([configured], sys.argv[1])
    judge.end()


if __name__ == "__main__":
    main()
