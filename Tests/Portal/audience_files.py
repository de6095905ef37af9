"""Audience records as files: a CSV, a workbook or JSON that is dropped becomes a batch with a report."""
import json
import os

import retail_workbook
from fitting.words import Person, drop, name, objects, report, source
from trades import File

ROWS = [{"email": f"p{number}@fjord.example", "first_name": f"P{number}", "company_name": "Fjord & Sons; \"Ltd\"", "city": "Århus"} for number in range(30)]
HEADS = list(ROWS[0])


def as_csv(rows=ROWS, heads=HEADS):
    quoted = lambda text: '"' + text.replace('"', '""') + '"'
    return "\n".join([",".join(heads), *(",".join(quoted(row.get(head, "")) for head in heads) for row in rows)]).encode() + b"\n"


def as_workbook(rows=ROWS, heads=HEADS):
    return retail_workbook.content({"People": [heads, *([row.get(head, "") for head in heads] for row in rows)]})


def as_json(rows=ROWS):
    return json.dumps({"upload_name": "dropped people", "records": rows}).encode()


def dropped(world, content, ending):
    """A file that was dropped, and its report."""
    file = File(name("people", ending), content)
    drop(world, file, "audience")
    return file, report(world, file.name, "audience")


def upload_of(told):
    return next((entry["upload_id"] for entry in objects(told) if isinstance(entry.get("upload_id"), str)), None)


def taken(judge, world):
    """each kind becomes a batch of its records; its report names it"""
    for ending, content in (("csv", as_csv()), ("xlsx", as_workbook()), ("json", as_json()), ("json", json.dumps(ROWS).encode())):
        with judge.about(f"a {ending} that is dropped"):
            file, told = dropped(world, content, ending)
            upload = upload_of(told)
            judge.same("rows_received in the report", [30], sorted({entry["rows_received"] for entry in objects(told) if "rows_received" in entry}))
            read = world.caller("root", source=source()).get(f"/api/audience/batch-upload/{upload}").wanted(200)
            judge.same("its records", ROWS, read["records"])
            judge.same("its fields", HEADS, read["fields"])
            judge.holds("its name", read["upload_name"] in (file.name, file.name.rsplit(".", 1)[0], "dropped people"), "the file's", read["upload_name"])
            inbox = os.path.join(world.root, "audience", "inbox")
            world.until(lambda: file.name not in os.listdir(inbox), "the file to be taken", 20)


def refused(judge, world):
    """a file with a fault becomes no batch; the report names the place, and not what stands there"""
    wrong = [dict(row) for row in ROWS]
    wrong[17] = {"first_name": "Nobody", "company_name": "Fjord", "city": "Aarhus"}
    many = [{"email": f"p{number}@a.example"} for number in range(50_001)]
    cases = [("no address in a row", "csv", as_csv(wrong), "19"), ("no address in a row", "xlsx", as_workbook(wrong), "19"), ("no address in a record", "json", as_json(wrong), "records[17]"),
             ("a number for an address", "json", as_json([*ROWS[:4], {"email": 7}]), "records[4].email"), ("no column with an address", "csv", as_csv(heads=HEADS[1:]), "email"),
             ("nothing", "csv", b"", ""), ("a header only", "csv", b"email,first_name\n", ""), ("half of it", "json", as_json()[:200], ""), ("no workbook", "xlsx", b"no workbook", ""),
             ("50,001 rows", "csv", as_csv(many, ["email"]), "50"), ("another kind", "pdf", b"%PDF-1.4", "")]
    for what, ending, content, place in cases:
        with judge.about(f"a {ending} with {what} that is dropped"):
            _, told = dropped(world, content, ending)
            judge.same("its status", "failed", told.get("status"))
            judge.same("its batch", None, upload_of(told))
            judge.holds("its report", place in json.dumps(told) and told.get("message"), f"the place {place} and a message", json.dumps(told)[:400])
            judge.holds("its report", "Fjord" not in json.dumps(told), "nothing of a record", json.dumps(told)[:400])


def forgotten(judge, world):
    """a person is forgotten: no batch has a record of the address any more, the audit log says that somebody was, and not who"""
    caller, address = Person(world).caller, "teal.0ddba11@private.example"
    place, uploads = "/api/audience/batch-upload", []
    for key in ("email", "business_email"):
        uploads.append(caller.post(place, {"upload_name": key, "records": [*ROWS[:5], {key: address, "first_name": "Teal"}, *ROWS[5:]]}).wanted(200)["upload_id"])
    before = len(world.listing("audit"))
    world.ctl("audience", "forget", address.upper())
    for upload in uploads:
        judge.same("the records that stay", ROWS, caller.get(f"{place}/{upload}").wanted(200)["records"])
    audit = world.listing("audit")
    judge.holds("the audit log", len(audit) > before, "a line more", len(audit) - before)
    judge.holds("the audit log", address not in json.dumps(audit).lower(), "no address", "the address")


CHECKS = [taken, refused, forgotten]
