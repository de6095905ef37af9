#!/usr/bin/env python3
"""The contract's texts, bodies, bounds and examples, to the byte.

    exact.py PROGRAMS-FOLDER [TOPIC …]     topics are the modules in exactly/
"""
import sys

from exactly import accounts, circumstances, detection, governance, paging, receiving, repeats, row_errors, states
from judging import Judge
from playground import PEOPLE, Playground

IN_ONE_WORLD = {"receiving": receiving, "repeats": repeats, "row_errors": row_errors, "states": states, "detection": detection, "governance": governance,
                "paging": paging, "accounts": accounts}
MORE_PEOPLE = {"watcher2": ["--role", "admin"], "victim": ["--role", "admin"]}


def in_one_world(judge, programs, topics):
    with Playground(programs, people={**PEOPLE, **MORE_PEOPLE}, observer=judge.documented) as world:
        for topic in topics:
            judge.run(IN_ONE_WORLD[topic].CHECKS, world)


def frozen(judge, programs):
    with Playground(programs, observer=judge.documented) as world:
        batches = states.one_of_each(world)
        judge.run(states.FROZEN, world, batches)


def main():
    programs, asked = sys.argv[1], sys.argv[2:]
    judge = Judge("exact")
    topics = [topic for topic in IN_ONE_WORLD if not asked or topic in asked]
    if topics:
        with judge.about("one world"):
            in_one_world(judge, programs, topics)
    if not asked or "frozen" in asked:
        with judge.about("a batch in each state"):
            frozen(judge, programs)
    if not asked or "circumstances" in asked:
        judge.run(circumstances.CHECKS, programs)
    judge.end()


if __name__ == "__main__":
    main()
