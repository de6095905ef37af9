"""The studio in a browser: a batch of 50,000 records is opened, enriched, filtered, saved as a segment, and exported."""
import csv
import io
import time

import openpyxl
from selenium.webdriver.support.ui import Select

from asking import Caller

PLACE = "/api/audience/batch-upload"
MOST = 50_000
COMPANIES = 500
WANTED = "d7.example"


def records(count=MOST):
    """Every tenth address is a private one, and the last hundred are twins of the first."""
    def one(number):
        return {"email": f"P{number}@{'gmail.com' if number % 10 == 0 else f'd{number % COMPANIES}.example'}", "company_name": f"Firm {number % COMPANIES} Ltd"}
    return [one(number) for number in range(count - 100)] + [one(number) for number in range(100)]


def sent(world, name, everyone, by):
    return world.caller(by).post(PLACE, {"upload_name": name, "records": everyone}).wanted(200)["upload_id"]


def asked(browser, words, column=None, test=None, value=None):
    """What a person does who wants to see some of the records."""
    browser.fill("#find", words)
    if column:
        Select(browser.find("#column-1")).select_by_value(column)
        Select(browser.find("#test-1")).select_by_value(test)
        browser.fill("#value-1", value)
    browser.press("Show", among="form.filters button.main")


def studio(judge, browser, world):
    """somebody opens a batch of 50,000, enriches, filters, sorts, saves it as a segment and exports it"""
    everyone, name = records(), f"fair {'on' if browser.scripts else 'off'}"
    upload = sent(world, name, everyone, "operator")
    wanted = [(number + 1, one) for number, one in enumerate(everyone) if one["email"].endswith(f"@{WANTED}")]
    browser.driver.delete_all_cookies()
    entered(browser, world)
    browser.go("/studio")
    browser.press(name, among="td.head a")
    opened(judge, browser, f"“{name}” holds 50,000 records.")
    judge.same("records on the first page", 50, len(browser.all("tr[data-row]")))
    asked(browser, "p49899@")
    opened(judge, browser, "1 of 50,000 records")
    browser.press("Show all records", among="a")
    browser.press("Enrich", among="#enrich")
    opened(judge, browser, "What was added, and where it comes from")
    asked(browser, "", "mail_domain", "is", WANTED)
    opened(judge, browser, f"{len(wanted)} of 50,000 records")
    browser.press("mail_domain", among="th a")
    judge.same("what is shown", {WANTED}, {cell.text for cell in browser.all("td[data-label='mail_domain']")})
    browser.press("Save segment", {"name": "the seventh"})
    browser.sees("Saved.")
    browser.go(f"/studio/{upload}")
    browser.press("the seventh", among="td.head a")
    opened(judge, browser, f"{len(wanted)} of 50,000 records")
    exported(judge, browser, world, wanted)


def entered(browser, world):
    """As an operator, by the token of the interface: how one signs in is another journey's."""
    browser.go("/login")
    browser.driver.add_cookie({"name": "sellout_session", "value": world.tokens["operator"], "path": "/"})


def opened(judge, browser, words, limit=20):
    since = time.monotonic()
    browser.sees(words, limit)
    judge.holds(f"until “{words}” is there", time.monotonic() - since < limit, f"less than {limit} s", time.monotonic() - since)


def exported(judge, browser, world, wanted):
    links = [link.get_attribute("href").removeprefix(browser.base) for link in browser.all("a[download]")]
    judge.same("exports", 2, len(links))
    cookie = {"Cookie": f"sellout_session={browser.driver.get_cookie('sellout_session')['value']}"}
    table, workbook = (Caller(world.place).get(link, headers=cookie) for link in links)
    rows = list(csv.DictReader(io.StringIO(table.text.lstrip("\ufeff"))))
    told = [(int(row["record_number"]), row["email"], row["mail_domain"], row["address_kind"]) for row in rows]
    judge.same(f"{table}, its records", sorted((number, one["email"], WANTED, "company") for number, one in wanted), sorted(told))
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.body), read_only=True)["Records"]
    judge.same(f"{workbook}, its records", [list(rows[0])] + [list(row.values()) for row in rows], [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)])


def studio_pages(world):
    """Pages of a batch whose names are longer than a page is wide, and of a usual one: their names and paths."""
    long = "a_very_long_name_without_a_blank_" * 5
    odd = [{"email": f"{long}@d1.example", long: long, "first_name": "<b>Ana</b>", "note": "x" * 3000}]
    upload = sent(world, f"<b>fair</b> {long}"[:100], odd + records(2000), "root")
    base, usual = f"/studio/{upload}", sent(world, "spring fair", records(2000), "root")
    return {"studio": "/studio", "studio-odd": base, "studio-odd-enriched": f"{base}?enriched=1", "studio-last": f"{base}?page=41",
            "studio-usual": f"/studio/{usual}?enriched=1&column=address_kind&test=is&value=company&sort=email"}
