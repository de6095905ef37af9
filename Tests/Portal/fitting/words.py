"""People who register themselves, their letters, workbooks on their way, and reports: what the checks of D and E share."""
import email.policy
import glob
import itertools
import json
import os
import re
import urllib.parse

import retail_workbook
import walk_fit
from asking import Caller, Form, Unanswerable
from fit_oracle import header

SECRET = "tide-and-salt of everybody"
_count = itertools.count(1)


def source():
    """Another address of this machine each time, since limits count by address."""
    number = next(_count)
    return f"127.1.{number // 250}.{1 + number % 250}"


def name(word="file", ending="xlsx"):
    return f"{word} {next(_count)}.{ending}"


class Person:
    """Somebody who has registered."""

    def __init__(self, world, role="brand_admin", secret=SECRET, address=None):
        self.world, self.email, self.secret, self.role = world, address or f"ines{next(_count)}@costa.example", secret, role
        answer = nobody(world).post("/api/auth/register", {"email": self.email, "password": secret, "role": role, "first_name": "Ines", "last_name": "Costa"})
        self.token, self.id = answer.wanted(200)["data"]["token"], answer.json["data"]["user"]["id"]

    @property
    def caller(self):
        return Caller(self.world.place, self.token, source(), self.world.observer)


def nobody(world):
    return Caller(world.place, source=source(), observer=world.observer)


def login(world, address, secret):
    return nobody(world).post("/api/auth/login", {"email": address, "password": secret})


def with_brand(world, band="20-25", brand=None, role="brand_admin"):
    """Somebody with a brand of a name that nobody had before, unless one is named."""
    person = Person(world, role)
    person.brand = brand or f"Costa {next(_count)}"
    person.caller.post("/api/brands/create", {"brand_name": person.brand, **({"avg_trade_margin": band} if band else {})}).wanted(200)
    return person


def refused(judge, answer, status, fields=None):
    """D's refusal; the fields that its details must name."""
    operation = judge.contract.operation(*answer.asked.split(" ", 1))
    walk_fit.refused(judge, operation, answer, status)
    if status == 400 and answer.json["error"]["code"] == "VALIDATION_ERROR":
        judge.same(answer, "Invalid input data", answer.json["error"]["message"])
    if fields is not None:
        details = answer.json["error"].get("details", {})
        judge.holds(answer, set(fields) <= set(details) and all(isinstance(told, str) and told for told in details.values()), f"details on {sorted(fields)}", details)


def examples(judge, operation_id, status):
    operation = next(operation for operation in judge.contract.operations if operation.id == operation_id)
    return operation.examples(status)


# Letters.

class Letters:
    """What was put into the folder of mail; in the order in which it came."""

    def __init__(self, world):
        self.world, self.folder = world, os.path.join(world.root, "operations", "outbox", "mail")

    def to(self, address):
        found = []
        for path in sorted(glob.glob(os.path.join(self.folder, "*.eml")), key=os.path.getmtime):
            with open(path, "rb") as file:
                letter = email.message_from_binary_file(file, policy=email.policy.default)
            if address.lower() in str(letter["to"]).lower():
                found.append(letter)
        return found

    def last(self, address, count=1):
        self.world.until(lambda: len(self.to(address)) >= count, f"letter {count} to {address}", 15,
                         lambda: f"{os.listdir(self.folder) if os.path.isdir(self.folder) else 'no folder'}; is there a sendmail on this machine?")
        return self.to(address)[-1]

    def token(self, address, count=1):
        """The token of the link in the last letter."""
        text = self.last(address, count).get_body(("plain", "html")).get_content()
        for link in re.findall(r"https?://[^\s\"'<>]+", text):
            told = urllib.parse.parse_qs(urllib.parse.urlsplit(link).query).get("token")
            if told:
                return told[0]
        raise Unanswerable(f"no link with token= in a letter to {address}: {text[:400]}")


# Workbooks.

def form(file, kind="retailer_data"):
    form = Form().file("file", file.name, file.content)
    return form.field("upload_type", kind) if kind is not None else form


def posted(world, tables, caller=None, word="retailers"):
    """A workbook that came to its end over HTTP: its file's name and its state."""
    file, caller = retail_workbook.file(tables, name(word)), caller or world.caller("root", source=source())
    upload = caller.send("/api/uploads/excel", form(file)).wanted(200)["data"]["upload_id"]
    return file.name, finished(world, upload, caller)


def finished(world, upload, caller, limit=40):
    told = []

    def over():
        told[:] = [caller.get(f"/api/uploads/status/{upload}").wanted(200)["data"]]
        return told[0]["status"] != "processing"
    world.until(over, f"upload {upload} to end", limit, lambda: told)
    return told[0]


def drop(world, file, folder="retail"):
    waiting = os.path.join(world.root, folder, ".coming")
    with open(waiting, "wb") as stream:
        stream.write(file.content)
    os.rename(waiting, os.path.join(world.root, folder, "inbox", file.name))


def report(world, file_name, folder="retail", limit=60):
    """The report on a file, as it lies in the outbox."""
    box = os.path.join(world.root, folder, "outbox")
    lying = lambda: sorted(glob.glob(os.path.join(glob.escape(box), glob.escape(file_name) + ".*.json")), key=os.path.getmtime)
    world.until(lying, f"a report on {file_name}", limit, lambda: os.listdir(box))
    with open(lying()[-1]) as file:
        return json.load(file)


def objects(value):
    """Every object within a report."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from objects(part)


def names(told, place):
    """Whether an object of a report names this place."""
    if place.sheet not in (told.get("sheet"), told.get("sheet_name")):
        return False
    if place.row is None:
        return place.header is None or place.header in json.dumps(told)
    column = str(told.get("column") or told.get("column_name") or "")
    right_column = column == place.letter or header(column) == header(place.header)
    return told.get("row_number", told.get("row")) == place.row and right_column and str(place.value) in json.dumps(told, ensure_ascii=False).replace('\\"', '"')
