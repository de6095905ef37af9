"""What schemathesis is told of the playground: ids that exist, and files that are files. Every status that it sees is written down."""
import ast
import itertools
import json
import os
import threading

import schemathesis

KNOWN = json.loads(os.environ["PORTAL_KNOWN"])
parse, parsing = ast.parse, threading.RLock()


def parse_alone(*words, **named):
    """CPython 3.11 loses count where two threads parse at a time (its issue 106905), and hypothesis parses what it wants to show."""
    with parsing:
        return parse(*words, **named)


ast.parse = parse_alone
turns, files = itertools.count(), itertools.count()


def real(path):
    """Every other id is one that exists; the others stay as they were made, but for people: whoever asks is not to be switched off."""
    for name in path:
        if name == "id":
            path[name] = KNOWN["users"][next(turns) % len(KNOWN["users"])]
            continue
        turn = next(turns)
        if turn % 2:
            ids = KNOWN["shops" if name == "shopId" else "batches"]
            path[name] = ids[turn // 2 % len(ids)]
    return path


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    return real(dict(path_parameters)) if path_parameters else path_parameters


@schemathesis.hook
def before_call(context, case, kwargs):
    """Every fourth upload is a workbook; it is another one each time, since a repeat is refused."""
    name = case.operation.definition.raw.get("operationId")
    if name not in ("uploadResellerFile", "uploadSalesFile") or next(files) % 4:
        return
    with open(KNOWN["file"], "rb") as file:
        content = file.read() + os.urandom(8)
    fields = [("reseller_id", (None, KNOWN["shops"][0]))] + ([("mode", (None, "append"))] if name == "uploadSalesFile" else [])
    kwargs["files"] = [("file", ("atlas.xlsx", content)), *fields]
    kwargs["data"] = None


@schemathesis.hook
def after_call(context, case, response):
    with open(os.environ["PORTAL_SEEN"], "a") as file:
        file.write(f"{case.operation.definition.raw.get('operationId')} {response.status_code}\n")
