"""The misstatement ledger: each alone, all together, never netted, against the materiality that governs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.audit.misstatements import Misstatement, Misstatements, misstatements
from core.ledger import AuditFinding, Engagement, Ledger, Record, Sample
from tests.core.audit.finding_samples import ENGAGEMENT, WRONG, finding, inventory_of, ledger_of
from tests.core.samples import activity, green

GAS = {"method": "stationary_combustion", "item": "natural_gas", "unit": "m3"}
SOURCES = (activity("gas", quantity="30000", **GAS), activity("flight", method="freight", item="truck", unit="tkm"))
EVERYTHING = Sample("sa00001", 2023, "All", "random", (), 3, "7", "0" * 64, (WRONG.id, "m05", "m07"))
EFFECTS = st.decimals(-3, 3, places=3, allow_nan=False).filter(bool)
TREATMENTS: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {"status": "open"},
        {"status": "closed", "treatment": "uncorrected"},
        {"status": "closed", "treatment": "corrected"},
        {"status": "closed", "treatment": "conservative", "conservative": Decimal("1.5")},
    ]
)
RECORDS = st.sampled_from([(), (WRONG.id,), ("gas",), (WRONG.id, "gas")])


@st.composite
def findings(draw: st.DrawFn, most: int = 5) -> list[AuditFinding]:
    """Any misstatements, found beside the samples."""
    count = draw(st.integers(0, most))
    return [
        finding(f"fi{n:05}", effect=draw(EFFECTS), activities=draw(RECORDS), **draw(TREATMENTS))
        for n in range(1, count + 1)
    ]


def read(*more: Record, engagement: Engagement = ENGAGEMENT) -> Misstatements:
    ledger = ledger_of(*SOURCES, *more, engagement)
    return misstatements(ledger, inventory_of(ledger), 2023)


def only(**changes: Any) -> Misstatement:
    (row,) = read(finding(**changes)).rows
    return row


# ---------------------------------------------------------------------- one alone


def test_an_open_misstatement_is_left_as_it_was_found() -> None:
    row = only()
    assert (row.finding, row.effect, row.left, row.found_left) == ("fi00001", Decimal("5.8644"), row.effect, row.effect)
    assert (row.treatment, row.projected, row.scope) == ("", Decimal(0), "scope2_location")


def test_a_corrected_one_leaves_nothing() -> None:
    row = only(status="closed", treatment="corrected")
    assert (row.effect, row.left, row.found_left) == (Decimal("5.8644"), Decimal(0), Decimal(0))


@pytest.mark.parametrize(
    ("effect", "added", "left"),
    [("-5", "3", "-2"), ("-5", "5", "0"), ("-5", "9", "0"), ("5", "3", "5"), ("-5", "-9", "-5")],
)
def test_a_conservative_estimate_covers_what_is_missing_and_lowers_nothing(effect: str, added: str, left: str) -> None:
    """Adding more than is missing is too careful, and no misstatement; what is too much is not covered."""
    row = only(effect=Decimal(effect), status="closed", treatment="conservative", conservative=Decimal(added))
    assert row.left == Decimal(left)
    assert row.conservative == max(Decimal(added), Decimal(0))


def test_a_conservative_estimate_of_what_nobody_could_measure() -> None:
    unknown = read(finding(effect=None))
    assert (unknown.rows, unknown.unquantified) == ((), ("fi00001",))
    estimated = read(finding(effect=None, status="closed", treatment="conservative", conservative=Decimal(4)))
    assert (estimated.unquantified, estimated.conservative, estimated.sum.together) == ((), Decimal(4), Decimal(0))


@pytest.mark.parametrize(
    "changes", [{"status": "withdrawn"}, {"kind": "nonconformity", "effect": None}, {"year": 2022}]
)
def test_what_does_not_count(changes: dict[str, Any]) -> None:
    found = read(finding(**changes))
    assert (found.rows, found.unquantified) == ((), ())


def test_a_nonconformity_with_tonnes_counts() -> None:
    assert read(finding(kind="nonconformity")).overstated == Decimal("5.8644")


# ---------------------------------------------------------------------- together


def test_directions_are_never_netted() -> None:
    found = read(finding(), finding("fi00002", effect=Decimal("-5.8644")))
    assert (found.overstated, found.understated) == (Decimal("5.8644"), Decimal("5.8644"))
    assert (found.net, found.sum.together) == (Decimal(0), Decimal("11.7288"))


def test_on_both_totals_and_by_scope() -> None:
    found = read(finding(), finding("fi00002", effect=Decimal(-2), activities=("gas",)))
    assert found.location.overstated == found.scopes["scope2_location"].overstated == Decimal("5.8644")
    assert found.market.overstated == found.scopes["scope2_market"].overstated == Decimal("5.4864")
    assert found.location.understated == found.market.understated == found.scopes["scope1"].understated == 2
    assert "scope3" not in found.scopes


def test_a_finding_without_records_counts_on_the_totals_alone() -> None:
    found = read(finding(activities=()))
    assert found.location.overstated == found.market.overstated == Decimal("5.8644")
    assert found.scopes == {}


def test_material_is_what_reaches_materiality_in_one_direction() -> None:
    bare = read()
    assert bare.agreed is not None
    assert not bare.material
    exactly = bare.agreed.location
    below, at = (read(finding(activities=(), effect=exactly - less)) for less in (Decimal("1e-9"), Decimal(0)))
    assert not below.location.material
    assert at.location.material
    assert at.material
    most = exactly * 9 / 10
    both_ways = read(finding(activities=(), effect=most), finding("fi00002", activities=(), effect=-most))
    assert both_ways.location.together > exactly
    assert not both_ways.location.material


def test_the_total_that_comes_closer_governs() -> None:
    """The market-based total is smaller here, so the same tonnes weigh more on it; power weighs more on the other."""
    assert read(finding(activities=(), effect=Decimal(1))).governs == "market"
    nothing = read()
    assert nothing.agreed is not None
    assert (nothing.governs, nothing.materiality) == (nothing.agreed.governs, nothing.agreed.total)
    only_location = (activity("green", quantity="10000"), *green("green", 10000))
    found = read(*only_location, finding(activities=("green",), effect=Decimal(1)))
    assert (found.governs, found.market.overstated) == ("location", Decimal(0))


def test_a_scope_has_its_own_materiality() -> None:
    strict = replace(ENGAGEMENT, scope_materiality=(("scope1", "1"), ("scope3", "1")))
    small = finding(activities=("gas",), effect=Decimal("0.9"))
    assert not read(small).material
    found = read(small, engagement=strict)
    assert (found.material_scopes, found.material) == (("scope1",), True)
    assert not found.location.material
    assert found.scopes["scope3"].materiality
    assert not found.scopes["scope3"].material, "nothing is wrong there"


def test_nobody_audits() -> None:
    ledger = ledger_of(finding())
    without = Ledger({**ledger.records, "engagement": {}})
    found = misstatements(without, inventory_of(without), 2023)
    assert (found.materiality, found.material, found.agreed) == (None, False, None)
    assert found.overstated == Decimal("5.8644")


def test_what_it_stands_for_is_added_and_shown_apart() -> None:
    projected = finding(sample="sa00001", projected=True)
    found = read(EVERYTHING, projected)
    (row,) = found.rows
    assert row.projected > 0
    assert (row.left, row.found_left) == (row.effect + row.projected, row.effect)
    assert found.location.projected == row.projected
    assert found.overstated == row.left


def test_a_corrected_one_still_stands_for_what_was_not_tested() -> None:
    """Correcting one bill corrects no other; who has looked through the others no longer projects it."""
    fixed = finding(sample="sa00001", projected=True, status="closed", treatment="corrected")
    (row,) = read(EVERYTHING, fixed).rows
    assert row.projected > 0
    assert (row.left, row.found_left) == (row.projected, Decimal(0))
    (row,) = read(EVERYTHING, replace(fixed, projected=False)).rows
    assert row.left == 0


def test_an_estimate_covers_what_was_found_and_what_it_stands_for() -> None:
    short = finding(sample="sa00001", projected=True, effect=Decimal("-5.8644"))
    (row,) = read(EVERYTHING, short).rows
    enough = replace(short, status="closed", treatment="conservative", conservative=-row.left)
    assert read(EVERYTHING, enough).sum.together == 0
    less = read(EVERYTHING, replace(enough, conservative=Decimal("5.8644")))
    assert less.understated == less.projected == -row.projected, "only what it stands for is left"


# ---------------------------------------------------------------------- laws


@given(findings(), st.randoms())
def test_the_order_does_not_matter(found: list[AuditFinding], shuffle: Any) -> None:
    before = read(*found)
    shuffle.shuffle(found)
    assert read(*found) == before


@given(findings(3), findings(3))
def test_disjoint_findings_add_up(one: list[AuditFinding], other: list[AuditFinding]) -> None:
    renamed = [replace(f, id=f"fi{n:05}") for n, f in enumerate(other, 100)]
    apart, together = (read(*one), read(*renamed)), read(*one, *renamed)
    for total in ("location", "market"):
        for name in ("overstated", "understated", "projected", "net", "together"):
            values = [getattr(getattr(each, total), name) for each in (*apart, together)]
            assert values[0] + values[1] == values[2]
    for scope in together.scopes:
        parts = [each.scopes[scope].overstated for each in apart if scope in each.scopes]
        assert sum(parts) == together.scopes[scope].overstated


@given(findings())
def test_correcting_everything_leaves_nothing(found: list[AuditFinding]) -> None:
    done = read(*(replace(f, status="closed", treatment="corrected", conservative=None) for f in found))
    assert done.sum.together == done.conservative == 0
    assert not done.material
    assert len(done.rows) == len(found), "and each of them is still listed"


@given(findings())
def test_the_parts_fit_together(found: list[AuditFinding]) -> None:
    read_ = read(*found)
    for one in (read_.location, read_.market, *read_.scopes.values()):
        assert one.overstated >= 0
        assert one.understated >= 0
        assert one.net == one.overstated - one.understated
        assert abs(one.net) <= one.larger <= one.together
    assert read_.material == (read_.location.material or read_.market.material or bool(read_.material_scopes))
    assert read_.sum.material == (read_.location.material or read_.market.material)
    assert all(abs(row.left) <= abs(row.effect) for row in read_.rows), "an estimate never makes it worse"


@given(findings(), EFFECTS)
def test_another_misstatement_never_makes_it_immaterial(found: list[AuditFinding], effect: Decimal) -> None:
    """Which netting would do."""
    before, after = read(*found), read(*found, finding("fi00099", effect=effect, activities=("gas",)))
    assert after.location.larger >= before.location.larger
    assert after.market.larger >= before.market.larger
    assert after.material >= before.material


def test_dates_do_not_matter() -> None:
    assert read(finding(raised=date(2024, 2, 1))) == read(finding(raised=date(2024, 9, 1)))
