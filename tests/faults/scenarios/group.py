"""Reports come to head office, one of them altered and one of them a later revision; companies are entered."""

from __future__ import annotations

from collections.abc import Generator
from functools import cache
from pathlib import Path

from core.group import import_files, judge
from core.group.inbox import importing
from core.i18n import T
from core.ledger import Change, Decision, Step
from core.signing import Trust
from core.store import HELD, GroupFile
from tests.faults.plants import filed
from tests.faults.reports import NOW, reports
from tests.faults.scenario import Scenario, insist, instead, opening

GROUP = "all.group"


def prepare(folder: Path) -> None:
    for name, data in reports().files.items():
        (folder / name).write_bytes(data)
    once = cache(judge)
    instead(importing, "judge_all", lambda orders, *, cancelled=None: map(once, orders))  # who files is who dies
    list(work(folder))
    (folder / GROUP).unlink()


def work(folder: Path) -> Generator[None]:
    with opening(lambda: GroupFile.open(folder / GROUP)) as group:
        yield
        for path in sorted(folder.glob("*.pdf")):
            insist(lambda path=path: list(import_files(group, [path], Trust((reports().authority,)), NOW)))  # type: ignore[misc]
            yield
        for one in group.all():
            if one.state == HELD:
                said = Decision(one.sha256, "accepted", "Asked the plant")
                change = Change("Wang Fang", NOW, T("Decided"), (Step("decision", said.id, None, said),))
                insist(lambda change=change: group.append(change))  # type: ignore[misc]
                yield


SCENARIO = Scenario(prepare, work, lambda folder: filed(folder / GROUP), weight=1.0)
