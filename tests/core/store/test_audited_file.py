"""A plant file whose year is audited: who did what comes from its own journal, and no way leads round the gate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from core.errors import RefusedError
from core.i18n import T
from core.ledger import Change, IntervalData, Meter, Person, Record, Step, kind_of
from core.series import Series, zone_named
from core.series.index import read
from core.series.keep import intervals_of, merge
from core.store import PlantFile
from tests.core.audit.party import (
    AUDITOR,
    BILLS,
    ENGAGEMENT,
    FINDING,
    LEAD,
    MANAGER,
    PEOPLE,
    PREPARER,
    REVIEWER,
    answer,
    declaration,
    sheet,
)
from tests.core.samples import PLANT

NOW = datetime(2024, 3, 1, 8, 0, tzinfo=UTC)


def put(
    plant: PlantFile, who: Person | str, *records: Record, because: str = "", blobs: tuple[bytes, ...] = ()
) -> None:
    name = who if isinstance(who, str) else who.name
    steps = tuple(Step(kind_of(r), r.id, plant.ledger.get(kind_of(r), r.id), r) for r in records)
    plant.append(Change(name, NOW, T("Changed"), steps, because=because), blobs)


@pytest.fixture
def plant(tmp_path: Path) -> Iterator[PlantFile]:
    """Bills entered by the preparer, that of July by the reviewer, that of May by the auditor; then it is audited."""
    path = tmp_path / "works.plant"
    PlantFile.create(path, PLANT, "Li Na", NOW)
    with PlantFile.open(path) as opened:
        put(opened, PREPARER, *(bill for key, bill in BILLS.items() if key not in ("m05", "m07")))
        put(opened, REVIEWER, BILLS["m07"])
        put(opened, AUDITOR, BILLS["m05"])
        put(opened, "anybody", *PEOPLE)
        put(opened, LEAD, replace(ENGAGEMENT, reviewer=""))
        yield opened


def moved(plant: PlantFile, who: Person, state: str) -> None:
    engagement = plant.ledger.engagement(2023)
    assert engagement is not None
    put(plant, who, replace(engagement, state=state))


def verified(plant: PlantFile) -> None:
    """On to the verification, with another reviewer."""
    other = Person("pe00006", "Qian Bo", ("reviewer",))
    put(plant, LEAD, other)
    engagement = plant.ledger.engagement(2023)
    assert engagement is not None
    put(plant, LEAD, replace(engagement, reviewer=other.id))
    for one in (LEAD, AUDITOR, other):
        put(plant, one, declaration(one))
    moved(plant, PREPARER, "prepared")
    moved(plant, LEAD, "verification")


def test_the_journal_knows_who_entered_what(plant: PlantFile) -> None:
    assert plant.authors("activity", "m01") == {PREPARER.name}
    assert plant.authors("activity", "m05") == {AUDITOR.name}
    assert plant.authors("activity", "nothing") == frozenset()
    put(plant, MANAGER, replace(BILLS["m05"], note="seen"))
    assert plant.authors("activity", "m05") == {AUDITOR.name, MANAGER.name}


def test_whoever_entered_a_bill_neither_tests_it_nor_reviews_the_year(plant: PlantFile) -> None:
    engagement = plant.ledger.engagement(2023)
    assert engagement is not None
    with pytest.raises(RefusedError, match="Sun Yue entered data of 2023"):
        put(plant, LEAD, replace(engagement, reviewer=REVIEWER.id))
    verified(plant)
    with pytest.raises(RefusedError, match="Wang Wei entered or changed the record m05"):
        put(plant, AUDITOR, sheet(AUDITOR, activity="m05"))
    put(plant, AUDITOR, sheet(AUDITOR, activity="m01"))
    put(plant, LEAD, sheet(LEAD, key="te00002", activity="m05"))


def test_who_signed_is_not_undone(plant: PlantFile) -> None:
    put(plant, LEAD, replace(LEAD, email="lead@example.org"))
    assert plant.undoable == plant.entries, "an address is"
    put(plant, MANAGER, replace(MANAGER, certificate="ab" * 32))
    assert plant.undoable == 0 and plant.undo(LEAD.name, NOW) is None
    with PlantFile.open(plant.path, read_only=True) as again:
        assert again.undoable == 0, "nor by whoever opens the file next"


def test_whoever_corrected_does_not_close(plant: PlantFile) -> None:
    both = replace(MANAGER, roles=("plant_manager", "auditor"))
    put(plant, LEAD, both)
    engagement = plant.ledger.engagement(2023)
    assert engagement is not None
    put(plant, LEAD, replace(engagement, team=(LEAD.id, AUDITOR.id, both.id)))
    put(plant, both, declaration(both))
    verified(plant)
    put(plant, AUDITOR, FINDING)
    put(plant, both, replace(BILLS["m01"], quantity=BILLS["m01"].quantity * 2), because=FINDING.id)
    told = replace(FINDING, root_cause="x", correction="y", answered_by=PREPARER.id, status="answered")
    put(plant, PREPARER, told)
    closed = replace(told, status="closed", closed="2024-03-08")
    with pytest.raises(RefusedError, match="Chen Jie answered or corrected"):
        put(plant, both, replace(closed, closed_by=both.id))
    put(plant, AUDITOR, replace(closed, closed_by=AUDITOR.id))


def test_a_refused_change_leaves_nothing_behind(plant: PlantFile) -> None:
    verified(plant)
    head, entries, ledger = plant.head, plant.entries, plant.ledger
    with pytest.raises(RefusedError):
        put(plant, PREPARER, replace(BILLS["m01"], note="later"), blobs=(b"bill",))
    assert (plant.head, plant.entries, plant.ledger) == (head, entries, ledger)
    path = plant.path
    plant.close()
    with PlantFile.open(path) as again:
        assert again.health.sound and again.entries == entries


def test_undo_passes_the_gate_and_never_takes_a_move_back(plant: PlantFile) -> None:
    put(plant, PREPARER, replace(BILLS["m01"], note="one"))
    assert plant.undo(PREPARER.name, NOW) is not None
    with pytest.raises(RefusedError, match="not one of the people"):
        plant.redo("Somebody", NOW)
    verified(plant)
    assert plant.undo(LEAD.name, NOW) is None and plant.redo(LEAD.name, NOW) is None
    put(plant, AUDITOR, sheet(AUDITOR))
    with pytest.raises(RefusedError, match="somebody else's name"):
        plant.undo(LEAD.name, NOW)
    assert plant.undo(AUDITOR.name, NOW) is not None
    path = plant.path
    plant.close()
    with PlantFile.open(path) as again:
        put(again, AUDITOR, sheet(AUDITOR))
        assert again.undo(AUDITOR.name, NOW) is not None
        assert again.undoable == 0  # what the marks of the reopened file say too


def test_answers_of_the_review_are_of_the_reviewer(plant: PlantFile) -> None:
    verified(plant)
    with pytest.raises(RefusedError, match="“In verification”"):
        put(plant, LEAD, answer(LEAD))


# ---------------------------------------------------------------------- interval data


def intervals(plant: PlantFile, values: Series, *, overwrite: bool = False) -> tuple[IntervalData, tuple[bytes, ...]]:
    held = plant.ledger.get("intervals", "m1")
    known = read(plant.blob(held.sha256)) if isinstance(held, IntervalData) else None
    merged = merge(known, values, zone_named("Asia/Shanghai"), plant.blob, overwrite=overwrite)
    return intervals_of("m1", merged, ()), merged.blobs


def test_another_month_joins_a_meter_whose_audited_year_is_locked(plant: PlantFile) -> None:
    begin = int(datetime(2023, 11, 30, 16, tzinfo=UTC).timestamp())  # December in Shanghai
    put(plant, PREPARER, Meter("m1", "Main", "electricity", "import", "kWh"))
    record, blobs = intervals(plant, Series(begin, 3600, np.ones(31 * 24)))
    put(plant, PREPARER, record, blobs=blobs)
    moved(plant, PREPARER, "prepared")
    record, blobs = intervals(plant, Series(begin + 31 * 86400, 3600, np.ones(31 * 24)))
    assert (record.start, record.end) == (date(2023, 12, 1), date(2024, 1, 31))
    put(plant, PREPARER, record, blobs=blobs)
    record, blobs = intervals(plant, Series(begin + 86400, 3600, np.full(24, 2.0)), overwrite=True)
    with pytest.raises(RefusedError, match="“Prepared”"):
        put(plant, PREPARER, record, blobs=blobs)
    record, blobs = intervals(plant, Series(begin + 40 * 86400, 3600, np.full(24, 2.0)), overwrite=True)
    put(plant, PREPARER, record, blobs=blobs)
    with pytest.raises(RefusedError, match="“Prepared”"):
        plant.append(Change(PREPARER.name, NOW, T("Gone"), (Step("intervals", "m1", record, None),)))
