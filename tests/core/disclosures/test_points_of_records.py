"""Data points that follow from audits, certificates, water and waste, suppliers, minerals, targets and actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.disclosures.value import PointValue
from core.ledger import (
    Action,
    Answer,
    Credit,
    Engagement,
    ExternalAudit,
    MineralDeclaration,
    Opinion,
    Supplier,
    Target,
    Undertaking,
)
from core.methods import exact_sum
from tests.core.disclosures.plants import (
    AUDITED,
    FULL,
    OTHERS,
    SUPPLY,
    TODAY,
    VALUE_CHAIN,
    bill,
    gathered,
    values,
)

DAY = date(2024, 1, 15)


def number(found: Mapping[str, PointValue], key: str) -> Decimal:
    value = found[key]
    assert isinstance(value.value, Decimal), value
    return value.value


# ---------------------------------------------------------------------- water and waste


def test_water_of_bills_in_cubic_metres() -> None:
    found = values(*VALUE_CHAIN, bill("tank", "water", "water", 500, "t"))
    assert found["water.withdraw"].rows == (("mains", "10500"),)
    assert "sewer" in str(found["water.consume"].missing), "only one of two records says its share"
    assert number(values(*VALUE_CHAIN), "water.consume") == 10_000 - 8_000


def test_consumption_is_supply_without_what_went_to_the_sewer() -> None:
    supply, sewer = bill("tap", "water", "water", 10_000, "m3"), bill("out", "water", "wastewater", 7_000, "m3")
    assert number(values(supply, sewer), "water.consume") == 3_000
    assert "sewer" in str(values(supply)["water.consume"].missing)
    assert "correct the records" in str(
        values(supply, replace(sewer, quantity=Decimal(11_000)))["water.consume"].missing
    )


def test_other_water_is_answered_beside_what_bills_say() -> None:
    well = Answer("2023 water.withdraw", "water.withdraw", 2023, DAY, rows=(("well", "4000"), ("mains", "1")), by="Bo")
    found = values(*VALUE_CHAIN, well)["water.withdraw"]
    assert found.rows == (("mains", "10000"), ("well", "4000")), "of the mains the bills speak"
    assert [one.kind for one in found.origins] == ["activity", "answer"]
    alone = values(well)["water.withdraw"]
    assert alone.rows == well.rows and not alone.derived, "without bills all of it is answered"


def test_waste_by_danger_and_recovery() -> None:
    pieces = bill("pads", "waste", "commercial_waste", 200, "piece",
                  parameters=(("mass_per_piece", "5"), ("treatment", "composting")))  # fmt: skip
    sold = bill("eol", "waste", "commercial_waste", 900, "t", category=12, parameters=(("treatment", "landfill"),))
    found = values(*VALUE_CHAIN, pieces, sold)
    assert (number(found, "waste.haz"), number(found, "waste.nonhaz"), number(found, "waste.recovered")) == (
        Decimal(4), Decimal(31), Decimal(31),
    )  # fmt: skip
    assert "pads" in str(values(replace(pieces, parameters=pieces.parameters[1:]))["waste.nonhaz"].missing)


# ---------------------------------------------------------------------- audit and certificates


def test_assurance_is_that_of_the_plants_audit_and_of_verifications() -> None:
    found = values(*FULL)
    known = gathered(*FULL)
    covered = known.inventory.totals.scopes["scope1"]
    own, other = found["assure.s1"].rows
    assert own[:4] == ("limited", known.ledger.audit(2023).criteria, "Wang Fang, Head office", "100")  # type: ignore[union-attr]
    assert Decimal(own[4]) == covered and other == ("", "ISO14064", "TÜV", "", "")
    assert "e-el" in found["assure.s1"].evidence and "e-iso14064" in found["assure.s1"].evidence
    assert found["audit.internal"].value == "2024-03-01 abababababab"
    assert found["report.approval"].value == "Wang Fang, Head office, 2024-03-01"


@pytest.mark.parametrize("change", [{"state": "in_review"}, {"state": "draft"}])
def test_an_audit_under_way_assures_nothing(change: dict[str, str]) -> None:
    others = [replace(one, **change) if isinstance(one, Engagement) else one for one in AUDITED]  # type: ignore[arg-type]
    found = values(bill("el", "purchased_electricity", "electricity", 5, "MWh"), *others)
    assert found["audit.internal"].missing is not None and found["assure.s2"].missing is not None


def test_a_disclaimed_opinion_and_a_scope_without_lines_assure_nothing() -> None:
    records = [replace(one, kind="disclaimed") if isinstance(one, Opinion) else one for one in AUDITED]
    electricity = bill("el", "purchased_electricity", "electricity", 5, "MWh")
    assert values(electricity, *records)["assure.s2"].missing is not None
    assert values(electricity, *AUDITED)["assure.s2"].known
    assert values(electricity, *AUDITED)["assure.s3"].missing is not None


def test_a_certificate_counts_until_it_runs_out() -> None:
    iso = next(one for one in OTHERS if isinstance(one, ExternalAudit) and one.scheme == "iso14001")
    held = values(iso)["cert.iso14001"]
    assert (held.value, held.valid_to, held.known) == ("certified, TÜV", "2026-12-31", True)
    gone = values(iso, today=date(2027, 1, 1))
    assert gone["cert.iso14001"].expired and not gone["cert.iso14001"].known
    assert (number(gone, "cert.site_pct"), gone["cert.site_pct"].parts) == (Decimal(0), (Decimal(0), Decimal(1)))
    renewed = replace(iso, id="xa9", day=date(2026, 11, 1), valid_to="2029-12-31")
    assert values(iso, renewed, today=date(2027, 1, 1))["cert.iso14001"].valid_to == "2029-12-31"
    assert values(replace(iso, day=date(2025, 1, 1)))["cert.iso14001"].missing is not None, "not there yet"
    assert values()["cert.site_pct"].missing is not None, "where no result is entered nobody knows"


@pytest.mark.parametrize(
    ("scheme", "result", "said"),
    [("cdp", "A-", "A-"), ("cdp", "Climate: B", "B"), ("cdp", "not public", "private"), ("ecovadis", "银牌", "silver"),
     ("ecovadis", "45/100", "assessed"), ("ecovadis", "Platinum", "platinum")],
)  # fmt: skip
def test_results_of_others_are_stored_as_stated(scheme: str, result: str, said: str) -> None:
    assert values(ExternalAudit("xa1", scheme, scheme, DAY, result=result))[f"gov.{scheme}"].value == said


# ---------------------------------------------------------------------- targets and actions


def test_the_state_at_sbti_is_the_furthest() -> None:
    target = next(one for one in FULL if isinstance(one, Target) and one.id == "t1")
    assert values(target)["target.sbti"].value == "committed"
    assert values(replace(target, status="validated"))["target.sbti"].value == "near_term"
    assert values(replace(target, status="withdrawn"))["target.sbti"].value == "removed"
    assert values(replace(target, ruleset="own"))["target.sbti"].value == "none"
    letter = ExternalAudit("xa1", "sbti", "SBTi", DAY, result="near-term and net-zero validated", evidence=("e1",))
    assert values(target, letter)["target.sbti"].value == "net_zero"


def test_targets_with_base_goal_and_way() -> None:
    row = values(*FULL)["target.list"].rows[0]
    assert row[:7] == ("2030", "scope1; scope2_market", "absolute", "2021", "3900", "2030", "42")
    assert Decimal(row[7]) == Decimal(3900) * 58 / 100 and row[9] == "committed"
    assert values(*FULL)["target.ren"].rows[0][:5] == ("Renewable", "2021", "", "2027", "100")
    withdrawn = [replace(one, status="withdrawn") if isinstance(one, Target) else one for one in FULL]
    assert values(*withdrawn)["target.list"].missing is not None


def test_actions_add_up_to_what_they_save_together_and_money_of_the_year() -> None:
    found, known = values(*FULL), gathered(*FULL)
    row = found["action.list"].rows[0]
    assert row[:3] == ("energy_efficiency", "LED", "done") and row[4:] == ("90000", "CNY", "5.625", "10")
    assert known.plan is not None
    assert Decimal(row[3]) == known.plan.together(known.plan.horizon).of("ac1").location > 0
    assert (number(found, "action.capex"), found["action.capex"].unit) == (Decimal(90_000), "CNY")
    euro = Action(
        "ac2", "Pump", "heat", "scope1", date(2023, 5, 1), 5, status="running", capex=Decimal(5), currency="EUR"
    )
    assert "EUR" in str(values(*FULL, euro)["action.capex"].missing), "two currencies are not added"
    assert number(values(*FULL, replace(euro, start=date(2024, 5, 1))), "action.capex") == 90_000


def test_only_credits_that_count_are_retired() -> None:
    assert values(*FULL)["credit.retired"].rows == (("1234 Forest", "VCS", "2022", "", "10"),)
    late = [replace(one, retired="") if isinstance(one, Credit) else one for one in FULL]
    assert values(*late)["credit.retired"].rows == () and values(*late)["credit.retired"].known


# ---------------------------------------------------------------------- suppliers and minerals


def test_undertakings_of_suppliers_that_deliver_and_that_hold() -> None:
    rows = {row[0]: row[1:] for row in values(*FULL)["supp.undertake"].rows}
    assert rows["ungc"] == ("3", "1", "33.333333333") and rows["ilo"] == ("3", "0", "0")
    later = Undertaking("un9", "su3", "ilo", "2024", date(2024, 12, 1))
    assert {row[0]: row[2] for row in values(*FULL, later)["supp.undertake"].rows}["ilo"] == "0"


def test_answers_on_minerals_of_suppliers_that_were_asked() -> None:
    found = values(*SUPPLY)
    assert found["min.response_pct"].parts == (Decimal(1), Decimal(2)), "one has gone, one delivers none"
    assert number(found, "min.response_pct") == 50
    assert found["min.supplier_cmrt"].rows == (
        ("Solder Ltd", "CMRT", "6.5", "2024-02-01", "accepted"), ("Rubber Works", "", "", "", "silent"),
    )  # fmt: skip
    assert found["min.smelters"].rows == (("tin", "CID002180", "Yunnan Tin", "CN", "conformant"),)
    assert {one.kind for one in found["min.smelters"].origins} == {"mineral_declaration", "smelter_list"}
    assert found["min.in_product"].rows[0] == ("tin", "yes", "yes", "")


def test_what_nobody_decided_was_received_and_no_more() -> None:
    undecided = [replace(one, verdict="") if isinstance(one, MineralDeclaration) else one for one in SUPPLY]
    found = values(*undecided)
    assert found["min.supplier_cmrt"].rows[0][4] == "received" and found["min.smelters"].missing is not None


def test_the_own_declaration_counts_for_a_year() -> None:
    found = values(*SUPPLY)["min.cmrt_own"]
    assert (found.value, found.known) == ("6.5, A, 2024-03-01", True)
    assert values(*SUPPLY, today=date(2025, 3, 2))["min.cmrt_own"].expired
    assert values(Supplier("su9", "X"))["min.cmrt_own"].missing is not None


# ---------------------------------------------------------------------- products


def test_footprints_of_products_and_what_they_cover() -> None:
    found, known = values(*FULL), gathered(*FULL)
    assert known.footprints is not None
    (one,) = known.footprints.footprints
    row = found["pcf.list"].rows[0]
    assert row[:5] == ("Damper", "D-1", "piece", "3", "2000000")
    assert abs(Decimal(row[5]) - one.per_unit) < Decimal("1e-9") and Decimal(row[5]) > 2
    shared = known.footprints.shared
    assert found["pcf.share"].parts == (shared, exact_sum((shared, known.footprints.apart)))
    assert "Products" in str(values(*VALUE_CHAIN)["pcf.list"].missing)


def test_of_a_day_past_nothing_of_later_counts() -> None:
    """What is asked on a day is answered as of that day."""
    early = values(*FULL, today=date(2023, 8, 1))
    assert early["supp.undertake"].rows[0][2] == "0" and early["cert.iso14001"].missing is not None
    assert date(2023, 8, 1) < TODAY
