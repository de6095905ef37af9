#!/usr/bin/env python3
"""sellout-web is killed in the middle of uploads and steps, the daemon now and then too: nothing half, nothing lost, nothing twice.

    killed.py PROGRAMS-FOLDER [KILLS [SEED]]
"""
import collections
import random
import sys
import threading
import time

import trades
from asking import Unanswerable
from judging import Judge
from playground import Playground


class Sender(threading.Thread):
    """Uploads files without end, approves what waits, and remembers what it was told."""

    def __init__(self, world, over, seed):
        super().__init__()
        self.world, self.over, self.chance = world, over, random.Random(seed)
        self.sent, self.told, self.approved, self.odd = {}, {}, {}, []

    def run(self):
        while not self.over.is_set():
            try:
                self.step()
            except Unanswerable:
                time.sleep(0.05)

    def step(self):
        waiting = [batch for batch in self.told if batch not in self.approved and self.sent[self.told[batch]][1]]
        if waiting and self.chance.random() < 0.4:
            return self.approve(self.chance.choice(waiting))
        wrong = self.chance.random() < 0.3
        rows = trades.good_rows(self.chance.choice([3, 30, 600]))
        file = trades.table_file("atlas", rows + ([["2025-03-15", rows[0][1], "", "NOBODY-KNOWS", 1, 10]] if wrong else []))
        self.sent[file.sha256] = (rows, wrong)
        if self.chance.random() < 0.5:
            answer = self.world.caller("root").upload(file, self.world.reseller_id("atlas"), timeout=20)
        else:
            answer = self.world.caller("root").upload_sales(file, "append", self.world.reseller_id("atlas"), timeout=20)
        if answer.status == 200:
            self.told[answer.json["batch_id"]] = file.sha256
        else:
            self.odd.append(str(answer))

    def approve(self, batch):
        answer = self.world.caller("root").post(f"/api/bibbi/uploads/{batch}/approve", timeout=20)
        if answer.status == 200:
            self.approved[batch] = answer.json["records_moved"]
        elif answer.status == 400 and "staging_complete status" in answer.text:
            if "pending" not in answer.text and "processing" not in answer.text:
                self.approved[batch] = None  # A step whose answer was lost has done it.
        else:
            self.odd.append(str(answer))


def main():
    kills, seed = int((sys.argv[2:] or ["20"])[0]), int((sys.argv[3:] or [str(random.randrange(1 << 32))])[0])
    print(f"killed: seed {seed}", flush=True)
    judge, chance, over = Judge("killed"), random.Random(seed), threading.Event()
    with Playground(sys.argv[1]) as world:
        senders = [Sender(world, over, seed + number) for number in range(4)]
        world.reseller_id("atlas")
        [sender.start() for sender in senders]
        try:
            with judge.about("kills"):
                for number in range(kills):
                    time.sleep(chance.uniform(0.05, 0.8))
                    if chance.random() < 0.25:
                        world.daemon.kill()
                        world.start_daemon()
                    world.web.kill()
                    world.start_web()
        finally:
            over.set()
            [sender.join() for sender in senders]
        with judge.about("when all is over"):
            judge_all(judge, world, senders)
    judge.end()


def judge_all(judge, world, senders):
    world.until(lambda: not world.on_the_way(), "all files to end", 180, lambda: world.on_the_way()[:5])
    sent = {digest: told for sender in senders for digest, told in sender.sent.items()}
    told = {batch: digest for sender in senders for batch, digest in sender.told.items()}
    approved = {batch for sender in senders for batch in sender.approved}
    judge.same("answers other than those of the contract", [], [line for sender in senders for line in sender.odd][:5])
    batches = world.listing("batches", "--limit", "100000")
    by_id = {batch["batch_id"]: batch for batch in batches}
    judge.same("uploads that were told and are not there (lost)", [], [batch for batch in told if batch not in by_id][:5])
    judge.same("uploads that are other content (half)", [], [batch["batch_id"] for batch in batches if batch["file_sha256"] not in sent][:5])
    judge.same("ids whose content is another", [], [batch for batch, digest in told.items() if batch in by_id and by_id[batch]["file_sha256"] != digest][:5])
    counts = collections.Counter(sale["store"] for sale in world.listing("sales", "--limit", "10000000"))
    of_digest = collections.defaultdict(list)
    for batch in batches:
        of_digest[batch["file_sha256"]].append(batch)
    judge.same("contents that are there twice", [], [digest for digest, found in of_digest.items() if len(found) > 1][:5])
    for digest, (rows, wrong) in sent.items():
        found, booked = of_digest.get(digest, []), counts[rows[0][1]]
        if not found:
            judge.same(f"sales of a file that never came, {digest[:8]}", 0, booked)
        elif not wrong or any(batch["batch_id"] in approved for batch in found):
            judge.same(f"sales of {found[0]['batch_id']}, {found[0]['status']}", len(rows), booked)
        else:
            judge.one_of(f"sales of {found[0]['batch_id']}, {found[0]['status']}", (0, len(rows)), booked)
    halves = {name.split(".")[0] for name in world.coming()}
    judge.same("halves that were told of", [], sorted(halves & (set(told) | set(by_id)))[:5])
    verify = world.ctl("verify", may_fail=True)
    judge.holds("selloutctl verify", "sound" in verify or "right" in verify or "fine" in verify, "a sound ledger", verify[:300])
    print(f"  {len(sent)} files sent, {len(told)} told of, {len(batches)} there, {len(approved)} approved, {sum(counts.values())} sales, {len(halves)} halves lie in .uploads/coming", flush=True)


if __name__ == "__main__":
    main()
