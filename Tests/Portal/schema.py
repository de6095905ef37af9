#!/usr/bin/env python3
"""schemathesis over all that is served with the tokens of each role: no 5xx, no undocumented status, every body as the contract describes it.

    schema.py PROGRAMS-FOLDER [EXAMPLES-PER-OPERATION]
"""
import collections
import json
import os
import re
import subprocess
import sys

import contract
import trades
from judging import Judge
from playground import PEOPLE, Playground

HERE = os.path.dirname(os.path.abspath(__file__))
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,response_headers_conformance"
# Those who may do most get most of the time; None is one without a token.
ROLES = {"root": 1.0, "operator": 0.5, "atlas": 0.5, "brand": 0.25, "stranger": 0.25, None: 0.25}
SEED = "10"
NEEDS_NO_BATCH = {"listResellerUploads", "listResellers", "listSalesBatches", "listPendingBulkUploads", "getBulkUploadStats", "cleanupStuckSalesBatches",
                  "getMyProfile", "listCompanyUsers", "listAllUsers"}


def known(world):
    """Ids of batches in several states, and of shops."""
    batches = [world.taken(trades.half_wrong(), state="staging_complete") for _ in range(12)]
    pending = world.caller("root").get("/api/admin/bulk-uploads/pending?limit=100").wanted(200)["data"]["batches"]
    batches += [entry["batchId"] for entry in pending[:6]]
    batches += [world.taken(trades.table_file("atlas"), state="completed"), *(world.taken(trades.unknown_layout(), state="failed") for _ in range(6))]
    workbook = os.path.join(world.folder, "atlas.xlsx")
    with open(workbook, "wb") as file:
        file.write(trades.table_file("atlas").content)
    users = [user["id"] for user in world.listing("user", "list") if user["email"].startswith("spare")]
    return {"batches": batches, "users": users, "shops": [world.reseller_id("atlas"), world.reseller_id("birch")], "file": workbook}


def run(world, role, examples, ids):
    seen = os.path.join(world.folder, f"seen-{role}")
    settings = os.path.join(world.folder, "schemathesis.toml")
    with open(settings, "w") as file:
        # Who has no token is to stay without one: schemathesis would register somebody by itself.
        file.write("[auth]\nauto-signup = false\n")
    words = [os.path.join(os.path.dirname(sys.executable), "schemathesis"), "--config-file", settings, "run", os.path.join(HERE, "openapi.yaml"), "--url", f"http://127.0.0.1:{world.port}",
             *(word for operation in contract.Contract().served() for word in ("--include-operation-id", operation.id)), "--phases", "examples,coverage,fuzzing", "--checks", CHECKS,
             "--max-examples", str(max(3, int(examples * ROLES[role]))), "--seed", SEED, "--continue-on-failure", "--workers", "2", "--warnings", "off",
             "--suppress-health-check", "all", "--generation-database", "none", "--request-timeout", "30"]
    if role:
        words += ["--header", f"Authorization: Bearer {world.tokens[role]}"]
    done = subprocess.run(words, cwd=world.folder, capture_output=True, text=True,
                          env={**os.environ, "SCHEMATHESIS_HOOKS": "schema_hooks", "PYTHONPATH": HERE, "PORTAL_KNOWN": json.dumps(ids), "PORTAL_SEEN": seen, "COLUMNS": "200"})
    statuses = collections.defaultdict(collections.Counter)
    if os.path.exists(seen):
        with open(seen) as file:
            for line in file:
                name, status = line.split()
                statuses[name][int(status)] += 1
    return done, statuses


def judge_role(judge, world, role, examples, ids):
    done, statuses = run(world, role, examples, ids)
    total = sum(sum(counts.values()) for counts in statuses.values())
    limited = sum(counts[429] for counts in statuses.values())
    print(f"  {role or 'nobody'}: {total} requests, " + ", ".join(f"{status} × {count}" for status, count in sorted(sum(statuses.values(), collections.Counter()).items())), flush=True)
    if not judge.holds("schemathesis", done.returncode == 0, "no finding", f"exit status {done.returncode}"):
        print(findings(done.stdout + done.stderr), flush=True)
    for operation in judge.contract.served():
        judge.holds(operation.id, statuses[operation.id], "to have been asked", "never")
        # Whether a made-up request meets a batch in the state that it needs is chance; exact.py has the good answers of those.
        if role == "root" and operation.id in NEEDS_NO_BATCH:
            good = [status for status in statuses[operation.id] if status < 300]
            judge.holds(operation.id, good, "a good answer among them", dict(statuses[operation.id]))
    judge.holds("requests", limited < total / 4, "few of them limited", f"{limited} of {total}")
    judge.holds("sellout-web", world.web.runs and world.daemon.runs, "both programs to run still", world.web.said()[-300:])


def findings(text):
    """What schemathesis found: operation, fault, the answer and a curl line each."""
    found, told = text.find("FAILURES ="), []
    if found < 0:
        return text[-3000:]
    for case in re.split(r"\n(?=_{8,} |\d+\. Test Case ID)", text[found:]):
        faults = [part.strip().split("\n\n") for part in re.split(r"\n- ", case)[1:]]
        if not faults:
            heading = re.match(r"_+ (.*?) _+", case)
            told.append(f"  {heading[1]}" if heading else "")
            continue
        told += ["    " + ": ".join(line.strip() for line in fault[:2]) for fault in faults]
        told += [f"      {line.strip()[:600]}" for line in re.findall(r"^(?:\[\d+\].*|    curl .*|    `.*)$", case, re.M)]
    return re.sub(r"Bearer [\w.-]+", "Bearer …", "\n".join(told))[:20_000]


def main():
    examples = int(sys.argv[2]) if len(sys.argv) > 2 else 8
    judge = Judge("schema")
    # Some to be switched off: nobody who asks is to be among them.
    spare = {f"spare{number}": ["--role", "brand_user"] for number in range(4)}
    with Playground(sys.argv[1], people={**PEOPLE, **spare}) as world:
        ids = known(world)
        for role in ROLES:
            with judge.about(f"as {role or 'nobody'}"):
                judge_role(judge, world, role, examples, ids)
    judge.end()


if __name__ == "__main__":
    main()
