"""Data points stand beside reports; whatever is kept, what a report tells is what is worked out of it anew."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.checks import review
from core.disclosures.value import PointValue
from core.disclosures.values import values_of
from core.group.asked import keeping
from core.group.asked.gathering import group_values
from core.group.asked.keeping import anew, gathered, keep
from core.group.asked.kept import ASKED, LARGEST, Kept, read, write
from core.group.asked.making import kept_of, known_of_report
from core.group.inbox.judging import judged, order
from core.handover import prepare, produce, receive
from core.inventory import Package, build
from core.inventory import read as read_package
from core.ledger import Closing, Ledger, Record, canonical
from core.library import load_library
from core.signing import Identity, Trust
from core.store import ACCEPTED, Filed, GroupFile
from tests.core.disclosures.plants import AUDIT, FULL, HILLSIDE
from tests.core.disclosures.test_lasting import ANSWERS
from tests.core.group.plants import filed
from tests.core.handover.conftest import NOW, auditor, authority, draft_of, ledger, trust
from tests.core.samples import ISSUE, activity
from tests.counted import LINEAR, calls

__all__ = ["auditor", "authority", "trust"]

LIBRARY = load_library()
SINCE = date(2024, 6, 1)
LATER = date(2025, 3, 1)


def packaged(*records: Record, year: int = 2023) -> Package:
    audit = replace(AUDIT, id=str(year), start=date(year, 1, 1), end=date(year, 12, 31))
    return read_package(canonical(build(Ledger.of([HILLSIDE, *records]), audit, (), LIBRARY, ISSUE)))


def kept(package: Package, earlier: Mapping[int, tuple[str, Package]] | None = None, since: date = SINCE) -> Kept:
    inventory = package.inventory()
    return kept_of(package, inventory, review(inventory), since, earlier)


@pytest.fixture(scope="module")
def full() -> Package:
    return packaged(*FULL, *ANSWERS)


@pytest.fixture(scope="module")
def before() -> dict[int, tuple[str, Package]]:
    """The report of the year before, whose numbers are others."""
    bills = [activity(f"b{n}", start=date(2022, n, 1), end=date(2022, n, 28)) for n in range(1, 13)]
    return {2022: ("b" * 64, packaged(*bills, year=2022))}


# ---------------------------------------------------------------------- kept is anew


@pytest.mark.parametrize("with_earlier", [False, True])
def test_nothing_kept_can_change_a_number(
    full: Package, before: dict[int, tuple[str, Package]], with_earlier: bool
) -> None:
    """Written and read, on whatever later day, each value is what the report gives on that day, with its origins."""
    earlier = before if with_earlier else {}
    made = kept(full, earlier)
    data = write(made)
    assert data is not None and read(data) == made
    days = {date.fromisoformat(one.until) for own in made.stretches.values() for one in own if one.until}
    assert len(days) > 5
    inventory = full.inventory()
    packages = {year: one for year, (_, one) in earlier.items()}
    for day in sorted({SINCE, *days, *(day + timedelta(days=1) for day in days)}):
        known = known_of_report(full, inventory, review(inventory), day, packages)
        assert made.on(day) == values_of(known), day
    assert made.on(SINCE - timedelta(days=1)) is None


SMALL = write(kept(packaged(activity()))) or b""


def places(plain: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to everything inside."""
    for key in list(plain) if isinstance(plain, dict) else range(len(plain)) if isinstance(plain, list) else ():
        yield (*way, key)
        yield from places(plain[key], (*way, key))


PLACES = tuple(places(json.loads(SMALL)))


@given(
    st.sampled_from(PLACES), st.sampled_from([None, -1, 10**9, "x", [], {}, True, [["a"]], "1E5", "2024-13-01"]),
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_what_was_tampered_with_is_a_value_of_its_kind_or_nothing(way: tuple[Any, ...], said: Any) -> None:
    plain = holder = json.loads(SMALL)
    for key in way[:-1]:
        holder = holder[key]
    holder[way[-1]] = said
    found = read(json.dumps(plain).encode())
    if found is not None:
        again = write(found)
        assert again is not None and read(again) == found
        assert all(isinstance(one.value, PointValue) for own in found.stretches.values() for one in own)


# ---------------------------------------------------------------------- beside reports


def test_a_report_gets_its_data_points_when_it_is_judged_and_an_earlier_one_the_same(
    tmp_path: Path, auditor: Identity, trust: Trust
) -> None:
    data = produce(draft_of(ledger()), auditor)
    asked = order("r.pdf", data, trust, NOW, rebuild=False)
    found = judged(asked, receive(data, trust, LIBRARY, NOW, rebuild=False))
    one = replace(found.filed, state=ACCEPTED)
    with GroupFile.open(tmp_path / "g.group") as group:
        group.file(one, data, {name: part for name, part in found.parts.items() if name != ASKED}, found.markings)
        same = read(found.parts[ASKED])
        assert same is not None and same == anew(group, one, NOW.date()) and same.on(LATER) is not None
        first = gathered(group, [one], NOW.date())
        assert first.made == {one.sha256: found.parts[ASKED]} and first.told[0].values == same.on(NOW.date())
        keep(group, first)
        assert group.having(ASKED) == {one.sha256} and not gathered(group, [one], LATER).made
        assert gathered(group, [one], date(2025, 1, 1)).made, "before it came in nobody looked"


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Plants whose reports were read anew; each tells the same."""
    asked: list[str] = []
    same = read(SMALL)

    def work(_group: GroupFile, one: Any, _today: date, _before: object) -> object:
        asked.append(one.plant)
        return same

    monkeypatch.setattr(keeping, "anew", work)
    return asked


def put(group: GroupFile, name: str) -> str:
    one = filed(name)
    digest = hashlib.sha256(one.sha256.encode()).hexdigest()
    group.file(replace(one, sha256=digest), one.sha256.encode())
    return digest


def test_few_are_worked_out_at_a_time(tmp_path: Path, counted: list[str]) -> None:
    with GroupFile.open(tmp_path / "g.group") as group:
        for name in ("Ash", "Birch", "Cedar"):
            put(group, name)
        seen: list[tuple[int, int]] = []
        found = gathered(group, group.accepted(2024), SINCE, 2, lambda done, of: seen.append((done, of)))
        assert counted == ["Ash", "Birch"] and [one.plant for one in found.waiting] == ["Cedar"]
        assert seen == [(0, 3), (1, 3), (2, 3)]
        keep(group, found)
        assert [one.plant for one in gathered(group, group.accepted(2024), SINCE, 0).waiting] == ["Cedar"]


@pytest.mark.parametrize(
    "spoiled",
    [
        lambda data: b" " * (LARGEST + 1),
        lambda data: b"{}",
        lambda data: data[:-1],
        lambda data: data.replace(b'"form":1', b'"form":0'),
        lambda data: data.replace(b'"catalogue":"', b'"catalogue":"0'),
        lambda data: data.replace(b'"ghg.s1"', b'"ghg.s0"'),
    ],
)
def test_what_is_too_large_damaged_or_of_another_catalogue_is_worked_out_anew(
    tmp_path: Path, counted: list[str], spoiled: Callable[[bytes], bytes]
) -> None:
    with GroupFile.open(tmp_path / "g.group") as group:
        sha256 = put(group, "Ash")
        group.keep_part(sha256, ASKED, SMALL)
        assert not gathered(group, group.accepted(2024), SINCE).made and not counted
        assert spoiled(SMALL) != SMALL
        group.keep_part(sha256, ASKED, spoiled(SMALL))
        assert gathered(group, group.accepted(2024), SINCE).made == {sha256: SMALL} and counted == ["Ash"]


def test_who_may_not_write_keeps_nothing(tmp_path: Path, counted: list[str]) -> None:
    with GroupFile.open(tmp_path / "g.group") as group:
        put(group, "Ash")
    with GroupFile.open(tmp_path / "g.group", read_only=True) as group:
        found = gathered(group, group.accepted(2024), SINCE)
        keep(group, found)
        assert found.made and counted == ["Ash"] and not group.having(ASKED)


def test_an_original_that_gives_nothing_says_so_and_is_not_kept(tmp_path: Path) -> None:
    with GroupFile.open(tmp_path / "g.group") as group:
        put(group, "Ash")  # no PDF at all
        found = gathered(group, group.accepted(2024), SINCE)
        assert "cannot be read again" in str(found.told[0].trouble) and not found.made


def test_what_is_too_large_is_not_written(full: Package) -> None:
    made = kept(full)
    names = {str(number): "x" * 1000 for number in range(LARGEST // 1000)}
    assert write(replace(made, proofs=names)) is None
    assert write(replace(made, proofs={"e1": "\ud800"})) is None, "no text that could be read again"


# ---------------------------------------------------------------------- earlier years


def test_years_before_are_known_from_their_reports(full: Package, before: dict[int, tuple[str, Package]]) -> None:
    alone, both = kept(full), kept(full, before)
    assert 2022 in both.years and both.earlier == {2022: "b" * 64} and not alone.earlier
    one, other = (made.on(SINCE) or {} for made in (alone, both))
    assert one["ghg.change"].missing is not None and other["ghg.change"].rows
    last = before[2022][1].inventory().totals
    assert other["ghg.prev_s1"].value == last.scopes["scope1"]
    assert other["ghg.prev_s2_lb"].value == last.scopes["scope2_location"]
    assert {origin.year for origin in other["ghg.prev_s2_lb"].origins} == {2022}
    assert one["ghg.s1"] == other["ghg.s1"]


def test_what_a_closing_states_of_a_year_gives_way_to_its_report(before: dict[int, tuple[str, Package]]) -> None:
    bills = [activity(f"a{n}", start=date(2023, n, 1), end=date(2023, n, 28)) for n in range(1, 13)]
    said = Closing("2022", "d" * 64, 9, 1, date(2023, 2, 1), "Done", figures=(("scope2_location", "7"),))
    package = packaged(*bills, said)
    assert (kept(package).on(SINCE) or {})["ghg.prev_s2_lb"].value == 7, "there is nothing else"
    found = (kept(package, before).on(SINCE) or {})["ghg.prev_s2_lb"]
    assert found.value == before[2022][1].inventory().totals.scopes["scope2_location"]


def test_a_part_of_a_year_is_held_against_no_year(before: dict[int, tuple[str, Package]]) -> None:
    half = packaged(activity(start=date(2023, 1, 1), end=date(2023, 6, 30)))
    made = kept(half, before)
    assert made.years == () and not made.earlier
    last = {2022: ("c" * 64, packaged(activity("b1", start=date(2022, 5, 1), end=date(2022, 5, 31)), year=2022))}
    bills = [activity(f"a{n}", start=date(2023, n, 1), end=date(2023, n, 28)) for n in range(1, 13)]
    other = kept(packaged(*bills), last)
    assert (other.on(SINCE) or {})["ghg.change"].missing is not None and other.earlier == {2022: "c" * 64}


def test_a_report_of_the_year_before_that_comes_later_is_looked_at(
    tmp_path: Path, auditor: Identity, trust: Trust
) -> None:
    held = ledger(*(replace(one, id=f"{one.id}-23", start=date(2023, 1, 1), end=date(2023, 12, 31))
                    for one in ledger().activities))  # fmt: skip
    with GroupFile.open(tmp_path / "g.group") as group:
        for year in (2024, 2023):
            draft = prepare(held, year, LIBRARY, language="en", issued_by="Li Na", when=NOW, journal=("0" * 64, 1))
            data = produce(draft, auditor)
            asked = order(f"{year}.pdf", data, trust, NOW, rebuild=False)
            one = judged(asked, receive(data, trust, LIBRARY, NOW, rebuild=False))
            group.file(replace(one.filed, state=ACCEPTED), data, one.parts, one.markings)
            found = gathered(group, group.accepted(2024), LATER)
            (told,) = found.told
            assert bool(found.made) == (year == 2023) == told.values["ghg.change"].known
        (last,) = group.accepted(2023)
        assert told.earlier == {2023: last.sha256}
        keep(group, found)
        assert not gathered(group, group.accepted(2024), LATER).made
        assert told.values["ghg.prev_s1"].value == told.values["ghg.s1"].value
        assert told.values["ghg.change"].rows == ()


def test_many_reports_are_read_and_folded_and_each_is_work_once(tmp_path: Path) -> None:
    work = []
    for count in (20, 40):
        with GroupFile.open(tmp_path / f"{count}.group") as group:
            for number in range(count):
                group.keep_part(put(group, f"Plant {number}"), ASKED, SMALL)
            reports = group.accepted(2024)

            def folded(group: GroupFile = group, reports: tuple[Filed, ...] = reports) -> Mapping[str, PointValue]:
                return group_values(group.register, gathered(group, reports, SINCE).told, 2024, SINCE).values

            covered = folded()["cert.iso14001"].covered
            assert covered == (0, count)
            work.append(calls(folded))
    assert work[1] < LINEAR * work[0]
