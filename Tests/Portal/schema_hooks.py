"""What schemathesis is told of the playground: ids that exist, and files that are files. Every status that it sees is written down."""
import ast
import itertools
import json
import os
import threading

import schemathesis

parse, parsing = ast.parse, threading.RLock()


def parse_alone(*words, **named):
    """CPython 3.11 loses count where two threads parse at a time (its issue 106905), and hypothesis parses what it wants to show."""
    with parsing:
        return parse(*words, **named)


ast.parse = parse_alone

KNOWN = json.loads(os.environ["PORTAL_KNOWN"])
turns, files = itertools.count(), itertools.count()

# Where a name of the contract does not say whose id it is, the operation does.
WHOSE = {"setUserStatus": "users", "getAudienceBatch": "audience", "deleteAudienceBatch": "audience", "listRetailerLocations": "retailers", "listRetailerProducts": "retailers"}


def named(context):
    return context.operation.definition.raw.get("operationId")


def real(path, operation):
    """Every other id is one that exists; the others stay as they were made."""
    for name in path:
        turn = next(turns)
        if turn % 2:
            ids = KNOWN[WHOSE.get(operation) or (name if name in KNOWN else "shops" if name == "shopId" else "batches")]
            path[name] = ids[turn // 2 % len(ids)]
    return path


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    return real(dict(path_parameters), named(context)) if path_parameters else path_parameters


@schemathesis.hook
def before_call(context, case, kwargs):
    """Every fourth upload is a workbook; of sales another one each time, since a repeat is refused."""
    name = case.operation.definition.raw.get("operationId")
    # A made-up number of a user may be that of those who are asking: switched off, they would see nothing but 401 from then on.
    if name == "setUserStatus" and str(case.path_parameters.get("id", "")).isdigit() and int(case.path_parameters["id"]) < 1_000_000:
        case.path_parameters["id"] = KNOWN["users"][0]
    if name not in ("uploadResellerFile", "uploadSalesFile", "uploadExcelFile") or next(files) % 4:
        return
    if name == "uploadExcelFile":
        with open(KNOWN["retail_file"], "rb") as file:
            kwargs["files"] = [("file", ("retailers.xlsx", file.read())), ("upload_type", (None, "retailer_data"))]
        kwargs["data"] = None
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
