"""The history of a file: listed without reading records, and gone back in as one change."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from core.errors import RefusedError, UserError
from core.i18n import T
from core.ledger import Audit, Change, Evidence, Group, Record, Step, kind_of
from core.store import GroupFile, PlantFile, look, merging
from core.store.history import WayBack, headings, kinds_of, to_return, to_take_back, told_in
from tests.core.store.conftest import NOW, PLANT, activity, adding


@pytest.fixture
def plant(tmp_path: Path) -> Iterator[PlantFile]:
    path = tmp_path / "works.plant"
    PlantFile.create(path, PLANT, "Li Na", NOW)
    with PlantFile.open(path) as opened:
        yield opened


BYTES = b"bill"


def put(plant: PlantFile, why: str, *records: Record) -> None:
    steps = tuple(Step(kind_of(r), r.id, plant.ledger.get(kind_of(r), r.id), r) for r in records)
    plant.append(Change("Li Na", NOW, T(why), steps))


def go(plant: PlantFile, way: WayBack) -> None:
    plant.append(Change("Wang", NOW, way.why, way.steps))


def quantities(plant: PlantFile) -> dict[str, Decimal]:
    return {one.id: one.quantity for one in plant.ledger.activities}


def test_the_list_says_who_when_why_and_how_many(plant: PlantFile) -> None:
    plant.append(adding(activity(1), activity(2)))
    put(plant, "Corrected", activity(2, "7"))
    plant.undo("Wang", NOW + timedelta(hours=1))
    listed = headings(plant)
    assert [(one.number, one.who, str(one.why), one.records) for one in listed] == [
        (4, "Wang", "Undo: Corrected", 1),
        (3, "Li Na", "Corrected", 1),
        (2, "Li Na", "Bill added", 2),
        (1, "Li Na", "Plant created", 1),
    ]
    assert listed[0].when == NOW + timedelta(hours=1)
    assert [one.taken_back for one in listed] == [False, True, False, False]
    assert listed[2].touched == (("activity", 2),)
    assert listed[0].undoes == 3


def test_everything_since_an_entry_goes_back_as_one_change_that_undo_takes_back(plant: PlantFile) -> None:
    plant.append(adding(activity(1)))
    put(plant, "Corrected", activity(1, "7"), activity(2))
    put(plant, "Again", activity(1, "8"))
    way = to_return(plant, plant.ledger, 2)
    assert way.entries == (3, 4)
    go(plant, way)
    assert quantities(plant) == {"a00001": 100}
    assert str(headings(plant)[0].why) == "Back to entry 2: Bill added"
    plant.undo("Wang", NOW)
    assert quantities(plant) == {"a00001": 8, "a00002": 100}
    assert plant.entries == 6


def test_it_also_goes_forward_to_what_was_undone(plant: PlantFile) -> None:
    plant.append(adding(activity(1)))
    put(plant, "Corrected", activity(1, "7"))
    put(plant, "Again", activity(1, "8"))
    plant.undo("Wang", NOW)
    plant.undo("Wang", NOW)
    go(plant, to_return(plant, plant.ledger, 3))
    assert quantities(plant) == {"a00001": 7}


def test_where_nothing_would_differ_it_says_so(plant: PlantFile) -> None:
    plant.append(adding(activity(1)))
    with pytest.raises(UserError, match="Nothing would differ"):
        to_return(plant, plant.ledger, 2)
    with pytest.raises(UserError, match="no entry 9"):
        to_return(plant, plant.ledger, 9)


def test_nobody_goes_back_behind_a_signature(plant: PlantFile) -> None:
    plant.append(adding(activity(1)))
    audit = Audit("2024", activity(1).start, activity(1).end)
    put(plant, "Signed", replace(audit, revision=1))
    put(plant, "More", activity(2))
    with pytest.raises(RefusedError, match="Entry 3 cannot be taken back: Signed"):
        to_return(plant, plant.ledger, 2)
    with pytest.raises(RefusedError, match="Entry 3 cannot be taken back"):
        to_take_back(plant, plant.ledger, 3)
    go(plant, to_return(plant, plant.ledger, 3))
    assert list(quantities(plant)) == ["a00001"]


def test_one_change_of_many_goes_back_and_the_others_stay(plant: PlantFile) -> None:
    plant.append(adding(activity(1)))
    put(plant, "Second", activity(2))
    put(plant, "Third", activity(3))
    way = to_take_back(plant, plant.ledger, 3)
    assert (str(way.why), way.entries) == ("Entry 3 taken back: Second", (3,))
    go(plant, way)
    assert list(quantities(plant)) == ["a00001", "a00003"]
    plant.undo("Wang", NOW)
    assert set(quantities(plant)) == {"a00001", "a00002", "a00003"}


def test_later_changes_of_the_same_records_are_named(plant: PlantFile) -> None:
    plant.append(adding(activity(1)))
    put(plant, "Corrected", activity(1, "7"))
    put(plant, "Other", activity(2))
    with pytest.raises(RefusedError, match=r"depend on entry 2: 3 \(Corrected\)\.") as caught:
        to_take_back(plant, plant.ledger, 2)
    assert caught.value.remedy is not None


def test_a_proof_of_a_bill_depends_on_the_bill(plant: PlantFile) -> None:
    plant.append(adding(activity(1)))
    proof = Evidence("e1", "bill.pdf", "bill", sha256(BYTES).hexdigest(), 4, activities=("a00001",))
    plant.append(adding(proof), (BYTES,))
    with pytest.raises(RefusedError, match=r"depend on entry 2: 3 \(Bill added\)"):
        to_take_back(plant, plant.ledger, 2)


def test_many_dependents_are_counted(plant: PlantFile) -> None:
    plant.append(adding(activity(1)))
    for one in range(20):
        put(plant, "Corrected", activity(1, str(one + 1)))
    with pytest.raises(RefusedError, match="and 8 more"):
        to_take_back(plant, plant.ledger, 2)


def test_the_creation_stays_and_nothing_goes_back_twice(plant: PlantFile) -> None:
    plant.append(adding(activity(1)))
    plant.undo("Wang", NOW)
    with pytest.raises(RefusedError, match="created by entry 1"):
        to_take_back(plant, plant.ledger, 1)
    with pytest.raises(RefusedError, match="taken back already"):
        to_take_back(plant, plant.ledger, 2)


def test_a_record_is_found_by_its_id_in_every_kind(plant: PlantFile) -> None:
    plant.append(adding(activity(1), Audit("a00001", activity(1).start, activity(1).end)))
    assert kinds_of(plant, "a00001") == ("activity", "audit")
    assert kinds_of(plant, "nothing") == ()
    assert [one.number for one in plant.history("activity", "a00001")] == [2]


def test_the_file_of_head_office_has_a_history_too(tmp_path: Path) -> None:
    with GroupFile.open(tmp_path / "office.group") as group:
        one = Group(name="Brakes")
        for name in ("Brakes", "Dampers"):
            before, after = group.register.get("group", one.id), replace(one, name=name)
            group.append(Change("Ma", NOW, T("Named"), (Step("group", one.id, before, after),)))
        assert [(h.number, h.records) for h in headings(group)] == [(2, 1), (1, 1)]
        assert [entry.number for entry in group.history("group", one.id)] == [2, 1]
        way = to_return(group, group.register, 1)
        group.append(Change("Ma", NOW, way.why, way.steps))
        assert group.register.group.name == "Brakes"


def test_what_a_merge_brought_stands_behind_the_entry_that_merged_it(tmp_path: Path) -> None:
    mine, theirs = tmp_path / "mine.plant", tmp_path / "theirs.plant"
    PlantFile.create(mine, PLANT, "Li Na", NOW)
    shutil.copy(mine, theirs)
    with PlantFile.open(theirs) as plant:
        put(plant, "Theirs", activity(2), activity(3))
    with PlantFile.open(mine) as plant:
        put(plant, "Mine", activity(1))
        with look(plant.path, plant.ledger, theirs) as found:
            pending = merging(plant, found, {}, "Li Na", NOW)
            pending.write_apart()
            plant.happened(pending)
        told = [(one.number, one.merge, str(one.why), one.records) for one in headings(plant)]
        assert told[1:3] == [(2, 3, "Theirs", 2), (2, 0, "Mine", 1)]
        assert (told[0][0], told[0][1]) == (3, 0)
        theirs_told = told_in(plant, headings(plant)[1])
        assert [step.id for step in theirs_told.change.steps] == ["a00002", "a00003"]
        assert told_in(plant, headings(plant)[2]) == plant.entry(2)
        with pytest.raises(RefusedError, match="Entry 3 cannot be taken back"):
            to_return(plant, plant.ledger, 2)
