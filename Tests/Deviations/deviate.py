#!/usr/bin/env python3
"""Makes seeded deviations of the sample files, and a manifest that says what a careful person would book of each.

    deviate.py --count N --seed S [--kept FILE] OUT_FOLDER
    deviate.py --only SEED OUT_FOLDER            one case of an earlier run again
    deviate.py --only SEED:DEVIATION[+DEVIATION]:SAMPLE OUT_FOLDER

The same seed makes the same bytes. A case's files lie in a folder of their own, under the name that the reseller would send."""
import argparse
import importlib
import json
import os
import random

import cases
import samples

for module in ("harmless", "harmless_forms", "headers", "columns", "rows", "sums", "tabs", "periods", "figures", "merged", "lists"):
    importlib.import_module(module)

SHARES = {"harmless": 20, "headers": 15, "columns": 17, "rows": 14, "tabs": 9, "periods": 9, "figures": 13, "merged": 5, "lists": 8}
SAMPLES = sorted(samples.originals())
OFTEN = [1 if sample.endswith(" flat") else 3 for sample in SAMPLES]


def names(family):
    found = [(name, weight) for name, (_, of, weight) in cases.DEVIATIONS.items() if of == family]
    return [name for name, _ in found], [weight for _, weight in found]


def drawn(seed):
    """The deviations and the sample that a seed stands for, tried until they fit each other."""
    chance = random.Random(seed)
    family = chance.choices(list(SHARES), SHARES.values())[0]
    while True:
        kinds = chance.choices(*names(family))
        sample = chance.choices(SAMPLES, OFTEN)[0]
        if chance.random() < 0.25:
            before = chance.choices(*names("harmless"))
            kinds = before + kinds if before != kinds else kinds
        elif family != "harmless" and chance.random() < 0.12:
            other = chance.choice([name for name in SHARES if name not in (family, "lists", "harmless")])
            kinds += chance.choices(*names(other))
            kinds = list(dict.fromkeys(kinds))
        try:
            return cases.make(seed, kinds, sample)
        except cases.Unfit:
            continue


def asked(text):
    seed, _, rest = text.partition(":")
    if not rest:
        return int(seed), drawn(int(seed))
    kinds, sample = rest.split(":")
    return int(seed), cases.make(int(seed), kinds.split("+"), sample)


def keep(case, seed, folder, manifest, prefix=""):
    line = case.manifest_line(seed)
    place = os.path.join(f"{prefix}{seed}", case.name)
    os.makedirs(os.path.join(folder, f"{prefix}{seed}"), exist_ok=True)
    with open(os.path.join(folder, place), "wb") as file:
        file.write(case.bytes())
    manifest.write(json.dumps({"file": place, **line}, ensure_ascii=False) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("folder")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kept", help="a file of such cases, one a line, which come first")
    parser.add_argument("--only", help="SEED or SEED:DEVIATION:SAMPLE of one case")
    given = parser.parse_args()
    os.makedirs(given.folder, exist_ok=True)
    with open(os.path.join(given.folder, "manifest.jsonl"), "w", encoding="utf-8") as manifest:
        if given.only:
            seed, case = asked(given.only)
            keep(case, seed, given.folder, manifest)
            return
        if given.kept:
            with open(given.kept, encoding="utf-8") as lines:
                for line in lines:
                    if line.strip() and not line.startswith("#"):
                        seed, case = asked(line.strip())
                        keep(case, seed, given.folder, manifest, "kept-")
        for place in range(given.count):
            seed = given.seed * 1_000_000 + place
            keep(drawn(seed), seed, given.folder, manifest)


if __name__ == "__main__":
    main()
