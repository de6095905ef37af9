"""Writes seeds for the fuzzer into a folder: a byte that says what the rest is, then small files or parts of them.

usage: seeds.py FOLDER
"""
import os
import sys
import tempfile
import zipfile
import zlib

import corpus

KINDS = {"sheet1.xml": b"1", "sharedStrings.xml": b"2", "styles.xml": b"3", "workbook.xml": b"4"}


def main(folder):
    with tempfile.TemporaryDirectory() as made:
        corpus.main(made, with_office=False)
        for name in os.listdir(made):
            path = os.path.join(made, name)
            if name.endswith(".json") or os.path.getsize(path) > 40_000:
                continue
            with open(path, "rb") as file:
                content = file.read()
            save(folder, name, b"0" + content)
            if zipfile.is_zipfile(path):
                parts(folder, name, path)
    for number, text in enumerate(["a,b\n1,\"2\"\"\n\"\n", "sep=;\na;b\r\n", "\ufeffx\ty\r", "a;b\r\n1;\"2\"", "a,b,c\n1,2,3\n4,5\n\n",
                                   "a,b\n" + "e\u0301\u0323" * 40 + ",1\r"]):
        save(folder, f"{number}.csv", b"0" + text.encode())


def parts(folder, name, path):
    # Some are broken on purpose.
    try:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                kind = KINDS.get(info.filename.split("/")[-1])
                if kind and info.file_size < 20_000:
                    save(folder, f"{name}.{kind.decode()}", kind + archive.read(info))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, zlib.error):
        pass


def save(folder, name, content):
    with open(os.path.join(folder, name), "wb") as out:
        out.write(content)


if __name__ == "__main__":
    main(sys.argv[1])
