"""What is used twice in the group is found, whatever way it is written, and nothing else is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cli import main
from core.errors import UserError
from core.group.inbox.markings import markings_of
from core.group.year.repeats import Repeat, doubly_certified, repeats
from core.i18n import T
from core.ledger import Allocation, Change, Evidence, Ledger, Meter, Site, Step
from core.methods import Serials, parse_serials
from core.store import ACCEPTED, HELD, Filed, GroupFile, Marking
from tests.core.samples import CHOICES, PLANT, activity, compiled, green, month

Report = tuple[str, int, Iterable[Marking]]


def filed(plant: str, year: int, revision: int = 1, state: str = ACCEPTED) -> tuple[Filed, bytes]:
    data = f"{plant}{year}{revision}".encode()
    sha256 = hashlib.sha256(data).hexdigest()
    return Filed(sha256, f"{plant}.pdf", "2025-01-01T00:00:00+00:00", state, audit_id=f"{plant}{year}",
                 revision=revision, plant=plant, country="CN", year=year), data  # fmt: skip


@pytest.fixture
def group(tmp_path: Path) -> Iterable[GroupFile]:
    with GroupFile.open(tmp_path / "g.group") as opened:
        yield opened


def put_reports(group: GroupFile, *reports: Report) -> tuple[Repeat, ...]:
    for plant, year, markings in reports:
        one, data = filed(plant, year)
        group.file(one, data, {}, markings)
    return repeats(group)


def certificate(value: str, energy: int = 1000, label: str = "Main meter") -> Marking:
    return Marking("certificate", value, label, f"{energy} kWh")


# --- what a report names


def test_instruments_that_count_are_named_with_what_they_cover() -> None:
    said: dict[str, Any] = {
        "serials": "gec-0001-gec-0060; GEC-0061～GEC-0080; b7",
        "contract": "ppa 17",
        "quantity": Decimal(81),
    }
    bills = [activity("m1"), activity("m2", **month(2)), activity("m3", **month(3))]
    more = Allocation("al2", "i1", "m2", Decimal(700))
    cover = [*green("m1", 500, scheme="GEC", retired="2024-01-15", beneficiary=PLANT.name, **said), more]
    proof = Evidence("e1", "bill.pdf", "bill", "a" * 64, 10, activities=("m1",))
    meter = Meter("t1", "Main", "electricity", "import", "kWh", serial="M-1")
    records = [*bills, *cover, proof, meter]
    found = markings_of(Ledger.of([PLANT, *records]), compiled(records))
    assert [(m.kind, m.value, m.label, m.amount) for m in found] == [
        ("certificate", "B7", "Main meter", "1200 kWh"),
        ("certificate", "GEC-0001–GEC-0080", "Main meter", "1200 kWh"),
        ("contract", "PPA17", "Main meter", "1200 kWh"),
        ("evidence", "a" * 64, "bill.pdf", ""),
        ("meter", "M-1", "Main", ""),
    ]


def test_each_source_says_how_much_of_an_instrument_it_uses() -> None:
    more = Allocation("al2", "i1", "m2", Decimal(300))
    records = [activity("m1"), activity("m2", source="Hall 2"), *green("m1", 500), more]
    found = markings_of(Ledger.of([PLANT, *records]), compiled(records))
    assert [(m.label, m.amount) for m in found if m.kind == "contract"] == [
        ("Hall 2", "300 kWh"),
        ("Main meter", "500 kWh"),
    ]


def test_only_what_counts_in_the_period_is_an_amount() -> None:
    """Half of the bill lies before the year; without proof nothing is covered, and nothing is named."""
    crossing = activity("m1", start=CHOICES.period.start.replace(year=2022, month=12, day=31),
                        end=CHOICES.period.start, quantity="1000", unit="MWh")  # fmt: skip
    bare = replace(crossing, id="m2", source="Hall 2")
    records = [crossing, bare, *green("m1", 500_000, start=date(2022, 1, 1)), *green("m2", 500_000, "i2", proof=False)]
    found = markings_of(Ledger.of([PLANT, *records]), compiled(records))
    assert {(m.label, m.amount) for m in found if m.kind != "evidence"} == {("Main meter", "250000 kWh")}


def test_what_cannot_be_read_is_no_marking() -> None:
    records = [activity("m1"), *green("m1", 500, serials="A9-A1", scheme="GEC", retired="2024-01-15",
                                      beneficiary=PLANT.name)]  # fmt: skip
    found = markings_of(Ledger.of([PLANT, *records]), compiled(records))
    assert not [m for m in found if m.kind == "certificate"]


# --- serial numbers


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("A0001-A0500", ["A0001–A0500"]),
        ("a0001 — a0500；A0501", ["A0001–A0501"]),
        ("A1..A12", ["A1–A12"]),
        ("2024-0001", ["2024-0001"]),
        ("GEC-2024-77", ["GEC-2024-77"]),
        ("0000-0001.000001 - 0000-0001.000120", ["0000-0001.000001–0000-0001.000120"]),
        ("A1至A3\nB", ["A1–A3", "B"]),
        ("A001; A1; A01", ["A001"]),
        ("643002406801000000000012345678", ["643002406801000000000012345678"]),
    ],
)
def test_serial_numbers_as_people_write_them(written: str, meant: list[str]) -> None:
    found = parse_serials(written)
    assert [one.text for one in found] == meant
    assert parse_serials("; ".join(meant)) == found, "the normal form says the same"


@pytest.mark.parametrize("text", ["", ";", "A9-A1", "A1 – B5", "A – B", "A1–A2–A3", "A?1", "A:1", "A" * 81, "a b=c"])
def test_what_is_no_serial_number_is_refused(text: str) -> None:
    with pytest.raises(UserError) as told:
        parse_serials(text)
    assert told.value.remedy is not None and told.value.remedy.in_language("en")


RANGES = st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 60), st.integers(0, 15)), min_size=1, max_size=5)


def serials(ranges: Iterable[tuple[str, int, int]]) -> tuple[str, set[str]]:
    """As written, and one by one."""
    every = {f"{letter}{n}" for letter, first, more in ranges for n in range(first, first + more + 1)}
    return ";".join(f"{letter}{first}..{letter}{first + more}" for letter, first, more in ranges), every


@given(ranges=RANGES)
def test_ranges_are_the_certificates_in_them(ranges: list[tuple[str, int, int]]) -> None:
    text, every = serials(ranges)
    found = parse_serials(text)
    assert {f"{one.prefix}{n}" for one in found for n in range(one.first, one.last + 1)} == every
    assert sum(one.count for one in found) == len(every)


@given(reports=st.lists(RANGES, min_size=2, max_size=4))
def test_every_certificate_in_two_reports_is_found_and_no_other(reports: list[list[tuple[str, int, int]]]) -> None:
    from core.group.year.repeats import Holder, _certificates

    holders, sets = [], []
    for n, ranges in enumerate(reports):
        text, every = serials(ranges)
        sets.append(every)
        report, _ = filed(f"P{n}", 2024)
        holders += [Holder(report, f"P{n}", s.text, "", None) for s in parse_serials(text)]
    found = _certificates(holders)
    twice = {c for n, own in enumerate(sets) for c in own if any(c in other for other in sets[n + 1 :])}
    listed = [f"{s.prefix}{k}" for one in found for s in parse_serials(one.value) for k in range(s.first, s.last + 1)]
    assert sorted(listed) == sorted(twice), "each once"
    assert doubly_certified(found) == len(twice)
    for one in found:
        (span,) = parse_serials(one.value)
        expected = {f"P{n}" for n, own in enumerate(sets) if f"{span.prefix}{span.first}" in own}
        assert set(one.plants) == expected


# --- the group


def test_overlapping_ranges_of_two_plants(group: GroupFile) -> None:
    found = put_reports(
        group,
        ("North", 2024, [certificate("A0001–A0500", 480000)]),
        ("South", 2024, [certificate("A0451–A0600", 150000), certificate("B7")]),
        ("West", 2024, [certificate("A0601–A0700")]),
    )
    assert [(one.kind, one.value, one.count, one.plants) for one in found] == [
        ("certificate", "A0451–A0500", 50, ("North", "South"))
    ]
    assert found[0].energy == 630000 and doubly_certified(found) == 50
    assert "A0451–A0500" in str(found[0].sentence())


def test_a_certificate_counts_in_one_year_of_a_plant_a_meter_and_a_contract_in_all(group: GroupFile) -> None:
    own = [Marking("meter", "M-1", "Main"), Marking("contract", "PPA1", "Main", "10 kWh"),
           Marking("evidence", "a" * 64, "bill.pdf"), certificate("A5")]  # fmt: skip
    found = put_reports(group, ("North", 2023, own), ("North", 2024, own))
    assert [(one.kind, one.value, one.years) for one in found] == [("certificate", "A5", (2023, 2024))]


def test_what_two_plants_name_in_one_year(group: GroupFile) -> None:
    def own(energy: int) -> list[Marking]:
        return [Marking("meter", "M-1", "Main"), Marking("contract", "PPA1", "Main", f"{energy} kWh"),
                Marking("evidence", "a" * 64, "bill.pdf")]  # fmt: skip

    found = put_reports(group, ("North", 2024, own(100)), ("South", 2024, own(250)), ("West", 2025, own(9)))
    assert [(one.kind, one.year, one.plants) for one in found] == [
        ("contract", 2024, ("North", "South")),
        ("meter", 2024, ("North", "South")),
        ("evidence", 0, ("North", "South", "West")),
    ]
    assert found[0].energy == Decimal(350) and found[1].energy is None


def test_a_correction_does_not_repeat_its_report(group: GroupFile) -> None:
    put_reports(group, ("North", 2024, [certificate("A5")]))
    again, data = filed("North", 2024, 2, HELD)
    group.file(again, data, {}, [certificate("A5")])
    assert repeats(group) == ()


def test_a_plant_under_its_old_name_is_the_same_plant(group: GroupFile) -> None:
    site = Site("s1", "North", "CN", reported_as=("Old North",))
    found = put_reports(group, ("North", 2024, [Marking("evidence", "a" * 64, "x")]),
                        ("Old North", 2023, [Marking("evidence", "a" * 64, "x")]))  # fmt: skip
    assert len(found) == 1
    group.append(Change("Wang Wei", datetime(2025, 2, 1, tzinfo=UTC), T("Noted"), (Step("site", "s1", None, site),)))
    assert repeats(group) == ()


def test_the_command_says_no_when_something_is_used_twice(
    group: GroupFile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["office", "repeats", str(tmp_path / "g.group")]) == 0
    assert "Nothing" in capsys.readouterr().out
    put_reports(group, ("North", 2024, [certificate("A1–A9")]), ("South", 2024, [certificate("A3")]))
    assert main(["office", "repeats", str(tmp_path / "g.group"), "--json"]) == 1
    (one,) = json.loads(capsys.readouterr().out)["repeats"]
    assert (one["value"], one["count"], one["energy_kwh"]) == ("A3", 1, "2000")
    assert [r["plant"] for r in one["reports"]] == ["North", "South"]
    assert main(["office", "repeats", str(tmp_path / "g.group")]) == 1
    assert "1 MWh" in capsys.readouterr().out


def test_ranges_that_adjoin_are_one() -> None:
    assert parse_serials("A1..A5; A6..A9") == (Serials("A", 1, 9, 1),)
