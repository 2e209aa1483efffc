"""The data points of a group: who counts with what, who is missing, and that every number leads to a report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.disclosures.catalogue import all_points
from core.disclosures.value import Origin, PointValue
from core.group.asked.gathering import GroupValues, Told, group_values, reports_of
from core.i18n import T
from core.ledger import Answer, Company, Evidence, Group, Register, Site, Stake
from core.signing import Identity, Trust
from core.store import GroupFile
from tests.core.group.asked.reported import SITES, TODAY, group_of
from tests.core.group.plants import filed
from tests.core.handover.conftest import auditor, authority, trust

__all__ = ["auditor", "authority", "trust"]


def told(plant: str, tonnes: int | None, **more: Any) -> Told:
    values: dict[str, PointValue] = {}
    if tonnes is not None:
        origin = Origin("line", ("a1",), T("Rows: {count}", count=1))
        values["ghg.s1"] = PointValue("ghg.s1", Decimal(tonnes), "tCO2e", origins=(origin,), derived=True)
    return Told(filed(plant, **more), values, {"e1": f"{plant}.pdf"})


def found(register: Register, *reports: Told, approach: str | None = None) -> GroupValues:
    return group_values(register, reports, 2024, TODAY, approach)


def test_plants_add_up_and_lead_to_their_reports() -> None:
    group = found(Register.of(SITES), told("Ash", 10), told("Birch", 5))
    one = group.values["ghg.s1"]
    assert (one.value, one.unit) == (Decimal(15), "tCO2e")
    assert [origin.ids for origin in one.origins] == [("si1",), ("si2",)]
    assert {key: report.plant for key, report in group.reports.items()} == {"si1": "Ash", "si2": "Birch"}
    assert group.proofs == {"si1 e1": "Ash.pdf", "si2 e1": "Birch.pdf"}
    assert set(group.values) == set(all_points())


def test_a_plant_that_has_not_reported_is_missing() -> None:
    group = found(Register.of(SITES), told("Ash", 10))
    assert "not yet: Birch" in str(group.values["ghg.s1"].missing)
    assert "si2" not in group.reports
    closed = Register.of([*SITES[:2], Site("si2", "Birch", "CN", closed="2023-12-31")])
    assert found(closed, told("Ash", 10)).values["ghg.s1"].value == 10
    sold = Register.of([*SITES, Stake("st1", "group", "si2", "", "2023-12-31")])
    assert found(sold, told("Ash", 10)).values["ghg.s1"].value == 10


def test_a_plant_counts_with_its_share() -> None:
    register = Register.of([
        *SITES, Company("co1", "Half Ltd", "CN"), Stake("st1", "group", "si1", "", percent=Decimal(40)),
        Stake("st2", "group", "si2", "2024-07-01"),
    ])  # fmt: skip
    group = found(register, told("Ash", 10), told("Birch", 8), approach="equity_share")
    assert group.weights == {"si1": Decimal("0.4"), "si2": Decimal("0.5")}
    assert group.values["ghg.s1"].value == 8
    whole = found(register, told("Ash", 10), told("Birch", 8))
    assert whole.approach == "operational_control"


def test_two_reports_of_a_plant_count_for_their_own_months() -> None:
    first = told("Ash", 6, start="2024-01-01", end="2024-06-30", audit_id="one", name="1.pdf")
    second = told("Ash", 4, start="2024-07-01", end="2024-12-31", audit_id="two", name="2.pdf")
    group = found(Register.of(SITES[:2]), second, first)
    assert group.values["ghg.s1"].value == 10
    assert list(group.names.values()) == ["Ash", "Ash (2024-07-01 – 2024-12-31)"]
    assert group.values["cert.iso14001"].covered == (0, 1), "and the plant once"
    year = told("Ash", 12)
    assert found(Register.of(SITES[:2]), first, year).values["ghg.s1"].value == 12


def test_what_stands_whatever_the_days_are_counts_once_and_as_far_as_the_plant_does() -> None:
    register = Register.of([*SITES[:2], Stake("st1", "group", "si1", "2024-07-01")])
    first = told("Ash", 6, start="2024-01-01", end="2024-09-30", audit_id="one", name="1.pdf")
    second = told("Ash", 4, start="2024-08-01", end="2024-12-31", audit_id="two", name="2.pdf")
    several = [replace(one, values={**one.values, "energy.pv_kw": PointValue("energy.pv_kw", Decimal(power), "kWp",
                                                                             derived=True)})
               for one, power in ((first, 80), (second, 100))]  # fmt: skip
    group = found(register, *several)
    assert group.values["energy.pv_kw"].value == 100, "in each month of the second report it is held wholly"
    assert group.values["ghg.s1"].value == Decimal(6) / 3 + Decimal(4) * 3 / 5


def test_head_office_answers_for_itself() -> None:
    answer = Answer("2024 gov.risk", "gov.risk", 2024, TODAY, "Yearly workshop", by="Li Na", evidence=("e1",))
    register = Register.of([*SITES[:2], answer, Evidence("e1", "minutes.pdf", "other", "0" * 64, 1)])
    group = found(register, told("Ash", 1))
    one = group.values["gov.risk"]
    assert (one.value, one.evidence) == ("Yearly workshop", ("e1",))
    assert group.proofs["e1"] == "minutes.pdf"


def test_what_the_register_and_the_reports_say_is_not_asked_of_head_office() -> None:
    register = Register.of([Group("Wood AG", "financial_control", 2022), *SITES[1:]])
    group = found(register, choosing("Ash", "ghg_protocol"), choosing("Birch", "iso_14064_1"))
    said = {key: group.values[key].value for key in KNOWN}
    assert said == {
        "org.name": "Wood AG", "boundary.approach": "financial_control", "base.year_end": "2022-12-31",
        "period.start": "2024-01-01", "period.end": "2024-12-31", "method.s2": "both",
        "method.standard": "several", "method.gwp": "ar5",
    }  # fmt: skip
    assert all(group.values[key].derived and group.values[key].origins for key in KNOWN)
    (origin,) = group.values["period.end"].origins
    assert origin.ids == tuple(sorted(report.sha256 for report in group.reports.values()))
    other = found(register, choosing("Ash", "ghg_protocol"), approach="equity_share")
    assert other.values["boundary.approach"].value == "equity_share"


def test_what_head_office_answers_itself_stands_above_what_is_known_until_it_runs_out() -> None:
    said = Answer("2024 org.name", "org.name", 2024, TODAY, "Wood Holding", valid_to="2025-03-31")
    register = Register.of([Group("Wood AG"), *SITES[1:], said])
    assert found(register, told("Ash", 1)).values["org.name"].value == "Wood Holding"
    later = group_values(register, (told("Ash", 1),), 2024, date(2025, 4, 1)).values["org.name"]
    assert (later.value, later.expired) == ("Wood AG", False)


def test_what_nobody_has_said_is_still_asked() -> None:
    half = told("Birch", 1, start="2024-01-01", end="2024-06-30")
    group = found(Register.of(SITES[1:]), choosing("Ash", "ghg_protocol"), half)
    assert not any(group.values[key].known for key in KNOWN), "no group, two periods, and one plant tells nothing"


KNOWN = ("org.name", "boundary.approach", "base.year_end", "period.start", "period.end", "method.s2",
         "method.standard", "method.gwp")  # fmt: skip


def choosing(plant: str, standard: str) -> Told:
    """A report whose plant says by which standard it calculates."""
    one = told(plant, 1)
    values = {key: PointValue(key, value) for key, value in (("method.standard", standard), ("method.gwp", "ar5"))}
    return replace(one, values={**one.values, **values})


def test_a_report_that_cannot_be_read_makes_the_sum_incomplete_and_says_why() -> None:
    lost = replace(told("Birch", None), trouble=T("“{name}” is missing.", name="Birch.pdf"))
    group = found(Register.of(SITES), told("Ash", 10), lost)
    assert not group.values["ghg.s1"].known
    assert [str(one) for one in group.troubles] == ["“Birch.pdf” is missing."]


# ---------------------------------------------------------------------- from signed reports


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory, auditor: Identity, trust: Trust) -> Path:
    return group_of(tmp_path_factory.mktemp("asked") / "wood.group", auditor, trust)


def test_from_the_reports_alone(group: Path) -> None:
    seen: list[tuple[int, int]] = []
    with GroupFile.open(group) as made:
        reports = reports_of(made, 2024, TODAY, lambda done, of: seen.append((done, of)))
    assert seen == [(0, 2), (1, 2)]
    values = group_values(Register.of(SITES), reports, 2024, TODAY).values
    each = [report.values["ghg.s1"].value for report in reports]
    assert all(isinstance(one, Decimal) and one > 0 for one in each)
    assert values["ghg.s1"].value == sum(one for one in each if isinstance(one, Decimal))
    assert values["check.G1"].covered is not None
    assert values["check.G1"].covered[1] == 2
    assert not values["gov.risk"].known  # head office has not answered, whatever a plant says


def test_every_number_of_the_group_opens_down_to_a_record_of_a_plant(group: Path) -> None:
    with GroupFile.open(group) as made:
        reports = reports_of(made, 2024, TODAY)
    found = group_values(Register.of(SITES), reports, 2024, TODAY)
    for origin in found.values["ghg.s1"].origins:
        (plant,) = origin.ids
        assert found.reports[plant].plant in ("Ash", "Birch")
        lines = found.plants[plant]["ghg.s1"].origins
        assert any("a1" in one.ids for one in lines)


def test_a_damaged_original_says_so(group: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(self: GroupFile, sha256: str) -> bytes:
        return b"%PDF-1.7 nothing"

    monkeypatch.setattr(GroupFile, "original", damaged)
    with GroupFile.open(group) as made:
        assert all(one.trouble is None and one.values for one in reports_of(made, 2024, TODAY)), "as it was kept"
        monkeypatch.setattr(GroupFile, "part_front", lambda *_part: None)
        reports = reports_of(made, 2024, TODAY)
    assert all(one.trouble is not None and not one.values for one in reports)
