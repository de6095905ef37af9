"""What the figures were measured on."""

import os
import platform
import sqlite3
import subprocess
from importlib.metadata import version
from pathlib import Path


def first(path, key):
    for line in Path(path).read_text().splitlines():
        name, _, value = line.partition(":")
        if name.strip() == key:
            return value.strip()
    return "unknown"


def output(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def describe(place):
    cores = len(os.sched_getaffinity(0))
    memory = int(first("/proc/meminfo", "MemTotal").split()[0]) / 2**20
    swift = output("swift", "--version").splitlines()
    packages = ", ".join(f"{name} {version(name)}" for name in ("watchdog", "fastexcel", "openpyxl", "xlsxwriter"))
    return (
        f"Machine: {cores} cores ({first('/proc/cpuinfo', 'model name')}), {memory:.0f} GiB, "
        f"{output('stat', '--file-system', '--format=%T', place) or 'unknown file system'}, Linux {platform.release()}, "
        f"load {os.getloadavg()[0]:.1f} at the end. {swift[0] if swift else 'Swift'}; Sellout {output('git', 'rev-parse', '--short', 'HEAD')}; "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {packages}.")
