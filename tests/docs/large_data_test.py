#!/usr/bin/env python3
"""Runs the SQL of docs/large-data.md on SQLite, over the tables of the clean example, and compares each number with what
the expression below it comes to.

  large_data_test.py SCRUPLE SOURCE_FOLDER
"""
import csv
import json
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

scruple, source = sys.argv[1], Path(sys.argv[2])
example = source / "examples/clean-launch"
tables = {
    "decision_log": "evidence/decisions.csv",
    "recipients": "evidence/recipients.csv",
    "suppression": "evidence/suppression.csv",
    "consent": "evidence/consent.csv",
}


def load(database):
    for name, path in tables.items():
        with open(example / path, newline="", encoding="utf-8") as file:
            header, *rows = csv.reader(file)
        columns = ", ".join(f'"{column}" TEXT' for column in header)
        database.execute(f"CREATE TABLE {name} ({columns})")
        database.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(header))})", rows)


def flat(value):
    """The numbers and texts of a result, in their order; of a map those of its values."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return [part for item in value for part in flat(item)]
    return [value]


def main():
    page = (source / "docs/large-data.md").read_text(encoding="utf-8")
    pairs = re.findall(r"```sql\n(.*?)```\s+```cel\n(.*?)```", page, re.DOTALL)
    if len(pairs) < 5 or len(pairs) != page.count("```sql"):
        sys.exit(f"each block of SQL on the page needs an expression below it: {len(pairs)} pairs")
    database = sqlite3.connect(":memory:")
    load(database)
    failed = 0
    for sql, expression in pairs:
        counted = flat(database.execute(sql).fetchall())
        run = subprocess.run([scruple, "eval", "--today", "2026-04-12", expression.strip(), str(example / "campaign.yaml")],
                             capture_output=True, text=True, check=False)
        folded = flat(json.loads(run.stdout)) if run.returncode == 0 else run.stdout + run.stderr
        if counted != folded:
            failed += 1
            print(f"SQL: {counted}\nscruple: {folded}\n{sql}\n")
    sys.exit(1 if failed else 0)


main()
