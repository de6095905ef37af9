"""Every sample, read once and known by a short name."""
import copy
import functools

import sheets
from grids import Aromateque, CremeDeLaCreme, Galilu, Liberty
from layouts import SAMPLES
from tables import Boxnox, BoxnoxList, Continuity, Flat, Online, Selfridges, SkinsNL, SkinsSA

KINDS = {"boxnox": Boxnox, "boxnox list": BoxnoxList, "skins_sa": SkinsSA, "skins_nl": SkinsNL, "selfridges": Selfridges,
         "continuity": Continuity, "online": Online, "cdlc": CremeDeLaCreme, "liberty": Liberty, "galilu": Galilu, "aromateque": Aromateque}


@functools.cache
def originals():
    found = {}
    for path in sorted((SAMPLES / "files").glob("*/*")):
        kind = "boxnox list" if path.suffix == ".csv" and path.parent.name == "boxnox" else path.parent.name
        found[kind] = KINDS[kind](path.parent.name, path.name, sheets.read(path))
    found.update({f"{kind} flat": Flat(found[kind]) for kind in Flat.variants})
    for kind, sample in found.items():
        sample.key = kind
    return found


def fresh(kind):
    return copy.deepcopy(originals()[kind])
