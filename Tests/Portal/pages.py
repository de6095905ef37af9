#!/usr/bin/env python3
"""The pages of an outbox, as their readers see them: in every language, in each state, in a headless Chromium, on a phone and on a desk,
light, dark and on paper. They are valid HTML, nothing is cut, and every text can be read.

    pages.py PROGRAMS-FOLDER [LANGUAGE ...]      pictures go to .build/outbox-shots, or where PORTAL_SHOTS says
"""
import base64
import os
import re
import sys

import html5lib

from browsing import Browser
from judging import Judge
from playground import Playground
from trades import SAMPLES

LANGUAGES = ("en", "de", "pl", "es", "nl", "lt", "lv", "et", "uk", "fr")
RESELLER = "boxnox"
HEADER = "YEAR;MONTH;CHANNEL;POS;EAN;QTY;AMOUNT;DESCRIPTION;SKU\n"
SHAPES = ((1280, False), (1280, True), (380, False), (380, True))
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


def rows(period, lines):
    return HEADER + "".join(f"{period};Retail;{line};EDP;SKU\n" for line in lines)


def wrong(number):
    """A row of each kind of mistake."""
    store = ("Perfumeria Sol", LONG, "<b>Shop</b> & \"Sons\"", "Магазин \u202eдназ")[number % 4]
    return (f"{store};73501543{number:04};1;9,00", f"{store};7350154320008;many;9,00", f"{store};7350154320008;1;<script>{LONG}",
            f"{store};7350154320008;;9,00")[number % 4]


# On a phone each cell bears its column's name, which must not reach into the next cell.
LABELS = """
return [...document.querySelectorAll('td')].filter(cell => {
  const label = getComputedStyle(cell, '::before');
  return label.content !== 'none' && parseFloat(label.height) > cell.getBoundingClientRect().height + 1;
}).map(cell => cell.dataset.label).slice(0, 3);
"""


class Outbox(Playground):
    """The daemon alone, with one reseller who reads this language."""

    def __init__(self, programs, language):
        super().__init__(programs, people={})
        self.language = language

    def lay(self):
        super().lay()
        path = os.path.join(self.profiles, f"{RESELLER}.json5")
        with open(path) as file:
            profile = re.sub(r'\n  language: "..",', "", file.read())
        with open(path, "w") as file:
            file.write(profile.replace(f'reseller: "{RESELLER}",', f'reseller: "{RESELLER}",\n  language: "{self.language}",', 1))

    def start(self):
        self.start_daemon()

    def answered(self, name, content, inbox="inbox"):
        """The page beside the report on this file."""
        coming = os.path.join(self.root, RESELLER, ".coming")
        with open(coming, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())
        os.rename(coming, os.path.join(self.root, RESELLER, inbox, name))
        return self.page(name)

    def page(self, name):
        folder = os.path.join(self.root, RESELLER, "outbox")
        found = lambda ending: [entry for entry in os.listdir(folder) if entry.startswith(name + ".") and entry.endswith(ending)]
        self.until(lambda: found(".json"), f"a report on {name}", 30)
        return os.path.join(folder, found(".html")[0])

    def all(self):
        """Files that come to every kind of end, by what they show."""
        pages = {}
        for kind, name in (("taken", "BOXNOX - BIBBI Monthly Sales Report APR2025.xlsx"), ("waits", "BOXNOX - BIBBI Monthly Sales Report MAY2025.csv")):
            with open(os.path.join(SAMPLES, "files", RESELLER, name), "rb") as file:
                pages[kind] = self.answered(name, file.read())
        good = [f"Store {number};7350154320008;{number + 1};{(number + 1) * 202},00" for number in range(12)]
        months = "".join(rows(f"2024;{month}", good[:month])[0 if month == 1 else len(HEADER):] for month in range(1, 13))
        pages["year"] = self.answered("boxnox 2024.csv", months)
        pages["again"] = self.answered("boxnox again.csv", months)
        pages["restated"] = self.answered("boxnox 2024 corrected.csv", months.replace(";202,00;", ";212,50;"))
        pages["mistakes"] = self.answered(f"boxnox {LONG}.csv", rows("2023;4", good + [wrong(number) for number in range(60)]))
        pages["replaces"] = self.answered("boxnox replaces.csv", rows("2024;2", good[1:2]), "inbox/replace")
        pages["unknown"] = self.answered("words.csv", "dear all,\nplease find attached nothing\n")
        pages["letter"] = self.answered("letter.pdf", b"%PDF-1.7")
        pages["cancelled"] = self.answered("boxnox cancelled.csv", rows("2022;4", good + [wrong(1)]))
        self.ctl("cancel", self.short(pages["cancelled"]), "--reason", "a test <b>")
        self.until(lambda: "lead soft" in read(pages["cancelled"]), "the page to tell of it", 20)
        return pages

    @staticmethod
    def short(page):
        return page.removesuffix(".html").rpartition(".")[2]


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def valid(judge, pages, language):
    """HTML that a strict parser takes, in one piece"""
    for kind, path in pages.items():
        text = read(path)
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(text)
        judge.same(f"{language} {kind}, a parser's complaints", [], parser.errors[:3])
        judge.same(f"{language} {kind}, its language", [language], re.findall(r'<html lang="(\w+)"', text))
        judge.same(f"{language} {kind}, scripts and links", [], re.findall(r"<(?:script|link|iframe|img|a)\b|(?:src|href)=|https?://|@import|url\(", text))


def looks(judge, browser, pages, language):
    """nothing is cut, and every text has contrast enough"""
    for kind, path in pages.items():
        for width, dark in SHAPES:
            browser.shape(width, dark)
            browser.go(path.replace("%", "%25").replace("#", "%23").replace("?", "%3F"))
            what = f"{language} {kind} at {width}{', dark' if dark else ''}"
            judge.same(f"{what}, cut", [], browser.cut())
            judge.same(f"{what}, labels", [], browser.driver.execute_script(LABELS))
            judge.same(f"{what}, axe", [], browser.axe())
            if language == "en" or kind in ("mistakes", "waits", "year"):
                browser.shot(f"{language}-{kind}-{width}{'-dark' if dark else ''}")
    judge.same(f"{language}, the console", [], browser.complaints())


def prints(judge, browser, pages, language, folder):
    """on A4, without a page that is empty"""
    browser.shape(1280, False)
    browser.go(pages["mistakes"])
    paper = browser.driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": False})
    content = base64.b64decode(paper["data"])
    size = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", content)
    judge.holds(f"{language}, paper", size and (round(float(size[1])), round(float(size[2]))) == (595, 842), "A4", size and size[0])
    with open(os.path.join(folder, f"{language}.pdf"), "wb") as file:
        file.write(content)


def main():
    languages = sys.argv[2:] or LANGUAGES
    here = os.path.dirname(os.path.abspath(__file__))
    folder = os.environ.setdefault("PORTAL_SHOTS", os.path.join(here, "..", "..", ".build", "outbox-shots"))
    os.makedirs(folder, exist_ok=True)
    judge = Judge("pages")
    for language in languages:
        with judge.about(language), Outbox(sys.argv[1], language) as world:
            pages = world.all()
            with judge.about("valid"):
                valid(judge, pages, language)
            with Browser(world) as browser:
                browser.base = "file://"
                looks(judge, browser, pages, language)
                prints(judge, browser, pages, language, folder)
    judge.end()


main()
