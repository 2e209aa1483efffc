"""Every number of the group opens down to the bill that it comes from, and its parts add up to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.disclosures.value import PointValue
from core.errors import UserError
from core.group.asked.gathering import GroupValues, Told, group_values, reports_of
from core.group.asked.plain import opened_to_plain, part_to_plain
from core.group.asked.trail import opened, part_named, parts
from core.group.change import explaining
from core.group.inbox.judging import judged, order
from core.handover import prepare, produce, receive
from core.ledger import Company, Register, Site, Stake
from core.library import load_library
from core.methods import exact_sum
from core.signing import Identity, Trust
from core.store import ACCEPTED, GroupFile
from tests.core.group.asked.reported import SITES, TODAY, group_of
from tests.core.group.plants import filed
from tests.core.handover.conftest import NOW, auditor, authority, ledger, trust

__all__ = ["auditor", "authority", "trust"]

STAKES = (
    Company("co1", "Half Ltd", "CN"), Stake("st1", "group", "si1", "", percent=Decimal(40)),
    Stake("st2", "group", "si2", "2024-07-01"),
)  # fmt: skip


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory, auditor: Identity, trust: Trust) -> Iterator[GroupFile]:
    path = group_of(tmp_path_factory.mktemp("asked") / "wood.group", auditor, trust)
    with GroupFile.open(path) as held:
        yield held


def found_in(group: GroupFile, *more: Site | Company | Stake, approach: str | None = None) -> GroupValues:
    register = Register.of([*SITES, *more])
    return group_values(register, reports_of(group, 2024, TODAY), 2024, TODAY, approach)


def test_the_parts_of_a_sum_add_up_to_it(group: GroupFile) -> None:
    found = found_in(group, *STAKES, approach="equity_share")
    for key in ("ghg.s1", "energy.total", "energy.fuel_nonren"):
        every = parts(found, key)
        assert [(one.key, one.name, one.weight) for one in every] == [
            ("si1", "Ash", Decimal("0.4")), ("si2", "Birch", Decimal("0.5")),
        ]  # fmt: skip
        counted = [one.counted.value for one in every]
        assert exact_sum(one for one in counted if isinstance(one, Decimal)) == found.values[key].value
        assert [one.told for one in every] == [found.plants[one][key] for one in ("si1", "si2")]


def test_a_plant_opens_down_to_lines_and_bills(group: GroupFile) -> None:
    found = found_in(group)
    way = opened(group, found, part_named(found, "ghg.s1", "birch"))
    (step,) = way.steps
    (record,) = step.records
    assert (record.kind, record.id, step.report.plant) == ("activity", "a1", "Birch")
    tonnes = exact_sum(line.tco2e for line in record.lines if line.scope == "scope1")
    assert tonnes == way.part.told.value == way.part.counted.value
    assert [(one.name, one.sha256) for one in record.proofs] == [("gas bill of Birch.pdf", "d" * 64)]
    plain = opened_to_plain(way, "zh")
    assert plain["report"]["sha256"] == step.report.sha256  # type: ignore[index]
    assert plain["steps"][0]["records"][0]["proofs"][0]["name"] == "gas bill of Birch.pdf"  # type: ignore[index]


def test_an_answer_opens_with_its_proof(group: GroupFile) -> None:
    found = found_in(group)
    way = opened(group, found, part_named(found, "check.G1", "si1"))
    assert [(one.kind, one.id, [proof.name for proof in one.proofs]) for one in way.steps[0].records] == [
        ("answer", "2024 check.G1", ["letter of Ash.pdf"])
    ]


def test_each_known_value_of_each_plant_opens(group: GroupFile) -> None:
    """Whatever the data point: its origins are records that the report holds."""
    found = found_in(group)
    for plant in ("si1", "si2"):
        for key, value in found.plants[plant].items():
            if not value.known or found.values[key].origins[:1] == () or found.values[key].origins[0].kind != "site":
                continue
            way = opened(group, found, part_named(found, key, plant))
            named = sum(len(step.origin.ids) for step in way.steps)
            assert named == sum(len(step.records) for step in way.steps), key


def test_who_has_not_reported_is_a_part_that_does_not_open(group: GroupFile) -> None:
    found = found_in(group, Site("si3", "Cedar", "CN"))
    last = parts(found, "ghg.s1")[-1]
    assert (last.key, last.report, last.counted.known) == ("si3", None, False)
    assert part_to_plain(last)["report"] is None
    with pytest.raises(UserError, match="has not reported"):
        opened(group, found, last)


def test_what_cannot_be_opened_says_why(group: GroupFile) -> None:
    found = found_in(group)
    with pytest.raises(UserError, match="no data point"):
        parts(found, "ghg.s9")
    with pytest.raises(UserError, match="itself"):
        parts(found, "gov.risk")
    with pytest.raises(UserError, match="No plant is called"):
        part_named(found, "ghg.s1", "Oak")
    twice = replace(found, names={"si1": "Ash", "si2": "ash"})
    with pytest.raises(UserError, match="Several plants"):
        part_named(twice, "ghg.s1", "ASH")


def test_a_report_that_does_not_come_to_what_was_filed_is_not_shown(
    group: GroupFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = found_in(group)
    read = explaining._packed
    monkeypatch.setattr(explaining, "_packed", lambda held, _report: read(held, found.reports["si2"]))
    with pytest.raises(UserError, match="cannot be read again"):
        opened(group, found, part_named(found, "ghg.s1", "si1"))


def test_a_number_of_a_moment_counts_with_the_share_of_its_report() -> None:
    halves = [("2024-01-01", "2024-09-30"), ("2024-08-01", "2024-12-31")]
    told = [
        Told(filed("Ash", start=start, end=end, audit_id=end, name=end),
             {"energy.pv_kw": PointValue("energy.pv_kw", Decimal(power), "kWp", derived=True)})
        for power, (start, end) in zip((80, 100), halves, strict=True)
    ]  # fmt: skip
    found = group_values(Register.of(SITES[:2]), told, 2024, TODAY)
    (one,) = parts(found, "energy.pv_kw")
    assert (one.key, one.weight, one.counted.value) == ("si1/2", Decimal(1), Decimal(100))


def test_the_year_before_opens_in_its_own_report(tmp_path: Path, auditor: Identity, trust: Trust) -> None:
    held = ledger(*(replace(one, id=f"{one.id}-23", start=date(2023, 1, 1), end=date(2023, 12, 31))
                    for one in ledger().activities))  # fmt: skip
    with GroupFile.open(tmp_path / "g.group") as group:
        for year in (2023, 2024):
            draft = prepare(held, year, load_library(), language="en", issued_by="Li Na", when=NOW,
                            journal=("0" * 64, 1))  # fmt: skip
            data = produce(draft, auditor)
            asked = order(f"{year}.pdf", data, trust, NOW, rebuild=False)
            one = judged(asked, receive(data, trust, load_library(), NOW, rebuild=False))
            group.file(replace(one.filed, state=ACCEPTED), data, one.parts, one.markings)
        found = group_values(Register(), reports_of(group, 2024, TODAY), 2024, TODAY)
        way = opened(group, found, parts(found, "ghg.prev_s1")[0])
        assert {(step.report.year, record.id) for step in way.steps for record in step.records} == {
            (2023, "a00002-23"), (2023, "a00003-23"),
        }  # fmt: skip
        both = opened(group, found, parts(found, "ghg.change")[0])
        assert {step.report.year for step in both.steps} == {2023, 2024}
