#!/usr/bin/env python3
"""The dashboard in a headless Chromium, with scripts and without: an operator's month, pictures of every page, axe's judgement.

    browser.py PROGRAMS-FOLDER [journeys|looks|safety]      pictures go to .build/portal-shots, or where PORTAL_SHOTS says
"""
import os
import re
import signal
import sys
import time

from selenium.webdriver.support.ui import Select

import audience_studio
import retail_workbook
import trades
import walk_fit
from asking import Caller, Form, Unanswerable
from browsing import Browser
from judging import Judge
from playground import PEOPLE, Playground, email, password

NAMED = {name: {**PEOPLE, **walk_fit.PEOPLE}[name] for name in ("root", "admin", "watcher", "operator", "boxnox", "atlas", "brand", "buyer", "stranger")}


def kept(world, file):
    """A file on disk, for the browser to send."""
    path = os.path.join(world.folder, "to send", file.name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as stream:
        stream.write(file.content)
    return path


def sign_in(browser, name="admin"):
    browser.go("/login")
    browser.fill("[name='email']", email(name))
    browser.fill("[name='password']", password(name))
    browser.press("Sign in", among="button")
    browser.sees({"brand": "Catalogue", "buyer": "Catalogue", "boxnox": "files", "atlas": "files"}.get(name, "Running"))


def log_in(judge, browser, world):
    """a wrong password is told so, the right one opens the first page"""
    browser.go("/batches")
    judge.holds("a page for nobody", "/login" in browser.path, "/login", browser.path)
    browser.fill("[name='email']", email("admin"))
    browser.fill("[name='password']", "wrong")
    browser.press("Sign in", among="button")
    browser.sees("do not belong together")
    browser.fill("[name='email']", email("admin"))
    browser.fill("[name='password']", password("admin"))
    browser.press("Sign in", among="button")
    world.until(lambda: "/login" not in browser.path, "to be let in", 10, lambda: browser.text[:300])
    browser.go("/")
    browser.sees("To do")


def send_a_file(judge, browser, world):
    """a file is dropped: its progress and its end are seen, without a reload where scripts run"""
    browser.go("/")
    file = trades.File("atlas dropped.xlsx", trades.as_workbook([list(trades.heads("atlas").values()), *trades.good_rows(100_000)]))
    world.until(lambda: browser.all("input[type=file]"), "a place for files", 10)
    if browser.scripts:
        browser.driver.execute_script("window.here = 'the same page'")
    seen, batch, deadline = set(), None, time.monotonic() + 120
    with world.slowed() as let_go:
        browser.upload("input[type=file]", kept(world, file))
        if not browser.scripts:
            browser.press("Send the file")
        while time.monotonic() < deadline and not (batch and batch["status"] == "completed"):
            seen |= set(re.findall(r"\b(?:[1-9]\d?) %(?! free)|[1-9][\d,]* rows", browser.text))
            if {words[-1] for words in seen} == {"%", "s"}:
                let_go()
            batch = next((entry for entry in world.listing("batches") if entry["filename"] == file.name), None)
            if not browser.scripts:
                browser.driver.get(browser.driver.current_url)
    judge.holds("progress of a dropped file", [words for words in seen if "rows" in words], "rows on its way", seen)
    judge.holds("progress of a dropped file", [words for words in seen if "%" in words], "a percentage on its way", seen)
    if browser.scripts:
        browser.sees(file.name, 10)
        world.until(lambda: re.search(r"all taken|taken in|100,000", browser.text), "the end to be seen", 15, lambda: browser.text[:600])
        judge.same("the page", "the same page", browser.driver.execute_script("return window.here"))
    else:
        browser.go("/batches")
        browser.sees(file.name)
    judge.same("its end", "completed", batch["status"])


def map_a_product(judge, browser, world):
    """a product that waits is mapped, and its batch resolves"""
    code = f"WAITS-{trades.good_rows(1)[0][1].split()[-1]}"
    batch = world.taken(trades.table_file("atlas", trades.good_rows(2) + [["2025-03-01", f"Mapped {code}", "", code, 1, 10]]), state="staging_complete")
    browser.go("/products")
    browser.sees(code)
    around = [element for element in browser.all("tr, li, section, article, form, details") if code in element.text and element.find_elements("css selector", "button")]
    row = min(around, key=lambda element: len(element.text))
    field = next((field for field in row.find_elements("css selector", "input") if field.get_attribute("type") in ("text", "search")), None)
    if field is None:
        raise Unanswerable(f"no field for an EAN beside {code}: {row.get_attribute('outerHTML')[:600]}")
    browser.opened(field)
    field.clear()
    field.send_keys(trades.EANS[0])
    next(button for button in row.find_elements("css selector", "button, input[type=submit]") if button.is_displayed()).click()
    world.reached(batch, "completed", 20)
    browser.go(f"/batches/{batch}")
    browser.sees("3")
    judge.holds("the batch's page", code not in browser.text or "mapped" in browser.text.lower(), "no product that waits", browser.text[:300])


def correct_a_row(judge, browser, world):
    """a wrong row is corrected in place, another is dismissed"""
    rows = trades.good_rows(2)
    corrected, dismissed = f"Corrected {rows[0][1]}", f"Dismissed {rows[0][1]}"
    rows += [["2025-03-01", corrected, trades.EANS[1], "", "many", 10], ["2025-03-01", dismissed, "735015432999", "", 1, 10]]
    batch = world.taken(trades.table_file("atlas", rows), state="staging_complete")
    browser.go(f"/batches/{batch}")
    browser.sees("many")
    browser.press("Correct row 4", {"set.quantity": "3", "reason": "said on the telephone"})
    browser.sees("Corrected")
    browser.press("Dismiss row 5", {"reason": "a tester"})
    browser.sees("Dismissed")
    world.reached(batch, "completed", 20)
    sold = [sale for sale in world.listing("sales") if sale["store"] == corrected]
    judge.same("the corrected sale", [3], [sale["quantity"] for sale in sold])
    judge.same("the dismissed one", [], [sale for sale in world.listing("sales") if sale["store"] == dismissed])


def approve_and_undo(judge, browser, world):
    """a file that waits is approved, then undone with a reason"""
    batch = world.taken(trades.half_wrong(), state="staging_complete")
    sold = len(world.listing("sales"))
    browser.go("/")
    browser.sees("To do")
    browser.go(f"/batches/{batch}")
    browser.press("Take in 3 sales")
    browser.sees("Taken in")
    judge.same("sales", sold + 3, len(world.listing("sales")))
    summary = next(element for element in browser.all("summary") if "Undo" in element.get_attribute("textContent"))
    judge.holds("the step that undoes", "3 sales" in summary.get_attribute("textContent"), "its effect on it", summary.get_attribute("textContent"))
    browser.press("Undo 3 sales", {"reason": "it was a test"}, among="form button")
    browser.sees("Undone")
    judge.same("sales", sold, len(world.listing("sales")))
    lines = [line for line in world.listing("audit") if line.get("batch_id") == batch and "it was a test" in str(line)]
    judge.holds("audit of the undo", lines and email("admin") in lines[0]["actor"], "who and why", lines)


MEANINGS = {"When": "date", "Where": "store", "Code": "ean", "How many": "quantity", "How much": "amount"}


def draft_a_profile(judge, browser, world):
    """an unknown workbook becomes a profile, and its sales are seen before"""
    name = "novel_" + ("a" if browser.scripts else "b")
    table = [list(MEANINGS)] + [[f"2025-04-0{1 + n}", f"{name} {n}", trades.EANS[n], n + 1, 20 * (n + 1)] for n in range(5)]
    browser.go("/profiles")
    browser.press("draft", among="main a, main button")
    browser.upload("input[type=file]", kept(world, trades.File(f"{name} sales.xlsx", trades.as_workbook(table))))
    browser.press("Look at it")
    browser.sees("How many", 20)
    browser.fill("[name='reseller']", name)
    for row in browser.all("tr[data-row]"):
        head = next((head for head in MEANINGS if head in [cell.text for cell in row.find_elements("css selector", "td")]), None)
        if head:
            Select(row.find_element("css selector", "select")).select_by_value(MEANINGS[head])
    if not browser.scripts:
        browser.press("Show which sales come out")
    browser.sees("5 sales, 15 pieces", 20)
    browser.press("Save it as the profile")
    world.until(lambda: os.path.exists(os.path.join(world.profiles, f"{name}.json5")), "the profile to be saved", 15, lambda: browser.text[:600])
    for folder in ("inbox/replace", "outbox"):
        os.makedirs(os.path.join(world.root, name, folder), exist_ok=True)
    world.daemon.signal(signal.SIGHUP)
    dropped = world.dropped(trades.File(f"{name} first.xlsx", trades.as_workbook(table)), name)
    judge.one_of("the end of a file of the new profile", ("completed", "staging_complete"), world.state(dropped))
    judge.same("its rows", 5, next(batch["rows_processed"] for batch in world.listing("batches") if batch["batch_id"] == dropped))


def forbid_a_reseller(judge, browser, world):
    """a reseller's uploads are switched off with a reason, and on again"""
    browser.go("/resellers/birch")
    browser.press("Take no more files of Birch", {"reason": "unpaid"}, among="form button")
    browser.sees("switched off")
    judge.same("a dropped file then", "failed", world.state(world.dropped(trades.table_file("birch"), "birch")))
    browser.go("/resellers/birch")
    browser.press("Take files of Birch again", {"reason": "paid"}, among="form button")
    browser.sees("switched on")
    judge.same("a dropped file then", "completed", world.state(world.dropped(trades.table_file("birch"), "birch")))


def log_out(judge, browser, world):
    """signing out ends the session"""
    browser.go("/")
    cookie = browser.driver.get_cookie("sellout_session")
    browser.press("Sign out", among="button")
    browser.go("/batches")
    judge.holds("a page after signing out", "/login" in browser.path, "/login", browser.path)
    if cookie:
        answer = Caller(world.place).get("/batches", headers={"Cookie": f"sellout_session={cookie['value']}"})
        judge.holds("the old cookie", answer.status in (200, 303, 401, 302), "an answer", answer.status)


def fit_a_brand(judge, browser, world):
    """a brand's person imports the workbook, chooses categories, sees the scores change, opens a retailer"""
    with_a_brand(world)
    caller = world.caller("brand")
    caller.post("/api/brands/categories", {"categories": []}).wanted(200)
    browser.driver.delete_all_cookies()
    sign_in(browser, "brand")
    browser.go("/fit/import")
    browser.upload("input[type=file]", kept(world, retail_workbook.file(retail_workbook.standard(), "retailers.xlsx")))
    browser.press("Import it")
    browser.sees("The workbook is here")
    browser.sees(f"{retail_workbook.RECORDS:,}")
    browser.go("/fit/choose")
    before, chosen = browser.find("#scores").text, "input[value='Skin/Moisturizers']"
    browser.find(chosen).click()
    if not browser.scripts:
        browser.press("Show the scores")
    world.until(lambda: browser.find("#scores").text not in ("", before), "the scores to change", 15, lambda: before)
    judge.holds("what was ticked", browser.find(chosen).is_selected(), "ticked still", "not")
    judge.same("what is saved before", [], caller.get("/api/brands/categories").wanted(200)["data"])
    browser.press("Save 1 choice")
    browser.sees("Saved.")
    saved = caller.get("/api/brands/categories").wanted(200)["data"]
    judge.same("what is saved then", [("Skin", "Moisturizers")], [(one["category"], one["sub_category"]) for one in saved])
    told = caller.post("/api/fit-scores/calculate", {"selected_categories": [{"category": "Skin", "sub_categories": ["Moisturizers"]}]}).wanted(200)["data"]
    browser.go("/fit")
    shown = [link.text for link in browser.all("td.head a")]
    judge.same("the ranking", [one["retailer_name"] for one in told["retailers"]], shown)
    best = told["retailers"][0]
    browser.press(best["retailer_name"], among="td.head a")
    browser.sees(f"fits with {best['fit_score']} of 100")
    for words in (*best["reasons"].values(), best["recommendation"]["action"]):
        browser.sees(words)


def with_a_brand(world):
    caller = world.caller("brand")
    if caller.get("/api/brands/profile").status == 404:
        caller.post("/api/brands/create", {"brand_name": retail_workbook.BRANDS[0], "avg_trade_margin": "20-25"}).wanted(200)


JOURNEYS = [log_in, send_a_file, map_a_product, correct_a_row, approve_and_undo, draft_a_profile, forbid_a_reseller, audience_studio.look_into_a_batch, log_out, fit_a_brand]


def journeys(judge, world):
    for scripts in (True, False):
        with Browser(world, scripts) as browser:
            for journey in JOURNEYS:
                with judge.about(f"{journey.__doc__} (scripts {'on' if scripts else 'off'})"):
                    if journey is not log_in and not browser.driver.get_cookie("sellout_session"):
                        sign_in(browser)
                    try:
                        journey(judge, browser, world)
                    except Exception:
                        browser.shot(f"failed-{journey.__name__}-{'on' if scripts else 'off'}")
                        raise
            complaints = [line for line in browser.complaints() if "401" not in line and "422" not in line and "409" not in line]
            judge.same(f"the browser's console, scripts {'on' if scripts else 'off'}", [], complaints[:5])


# Looks.

def furnish(world):
    """Something on every page."""
    for folder in sorted(os.listdir(os.path.join(trades.SAMPLES, "files"))):
        place = os.path.join(trades.SAMPLES, "files", folder)
        for name in os.listdir(place):
            world.drop(trades.sample(f"{folder}/{name}"), folder)
    wrong = [["2025-02-30", "A Shop With A Rather Long Name In Kopenhagen-Frederiksberg", trades.EANS[0], "", "many", "lots"], ["", "", "735015432999", "", "", ""]]
    long = trades.table_file("atlas", trades.good_rows(3) + wrong, name="atlas " + "a_very_long_file_name_without_a_blank_" * 4 + ".xlsx")
    batches = {"staged": world.taken(long), "failed": world.taken(trades.unknown_layout()), "completed": world.taken(trades.table_file("atlas"), state="completed")}
    many = world.taken(trades.table_file("atlas", trades.good_rows(3) + [["2025-02-30", "S", trades.EANS[0], "", "many", 1]] * 900, "xlsx"))
    with_a_brand(world)
    world.caller("brand").post("/api/brands/categories", {"categories": [{"category": "Skin", "sub_category": "Moisturizers"}]}).wanted(200)
    tables = retail_workbook.standard()
    walk_fit.sent(world, tables)
    tables["RETAILER_PRODUCT_MAPPING"][3][0] = "RT_9999"
    walk_fit.sent(world, tables, "a_very_long_name_of_a_workbook_without_a_blank_" * 2 + ".xlsx", by="brand")
    world.rest()
    return {**batches, "many": many}


def looks(judge, world):
    """pictures at 380 and 1,280, light and dark, with nothing cut off; axe finds nothing serious"""
    batches = furnish(world)
    with Browser(world) as browser:
        browser.go("/login")
        look_at(judge, browser, "login", "/login")
        sign_in(browser, "root")
        links = {link.get_attribute("href").removeprefix(browser.base) for link in browser.all("nav a")}
        judge.holds("the navigation", len(links) >= 8, "a way to every page", sorted(links))
        pages = {(path.strip("/") or "now"): path for path in links}
        pages.update({f"batch-{state}": f"/batches/{batch}" for state, batch in batches.items()})
        pages.update({"rows": f"/batches/{batches['many']}/rows", "row": f"/batches/{batches['staged']}/rows/Sales/5", "reseller": "/resellers/boxnox", "docs": "/docs",
                      "search": "/search?q=boxnox", "nothing-here": "/batches/nothing", "batches-empty": "/batches?reseller=cedar", "profile": "/profiles/boxnox", "draft": "/profiles/draft",
                      "drafted": put_aside(browser, world), "history": "/books/history?reseller=boxnox", "right": "/books/right",
                      "fit-choose": "/fit/choose", "fit-retailer": "/fit/retailers/7", "fit-catalogue": "/fit/catalogue", "fit-import": "/fit/import", "fit-counts": "/fit/counts",
                      "fit-none": "/fit?name=nobody", **audience_studio.shown(world)})
        for name, path in sorted(pages.items()):
            with judge.about(f"the look of {path}"):
                look_at(judge, browser, name, path)
    with Browser(world) as browser:
        sign_in(browser, "boxnox")
        look_at(judge, browser, "a-resellers-now", "/")
    with Browser(world) as browser:
        sign_in(browser, "brand")
        for name, path in (("a-brands-fit", "/fit"), ("a-brands-choose", "/fit/choose"), ("a-brands-import", "/fit/import")):
            look_at(judge, browser, name, path)
    with Browser(world) as browser:
        sign_in(browser, "buyer")
        look_at(judge, browser, "a-retailers-own", "/")


def put_aside(browser, world):
    """The page of a workbook that nobody knows."""
    table = [list(MEANINGS)] + [["2025-04-01", "A Shop With A Rather Long Name In Kopenhagen-Frederiksberg", trades.EANS[0], 1, 20]] * 30
    browser.go("/profiles/draft")
    browser.upload("input[type=file]", kept(world, trades.File("nobody knows it.xlsx", trades.as_workbook(table))))
    browser.press("Look at it")
    browser.sees("How many", 20)
    return browser.path


def look_at(judge, browser, name, path):
    for width in (380, 1280):
        for dark in (False, True):
            browser.shape(width, dark)
            browser.go(path)
            time.sleep(0.2)
            shape = f"{name}-{width}-{'dark' if dark else 'light'}"
            judge.holds(shape, "Internal Server Error" not in browser.text and browser.text.strip(), "a page", browser.text[:200])
            real = browser.driver.execute_script("return document.documentElement.clientWidth")
            judge.same(f"{shape}, its width", width, real)
            judge.same(f"{shape}, what is cut", [], browser.cut())
            judge.same(f"{shape}, axe", [], browser.axe())
            browser.shot(shape)
    unfolded(judge, browser, name, path)


def unfolded(judge, browser, name, path):
    """With everything unfolded that can be, on a phone."""
    browser.shape(380, False)
    browser.go(path)
    browser.driver.execute_script("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    judge.same(f"{name}-380-unfolded, what is cut", [], browser.cut())
    judge.same(f"{name}-380-unfolded, axe", [], browser.axe())
    browser.shot(f"{name}-380-unfolded")


# What no page may do.

def headers_and_cookies(judge, world):
    """a strict policy, a cookie that scripts and other sites do not see, nothing from elsewhere"""
    with Browser(world) as browser:
        sign_in(browser)
        cookie = browser.driver.get_cookie("sellout_session")
        judge.same("the cookie", (True, "Strict"), (cookie["httpOnly"], cookie["sameSite"]))
        session = {"Cookie": f"sellout_session={cookie['value']}"}
        csrf = re.search(r'name="csrf" value="([^"]+)"', Caller(world.place).get("/", headers=session).text)
    caller = Caller(world.place, source="127.0.9.1")
    for path in ("/", "/login", "/batches", "/products", "/resellers", "/profiles", "/books", "/audit", "/users", "/docs", "/fit", "/fit/choose", "/fit/import", "/studio"):
        answer = caller.get(path, headers=session)
        policy = answer.headers.get("content-security-policy", "")
        judge.holds(f"{answer} policy", "default-src" in policy and "unsafe-inline" not in policy and "unsafe-eval" not in policy and "*" not in policy, "a strict one", policy)
        judge.same(f"{answer} nosniff", "nosniff", answer.headers.get("x-content-type-options"))
        judge.holds(f"{answer} framing", "frame-ancestors 'none'" in policy or answer.headers.get("x-frame-options") == "DENY", "none", policy)
        outside = re.findall(r'(?:src|href|action)="(https?://[^"]+)"', answer.text)
        judge.same(f"{answer}, what it takes from elsewhere", [], [link for link in outside if not link.startswith(browser.base)])
    judge.holds("a form's token", csrf, "one", "none")
    wishes(judge, world, caller, session, csrf[1] if csrf else "")


def wishes(judge, world, caller, session, csrf):
    """A form of somebody else's, without the token or with another: refused, and nothing changes."""
    batch = world.taken(trades.half_wrong(), state="staging_complete")
    before = world.books()
    kind = "application/x-www-form-urlencoded"
    for token in (None, "", "wrong", csrf[:-1] + ("a" if csrf[-1:] != "a" else "b")):
        for path in (f"/batches/{batch}/approve", f"/batches/{batch}/cancel", f"/batches/{batch}/delete", "/resellers/birch/permission", "/products", "/logout"):
            body = "reason=because" + (f"&csrf={token}" if token is not None else "")
            answer = caller.ask("POST", path, body.encode(), kind, headers=session)
            judge.holds(f"{answer}, token {token!r}", answer.status in (400, 401, 403, 404, 405, 303), "refused", answer.whole)
    answer = caller.ask("POST", f"/batches/{batch}/approve", f"csrf={csrf}".encode(), kind)
    judge.holds(f"{answer}, a token without its session", answer.status in (303, 401, 403), "refused", answer.status)
    after = world.books()
    for part in before:
        judge.holds(f"{part} after forms of somebody else's", before[part] == after[part], "as before", after[part][-300:] if isinstance(after[part], str) else after[part])


def strangers(judge, world):
    """pages for each role: another's files are unknown, governance is not theirs"""
    batch = world.taken(trades.half_wrong(), state="staging_complete")
    for name, path, wanted in (("boxnox", f"/batches/{batch}", (404, 403)), ("boxnox", "/users", (403, 404)), ("boxnox", "/audit", (403, 404)), ("boxnox", "/profiles", (403, 404)),
                               ("operator", "/users", (403, 404)), ("atlas", f"/batches/{batch}", (200,)), ("boxnox", f"/batches/{batch}/original", (403, 404)),
                               ("stranger", "/", (401, 403, 303)), ("stranger", f"/batches/{batch}", (401, 403, 404, 303)), ("boxnox", "/fit", (403,)), ("boxnox", "/fit/retailers/1", (403,)), ("operator", "/fit/counts", (403,)), ("brand", "/fit/counts", (403,)), ("brand", "/users", (403,)),
                               ("buyer", "/fit/choose", (403,)), ("buyer", "/fit/retailers/1", (404,)), ("brand", "/batches", (401, 403, 303)), ("brand", f"/batches/{batch}", (401, 403, 404, 303))):
        answer = Caller(world.place, source="127.0.9.2").get(path, headers={"Cookie": f"sellout_session={world.tokens[name]}"})
        judge.one_of(f"{answer}, {name}", wanted, answer.status)
        judge.holds(f"{answer}, {name}", name == "atlas" or "Store" not in answer.text or answer.status != 200, "nothing of atlas's", answer.text[:200])


def workbooks_of_others(judge, world):
    """a workbook through the page: from nobody, from a form of somebody else's, from who has no such page, and no workbook: refused, nothing taken"""
    file = retail_workbook.file(retail_workbook.standard())
    for name, status in ((None, 303), ("buyer", 403), ("boxnox", 403), ("brand", 403)):
        session = {"Cookie": f"sellout_session={world.tokens[name]}"} if name else {}
        for token in (None, "wrong"):
            form = Form().field("upload_type", "retailer_data")
            if token:
                form.field("csrf", token)
            answer = Caller(world.place, source="127.0.9.3").send("/fit/import", form.file("file", file.name, file.content), headers=session)
            judge.same(f"{answer}, {name}, token {token}", status, answer.status)
    session = {"Cookie": f"sellout_session={world.tokens['brand']}"}
    page = Caller(world.place, source="127.0.9.3").get("/fit/import", headers=session).text
    form = Form().field("csrf", re.search(r'name="csrf" value="([^"]+)"', page)[1]).field("upload_type", "retailer_data").file("file", "notes.txt", b"no workbook")
    answer = Caller(world.place, source="127.0.9.3").send("/fit/import", form, headers=session)
    judge.holds(answer, answer.status == 400 and "Send one .xlsx file" in answer.text, "what is wrong, on the page", answer.whole)
    judge.same("workbooks taken", [], world.caller("root").get("/api/uploads/history").wanted(200)["data"])


def texts_of_strangers(judge, world):
    """names and cells that are HTML stay text"""
    evil = "<img src=x onerror=alert(1)>"
    batch = world.taken(trades.table_file("atlas", trades.good_rows(2) + [["2025-03-01", f"{evil} shop", "", f"\"'>{evil}", 1, 10]], name=f"atlas {evil}.xlsx".replace("/", "")), state="staging_complete")
    with Browser(world) as browser:
        sign_in(browser)
        for path in (f"/batches/{batch}", "/", "/batches", "/products", f"/batches/{batch}/rows", "/search?q=" + "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", "/stores", "/audit"):
            browser.go(path)
            judge.same(f"{path}, pictures of strangers", 0, len(browser.all("img[src='x']")))
            judge.holds(f"{path}", not browser.driver.execute_script("return !!document.querySelector('[onerror]')"), "no handler of strangers", "one")
        browser.go(f"/batches/{batch}")
        browser.sees(evil)


def main():
    asked = sys.argv[2:] or ["journeys", "looks", "safety"]
    judge = Judge("browser")
    if "journeys" in asked:
        with judge.about("journeys"), Playground(sys.argv[1], people=NAMED, folders=walk_fit.FOLDERS) as world:
            journeys(judge, world)
    if "looks" in asked:
        with judge.about("looks"), Playground(sys.argv[1], people=NAMED, folders=walk_fit.FOLDERS) as world:
            looks(judge, world)
    if "safety" in asked:
        with judge.about("safety"), Playground(sys.argv[1], people=NAMED, folders=walk_fit.FOLDERS) as world:
            judge.run([headers_and_cookies, strangers, workbooks_of_others, texts_of_strangers], world)
    judge.end()


if __name__ == "__main__":
    main()
