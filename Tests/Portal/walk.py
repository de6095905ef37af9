#!/usr/bin/env python3
"""Every operation of the contract, asked by everyone who may not: 401, 403 or 404 with the contract's bodies, and nothing changes.

    walk.py PROGRAMS-FOLDER
"""
import sys
import uuid

import tokens
import trades
from asking import Caller, Form
from contract import Contract
from judging import Judge
from playground import Playground

STRANGE = str(uuid.UUID(int=7 << 80 | 4 << 76 | 8 << 60))


class Request:
    """An operation as someone allowed would ask it."""

    def __init__(self, operation, path, reseller, value=None, form=None):
        self.operation, self.path, self.reseller, self.value, self.form = operation, path, reseller, value, form

    def of(self, path):
        return Request(self.operation, path, self.reseller, self.value, self.form)

    def ask(self, caller, **more):
        if self.form:
            form = self.form()
            return caller.ask(self.operation.method, self.path, form.body, form.kind, **more)
        return caller.with_json(self.operation.method, self.path, self.value, **more)


class Table:
    """One request for each operation of A, B and C, against boxnox and one of its batches."""

    def __init__(self, contract, world):
        self.world, self.boxnox = world, world.reseller_id("boxnox")
        self.staged = world.dropped(trades.sample("boxnox/BOXNOX - BIBBI Monthly Sales Report MAY2025.csv"), "boxnox")
        self.failed = world.dropped(trades.unknown_layout(), "boxnox")
        workbook = trades.sample("boxnox/BOXNOX - BIBBI Monthly Sales Report APR2025.xlsx")
        own = {
            "retryResellerUpload": dict(batch=self.failed),
            "uploadResellerFile": dict(form=lambda: Form().file("file", workbook.name, workbook.content).field("reseller_id", self.boxnox)),
            "uploadSalesFile": dict(form=lambda: Form().file("file", workbook.name, workbook.content).field("mode", "append")
                                    .field("reseller_id", self.boxnox)),
            "setShopBulkUploadPermission": dict(value={"can_bulk_upload": False, "reason": "walked"}),
            "forceCommitBulkUpload": dict(value={"reason": "walked"}),
            "forceCancelBulkUpload": dict(value={"reason": "walked"}),
        }
        self.requests = [self.request(operation, **own.get(operation.id, {})) for operation in contract.tagged("A", "B", "C")]

    def request(self, operation, batch=None, value=None, form=None):
        path = operation.path
        for name, filled in (("batch_id", batch or self.staged), ("batchId", batch or self.staged), ("shopId", self.boxnox)):
            path = path.replace("{" + name + "}", filled)
        if "{" in path:
            raise KeyError(f"no value for a parameter of {path}")
        if operation.told.get("requestBody", {}).get("required") and value is None and form is None:
            raise KeyError(f"no body for {operation.id}")
        return Request(operation, path, self.boxnox, value, form)


def unchanged(judge, world, before, who):
    after = world.books()
    for part in before:
        judge.holds(f"{part} after {who} had asked for everything", before[part] == after[part], "as before", difference(before[part], after[part]))
    return after


def difference(before, after):
    if not isinstance(before, str):
        return repr(after)
    known = set(before.splitlines())
    return " / ".join(line.strip() for line in after.splitlines() if line not in known)[:400] or "something is missing"


def unauthorized(judge, operation, answer):
    if operation.tag in "AB":
        judge.same(answer, (401, {"detail": "Not authenticated"}), answer.whole)
    else:
        judge.same(answer, 401, answer.status)
        judge.holds(answer, answer.json.get("success") is False, "success false", answer.text)


def walk_the_unverified(judge, world, table):
    """tokens that do not verify"""
    before = world.books()
    for what, header in tokens.forged(world).items():
        caller = Caller(world.place, source=f"127.0.1.{len(what)}", observer=world.observer)
        for request in table.requests:
            with judge.about(f"token: {what}"):
                unauthorized(judge, request.operation, request.ask(caller, headers={} if header is None else {"Authorization": header}))
        before = unchanged(judge, world, before, what)


def walk_the_cookie(judge, world, table):
    """the session's cookie alone opens no API: a page of somebody else's could send it"""
    before, caller = world.books(), Caller(world.place, source="127.0.2.1", observer=world.observer)
    for request in table.requests:
        answer = request.ask(caller, headers={"Cookie": f"sellout_session={world.tokens['root']}"})
        unauthorized(judge, request.operation, answer)
    unchanged(judge, world, before, "a cookie")


def detail(answer):
    return isinstance(answer.json.get("detail"), str) and answer.json["detail"] != ""


def refused_sales_upload(judge, answer):
    """B documents no 403 and no 404 for an upload."""
    judge.holds(answer, answer.status in (400, 401) and detail(answer), "400 or 401 with a detail", answer.whole)


def judge_tenants(judge, request, answer):
    """Another tenant's: 403 from A; B, which has no 403, does not know the caller or has nothing for it; C refuses or has nothing."""
    operation = request.operation
    if operation.tag == "A":
        judge.holds(answer, answer.status == 403 and detail(answer), "403 with a detail", answer.whole)
    elif operation.tag == "B":
        if answer.status == 401:
            unauthorized(judge, operation, answer)
        else:
            judge_nothing_of_sales(judge, operation, answer)
    elif operation.id == "listPendingBulkUploads" and answer.status == 200:
        judge.same(answer, [], answer.json["data"]["batches"])
    elif operation.id == "getBulkUploadStats" and answer.status == 200:
        judge.same(answer, 0, answer.json["data"]["overview"]["totalUploads"])
    else:
        judge.one_of(answer, (403, 404), answer.status)


def judge_nothing_of_sales(judge, operation, answer):
    """B of one who may see none of it: empty, unknown or refused, each as documented."""
    if operation.id == "listSalesBatches":
        judge.same(answer, (200, {"success": True, "batches": [], "count": 0}), answer.whole)
    elif operation.id == "cleanupStuckSalesBatches":
        judge.same(answer, (200, {"success": True, "cleaned_count": 0, "message": "Cleaned up 0 stuck upload(s)"}), answer.whole)
    elif operation.id == "uploadSalesFile":
        refused_sales_upload(judge, answer)
    else:
        judge.same(answer, (404, {"detail": "Batch not found"}), answer.whole)


def judge_brand(judge, request, answer):
    """A role that no part of A, B or C is for."""
    if request.operation.tag == "B":
        judge_nothing_of_sales(judge, request.operation, answer)
    else:
        judge.same(answer, 403, answer.status)


def judge_neighbour(judge, request, answer):
    """Another reseller: sees nothing of boxnox, governs nothing."""
    operation = request.operation
    if operation.tag == "C":
        judge.same(answer, 403, answer.status)
    elif operation.id == "listResellerUploads":
        judge.same(answer, (200, {"uploads": [], "count": 0, "limit": 50, "offset": 0}), answer.whole)
    elif operation.id == "listResellers":
        judge.same(answer, ["Galilu"], [record["reseller_name"] for record in answer.json])
    elif operation.id == "uploadResellerFile":
        judge.holds(answer, answer.status == 403 or answer.whole == (400, {"detail": f"Reseller not found: {request.reseller}"}),
                    "403, or 400 as for an unknown reseller", answer.whole)
    elif operation.tag == "A":
        batch = request.path.split("/")[4]
        judge.holds(answer, answer.status == 403 or answer.whole == (404, {"detail": f"Upload not found: {batch}"}), "403, or 404 with its text", answer.whole)
    else:
        judge_nothing_of_sales(judge, operation, answer)


def judge_operator(judge, request, answer):
    """Operators do not govern."""
    judge.same(answer, 403, answer.status)


def walk_the_verified(judge, world, table):
    """tokens that verify, and are for something else"""
    governance = [request for request in table.requests if request.operation.tag == "C"]
    before = world.books()
    for name, requests, verdict in (("stranger", table.requests, judge_tenants), ("brand", table.requests, judge_brand),
                                    ("galilu", table.requests, judge_neighbour), ("boxnox", governance, judge_operator),
                                    ("operator", governance, judge_operator)):
        for request in requests:
            with judge.about(f"{name}'s token"):
                verdict(judge, request, request.ask(world.caller(name, source="127.0.3.1")))
        before = unchanged(judge, world, before, name)


def walk_the_unknown(judge, world, table):
    """ids that nobody has: 404 with the contract's texts"""
    before, caller = world.books(), world.caller("root", source="127.0.3.2")
    for identifier in (STRANGE, "BULK-1761984000000-q7m2kd", "not-an-id"):
        for request in table.requests:
            if "{" not in request.operation.path:
                continue
            path = request.path.replace(table.staged, identifier).replace(table.failed, identifier).replace(table.boxnox, identifier)
            answer = request.of(path).ask(caller)
            text = {"A": f"Upload not found: {identifier}", "B": "Batch not found", "C": "Batch not found"}[request.operation.tag]
            if "shopId" in request.operation.path:
                text = "Shop not found"
            body = {"success": False, "message": text} if request.operation.tag == "C" else {"detail": text}
            judge.same(answer, (404, body), answer.whole)
    unchanged(judge, world, before, "a super_admin with unknown ids")


def walk_what_is_left(judge, world, table):
    """what is left of D and E is another issue: their places answer 404, and never with an error of ours"""
    caller = world.caller("root", source="127.0.3.3")
    for operation in Contract().tagged("D", "E"):
        if operation.is_served:
            continue
        path = operation.path
        for name in ("uploadId", "retailerId", "id"):
            path = path.replace("{" + name + "}", "7")
        answer = caller.with_json(operation.method, path, {} if operation.method in ("POST", "PUT") else None)
        judge.holds(answer, answer.status < 500, "no failure of the server", answer.whole)


def walk_other_methods(judge, world, table):
    """methods that a path does not have"""
    before, caller = world.books(), world.caller("root", source="127.0.3.4")
    known = {(request.operation.method, request.operation.path) for request in table.requests}
    for request in table.requests:
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            if (method, request.operation.path) not in known:
                answer = caller.ask(method, request.path)
                judge.one_of(answer, (404, 405), answer.status)
    unchanged(judge, world, before, "other methods")


def walk_the_allowed(judge, world, table):
    """the same table by one who may: none of the requests was refused for its form"""
    refused = (401, 403, 404, 405)
    last = lambda request: request.operation.method == "DELETE"
    for request in sorted(table.requests, key=last):
        answer = request.ask(world.caller("root", source="127.0.3.5"))
        judge.holds(answer, answer.status not in refused or last(request) and answer.status == 404, "not refused", answer.whole)


def main():
    judge = Judge("walk")
    with Playground(sys.argv[1], observer=judge.documented) as world:
        table = Table(judge.contract, world)
        judge.run([walk_the_unverified, walk_the_cookie, walk_the_verified, walk_the_unknown, walk_what_is_left, walk_other_methods,
                   walk_the_allowed], world, table)
    judge.end()


if __name__ == "__main__":
    main()
