"""Writes the corpus into a folder: each file beside NAME.json, which says what it holds or why it is refused.

usage: corpus.py FOLDER
"""
import json
import os
import sys
import warnings

import faults
import handmade
import judge
import libraries
import legacy

warnings.simplefilter("ignore")


def main(folder, with_office=True):
    os.makedirs(folder, exist_ok=True)
    at = lambda name: os.path.join(folder, name)

    def save(name, expected):
        with open(at(name + ".json"), "w") as out:
            json.dump(expected, out)

    for name, options in {"openpyxl.xlsx": {}, "openpyxl-1904.xlsx": {"early": True}}.items():
        libraries.by_openpyxl(at(name), **options)
        save(name, judge.by_openpyxl(at(name)))
    for name, options in {"xlsxwriter.xlsx": {}, "xlsxwriter-1904.xlsx": {"date_1904": True},
                          "xlsxwriter-inline.xlsx": {"constant_memory": True}}.items():
        libraries.by_xlsxwriter(at(name), **options)
        save(name, judge.by_openpyxl(at(name)))
    for name, options in {"xlwt.xls": {}, "xlwt-1904.xls": {"early": True}}.items():
        libraries.by_xlwt(at(name), **options)
        save(name, judge.by_xlrd(at(name), calculated=False))
    for name, write, expected in handmade.CASES:
        write(at(name))
        save(name, expected)
    for name, write in legacy.CASES:
        write(at(name))
        save(name, judge.by_xlrd(at(name)))
    for name, write, code, words in faults.CASES:
        write(at(name))
        save(name, {"fault": code, "words": words})
    if with_office:
        by_soffice(at, save)


def by_soffice(at, save):
    """LibreOffice's own way of writing, where it is installed."""
    import shutil
    import subprocess
    if not (office := shutil.which("soffice")):
        return
    for source, format, read in (("openpyxl", "xlsx", judge.by_openpyxl), ("xlsxwriter", "xlsx", judge.by_openpyxl),
                                 ("xlsxwriter", "xls", judge.by_xlrd), ("xlsxwriter-1904", "xls", judge.by_xlrd)):
        # A profile of its own, so that a running office does not answer in its place.
        subprocess.run([office, f"-env:UserInstallation=file://{os.path.abspath(at('profile'))}", "--headless", "--convert-to", format,
                        "--outdir", at("office"), at(source + ".xlsx")], check=True, capture_output=True, timeout=120)
        name = f"libreoffice-{source}.{format}"
        os.rename(os.path.join(at("office"), f"{source}.{format}"), at(name))
        save(name, read(at(name)))


if __name__ == "__main__":
    main(sys.argv[1])
