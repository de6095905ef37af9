#!/usr/bin/env python3
"""Retail fit as the contract has it: accounts, companies, the retailers' workbook, catalogue and scores, over the running programs.

    retailfit.py PROGRAMS-FOLDER [TOPIC …]     topics are the modules in fitting/
"""
import sys

import fit_oracle
import retail_faults
import walk_fit
from fitting import accounts, catalogue, companies, importing, scoring
from judging import Judge
from playground import PEOPLE, Playground

# The first finds nothing there yet; the last ones add what the others do not mind.
IN_ONE_WORLD = {"importing": importing, "catalogue": catalogue, "scoring": scoring, "companies": companies, "accounts": accounts}


def itself(judge):
    """the oracle and the workbooks agree with what was reckoned by hand"""
    fit_oracle.try_itself()
    retail_faults.try_itself()


def world_of(programs, judge):
    return Playground(programs, people={**PEOPLE, **walk_fit.PEOPLE}, folders=walk_fit.FOLDERS, observer=judge.documented)


def main():
    programs, asked = sys.argv[1], sys.argv[2:]
    judge = Judge("retailfit", "ABCDE")
    judge.run([itself])
    topics = [topic for topic in IN_ONE_WORLD if not asked or topic in asked]
    if topics:
        with judge.about("one world"), world_of(programs, judge) as world:
            for topic in topics:
                judge.run(IN_ONE_WORLD[topic].CHECKS, world)
    if not asked or "scoring" in asked:
        with judge.about("borders alone"), world_of(programs, judge) as world:
            judge.run(scoring.BORDERS, world)
    if not asked or "importing" in asked:
        judge.run([importing.without_daemon], programs)
    judge.end()


if __name__ == "__main__":
    main()
