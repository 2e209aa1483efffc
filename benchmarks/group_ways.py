"""What five hundred plants plan, from what is kept beside their reports to the tonnes of the group."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

from benchmarks.harness import Pair, Scale, timed
from core.group.ways.keeping import gathered
from core.group.ways.standing import standing
from core.group.ways.tonnes import tonnes_of
from core.group.ways.way import WAY, Abatement, Electricity, Way, write
from core.store import ACCEPTED, Filed, GroupFile

YEAR, ACTIONS = 2024, 10


def measure(scale: Scale, folder: Path) -> Iterator[Pair]:
    """Twelve months of electricity and ten actions each; both must add up the same tonnes."""
    plants = 500 if scale.many >= 10_000 else 50
    path = folder / "head-office.group"
    _fill(path, plants)
    ours, theirs = _ours(path), _theirs(path)
    if ours() != theirs():
        raise RuntimeError("both ways should add up the same")
    yield Pair(
        f"Ways of {plants} plants read, examined, joined and added up",
        "`sqlite3` and `json.loads`, tonnes of actions alone (examines and joins nothing)",
        timed(ours),
        timed(theirs),
        runs=11,
    )


def _fill(path: Path, plants: int) -> None:
    data = write(_way())
    with GroupFile.open(path) as group:
        for number in range(plants):
            name = f"Plant {number}"
            digest = hashlib.sha256(name.encode()).hexdigest()
            group.file(
                Filed(digest, f"{name}.pdf", "2025-02-01T00:00:00+00:00", ACCEPTED, audit_id=f"{name} {YEAR}",
                      plant=name, country="CN", year=YEAR, start=f"{YEAR}-01-01", end=f"{YEAR}-12-31"),
                name.encode(),
                {WAY: data},
            )  # fmt: skip


def _way() -> Way:
    month = Electricity(Decimal(1000), Decimal(400), Decimal(100), Decimal(100))
    months = {f"{date(YEAR, number, 1):%Y-%m}": month for number in range(1, 13)}
    whole = Electricity(*(12 * value for value in (month.used, month.certified, month.traced, month.own)))
    actions = tuple(
        Abatement(f"a{n}", f"Action {n}", "energy_efficiency", "", "scope1", "planned", Decimal(n), Decimal(n),
                  Decimal(n * 7), Decimal(n * -70), Decimal(0), "CNY")
        for n in range(1, ACTIONS + 1)
    )  # fmt: skip
    return Way(YEAR, False, whole, months, None, None, (), abatement=actions)


def _ours(path: Path) -> Callable[[], Decimal | None]:
    def run() -> Decimal | None:
        with GroupFile.open(path, read_only=True) as group:
            found = gathered(group, group.accepted(YEAR))
            return tonnes_of(standing(group.register, found.ways, YEAR)).total

    return run


def _theirs(path: Path) -> Callable[[], Decimal]:
    def run() -> Decimal:
        with closing(sqlite3.connect(path)) as held:
            rows = held.execute("select data from part where name = ?", (WAY,)).fetchall()
        return sum(
            (Decimal(one["location"]) for (data,) in rows for one in json.loads(data)["way"]["abatement"]), Decimal(0)
        )

    return run
