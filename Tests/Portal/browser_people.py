"""Journeys of people who open an account: of a brand, of a retailer, and of those whom they invite."""
from selenium.webdriver.support.ui import Select

import retail_workbook
from asking import Caller
from browsing import kept
from fitting.words import Letters

SECRET = "tide and salt of newcomers"


def tells(browser, words):
    """Waits for what a form says that was not taken. Nothing is loaded anew here, as `sees` would without scripts: the form would be empty then."""
    browser.world.until(lambda: words in browser.text, f"“{words}” to be told", 20, lambda: browser.text[:500])


def registered(judge, browser, role, address):
    """From the login page to an account, with a slip on the way."""
    browser.driver.delete_all_cookies()
    browser.go("/login")
    browser.press("Open an account", among="a")
    Select(browser.find("[name='role']")).select_by_value(role)
    fields = {"first_name": "Ines", "last_name": "Costa", "email": address, "password": SECRET}
    browser.press("Open the account", {**fields, "password_again": "something else"})
    tells(browser, "This is another password than the first.")
    judge.same("what was typed", ("Ines", address, ""), tuple(browser.find(f"[name='{name}']").get_attribute("value") for name in ("first_name", "email", "password")))
    browser.press("Open the account", {"password": SECRET, "password_again": SECRET})
    browser.world.until(lambda: "/register" not in browser.path, "the account to be open", 20, lambda: browser.text[:500])
    token = Caller(browser.world.place).post("/api/auth/login", {"email": address, "password": SECRET}).wanted(200)["data"]["token"]
    return Caller(browser.world.place, token)


def fit_a_brand(judge, browser, world):
    """somebody of a brand registers, enters it, imports the workbook, chooses categories, sees the scores change, opens a retailer"""
    number = 0 if browser.scripts else 1
    caller = registered(judge, browser, "brand_admin", f"ines{number}@costa.example")
    browser.sees("No brand yet")
    browser.press("Enter your brand", among="main a")
    browser.press("Enter the brand", {"brand_name": retail_workbook.BRANDS[number], "website_url": "costa.example", "avg_trade_margin": "20-25"})
    tells(browser, "This is not a link of http or https.")
    judge.same("what was typed", ("costa.example", "20-25"), tuple(browser.find(f"[name='{name}']").get_attribute("value") for name in ("website_url", "avg_trade_margin")))
    browser.press("Enter the brand", {"website_url": "https://costa.example"})
    browser.sees("Saved.")
    entered = caller.get("/api/brands/profile").wanted(200)["data"]
    judge.same("the brand", (retail_workbook.BRANDS[number], "https://costa.example", "20-25"), (entered["brand_name"], entered["website_url"], entered["avg_trade_margin"]))
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


def invite_a_colleague(judge, browser, world):
    """a colleague is invited, waits in the list, follows the link in the mail and sees the same brand"""
    number = 0 if browser.scripts else 1
    address = f"rui{number}@costa.example"
    browser.go("/you")
    browser.press("Send the invitation", {"email": address, "first_name": "Rui", "last_name": "Alves"})
    browser.sees("The invitation is on its way.")
    browser.sees("invited, until")
    browser.driver.delete_all_cookies()
    browser.go(f"/reset?token={Letters(world).token(address)}")
    browser.press("Set the password", {"password": SECRET})
    browser.press("Sign in", {"email": address, "password": SECRET}, among="button")
    browser.sees(retail_workbook.BRANDS[number])
    judge.same("the colleague's page", [], browser.all("form[action='/you/invite']"))


def enter_a_retailer(judge, browser, world):
    """somebody of a retailer registers, enters it, and has a page of their own"""
    number = 0 if browser.scripts else 1
    caller = registered(judge, browser, "retailer_user", f"shop{number}@north.example")
    browser.sees("No retailer yet")
    browser.press("Enter your retailer", among="main a")
    browser.press("Enter the retailer", {"retailer_name": f"Northgate {number}", "outlet_count": "many", "retailer_category": "RMT"})
    tells(browser, "This is not a whole number from 0.")
    browser.press("Enter the retailer", {"outlet_count": "64"})
    browser.sees(f"Northgate {number}")
    browser.press("Change what is said of it", among="main a")
    browser.press("Save it", {"outlet_count": "66"})
    browser.sees("66")
    told = caller.get("/api/retailers/profile").wanted(200)["data"]
    judge.same("the retailer", (f"Northgate {number}", "RMT", 66), (told["retailer_name"], told["retailer_category"], told["outlet_count"]))
    browser.driver.delete_all_cookies()


def with_a_brand(world):
    caller = world.caller("brand")
    if caller.get("/api/brands/profile").status == 404:
        caller.post("/api/brands/create", {"brand_name": retail_workbook.BRANDS[0], "avg_trade_margin": "20-25"}).wanted(200)


def wrongly_filled(judge, browser):
    """The form of a new account with every fault that it can have, on a phone and wide."""
    for width in (380, 1280):
        browser.shape(width, width > 1000)
        browser.go("/register")
        browser.press("Open the account", {"email": "a_very_long_address_without_an_at_sign_" * 4, "password": "short"})
        tells(browser, "fields need a correction")
        judge.same(f"register-wrong-{width}, what is cut", [], browser.cut())
        judge.same(f"register-wrong-{width}, axe", [], browser.axe())
        browser.shot(f"register-wrong-{width}")
