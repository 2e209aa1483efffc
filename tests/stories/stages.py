"""One small audit, kept at each stage, for stories that begin in the middle."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.audit.checklist import questions
from tests.stories.terminal import Terminal
from tests.stories.verification import (
    DUE,
    LEAD,
    MANAGER,
    PREPARER,
    REVIEWER,
    ROLES,
    Laptop,
    power,
    power_id,
    rows,
    scan,
)

SECOND, CLERK = "Gao Yu 高宇", "Sun Yue 孙悦"
"""An auditor and a reviewer who each entered a bill, for they also work at the plant."""
BILL, SCAN = "e00004", "e00005"
"""The scan of all bills, and that of the declarations."""
WRONG = 3
"""The month of which a bill was entered too high."""


@dataclass(frozen=True)
class Stages:
    """``draft``, ``verification``, ``drawn``, ``findings``, ``ready``, ``review``, ``answered`` and ``concluded``; the
    report as the auditor signed it, ``half.pdf``, and with both signatures, ``whole.pdf``."""

    folder: Path
    keys: Path

    def at(self, stage: str, folder: Path) -> Laptop:
        """A copy of the file as it was then."""
        for name in (f"{stage}.plant", "half.pdf", "whole.pdf"):
            (folder / name).write_bytes((self.folder / name).read_bytes())
        return Laptop(Terminal("en"), self.keys, f"{stage}.plant")


@contextmanager
def within(folder: Path) -> Iterator[None]:
    """Work in a folder."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def play(folder: Path, keys: Path) -> Stages:
    """From the first bill to both signatures, with one finding on the way."""
    with within(folder):
        hill = Laptop(Terminal("en"), keys)
        _enter(hill)
        _agree(hill)
        hill.copy("draft.plant")
        hill.does(PREPARER, "move", "--to", "prepared")
        hill.does(LEAD, "move", "--to", "verification")
        hill.copy("verification.plant")
        hill.does(LEAD, "sample", "--name", "Everything", "--method", "all")
        hill.copy("drawn.plant")
        _find(hill)
        hill.copy("findings.plant")
        _mend(hill)
        hill.copy("ready.plant")
        hill.does(LEAD, "opinion", "--decide", "unmodified")
        hill.does(LEAD, "move", "--to", "review")
        hill.copy("review.plant")
        hill.does(REVIEWER, "review", *all_yes())
        hill.copy("answered.plant")
        hill.does(LEAD, "conclude", "--out", "half.pdf", "--lang", "en", *hill.key("lead"))
        both = ("--out", "whole.pdf", *hill.trust, *hill.key("manager"), "--plant", hill.file, "--person", MANAGER)
        hill.type_in("countersign", "half.pdf", *both)
        hill.copy("concluded.plant")
    return Stages(folder, keys)


def _enter(hill: Laptop) -> None:
    """Five bills of electricity by three people, the third too high, all on one scan."""
    type_in, (head, *bills) = hill.type_in, rows({power_id(WRONG): power(WRONG) + 500})
    words = ("--name", "Hillside", "--country", "CN", "--region", "CN-HE", "--person", PREPARER)
    type_in("new", hill.file, *words)
    for who, some in ((PREPARER, bills[:3]), (SECOND, bills[3:4]), (CLERK, bills[4:5])):
        Path("bills.csv").write_text("\n".join((head, *some)) + "\n", encoding="utf-8")
        type_in("import", hill.file, "bills.csv", "--person", who)
    every = [word for month in range(1, 6) for word in ("--to", power_id(month))]
    type_in("attach", hill.file, scan("bills.pdf"), *every, "--kind", "bill", "--person", PREPARER)


def _agree(hill: Laptop) -> None:
    people = {name: (role,) for name, role in ROLES.items()}
    for name, roles in (people | {SECOND: ("preparer", "auditor"), CLERK: ("preparer", "reviewer")}).items():
        hill.does(LEAD, "people", "--add", name, *(word for role in roles for word in ("--role", role)))
    hill.does(LEAD, "engage", "--client", "Group", "--site", "Hillside", "--objectives", "Verify.", "--scope", "All.",
              "--start", "2025-01-13", "--end", "2025-01-15", "--team", LEAD, "--team", SECOND, "--reviewer",
              REVIEWER)  # fmt: skip
    hill.does(LEAD, "declare", *hill.key("lead"))
    for name in (SECOND, REVIEWER):
        hill.does(name, "declare", "--scan", scan("declarations.pdf"))


def _find(hill: Laptop) -> None:
    """Everything tested; what differs becomes a finding."""
    for month in (1, 2, 4, 5):
        hill.does(LEAD, "test", "--activity", power_id(month), "--procedure", "traced", "--found", power(month))
    traced = ("--activity", power_id(WRONG), "--procedure", "traced", "--found", power(WRONG))
    sheet = hill.data(LEAD, "test", *traced)["sheet"]
    hill.does(LEAD, "finding raise", "--kind", "misstatement", "--title", "Bill of March", "--description",
              "500 kWh too much.", "--activity", power_id(WRONG), "--effect", sheet["effect"], "--owner", PREPARER,
              "--due", DUE)  # fmt: skip
    hill.does(LEAD, "test", "--link", sheet["id"], "--finding", "fi00001")
    hill.does(LEAD, "move", "--to", "findings")


def correct(hill: Laptop, who: str = PREPARER) -> None:
    """Because of the finding."""
    hill.does(who, "correct", "--finding", "fi00001", "--activity", power_id(WRONG), "--quantity", power(WRONG))


def answer(hill: Laptop, who: str = PREPARER) -> None:
    hill.does(who, "finding answer", "--finding", "fi00001", "--root-cause", "Typed by hand.", "--correction",
              "Typed again.", "--corrective-action", "Bills are imported.")  # fmt: skip


def close(hill: Laptop, who: str = LEAD) -> None:
    hill.does(who, *CLOSING)


CLOSING = ("finding close", "--finding", "fi00001", "--treatment", "corrected")


def _mend(hill: Laptop) -> None:
    correct(hill)
    answer(hill)
    close(hill)


def all_yes() -> list[str]:
    """The words by which the reviewer answers every question."""
    return [word for one in questions() for word in ("--answer", f"{one.key}=yes")]
