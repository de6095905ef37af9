"""The studio's pages: a batch as a table, its segments and its exports, and whose they are."""
import csv
import html
import io
import re
import urllib.parse
import zipfile

from asking import Caller
from fitting.words import Person, source

PLACE = "/api/audience/batch-upload"
RECORDS = [{"email": f"p{number}@{'fjord' if number % 3 else 'gmail'}.{'example' if number % 3 else 'com'}", "first_name": f"P{number}", "n": number, "note": "=1+1, \"x\"\n<b>"}
           for number in range(120)]


def visitor(world, token):
    """Somebody with a session of the dashboard; pages are not part of the contract."""
    caller = Caller(world.place, source=source())
    session = {"Cookie": f"sellout_session={token}"}

    class Visitor:
        def get(self, path, *pairs):
            return caller.get(path + ("?" + urllib.parse.urlencode(pairs) if pairs else ""), headers=session)

        def send(self, path, *pairs):
            token = re.search(r'name="csrf" value="([^"]+)"', self.get("/studio").text)
            body = urllib.parse.urlencode([("csrf", html.unescape(token[1])), *pairs]).encode()
            return caller.ask("POST", path, body, "application/x-www-form-urlencoded", headers=session)
    return Visitor()


def posted(person, records=RECORDS, name="spring & fair"):
    return person.caller.post(PLACE, {"upload_name": name, "records": records}).wanted(200)["upload_id"]


def shown(world):
    """Pages of a batch with everything that a stranger may send, for whoever looks at them: names and paths."""
    records = [{**record, "company_name": "Kopenhagen-Frederiksberg Handelsgesellschaft mbH & Co. KG", "note": "a_long_word_without_a_blank_" * 6} for record in RECORDS]
    caller = world.caller("root")
    upload = caller.post(PLACE, {"upload_name": "a_very_long_name_of_a_batch_without_a_blank_" * 2, "records": records}).wanted(200)["upload_id"]
    caller.post(PLACE, {"upload_name": "another", "records": [{"domain": "fjord.example"}]}).wanted(200)
    world.ctl("segment", "save", "A segment with a rather long name", upload, "--search", "fjord", "--where", "n is not 7", "--sort", "n")
    path = f"/studio/{upload}"
    return {"studio-batch": path, "studio-enriched": f"{path}?enriched=1&sort=n&down=1", "studio-asked": f"{path}?find=p1&column=n&test=is+not&value=11",
            "studio-none": f"{path}?find=nobody", "studio-chosen": f"{path}?show=email&show=n"}


def rows(answer):
    """What an export says, its apostrophes before formulas taken away."""
    table = list(csv.DictReader(io.StringIO(answer.body.decode(), newline="")))
    return [{field: text[1:] if text.startswith("'") else text for field, text in row.items() if text} for row in table]


def seen(answer):
    return re.findall(r"<bdi>(p[0-9]+)@", answer.text)


def studio_own(judge, world):
    """everybody chooses among their own batches, administrators among all, and another's is as unknown as none"""
    owner, other = Person(world), Person(world, "retailer_user")
    upload = posted(owner)
    for person, sees in ((owner.token, True), (other.token, False), (world.tokens["root"], True), (world.tokens["boxnox"], False)):
        them = visitor(world, person)
        judge.same("the list", sees, upload in them.get("/studio").text)
        for path in (f"/studio/{upload}", f"/studio/{upload}/export.csv", f"/studio/{upload}/export.xlsx"):
            answer = them.get(path)
            judge.same(answer, 200 if sees else 404, answer.status)
    stranger = visitor(world, other.token)
    told = [re.sub(r"upl_[0-9a-z_]+", "UPLOAD", stranger.get(f"/studio/{one}").text) for one in (upload, "upl_1_nobody")]
    judge.same("what a stranger is told", told[1], told[0])
    for path in ("/studio", f"/studio/{upload}"):
        judge.same(f"{path} for nobody", 303, Caller(world.place, source=source()).get(path).status)
    answer = stranger.send(f"/studio/{upload}/segments", ("name", "mine now"))
    judge.same(answer, 404, answer.status)


def studio_export(judge, world):
    """an export is what was posted, or what of it was asked for"""
    person = Person(world)
    upload, them = posted(person), visitor(world, person.token)
    as_text = [{field: str(value) for field, value in record.items()} for record in RECORDS]
    judge.same("all of it", as_text, rows(them.get(f"/studio/{upload}/export.csv")))
    judge.holds("formulas", b'"\'=1+1' in them.get(f"/studio/{upload}/export.csv").body, "none", "one")
    asked = [("column", "email"), ("test", "contains"), ("value", "FJORD"), ("column", "first_name"), ("test", "is not"), ("value", "p1"), ("sort", "n"), ("down", "1")]
    judge.same("some of it", [record for record in reversed(as_text) if "fjord" in record["email"] and record["first_name"] != "P1"], rows(them.get(f"/studio/{upload}/export.csv", *asked)))
    pages = [seen(them.get(f"/studio/{upload}", *asked, ("page", str(page)))) for page in (1, 2)]
    judge.same("the pages", [record["first_name"].lower() for record in reversed(as_text) if "fjord" in record["email"] and record["first_name"] != "P1"], sum(pages, []))
    enriched = rows(them.get(f"/studio/{upload}/export.csv", ("enriched", "1"), ("find", "p5@")))
    judge.same("what was added", [("fjord.example", "company")], [(row["mail_domain"], row["address_kind"]) for row in enriched])
    answer = them.get(f"/studio/{upload}/export.xlsx", ("find", "p5@"))
    with zipfile.ZipFile(io.BytesIO(answer.body)) as book:
        sheets = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    judge.holds(answer, "p5@fjord.example" in sheets and "p6@" not in sheets and "<f>" not in sheets and "spring &amp; fair" in sheets, "the record, and no formula", sheets[:300])
    page = them.get(f"/studio/{upload}", ("enriched", "1"))
    judge.holds(page, "<b>" not in page.text and "free mail host" in page.text, "texts, and where they come from", page.text[:300])
    for query in ([("sort", "nothing")], [("column", "twin_of"), ("test", "is empty")], [("find", "x" * 201)], [("column", "n"), ("test", "like")], [("column", "n"), ("value", "1")] * 21):
        answer = them.get(f"/studio/{upload}", *query)
        judge.same(answer, 422, answer.status)


def studio_forgotten(judge, world):
    """whoever is forgotten is gone from a table that is open, and from segments; a batch that is gone takes both with it"""
    person = Person(world)
    upload, other, them = posted(person), posted(person), visitor(world, person.token)
    for query in ([], [("enriched", "1")]):
        judge.same("before", ["p7"], seen(them.get(f"/studio/{upload}", ("find", "p7@"), *query)))
    for find, name in (("p7@FJORD.example", "one person"), ("fjord", "many")):
        answer = them.send(f"/studio/{upload}/segments", ("find", find), ("name", name))
        judge.same(answer, 303, answer.status)
        judge.same("a segment that is opened", 1 if name == "one person" else 50, len(seen(them.get(answer.headers["location"]))))
    world.ctl("audience", "forget", "P7@fjord.example")
    for query in ([], [("enriched", "1")]):
        page = them.get(f"/studio/{upload}", ("find", "p7@"), *query)
        judge.holds(page, seen(page) == [] and "of 119 records" in page.text, "nobody", seen(page))
        judge.holds(page, "one person" not in page.text and "many" in page.text, "the other segment", page.text[-3000:])
    for row in world.listing("audit"):
        judge.holds("the audit log", "p7" not in str(row).lower() and "one person" not in str(row), "no word of them", row)
    segment = re.search(r'name="id" value="([0-9]+)"', them.get(f"/studio/{upload}").text)[1]
    answer = visitor(world, Person(world).token).send(f"/studio/{other}/segments/delete", ("id", segment))
    judge.same(answer, 404, answer.status)
    person.caller.delete(f"{PLACE}/{upload}").wanted(200)
    judge.same("the page of a batch that is gone", 404, them.get(f"/studio/{upload}").status)
    judge.holds("segments", upload not in str(world.listing("segment")), "none of it", world.listing("segment"))
    judge.same("the other batch", 119, len(rows(them.get(f"/studio/{other}/export.csv"))))


def studio_commands(judge, world):
    """the command writes what the pages write, and both see one another's segments"""
    person = Person(world)
    upload, them = posted(person), visitor(world, person.token)
    judge.same("an export", them.get(f"/studio/{upload}/export.csv").body.decode(), world.ctl("audience", "export", upload, "--csv"))
    judge.same("an enriched one", them.get(f"/studio/{upload}/export.csv", ("enriched", "1")).body.decode(), world.ctl("audience", "export", upload, "--csv", "--enriched"))
    name, book = f"few of {upload}", f"{world.folder}/{upload}.xlsx"
    world.ctl("segment", "save", name, upload, "--search", "FJORD", "--where", "n is not 7", "--where", "first_name contains p1", "--sort", "n", "--descending")
    asked = [("find", "FJORD"), ("column", "n"), ("test", "is not"), ("value", "7"), ("column", "first_name"), ("test", "contains"), ("value", "p1"), ("sort", "n"), ("down", "1")]
    judge.same("a segment", them.get(f"/studio/{upload}/export.csv", *asked).body.decode(), world.ctl("segment", "export", name, "--csv"))
    judge.holds("operators' segments", name not in them.get(f"/studio/{upload}").text and name in visitor(world, world.tokens["root"]).get(f"/studio/{upload}").text,
                "seen by administrators and not by the owner", name)
    world.ctl("segment", "export", name, "--xlsx", "--out", book)
    with zipfile.ZipFile(book) as content:
        judge.holds("the workbook", any(name in content.read(part).decode() for part in content.namelist() if part.endswith(".xml")), "the segment's name", content.namelist())
    them.send(f"/studio/{upload}/segments", ("find", "p5@"), ("name", "my own"))
    judge.holds("segments", "my own" in [segment["name"] for segment in world.listing("segment")], "one of the page", world.listing("segment"))


CHECKS = [studio_own, studio_export, studio_commands, studio_forgotten]
