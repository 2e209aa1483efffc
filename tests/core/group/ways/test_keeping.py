"""Ways stand beside reports: kept at filing, worked out of earlier reports once, limited before they are parsed."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from core.group.inbox.judging import judge, order
from core.group.ways import keeping
from core.group.ways.keeping import anew, gathered, keep
from core.group.ways.standing import standing
from core.group.ways.tonnes import tonnes_of
from core.group.ways.way import LARGEST, WAY, read, write
from core.handover import produce
from core.signing import Identity, Trust
from core.store import ACCEPTED, GroupFile
from tests.core.group.plants import filed
from tests.core.group.ways.planning import PLANNED, action, aim, planned, put_plant, written
from tests.core.handover.conftest import NOW, auditor, authority, draft_of, ledger, signed, trust
from tests.counted import LINEAR, calls

__all__ = ["auditor", "authority", "signed", "trust"]


def test_a_report_gets_its_way_when_it_is_judged_and_an_earlier_one_the_same(
    tmp_path: Path, auditor: Identity, trust: Trust
) -> None:
    held = ledger().apply(())
    data = produce(draft_of(held), auditor)
    judged = judge(order("r.pdf", data, trust, NOW, rebuild=False))
    assert judged.filed.state != "rejected", judged.filed.reasons
    way = read(judged.parts[WAY])
    assert way is not None and way.year == judged.filed.year and way.silent and way.electricity.used > 0
    with GroupFile.open(tmp_path / "g.group") as group:
        parts = {name: part for name, part in judged.parts.items() if name != WAY}
        one = replace(judged.filed, state=ACCEPTED)
        group.file(one, data, parts, judged.markings)
        assert anew(group, one) == way
        found = gathered(group, group.accepted(one.year))
        assert found.made == {one.sha256: judged.parts[WAY]}
        keep(group, found)
        assert group.part(one.sha256, WAY) == judged.parts[WAY] and group.having(WAY) == {one.sha256}
        assert not gathered(group, group.accepted(one.year)).made


def test_few_are_worked_out_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def work(_group: GroupFile, one: object) -> object:
        asked.append(one.plant)  # type: ignore[attr-defined]
        return written()

    monkeypatch.setattr(keeping, "anew", work)
    with GroupFile.open(tmp_path / "g.group") as group:
        for name in ("Ash", "Birch", "Cedar"):
            put_plant(group, name, kept=False)
        put_plant(group, "Dog", *PLANNED)
        found = gathered(group, group.accepted(2024), most=2)
        assert asked == ["Ash", "Birch"] and [one.plant for one in found.waiting] == ["Cedar"]
        assert [one.plant for one, _ in found.ways] == ["Ash", "Birch", "Dog"] and len(found.made) == 2
        keep(group, found)
        assert [one.plant for one in gathered(group, group.accepted(2024), most=0).waiting] == ["Cedar"]


def test_what_is_too_large_or_damaged_is_worked_out_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "anew", lambda _group, _filed: planned())
    with GroupFile.open(tmp_path / "g.group") as group:
        sha256 = put_plant(group, "Ash")
        for bad in (b" " * (LARGEST + 1), b"{}", write(planned())[:-1]):
            group.keep_part(sha256, WAY, bad)
            found = gathered(group, group.accepted(2024))
            assert found.ways[0][1] == planned() and sha256 in found.made


def test_an_original_that_gives_nothing_has_a_way_that_says_so(tmp_path: Path) -> None:
    with GroupFile.open(tmp_path / "g.group") as group:
        put_plant(group, "Ash", kept=False)  # no PDF at all
        found = gathered(group, group.accepted(2024))
        assert "cannot be read again" in str(found.ways[0][1].troubles[0]) and not found.made
        assert "Ash: The data" in str(standing(group.register, found.ways, 2024).notices[-1])


def test_who_may_not_write_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "anew", lambda _group, _filed: planned())
    with GroupFile.open(tmp_path / "g.group") as group:
        put_plant(group, "Ash", kept=False)
    with GroupFile.open(tmp_path / "g.group", read_only=True) as group:
        found = gathered(group, group.accepted(2024))
        keep(group, found)
        assert found.made and not group.having(WAY)


def test_many_ways_are_added_up_and_each_is_work_once(tmp_path: Path) -> None:
    """Ten actions, three targets and thirty years each: twice as many are twice the work."""
    work = []
    for count in (50, 100):
        with GroupFile.open(tmp_path / f"{count}.group") as group:
            fill(group, count)
            work.append(calls(lambda: added_up(group)))
            assert added_up(group) == (count, count * 3, count * 55)
    assert work[1] < LINEAR * work[0]


def fill(group: GroupFile, count: int) -> None:
    """Plants that plan the same."""
    series = {str(year): planned().electricity.used for year in range(2020, 2050)}
    aims = tuple(aim(f"t{n}", pathway=series, forecast=series) for n in range(3))
    data = write(written(gap=3, aims=aims, actions=tuple(action(f"a{n}", n + 1, n * 7) for n in range(10))))
    for number in range(count):
        name = f"Plant {number}"
        one = replace(filed(name), sha256=_hash(name.encode()))
        group.file(one, name.encode(), {WAY: data})


def added_up(group: GroupFile) -> tuple[int, object, object]:
    """Plants, certificates that lack, tonnes of actions."""
    whole = standing(group.register, gathered(group, group.accepted(2024)).ways, 2024)
    return len(whole.plants), whole.gap, tonnes_of(whole).total


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
